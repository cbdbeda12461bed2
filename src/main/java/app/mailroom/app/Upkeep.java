package app.mailroom.app;

import app.mailroom.aws.Amazon;
import app.mailroom.aws.AmazonException;
import app.mailroom.aws.SuppressionSync;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.Loop;
import app.mailroom.model.World;
import app.mailroom.outcome.QuarantineReview;
import app.mailroom.store.SettingsStore;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a program that runs for long does now and then: daily copies of the database, another look at events that
 * found no message, and, where a person wants it, suppressions kept equal with Amazon's.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration REVIEW_EVERY = Duration.ofMinutes(15);
    private static final Duration SYNC_EVERY = Duration.ofHours(1);

    private final QuarantineReview quarantine;
    private final Amazon amazon;
    private final SettingsStore settings;
    private final List<Loop> loops;
    private volatile boolean closing;

    Upkeep(Backups backups, QuarantineReview quarantine, Amazon amazon, SettingsStore settings) {
        this.quarantine = quarantine;
        this.amazon = amazon;
        this.settings = settings;
        this.loops = List.of(
                new Loop("backups", backups::lookOnce),
                new Loop("quarantine-review", this::review),
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

    private Duration sync() throws AmazonException {
        if (Dispatch.mode(settings) == World.LIVE && amazon.settings().syncSuppressions()) {
            SuppressionSync.Changes changes = amazon.suppressionSync().syncOnce(() -> closing);
            log.info("Suppressions compared with Amazon's: {}", changes);
        }
        return SYNC_EVERY;
    }
}
