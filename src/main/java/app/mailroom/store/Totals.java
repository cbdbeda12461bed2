package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanTotals;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * Collects how a transaction changes the counts of plans, and writes each changed count once at its end. Whoever
 * changes messages adds here what it changed and calls {@link #writeTo} in the same transaction.
 */
final class Totals {
    static final String OPENED = "OPENED";
    static final String CLICKED = "CLICKED";
    static final String UNSUBSCRIBED = "UNSUBSCRIBED";

    private record Measure(long planId, String name) {}

    private final Map<Measure, Long> changes = new HashMap<>();

    void moved(long planId, MessageState from, MessageState to, long messages) {
        add(planId, from.name(), -messages);
        add(planId, to.name(), messages);
    }

    void add(long planId, String measure, long messages) {
        changes.merge(new Measure(planId, measure), messages, Long::sum);
    }

    void writeTo(DSLContext sql) {
        changes.forEach((measure, change) -> {
            if (change != 0) {
                sql.insertInto(PLAN_TOTALS)
                        .set(PLAN_TOTALS.PLAN_ID, measure.planId())
                        .set(PLAN_TOTALS.MEASURE, measure.name())
                        .set(PLAN_TOTALS.COUNT, change)
                        .onConflict(PLAN_TOTALS.PLAN_ID, PLAN_TOTALS.MEASURE)
                        .doUpdate()
                        .set(PLAN_TOTALS.COUNT, PLAN_TOTALS.COUNT.plus(change))
                        .execute();
            }
        });
        changes.clear();
    }

    /** The counts from rows of measure and count. */
    static PlanTotals of(Map<String, Long> counts) {
        Map<MessageState, Long> byState = new EnumMap<>(MessageState.class);
        for (MessageState state : MessageState.values()) {
            Long count = counts.get(state.name());
            if (count != null && count != 0) {
                byState.put(state, count);
            }
        }
        return new PlanTotals(
                byState,
                counts.getOrDefault(OPENED, 0L),
                counts.getOrDefault(CLICKED, 0L),
                counts.getOrDefault(UNSUBSCRIBED, 0L));
    }
}
