package app.mailroom.store;

import app.mailroom.model.PlanState;

/** A mailing was asked to become what its present state does not allow; nothing was changed. */
public final class IllegalPlanChangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IllegalPlanChangeException(long planId, PlanState from, PlanState to) {
        super("mailing " + planId + " is " + from + " and cannot become " + to);
    }
}
