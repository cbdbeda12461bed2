package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PLAN_DOMAINS;
import static app.mailroom.store.jooq.Tables.PLAN_HOURS;
import static app.mailroom.store.jooq.Tables.PLAN_LINKS;
import static app.mailroom.store.jooq.Tables.PLAN_REASONS;
import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;

import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanTotals;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/**
 * Collects how a transaction changes the counts of plans, and writes each changed count once at its end. Whoever
 * changes messages adds here what it changed and calls {@link #writeTo} in the same transaction. What a message counts for
 * is said by {@link Standing}; whoever knows the message before and after uses {@link #changed}, whoever changes many at
 * once adds what of it changes.
 */
final class Totals {
    /** In which column of the counts by domain a measure is counted. */
    static final Map<Measure, TableField<?, Long>> BY_DOMAIN = new EnumMap<>(Map.of(
            Measure.TAKEN, PLAN_DOMAINS.TAKEN_COUNT,
            Measure.ARRIVED, PLAN_DOMAINS.DELIVERED_COUNT,
            Measure.BOUNCED, PLAN_DOMAINS.BOUNCED_COUNT,
            Measure.COMPLAINED, PLAN_DOMAINS.COMPLAINED_COUNT,
            Measure.OPENED, PLAN_DOMAINS.OPENED_COUNT,
            Measure.OPENED_BY_MACHINES, PLAN_DOMAINS.MACHINE_OPENED_COUNT,
            Measure.CLICKED, PLAN_DOMAINS.CLICKED_COUNT,
            Measure.CLICKED_BY_MACHINES, PLAN_DOMAINS.MACHINE_CLICKED_COUNT,
            Measure.UNSUBSCRIBED, PLAN_DOMAINS.UNSUBSCRIBED_COUNT));

    /** The same of the counts by hour. */
    static final Map<Measure, TableField<?, Long>> BY_HOUR = new EnumMap<>(Map.of(
            Measure.TAKEN, PLAN_HOURS.TAKEN_COUNT,
            Measure.ARRIVED, PLAN_HOURS.DELIVERED_COUNT,
            Measure.OPENED, PLAN_HOURS.OPENED_COUNT,
            Measure.OPENED_BY_MACHINES, PLAN_HOURS.MACHINE_OPENED_COUNT,
            Measure.CLICKED, PLAN_HOURS.CLICKED_COUNT,
            Measure.CLICKED_BY_MACHINES, PLAN_HOURS.MACHINE_CLICKED_COUNT,
            Measure.UNSUBSCRIBED, PLAN_HOURS.UNSUBSCRIBED_COUNT));

    private static final long HOUR_SECONDS = 3_600;

    private record Count(long planId, String measure) {}

    private record Reason(long planId, MessageState state, String reason) {}

    private record Domain(long planId, String domain) {}

    private record Hour(long planId, int hour) {}

    private record Link(long planId, int number) {}

    private final Map<Count, Long> counts = new HashMap<>();
    private final Map<Reason, Long> reasons = new HashMap<>();
    private final Map<Domain, Map<Measure, Long>> domains = new HashMap<>();
    private final Map<Hour, Map<Measure, Long>> hours = new HashMap<>();
    private final Map<Link, Map<Field<Long>, Long>> links = new HashMap<>();

    /** Messages went from one state to another, and nothing else of them changed. */
    void moved(long planId, MessageState from, MessageState to, long messages) {
        state(planId, from, -messages);
        state(planId, to, messages);
    }

    /** So many messages more, or less, are in a state. */
    void state(long planId, MessageState state, long messages) {
        counts.merge(new Count(planId, state.name()), messages, Long::sum);
    }

    /** So many messages more, or less, are in a state for a reason; nothing where there is no reason. */
    void reason(long planId, MessageState state, @Nullable String reason, long messages) {
        if (reason != null) {
            reasons.merge(new Reason(planId, state, reason), messages, Long::sum);
        }
    }

    /** A message that stood one way stands another now. */
    void changed(Standing before, Standing now) {
        count(before, -1);
        count(now, 1);
    }

    /** A message that was not counted before. */
    void counted(Standing now) {
        count(now, 1);
    }

    private void count(Standing standing, long change) {
        state(standing.planId(), standing.state(), change);
        reason(standing.planId(), standing.state(), standing.reason(), change);
        standing.measures()
                .forEach((measure, moment) ->
                        measure(standing.planId(), standing.domain(), measure, moment.at(), change));
    }

    /** One message more, or less, counts for a measure. */
    void measure(long planId, String domain, Measure measure, @Nullable Instant at, long change) {
        if (measure != Measure.BOUNCED && measure != Measure.COMPLAINED) {
            counts.merge(new Count(planId, measure.name()), change, Long::sum);
        }
        if (BY_DOMAIN.containsKey(measure)) {
            domains.computeIfAbsent(new Domain(planId, domain), key -> new EnumMap<>(Measure.class))
                    .merge(measure, change, Long::sum);
        }
        if (at != null && BY_HOUR.containsKey(measure)) {
            hours.computeIfAbsent(new Hour(planId, hour(at)), key -> new EnumMap<>(Measure.class))
                    .merge(measure, change, Long::sum);
        }
    }

    /** The hour of the time line in which a moment falls. */
    static int hour(Instant at) {
        return Math.toIntExact(Math.floorDiv(at.getEpochSecond(), HOUR_SECONDS));
    }

    /** The clicks of one message on one link were so and are now otherwise, each by people and by machines. */
    void clicks(long planId, int number, Clicks before, Clicks now) {
        Map<Field<Long>, Long> link = links.computeIfAbsent(new Link(planId, number), key -> new HashMap<>());
        link.merge(PLAN_LINKS.CLICK_COUNT, now.people() - before.people(), Long::sum);
        link.merge(PLAN_LINKS.MACHINE_CLICK_COUNT, now.machines() - before.machines(), Long::sum);
        link.merge(PLAN_LINKS.MESSAGE_COUNT, now.byPerson() - before.byPerson(), Long::sum);
        link.merge(PLAN_LINKS.MACHINE_MESSAGE_COUNT, now.byMachinesOnly() - before.byMachinesOnly(), Long::sum);
    }

    /** How often people and machines clicked a link in one message. */
    record Clicks(long people, long machines) {
        static final Clicks NONE = new Clicks(0, 0);

        Clicks plus(boolean machine) {
            return machine ? new Clicks(people, machines + 1) : new Clicks(people + 1, machines);
        }

        Clicks plus(Clicks others) {
            return new Clicks(people + others.people, machines + others.machines);
        }

        private long byPerson() {
            return people > 0 ? 1 : 0;
        }

        private long byMachinesOnly() {
            return people == 0 && machines > 0 ? 1 : 0;
        }
    }

    void writeTo(DSLContext sql) {
        counts.forEach((count, change) -> {
            if (change != 0) {
                sql.insertInto(PLAN_TOTALS)
                        .set(PLAN_TOTALS.PLAN_ID, count.planId())
                        .set(PLAN_TOTALS.MEASURE, count.measure())
                        .set(PLAN_TOTALS.COUNT, change)
                        .onConflict(PLAN_TOTALS.PLAN_ID, PLAN_TOTALS.MEASURE)
                        .doUpdate()
                        .set(PLAN_TOTALS.COUNT, PLAN_TOTALS.COUNT.plus(change))
                        .execute();
            }
        });
        reasons.forEach((reason, change) -> {
            if (change != 0) {
                sql.insertInto(PLAN_REASONS)
                        .set(PLAN_REASONS.PLAN_ID, reason.planId())
                        .set(PLAN_REASONS.STATE, reason.state().name())
                        .set(PLAN_REASONS.REASON, reason.reason())
                        .set(PLAN_REASONS.MESSAGE_COUNT, change)
                        .onConflict(PLAN_REASONS.PLAN_ID, PLAN_REASONS.STATE, PLAN_REASONS.REASON)
                        .doUpdate()
                        .set(PLAN_REASONS.MESSAGE_COUNT, PLAN_REASONS.MESSAGE_COUNT.plus(change))
                        .execute();
            }
        });
        domains.forEach((domain, changes) -> writeDomain(sql, domain, columns(changes, BY_DOMAIN)));
        hours.forEach((hour, changes) -> writeHour(sql, hour, columns(changes, BY_HOUR)));
        links.forEach((link, changes) -> writeLink(sql, link, changes));
        counts.clear();
        reasons.clear();
        domains.clear();
        hours.clear();
        links.clear();
    }

    private static Map<Field<Long>, Long> columns(
            Map<Measure, Long> changes, Map<Measure, TableField<?, Long>> columns) {
        Map<Field<Long>, Long> found = new HashMap<>();
        changes.forEach((measure, change) -> {
            Field<Long> column = columns.get(measure);
            if (column != null) {
                found.put(column, change);
            }
        });
        return found;
    }

    private static void writeDomain(DSLContext sql, Domain domain, Map<Field<Long>, Long> changes) {
        changes.values().removeIf(change -> change == 0);
        if (!changes.isEmpty()) {
            sql.insertInto(PLAN_DOMAINS)
                    .set(PLAN_DOMAINS.PLAN_ID, domain.planId())
                    .set(PLAN_DOMAINS.DOMAIN, domain.domain())
                    .set(changes)
                    .onConflict(PLAN_DOMAINS.PLAN_ID, PLAN_DOMAINS.DOMAIN)
                    .doUpdate()
                    .set(raised(changes))
                    .execute();
        }
    }

    private static void writeHour(DSLContext sql, Hour hour, Map<Field<Long>, Long> changes) {
        changes.values().removeIf(change -> change == 0);
        if (!changes.isEmpty()) {
            sql.insertInto(PLAN_HOURS)
                    .set(PLAN_HOURS.PLAN_ID, hour.planId())
                    .set(PLAN_HOURS.HOUR, hour.hour())
                    .set(changes)
                    .onConflict(PLAN_HOURS.PLAN_ID, PLAN_HOURS.HOUR)
                    .doUpdate()
                    .set(raised(changes))
                    .execute();
        }
    }

    private static void writeLink(DSLContext sql, Link link, Map<Field<Long>, Long> changes) {
        changes.values().removeIf(change -> change == 0);
        if (!changes.isEmpty()) {
            sql.insertInto(PLAN_LINKS)
                    .set(PLAN_LINKS.PLAN_ID, link.planId())
                    .set(PLAN_LINKS.NUMBER, link.number())
                    .set(changes)
                    .onConflict(PLAN_LINKS.PLAN_ID, PLAN_LINKS.NUMBER)
                    .doUpdate()
                    .set(raised(changes))
                    .execute();
        }
    }

    private static Map<Field<Long>, Field<Long>> raised(Map<Field<Long>, Long> changes) {
        Map<Field<Long>, Field<Long>> raised = new HashMap<>();
        changes.forEach((column, change) -> raised.put(column, column.plus(change)));
        return raised;
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
        Map<Measure, Long> byMeasure = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            Long count =
                    measure == Measure.BOUNCED || measure == Measure.COMPLAINED ? null : counts.get(measure.name());
            if (count != null && count != 0) {
                byMeasure.put(measure, count);
            }
        }
        return new PlanTotals(byState, byMeasure);
    }
}
