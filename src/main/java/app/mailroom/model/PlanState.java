package app.mailroom.model;

import java.util.EnumSet;
import java.util.Set;

/** Where a mailing stands. */
public enum PlanState {
    /** Being prepared; nothing is frozen and nothing will be sent. */
    DRAFT,
    /** Waiting for its time. Its messages are made when it comes into this state; it cannot begin before they all are. */
    SCHEDULED,
    /** Its messages may be claimed. */
    RUNNING,
    /** Halted by a person. */
    PAUSED,
    /**
     * Halted by a problem of the account or the network, or because its time passed unseen; the reason is kept with the
     * plan.
     */
    PARKED,
    /** No message is planned or claimed any more. Outcomes may still arrive. */
    SENT,
    /** Ended by a person; what was sent stays sent. */
    CANCELLED;

    /** Whether a plan in this state may become {@code next}. */
    public boolean canBecome(PlanState next) {
        return successors().contains(next);
    }

    private Set<PlanState> successors() {
        return switch (this) {
            case DRAFT -> EnumSet.of(SCHEDULED, CANCELLED);
            case SCHEDULED -> EnumSet.of(RUNNING, PAUSED, PARKED, CANCELLED);
            case RUNNING -> EnumSet.of(PAUSED, PARKED, SENT, CANCELLED);
            case PAUSED -> EnumSet.of(SCHEDULED, RUNNING, CANCELLED);
            case PARKED -> EnumSet.of(SCHEDULED, RUNNING, PAUSED, CANCELLED);
            case SENT -> EnumSet.of(RUNNING);
            case CANCELLED -> EnumSet.noneOf(PlanState.class);
        };
    }

    /** Whether nothing more will be sent unless a person decides otherwise. */
    public boolean isEnded() {
        return this == SENT || this == CANCELLED;
    }
}
