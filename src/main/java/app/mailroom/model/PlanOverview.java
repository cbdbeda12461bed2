package app.mailroom.model;

import java.util.Optional;

/** A mailing with its counts, and the rule of its own that it waits for, if it does. */
public record PlanOverview(Plan plan, PlanTotals totals, Optional<PlanWait> waiting) {
    /** Whether its messages are still being made, before which it does not begin; so far there are as many as are counted. */
    public boolean beingMade() {
        return plan.frozenAt() == null && (plan.state() == PlanState.SCHEDULED || plan.state() == PlanState.PAUSED);
    }
}
