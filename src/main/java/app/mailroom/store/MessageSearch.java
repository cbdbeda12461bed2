package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLAN_REASONS;

import app.mailroom.model.Measure;
import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanTotals;
import app.mailroom.store.ResultsStore.Found;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.CommonTableExpression;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages among very many. What few messages meet is looked up through its index and then put in order; what many
 * meet is met soon by going through them in order. Which of the two it is, the kept counts tell: the database could only
 * guess, and guesses wrong. So conditions stand in two shapes here, one that an index answers and one, marked as plain,
 * that none does.
 */
final class MessageSearch {
    /** So many are looked up and sorted rather than met on the way. */
    static final int FEW = 20_000;
    /** Where counting ends that has to look at messages one by one. */
    private static final int LOOKED_AT = 20_000;

    private static final Field<Long> FOUND_ID = DSL.field(DSL.name("found", "id"), Long.class);

    /** A condition that an index answers, and how many messages meet it at most. */
    private record Narrow(Condition condition, long messages) {}

    private final DSLContext sql;
    private final MessageFilter filter;
    private final int few;
    private final String search;
    private final PlanTotals totals;
    private final Set<MessageState> states;

    /** few says how many are looked up and sorted, usually {@link #FEW}. */
    MessageSearch(DSLContext sql, MessageFilter filter, int few) {
        this.few = few;
        this.sql = sql;
        this.filter = filter;
        this.search = filter.search().strip().toLowerCase(Locale.ROOT);
        this.totals = PlanStore.totals(sql, filter.planId());
        this.states = states();
    }

    /** The states that can have what is asked. */
    private Set<MessageState> states() {
        Set<MessageState> found =
                filter.states().isEmpty() ? EnumSet.allOf(MessageState.class) : EnumSet.copyOf(filter.states());
        if (filter.reason() != null) {
            Set<MessageState> withReason = EnumSet.noneOf(MessageState.class);
            sql.select(PLAN_REASONS.STATE)
                    .from(PLAN_REASONS)
                    .where(PLAN_REASONS.PLAN_ID.eq(filter.planId()))
                    .and(because(PLAN_REASONS.REASON))
                    .and(PLAN_REASONS.MESSAGE_COUNT.gt(0L))
                    .forEach(row -> withReason.add(MessageState.valueOf(row.value1())));
            found.retainAll(withReason);
        }
        if (filter.mark() != null) {
            // What shows that it arrived raises a message out of these.
            found.removeIf(state -> state.isUnsent() || state.awaitsOutcome());
        }
        found.removeIf(state -> totals.in(state) == 0);
        return found;
    }

    /** The next messages after one, or the first. */
    List<Message> page(MessageOrder order, @Nullable Message after, int limit) {
        Narrow narrow = narrowest();
        if (narrow.messages() == 0) {
            return List.of();
        }
        Condition behind = after == null ? DSL.noCondition() : behind(order, after);
        if (narrow.messages() <= few) {
            return narrowed(narrow.condition(), plainly().and(searchedPlainly()).and(behind), order, limit);
        }
        boolean inOrder = order.by() == MessageOrder.By.ADDRESS && asksNothingElse();
        if (!search.isEmpty() && !inOrder) {
            List<Long> found = sql.select(MESSAGES.ID)
                    .from(MESSAGES)
                    .where(ofPlan())
                    .and(searched())
                    .limit(few + 1)
                    .fetch(MESSAGES.ID);
            if (found.size() <= few) {
                return ofThese(found, plainly().and(behind), order, limit);
            }
        }
        return sql.selectFrom(MESSAGES)
                .where(
                        order.by() == MessageOrder.By.LIST
                                ? MessageSpan.of(sql, filter.planId(), states).all()
                                : ofPlan())
                .and(plainly())
                .and(order.by() == MessageOrder.By.ADDRESS ? searched() : searchedPlainly())
                .and(behind)
                .orderBy(orderBy(order))
                .limit(limit)
                .fetch(MessageStore::message);
    }

    /** The numbers of the next messages after one, in the order of the list; 0 starts at the first. */
    List<Long> ids(long afterId, int limit) {
        Narrow narrow = narrowest();
        if (narrow.messages() == 0) {
            return List.of();
        }
        Condition rest = plainly().and(searchedPlainly()).and(MESSAGES.ID.gt(afterId));
        if (narrow.messages() <= few) {
            CommonTableExpression<?> found = found(narrow.condition(), few);
            return sql.with(found)
                    .select(MESSAGES.ID)
                    .from(found)
                    .crossJoin(MESSAGES)
                    .where(MESSAGES.ID.eq(FOUND_ID))
                    .and(rest)
                    .orderBy(MESSAGES.ID)
                    .limit(limit)
                    .fetch(MESSAGES.ID);
        }
        return sql.select(MESSAGES.ID)
                .from(MESSAGES)
                .where(MessageSpan.of(sql, filter.planId(), states).all())
                .and(rest)
                .orderBy(MESSAGES.ID)
                .limit(limit)
                .fetch(MESSAGES.ID);
    }

    /** That a message of the mailing meets the filter, for whoever finds the messages in another way. */
    Condition met() {
        return plainly().and(searchedPlainly());
    }

    private boolean asksNothingElse() {
        return filter.states().isEmpty() && filter.reason() == null && filter.mark() == null;
    }

    /** Looks up the few that an index finds, and sorts those of them that meet the rest. */
    private List<Message> narrowed(Condition byIndex, Condition rest, MessageOrder order, int limit) {
        CommonTableExpression<?> found = found(byIndex, few);
        // A cross join keeps SQLite from turning the two around.
        return sql.with(found)
                .select(MESSAGES.fields())
                .from(found)
                .crossJoin(MESSAGES)
                .where(MESSAGES.ID.eq(FOUND_ID))
                .and(rest)
                .orderBy(orderBy(order))
                .limit(limit)
                .fetchInto(MESSAGES)
                .map(MessageStore::message);
    }

    /** The same of those with these numbers. They are written out, for there may be more than parameters. */
    private List<Message> ofThese(List<Long> ids, Condition rest, MessageOrder order, int limit) {
        return sql.selectFrom(MESSAGES)
                .where(MESSAGES.ID.in(ids.stream().map(DSL::inline).toList()))
                .and(rest)
                .orderBy(orderBy(order))
                .limit(limit)
                .fetch(MessageStore::message);
    }

    private static CommonTableExpression<?> found(Condition condition, int atMost) {
        return DSL.name("found")
                .fields("id")
                .asMaterialized(
                        DSL.select(MESSAGES.ID).from(MESSAGES).where(condition).limit(atMost));
    }

    /** How many there are; counting ends somewhere where every message would have to be looked at. */
    Found count() {
        Narrow narrow = narrowest();
        if (narrow.messages() == 0) {
            return new Found(0, true);
        }
        boolean plain = search.isEmpty();
        boolean everyState = filter.states().isEmpty() && filter.reason() == null;
        if (plain && filter.mark() == null) {
            return new Found(filter.reason() == null ? narrow.messages() : ofReason(), true);
        }
        if (plain && everyState && filter.mark() != null) {
            return new Found(totals.of(measure(filter.mark())), true);
        }
        if (asksNothingElse()) {
            return new Found(
                    sql.fetchCount(
                            DSL.selectOne().from(MESSAGES).where(ofPlan()).and(searched())),
                    true);
        }
        boolean byFilter = narrow.messages() <= LOOKED_AT || plain;
        CommonTableExpression<?> found =
                byFilter ? found(narrow.condition(), LOOKED_AT + 1) : found(ofPlan().and(searched()), LOOKED_AT + 1);
        var counts = sql.with(found)
                .select(DSL.count(), DSL.field(DSL.selectCount().from(found)))
                .from(found)
                .crossJoin(MESSAGES)
                .where(MESSAGES.ID.eq(FOUND_ID))
                .and(plainly())
                .and(byFilter ? searchedPlainly() : DSL.noCondition())
                .fetchSingle();
        return new Found(counts.value1(), counts.value2() <= LOOKED_AT);
    }

    private long ofReason() {
        Long count = sql.select(DSL.sum(PLAN_REASONS.MESSAGE_COUNT))
                .from(PLAN_REASONS)
                .where(PLAN_REASONS.PLAN_ID.eq(filter.planId()))
                .and(because(PLAN_REASONS.REASON))
                .and(PLAN_REASONS.STATE.in(states.stream().map(Enum::name).toList()))
                .fetchOne(0, Long.class);
        return count == null ? 0 : count;
    }

    private Narrow narrowest() {
        long inStates = states.stream().mapToLong(totals::in).sum();
        Narrow narrowest = new Narrow(ofPlan().and(MESSAGES.STATE.in(states)), inStates);
        MessageFilter.Mark mark = filter.mark();
        if (mark != null) {
            Field<Instant> since = since(mark);
            if (totals.of(measure(mark)) == 0) {
                return new Narrow(DSL.noCondition(), 0);
            }
            long marked = sinceAtMost(mark);
            if (since != null && marked < inStates) {
                return new Narrow(ofPlan().and(since.isNotNull()), marked);
            }
        }
        return narrowest;
    }

    private static Measure measure(MessageFilter.Mark mark) {
        return switch (mark) {
            case OPENED -> Measure.OPENED;
            case OPENED_BY_MACHINES -> Measure.OPENED_BY_MACHINES;
            case CLICKED -> Measure.CLICKED;
            case CLICKED_BY_MACHINES -> Measure.CLICKED_BY_MACHINES;
            case NOT_OPENED -> Measure.UNOPENED;
            case NOT_CLICKED -> Measure.UNCLICKED;
            case UNSUBSCRIBED -> Measure.UNSUBSCRIBED;
        };
    }

    /** The column whose index finds what has the mark; none where only what has it not could be found. */
    private static @Nullable Field<Instant> since(MessageFilter.Mark mark) {
        return switch (mark) {
            case OPENED -> MESSAGES.OPENED_AT;
            case OPENED_BY_MACHINES -> MESSAGES.MACHINE_OPENED_AT;
            case CLICKED -> MESSAGES.CLICKED_AT;
            case CLICKED_BY_MACHINES -> MESSAGES.MACHINE_CLICKED_AT;
            case UNSUBSCRIBED -> MESSAGES.UNSUBSCRIBED_AT;
            case NOT_OPENED, NOT_CLICKED -> null;
        };
    }

    /** How many have a time in that column: what people opened as well, machines may have opened too. */
    private long sinceAtMost(MessageFilter.Mark mark) {
        long marked = totals.of(measure(mark));
        return switch (mark) {
            case OPENED_BY_MACHINES -> marked + totals.of(Measure.OPENED);
            case CLICKED_BY_MACHINES -> marked + totals.of(Measure.CLICKED);
            case OPENED, CLICKED, NOT_OPENED, NOT_CLICKED, UNSUBSCRIBED -> marked;
        };
    }

    private Condition ofPlan() {
        return MESSAGES.PLAN_ID.eq(filter.planId());
    }

    /** What is asked beside the search, in a shape that no index answers. */
    private Condition plainly() {
        Condition condition = DSL.noCondition();
        if (!filter.states().isEmpty()) {
            condition = condition.and(MESSAGES.STATE
                    .cast(String.class)
                    .concat("")
                    .in(states.stream().map(Enum::name).toList()));
        }
        if (filter.reason() != null) {
            condition = condition.and(because(MESSAGES.REASON));
        }
        MessageFilter.Mark mark = filter.mark();
        return mark == null ? condition : condition.and(marked(mark));
    }

    /** For the reason that is asked for; there must be one. */
    private Condition because(Field<String> reason) {
        return filter.asksKindOfReason() ? DSL.position(reason, filter.reason()).eq(1) : reason.eq(filter.reason());
    }

    private static Condition marked(MessageFilter.Mark mark) {
        return switch (mark) {
            case OPENED -> has(MESSAGES.OPENED_AT);
            case OPENED_BY_MACHINES -> has(MESSAGES.MACHINE_OPENED_AT).and(MESSAGES.OPENED_AT.isNull());
            case CLICKED -> has(MESSAGES.CLICKED_AT);
            case CLICKED_BY_MACHINES -> has(MESSAGES.MACHINE_CLICKED_AT).and(MESSAGES.CLICKED_AT.isNull());
            case NOT_OPENED -> arrived().and(MESSAGES.OPENED_AT.isNull()).and(MESSAGES.CLICKED_AT.isNull());
            case NOT_CLICKED -> arrived().and(MESSAGES.CLICKED_AT.isNull());
            case UNSUBSCRIBED -> has(MESSAGES.UNSUBSCRIBED_AT);
        };
    }

    private static Condition arrived() {
        return has(MESSAGES.DELIVERED_AT)
                .and(MESSAGES.STATE.cast(String.class).concat("").ne(MessageState.BOUNCED.name()));
    }

    private static Condition has(Field<Instant> time) {
        return DSL.coalesce(time.cast(Long.class), DSL.inline(-1L)).ge(DSL.inline(0L));
    }

    private Condition searched() {
        if (search.isEmpty()) {
            return DSL.noCondition();
        }
        return filter.fromStart()
                ? MESSAGES.ADDRESS_KEY.ge(search).and(MESSAGES.ADDRESS_KEY.lt(search + Character.MAX_VALUE))
                : DSL.position(MESSAGES.ADDRESS_KEY, search).gt(0);
    }

    private Condition searchedPlainly() {
        if (search.isEmpty()) {
            return DSL.noCondition();
        }
        Field<Integer> at = DSL.position(MESSAGES.ADDRESS_KEY, search);
        return filter.fromStart() ? at.eq(1) : at.gt(0);
    }

    private static List<OrderField<?>> orderBy(MessageOrder order) {
        List<OrderField<?>> fields = new ArrayList<>();
        for (Field<?> field : sortedBy(order)) {
            fields.add(order.descending() ? field.desc() : field.asc());
        }
        return fields;
    }

    private static List<Field<?>> sortedBy(MessageOrder order) {
        return switch (order.by()) {
            case LIST -> List.of(MESSAGES.ID);
            case ADDRESS -> List.of(MESSAGES.ADDRESS_KEY);
            case STATE -> List.of(MESSAGES.STATE, MESSAGES.ID);
            case UPDATED -> List.of(MESSAGES.UPDATED_AT, MESSAGES.ID);
        };
    }

    private Condition behind(MessageOrder order, Message after) {
        boolean down = order.descending();
        return switch (order.by()) {
            case LIST -> down ? MESSAGES.ID.lt(after.id()) : MESSAGES.ID.gt(after.id());
            case ADDRESS -> {
                String key = sql.select(MESSAGES.ADDRESS_KEY)
                        .from(MESSAGES)
                        .where(MESSAGES.ID.eq(after.id()))
                        .fetchSingle(MESSAGES.ADDRESS_KEY);
                yield down ? MESSAGES.ADDRESS_KEY.lt(key) : MESSAGES.ADDRESS_KEY.gt(key);
            }
            case STATE -> behind(MESSAGES.STATE, after.state(), after.id(), down);
            case UPDATED -> behind(MESSAGES.UPDATED_AT, after.updatedAt(), after.id(), down);
        };
    }

    private static <T> Condition behind(Field<T> field, T value, long id, boolean down) {
        return down
                ? DSL.row(field, MESSAGES.ID).lt(DSL.row(DSL.val(value, field), DSL.val(id)))
                : DSL.row(field, MESSAGES.ID).gt(DSL.row(DSL.val(value, field), DSL.val(id)));
    }
}
