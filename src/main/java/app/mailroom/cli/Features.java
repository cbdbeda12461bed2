package app.mailroom.cli;

import app.mailroom.account.GoogleSettings;
import app.mailroom.account.People;
import app.mailroom.account.Session;
import app.mailroom.aws.Amazon;
import app.mailroom.backup.Backups;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.FileDamage;
import app.mailroom.model.UsualSender;
import app.mailroom.plan.MailSamples;
import app.mailroom.plan.PlanControl;
import app.mailroom.plan.PlanReview;
import app.mailroom.plan.Planning;
import app.mailroom.plan.SendAgain;
import app.mailroom.practice.PracticeMailbox;
import app.mailroom.recipients.ListExport;
import app.mailroom.recipients.ListImport;
import app.mailroom.recipients.ListMaking;
import app.mailroom.recipients.PersonRecords;
import app.mailroom.recipients.SheetEditing;
import app.mailroom.store.AuditStore;
import app.mailroom.store.MessageStore;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.PlanDraftStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.tracking.Tracking;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the commands work with: an open workspace. close ends it.
 *
 * @param practiceRelay makes what takes the openings and clicks of practice mails while mailings are sent
 */
public record Features(
        SettingsStore settings,
        TemplateStore templates,
        RecipientStore recipients,
        SheetStore sheets,
        Lists lists,
        Planning planning,
        MailSamples samples,
        SendAgain sendAgain,
        PlanControl control,
        PlanReview review,
        PlanStore plans,
        PlanDraftStore drafts,
        MessageStore messages,
        OutcomeStore outcomes,
        ResultsStore results,
        SuppressionStore suppressions,
        PracticeMailbox practiceMailbox,
        Amazon amazon,
        Tracking tracking,
        UsualSender usualSender,
        Account account,
        Keeping keeping,
        Supplier<Dispatch> dispatch,
        Supplier<AtWork> practiceRelay,
        Runnable end)
        implements AutoCloseable {
    /** Something that goes on in the background from its start until it is closed. */
    public interface AtWork extends AutoCloseable {
        /** Begins. */
        void start();

        @Override
        void close();
    }

    /**
     * Who works with the workspace, and how they come in.
     *
     * @param browser shows a page to the person; throws UnsupportedOperationException where there is none
     */
    public record Account(Session session, People people, GoogleSettings google, Consumer<URI> browser) {}

    /**
     * How the workspace's database is kept.
     *
     * @param damage what was found to be wrong with it since it was opened
     */
    public record Keeping(Backups backups, Supplier<Optional<FileDamage>> damage) {}

    /** What can be done with recipient lists. */
    public record Lists(
            ListImport imports,
            SheetEditing editing,
            ListExport exports,
            ListMaking making,
            PersonRecords people,
            AuditStore audit) {}

    @Override
    public void close() {
        end.run();
    }
}
