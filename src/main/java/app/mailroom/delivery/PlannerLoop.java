package app.mailroom.delivery;

import app.mailroom.model.World;
import app.mailroom.store.DeliveryStore;
import app.mailroom.store.PlanStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First step: sets plans running whose time has come, parks those that missed it, finishes the messages of those that a process which ended had begun
 * to make, sets parked plans running again when their time is over, takes
 * care of what dead senders left, and ends plans that have nothing left to send.
 */
final class PlannerLoop {
    private static final Logger log = LoggerFactory.getLogger(PlannerLoop.class);

    /** A plan that runs is looked at more often, so that its end shows soon. */
    private static final Duration WHILE_SENDING = Duration.ofSeconds(1);

    private static final Duration FREEZE_AT_MOST = Duration.ofMillis(500);
    private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);

    private final World world;
    private final PlanStore plans;
    private final DeliveryStore delivery;
    private final Supplier<DeliverySettings> settingsNow;
    private final LongSupplier self;
    private final Runnable wakeSenders;
    private long prunedAt = System.nanoTime();

    PlannerLoop(Pipeline.Parts parts, LongSupplier self, Runnable wakeSenders) {
        this.world = parts.world();
        this.plans = parts.plans();
        this.delivery = parts.delivery();
        this.settingsNow = parts.settings();
        this.self = self;
        this.wakeSenders = wakeSenders;
    }

    Duration lookOnce() {
        DeliverySettings settings = settingsNow.get();
        long orphans = delivery.buryDeadSenders(settings.staleAfter(), self.getAsLong());
        if (orphans > 0) {
            log.warn("A sender died; {} messages that it had claimed are uncertain", orphans);
        }
        int changed = plans.unparkDue(world);
        boolean more = finishMessages();
        int missed = plans.parkMissed(world, settings.grace());
        if (missed > 0) {
            log.warn("The time of {} mailings passed while nothing looked; they wait for a person", missed);
        }
        for (long planId : plans.due(world)) {
            if (plans.begin(planId)) {
                log.info("Mailing {} begins", planId);
                changed++;
            }
        }
        plans.tellLapsedApprovals();
        plans.cancelLeftovers();
        int ended = plans.finishDone();
        if (ended > 0) {
            log.info("{} mailings are sent", ended);
        }
        if (changed > 0) {
            wakeSenders.run();
        }
        long now = System.nanoTime();
        if (now - prunedAt > PRUNE_EVERY.toNanos()) {
            prunedAt = now;
            delivery.pruneThroughput();
        }
        if (more) {
            return Duration.ZERO;
        }
        return delivery.runningPlans().isEmpty() || settings.plannerEvery().compareTo(WHILE_SENDING) < 0
                ? settings.plannerEvery()
                : WHILE_SENDING;
    }

    /**
     * Goes on with messages that are not all made, a step for each plan in turn and for a moment only, so that nothing
     * waits for a plan whose list is long or changed again and again; true for more.
     */
    private boolean finishMessages() {
        long began = System.nanoTime();
        List<Long> unfinished = new ArrayList<>(plans.unfrozen(world));
        while (!unfinished.isEmpty() && System.nanoTime() - began < FREEZE_AT_MOST.toNanos()) {
            unfinished.removeIf(planId -> !plans.freezeSome(planId));
        }
        return !unfinished.isEmpty();
    }
}
