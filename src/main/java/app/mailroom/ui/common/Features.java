package app.mailroom.ui.common;

import app.mailroom.account.GoogleSettings;
import app.mailroom.account.GoogleSignIn;
import app.mailroom.account.People;
import app.mailroom.account.Session;
import app.mailroom.aws.Amazon;
import app.mailroom.backup.Backups;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.TestSend;
import app.mailroom.model.FileDamage;
import app.mailroom.model.UsualSender;
import app.mailroom.outcome.QuarantineReview;
import app.mailroom.plan.LinkCheck;
import app.mailroom.plan.MailSamples;
import app.mailroom.plan.PlanControl;
import app.mailroom.plan.PlanReview;
import app.mailroom.plan.Planning;
import app.mailroom.plan.SendAgain;
import app.mailroom.plan.SendingConditions;
import app.mailroom.practice.PracticeMailbox;
import app.mailroom.practice.PracticeRelayStanding;
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
import app.mailroom.support.Support;
import app.mailroom.tracking.LeavingExamples;
import app.mailroom.tracking.Tracking;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything the windows can do and show, handed over once at start.
 *
 * @param account who sits in front of the window
 * @param workspace the folder with everything in it
 */
public record Features(
        Account account,
        Path workspace,
        Clock clock,
        Stores stores,
        Mailing mailing,
        Outside outside,
        Lists lists,
        Keeping keeping) {
    /**
     * Who works with the workspace, how they come in, and what everybody did.
     *
     * @param wish how somebody signs in whose window is in this language
     */
    public record Account(
            Session session,
            People people,
            GoogleSettings google,
            AuditStore audit,
            Function<Locale, GoogleSignIn.Wish> wish) {}

    /**
     * What sends and reports in earnest, and what shows pages of the web.
     *
     * @param practiceRelay how the relay stands that practice mails lead to; answers at once
     */
    public record Outside(
            Amazon amazon, Tracking tracking, Browser browser, Supplier<PracticeRelayStanding> practiceRelay) {}

    /**
     * How the workspace's database is kept, the way into other workspaces, and what helps with the program itself.
     *
     * @param onDamage takes who is told, on any thread, when the file is found to be damaged
     */
    public record Keeping(
            Consumer<Consumer<FileDamage>> onDamage, Backups backups, Elsewhere elsewhere, Support support) {}

    /** What is kept. */
    public record Stores(
            TemplateStore templates,
            RecipientStore recipients,
            PlanStore plans,
            MessageStore messages,
            OutcomeStore outcomes,
            SuppressionStore suppressions,
            SettingsStore settings,
            SheetStore sheets,
            ResultsStore results,
            PlanDraftStore drafts) {}

    /** What can be done with recipient lists. */
    public record Lists(
            ListImport imports, SheetEditing editing, ListExport exports, ListMaking making, PersonRecords people) {}

    /** Planning, steering and watching mailings. */
    public record Mailing(
            Planning planning,
            PlanControl control,
            Dispatch dispatch,
            PracticeMailbox practiceMailbox,
            QuarantineReview quarantine,
            UsualSender usualSender,
            TestSend testSend,
            BeforeAndAfter beforeAndAfter) {}

    /**
     * What helps before a mailing is planned, when mails are shown, and when one is sent again to some.
     *
     * @param conditions what holds for a mailing that is planned now
     * @param review what goes out of a mailing that waits for approval
     */
    public record BeforeAndAfter(
            MailSamples samples,
            LinkCheck links,
            SendAgain sendAgain,
            LeavingExamples leaving,
            SendingConditions conditions,
            PlanReview review) {}

    /** Who sits in front of the window, as kept with what they make. */
    public String person() {
        return account.session().actor().name();
    }

    /** Language and look of the window. */
    public OwnChoices choices() {
        return new OwnChoices(account.session(), stores.settings());
    }

    /** Amazon as this workspace uses it. */
    public Amazon amazon() {
        return outside.amazon();
    }

    /** The relay of this workspace. */
    public Tracking tracking() {
        return outside.tracking();
    }

    /** What helps with the program itself. */
    public Support support() {
        return keeping.support();
    }
}
