package app.mailroom.model;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Where a message stands. The only ways from one state to another are those of {@link #canBecome}; a store that
 * changes a state asks it first, and an illegal change throws.
 *
 * <p>Events come late, twice and out of order, so among {@link #ACCEPTED}, {@link #DELAYED}, {@link #DELIVERED},
 * {@link #BOUNCED} and {@link #COMPLAINED} a message may only rise.
 */
public enum MessageState {
    /** Due from its {@code not_before} on. */
    PLANNED,
    /** A named sender owns it; the mail service may or may not have been asked. */
    CLAIMED,
    /** The mail service answered with its id. This is acceptance, not delivery. */
    ACCEPTED,
    /** Nobody can tell whether the mail service took it: a time-out after the request, or a crash while claimed. */
    UNCERTAIN,
    /** Refused for good, or rendering failed; the reason is kept. */
    REJECTED,
    /** Accepted, but the receiving server keeps it waiting. */
    DELAYED,
    /** The receiving server took it. */
    DELIVERED,
    /** The receiving server refused it. */
    BOUNCED,
    /** The recipient called it spam. */
    COMPLAINED,
    /** Never sent, because the address must not be mailed. */
    SUPPRESSED,
    /** Never sent, because the mailing was cancelled. */
    CANCELLED;

    private static final Map<MessageState, Set<MessageState>> NEXT = new EnumMap<>(MessageState.class);

    static {
        NEXT.put(PLANNED, EnumSet.of(CLAIMED, SUPPRESSED, CANCELLED));
        NEXT.put(CLAIMED, EnumSet.of(ACCEPTED, PLANNED, REJECTED, UNCERTAIN));
        NEXT.put(ACCEPTED, EnumSet.of(DELAYED, DELIVERED, BOUNCED, COMPLAINED, REJECTED));
        NEXT.put(UNCERTAIN, EnumSet.of(ACCEPTED, DELAYED, DELIVERED, BOUNCED, COMPLAINED, REJECTED, PLANNED));
        NEXT.put(REJECTED, EnumSet.noneOf(MessageState.class));
        NEXT.put(DELAYED, EnumSet.of(DELIVERED, BOUNCED, COMPLAINED, REJECTED));
        NEXT.put(DELIVERED, EnumSet.of(BOUNCED, COMPLAINED));
        NEXT.put(BOUNCED, EnumSet.of(COMPLAINED));
        NEXT.put(COMPLAINED, EnumSet.noneOf(MessageState.class));
        NEXT.put(SUPPRESSED, EnumSet.noneOf(MessageState.class));
        NEXT.put(CANCELLED, EnumSet.noneOf(MessageState.class));
    }

    /** Whether a message in this state may become {@code next}. No state may become itself. */
    public boolean canBecome(MessageState next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    /** Whether the message still has to be sent, so that its mailing is not finished. */
    public boolean isUnsent() {
        return this == PLANNED || this == CLAIMED;
    }

    /** Whether an outcome is still to be expected from the mail service. */
    public boolean awaitsOutcome() {
        return this == ACCEPTED || this == UNCERTAIN || this == DELAYED;
    }
}
