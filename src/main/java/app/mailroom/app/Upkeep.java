package app.mailroom.app;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonException;
import app.mailroom.aws.SuppressionSync;
import app.mailroom.backup.Backups;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.Loop;
import app.mailroom.model.World;
import app.mailroom.outcome.QuarantineReview;
import app.mailroom.store.OutcomeStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SheetStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program that runs for long does now and then: daily copies of the database, another look at events that
 * found no message and at openings and clicks by newer rules, changes of sheets that broke off settled and old ones
 * forgotten, and, where a person wants it, suppressions kept equal with Amazon's.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration REVIEW_EVERY = Duration.ofMinutes(15);
    private static final Duration FORGET_EVERY = Duration.ofHours(24);

    /** For so long what was done to a sheet can be undone. */
    private static final Duration HISTORY = Duration.ofDays(30);

    private static final int JUDGED_AT_ONCE = 500;
    private static final Duration JUDGE_AGAIN = Duration.ofMillis(100);

    /** A mailing waits for a list that was left half changed. */
    private static final Duration SETTLE_EVERY = Duration.ofMinutes(1);

    private static final Duration SYNC_EVERY = Duration.ofHours(1);

    private final QuarantineReview quarantine;
    private final OutcomeStore outcomes;
    private final Amazon amazon;
    private final SettingsStore settings;
    private final SheetStore sheets;
    private final List<Loop> loops;
    private volatile boolean closing;

    Upkeep(
            Backups backups,
            QuarantineReview quarantine,
            OutcomeStore outcomes,
            SheetStore sheets,
            Amazon amazon,
            SettingsStore settings) {
        this.quarantine = quarantine;
        this.outcomes = outcomes;
        this.amazon = amazon;
        this.settings = settings;
        this.sheets = sheets;
        this.loops = List.of(
                new Loop("backups", backups::lookOnce),
                new Loop("quarantine-review", this::review),
                new Loop("sheet-history", this::forget),
                new Loop("hit-review", this::judge),
                new Loop("sheet-changes", this::settle),
                new Loop("suppression-sync", this::sync));
    }

    void start() {
        loops.forEach(Loop::start);
    }

    @Override
    public void close() {
        // A round of comparing may take hours at the pace that Amazon answers.
        closing = true;
        loops.forEach(Loop::close);
    }

    private Duration review() {
        int settled = quarantine.reread().settled();
        if (settled > 0) {
            log.info("{} events have left quarantine", settled);
        }
        return REVIEW_EVERY;
    }

    private Duration forget() {
        int forgotten = sheets.forgetHistory(HISTORY);
        if (forgotten > 0) {
            log.info("{} changes of sheets can no longer be undone", forgotten);
        }
        return FORGET_EVERY;
    }

    /** Openings and clicks from before the rules that this program judges by; a pause lets others write in between. */
    private Duration judge() {
        return outcomes.judgeAnew(JUDGED_AT_ONCE) < JUDGED_AT_ONCE ? REVIEW_EVERY : JUDGE_AGAIN;
    }

    private Duration settle() {
        int settled = sheets.settle();
        if (settled > 0) {
            log.info("Changes of {} lists had broken off and are settled", settled);
        }
        return SETTLE_EVERY;
    }

    private Duration sync() throws AmazonException {
        if (Dispatch.mode(settings) == World.LIVE && amazon.settings().syncSuppressions()) {
            SuppressionSync.Changes changes = amazon.suppressionSync().syncOnce(() -> closing);
            log.info("Suppressions compared with Amazon's: {}", changes);
        }
        return SYNC_EVERY;
    }
}
