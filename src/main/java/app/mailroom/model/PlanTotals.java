package app.mailroom.model;

import java.util.EnumMap;
import java.util.Map;

/** How many messages of a mailing stand in each state, and how many count for each measure. */
public record PlanTotals(Map<MessageState, Long> byState, Map<Measure, Long> byMeasure) {
    /** Keeps a copy of the counts. */
    public PlanTotals {
        Map<MessageState, Long> states = new EnumMap<>(MessageState.class);
        states.putAll(byState);
        byState = Map.copyOf(states);
        Map<Measure, Long> measures = new EnumMap<>(Measure.class);
        measures.putAll(byMeasure);
        byMeasure = Map.copyOf(measures);
    }

    /** Nothing counted. */
    public static PlanTotals none() {
        return new PlanTotals(Map.of(), Map.of());
    }

    /** Messages in a state. */
    public long in(MessageState state) {
        return byState.getOrDefault(state, 0L);
    }

    /** Messages that count for a measure. */
    public long of(Measure measure) {
        return switch (measure) {
            case BOUNCED -> in(MessageState.BOUNCED);
            case COMPLAINED -> in(MessageState.COMPLAINED);
            default -> byMeasure.getOrDefault(measure, 0L);
        };
    }

    /** Messages that a person opened. */
    public long opened() {
        return of(Measure.OPENED);
    }

    /** Messages in which a person followed a link. */
    public long clicked() {
        return of(Measure.CLICKED);
    }

    /** Messages whose recipients left. */
    public long unsubscribed() {
        return of(Measure.UNSUBSCRIBED);
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
