package app.mailroom.plan;

import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.store.PlanStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the messages of a mailing that has just been planned are made, or takes it back. */
final class PlanMaking {
    private static final Logger log = LoggerFactory.getLogger(PlanMaking.class);

    private PlanMaking() {}

    /**
     * Makes them. A failure is no failure of the mailing: it is planned, and the planner makes what is missing. Whoever were
     * told that it failed would ask for it once more, and people would get it twice.
     *
     * @param progress is told how many are made
     * @param inAll how many there will be
     * @return false when some are left to the planner
     * @throws ImportCancelledException when it was stopped; nothing remains of it
     */
    static boolean make(PlanStore plans, long planId, Progress progress, long inAll) throws ImportCancelledException {
        try {
            boolean made = plans.freeze(planId, () -> {
                long messages = plans.totals(planId).all();
                progress.at(messages, messages, inAll);
                return progress.cancelled();
            });
            if (!made && plans.takeBack(planId)) {
                throw new ImportCancelledException();
            }
            return true;
        } catch (RuntimeException e) {
            log.warn("Mailing {} is planned; its messages could not all be made now", planId, e);
            return false;
        }
    }
}
