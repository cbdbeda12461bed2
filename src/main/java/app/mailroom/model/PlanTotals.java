package app.mailroom.model;

import java.util.EnumMap;
import java.util.Map;

/** How many messages of a mailing stand in each state, and how many were opened, clicked or answered by leaving. */
public record PlanTotals(Map<MessageState, Long> byState, long opened, long clicked, long unsubscribed) {
    /** Keeps a copy of the counts. */
    public PlanTotals {
        Map<MessageState, Long> copy = new EnumMap<>(MessageState.class);
        copy.putAll(byState);
        byState = Map.copyOf(copy);
    }

    /** Nothing counted. */
    public static PlanTotals none() {
        return new PlanTotals(Map.of(), 0, 0, 0);
    }

    /** Messages in a state. */
    public long in(MessageState state) {
        return byState.getOrDefault(state, 0L);
    }

    /** Messages of the mailing, in whatever state. */
    public long all() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Messages that were claimed and are not waiting or in flight any more. */
    public long done() {
        return all() - unsent();
    }

    /** Messages planned or claimed. */
    public long unsent() {
        return in(MessageState.PLANNED) + in(MessageState.CLAIMED);
    }

    /** Messages from which the mail service may still report something. */
    public long awaitingOutcome() {
        return in(MessageState.ACCEPTED) + in(MessageState.UNCERTAIN) + in(MessageState.DELAYED);
    }
}
