package app.mailroom.delivery;

import app.mailroom.model.World;
import app.mailroom.store.DeliveryStore;
import app.mailroom.store.PlanStore;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First step: sets plans running whose time has come, finishes the messages of those that a process which ended had begun
 * to make, sets parked plans running again when their time is over, takes
 * care of what dead senders left, and ends plans that have nothing left to send.
 */
final class PlannerLoop {
    private static final Logger log = LoggerFactory.getLogger(PlannerLoop.class);

    /** A plan that runs is looked at more often, so that its end shows soon. */
    private static final Duration WHILE_SENDING = Duration.ofSeconds(1);

    private final World world;
    private final PlanStore plans;
    private final DeliveryStore delivery;
    private final DeliverySettings settings;
    private final LongSupplier self;
    private final Runnable wakeSenders;

    PlannerLoop(Pipeline.Parts parts, DeliverySettings settings, LongSupplier self, Runnable wakeSenders) {
        this.world = parts.world();
        this.plans = parts.plans();
        this.delivery = parts.delivery();
        this.settings = settings;
        this.self = self;
        this.wakeSenders = wakeSenders;
    }

    Duration lookOnce() {
        long orphans = delivery.buryDeadSenders(settings.staleAfter(), self.getAsLong());
        if (orphans > 0) {
            log.warn("A sender died; {} messages that it had claimed are uncertain", orphans);
        }
        int changed = plans.unparkDue(world);
        for (long planId : plans.unfrozen(world)) {
            plans.freeze(planId);
        }
        for (long planId : plans.due(world)) {
            if (plans.begin(planId)) {
                log.info("Mailing {} begins", planId);
                changed++;
            }
        }
        plans.cancelLeftovers();
        int ended = plans.finishDone();
        if (ended > 0) {
            log.info("{} mailings are sent", ended);
        }
        if (changed > 0) {
            wakeSenders.run();
        }
        return delivery.runningPlans().isEmpty() || settings.plannerEvery().compareTo(WHILE_SENDING) < 0
                ? settings.plannerEvery()
                : WHILE_SENDING;
    }
}
