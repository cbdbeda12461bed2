package app.mailroom.ui.common;

import app.mailroom.aws.Amazon;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.plan.PlanControl;
import app.mailroom.plan.Planning;
import app.mailroom.practice.PracticeMailbox;
import app.mailroom.recipients.ListImport;
import app.mailroom.store.MessageStore;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SuppressionStore;
import app.mailroom.store.TemplateStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Everything the windows can do and show, handed over once at start.
 *
 * @param person who sits in front of the window, as kept with what they make
 * @param workspace the folder with everything in it
 */
public record Features(
        String person, Path workspace, Clock clock, Stores stores, Mailing mailing, Amazon amazon, ListImport imports) {
    /** What is kept. */
    public record Stores(
            TemplateStore templates,
            RecipientStore recipients,
            PlanStore plans,
            MessageStore messages,
            OutcomeStore outcomes,
            SuppressionStore suppressions,
            SettingsStore settings) {}

    /** Planning, steering and watching mailings. */
    public record Mailing(
            Planning planning,
            PlanControl control,
            Dispatch dispatch,
            PracticeMailbox practiceMailbox,
            Quarantine quarantine) {}

    /**
     * Events that could not be understood or matched.
     *
     * @param count how many there are
     * @param newest so many of the newest
     * @param dismiss takes one out of sight, by its id
     * @param readAgain reads all of them once more and says how many found their message now
     */
    public record Quarantine(
            LongSupplier count,
            IntFunction<List<QuarantinedEvent>> newest,
            LongConsumer dismiss,
            Callable<Integer> readAgain) {}
}
