package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.PLAN_FREEZES;
import static app.mailroom.store.jooq.Tables.PLAN_PICKS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.Resend;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.records.PlanFreezesRecord;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Makes the messages of a scheduled plan, from its list or from the messages of an earlier plan, in steps of one short
 * transaction each. How far it came is kept in the database, so that whoever comes next goes on there, after a crash or at
 * the same time. If the list was changed between two steps, what was made is taken away and all is made anew: the messages
 * are the list at one moment. An earlier plan may go on changing, and each of its messages is taken as it is in its step.
 */
final class MessageMaking {
    /** About a twentieth of a second of work, so that other writers wait no longer. */
    static final int AT_ONCE = 5_000;

    private static final Field<MessageState> PLANNED = DSL.inline(MessageState.PLANNED, MESSAGES.STATE);
    private static final Field<MessageState> SUPPRESSED = DSL.inline(MessageState.SUPPRESSED, MESSAGES.STATE);

    private final Clock clock;
    private final int atOnce;

    MessageMaking(Clock clock, int atOnce) {
        this.clock = clock;
        this.atOnce = atOnce;
    }

    /** How many messages one step takes. */
    int atOnce() {
        return atOnce;
    }

    /** Plans that have been scheduled and whose messages are not all made. */
    static Condition unfinished() {
        return PLANS.STATE.in(PlanState.SCHEDULED, PlanState.PAUSED).and(PLANS.FROZEN_AT.isNull());
    }

    /**
     * One step; true when there is more to do at once. False when all is made, and when the list was changed meanwhile
     * and all was taken away: whoever makes it anew lets the list rest first, and others have their turn.
     */
    boolean step(DSLContext sql, long planId) {
        PlansRecord plan = sql.fetchOne(PLANS, PLANS.ID.eq(planId).and(unfinished()));
        if (plan == null) {
            return false;
        }
        if (plan.getResendsPlanId() != null) {
            return addAgain(sql, plan, plan.getResendsPlanId());
        }
        Long list = plan.getListId();
        Long revision = list == null
                ? null
                : sql.select(RECIPIENT_LISTS.REVISION)
                        .from(RECIPIENT_LISTS)
                        .where(RECIPIENT_LISTS.ID.eq(list))
                        .and(RECIPIENT_LISTS.READY.eq(true))
                        .fetchOne(RECIPIENT_LISTS.REVISION);
        if (list == null || revision == null) {
            // Only a workspace of an older program can have such a plan; it has nobody to write to.
            finish(sql, planId);
            return false;
        }
        if (SheetLog.underWay(sql, list, clock.instant())) {
            // What a half-changed list holds is not what anybody meant.
            return false;
        }
        PlanFreezesRecord so = sql.fetchOne(PLAN_FREEZES, PLAN_FREEZES.PLAN_ID.eq(planId));
        if (so == null) {
            begin(sql, planId, list, revision);
            return true;
        }
        if (!so.getRevision().equals(revision)) {
            return takeAway(sql, planId);
        }
        return add(sql, plan, list, so.getRank());
    }

    private static void begin(DSLContext sql, long planId, long list, long revision) {
        sql.deleteFrom(PLAN_COLUMNS).where(PLAN_COLUMNS.PLAN_ID.eq(planId)).execute();
        sql.insertInto(PLAN_COLUMNS, PLAN_COLUMNS.PLAN_ID, PLAN_COLUMNS.SLOT, PLAN_COLUMNS.VARIABLE)
                .select(DSL.select(DSL.val(planId), RECIPIENT_COLUMNS.SLOT, RECIPIENT_COLUMNS.VARIABLE)
                        .from(RECIPIENT_COLUMNS)
                        .where(RECIPIENT_COLUMNS.LIST_ID.eq(list)))
                .execute();
        sql.insertInto(PLAN_FREEZES)
                .set(PLAN_FREEZES.PLAN_ID, planId)
                .set(PLAN_FREEZES.REVISION, revision)
                .set(PLAN_FREEZES.RANK, 0L)
                .execute();
    }

    private boolean add(DSLContext sql, PlansRecord plan, long list, long after) {
        var next = DSL.select(RECIPIENT_ROWS.RANK)
                .from(RECIPIENT_ROWS)
                .where(RECIPIENT_ROWS.LIST_ID.eq(list))
                .and(RECIPIENT_ROWS.ADDRESS_KEY.isNotNull())
                .and(RECIPIENT_ROWS.RANK.gt(after))
                .orderBy(RECIPIENT_ROWS.RANK)
                .limit(atOnce)
                .asTable("next");
        Long last = sql.select(DSL.max(next.field(RECIPIENT_ROWS.RANK)))
                .from(next)
                .fetchSingle()
                .value1();
        if (last == null) {
            finish(sql, plan.getId());
            return false;
        }
        int made = insert(
                sql,
                plan,
                new Origin(
                        RECIPIENT_ROWS,
                        RECIPIENT_ROWS.ADDRESS,
                        RECIPIENT_ROWS.ADDRESS_KEY,
                        RECIPIENT_ROWS.FIELD_VALUES,
                        whySuppressed(plan.getWorld()),
                        RECIPIENT_ROWS.RANK),
                RECIPIENT_ROWS
                        .LIST_ID
                        .eq(list)
                        .and(RECIPIENT_ROWS.ADDRESS_KEY.isNotNull())
                        .and(RECIPIENT_ROWS.RANK.gt(after))
                        .and(RECIPIENT_ROWS.RANK.le(last)));
        return goOn(sql, plan, last, made < atOnce);
    }

    /** Makes messages of the next of an earlier plan's, as far as they are among those whom this one is to reach. */
    private boolean addAgain(DSLContext sql, PlansRecord plan, long earlier) {
        PlanFreezesRecord so = sql.fetchOne(PLAN_FREEZES, PLAN_FREEZES.PLAN_ID.eq(plan.getId()));
        if (so == null || plan.getResendsWhom() == null) {
            throw new IllegalStateException("nobody knows whom plan " + plan.getId() + " is to reach");
        }
        Condition behind =
                MessageSpan.of(sql, earlier, EnumSet.allOf(MessageState.class)).after(so.getRank());
        List<Long> next = sql.select(MESSAGES.ID)
                .from(MESSAGES)
                .where(behind)
                .orderBy(MESSAGES.ID)
                .limit(atOnce)
                .fetch(MESSAGES.ID);
        if (next.isEmpty()) {
            finish(sql, plan.getId());
            return false;
        }
        long last = next.get(next.size() - 1);
        Resend.Whom whom = Resend.Whom.valueOf(plan.getResendsWhom());
        Condition chosen = whom != Resend.Whom.SELECTION
                ? DSL.noCondition()
                : MESSAGES.ID.in(DSL.select(PLAN_PICKS.MESSAGE_ID)
                        .from(PLAN_PICKS)
                        .where(PLAN_PICKS.PLAN_ID.eq(plan.getId()))
                        .and(PLAN_PICKS.MESSAGE_ID.gt(so.getRank()))
                        .and(PLAN_PICKS.MESSAGE_ID.le(last)));
        insert(
                sql,
                plan,
                new Origin(
                        MESSAGES,
                        MESSAGES.ADDRESS,
                        MESSAGES.ADDRESS_KEY,
                        MESSAGES.FIELD_VALUES,
                        DSL.castNull(String.class),
                        MESSAGES.ID),
                behind.and(MESSAGES.ID.le(last))
                        .and(ResendGroup.of(sql, earlier, whom, plan.getId()))
                        .and(chosen));
        return goOn(sql, plan, last, next.size() < atOnce);
    }

    /** Keeps how far it came; true when there is more to do. */
    private boolean goOn(DSLContext sql, PlansRecord plan, long last, boolean allMade) {
        if (allMade) {
            finish(sql, plan.getId());
            return false;
        }
        sql.update(PLAN_FREEZES)
                .set(PLAN_FREEZES.RANK, last)
                .where(PLAN_FREEZES.PLAN_ID.eq(plan.getId()))
                .execute();
        return true;
    }

    /**
     * Rows of which messages are made, each with the reason for which it is never sent, or null, and in which order.
     */
    private record Origin(
            Table<?> rows,
            Field<String> address,
            Field<String> addressKey,
            Field<String> fieldValues,
            Field<String> why,
            Field<Long> order) {}

    /** Makes a message of each of these rows; returns how many. */
    private int insert(DSLContext sql, PlansRecord plan, Origin origin, Condition which) {
        Long newest =
                sql.select(DSL.max(MESSAGES.ID)).from(MESSAGES).fetchSingle().value1();
        long above = newest == null ? 0L : newest;
        OptionalLong leap = FreeIds.MESSAGES.leap(sql, above);
        // The database counts on from the newest by itself.
        Field<Long> id = leap.isPresent()
                ? DSL.val(leap.getAsLong())
                        .plus(DSL.rowNumber().over(DSL.orderBy(origin.order())).cast(Long.class))
                : DSL.castNull(Long.class);
        int made = sql.insertInto(
                        MESSAGES,
                        MESSAGES.ID,
                        MESSAGES.PLAN_ID,
                        MESSAGES.ADDRESS,
                        MESSAGES.ADDRESS_KEY,
                        MESSAGES.FIELD_VALUES,
                        MESSAGES.STATE,
                        MESSAGES.NOT_BEFORE,
                        MESSAGES.ATTEMPTS,
                        MESSAGES.REASON,
                        MESSAGES.UPDATED_AT)
                .select(DSL.select(
                                id,
                                DSL.val(plan.getId()),
                                origin.address(),
                                origin.addressKey(),
                                origin.fieldValues(),
                                DSL.when(origin.why().isNull(), PLANNED).otherwise(SUPPRESSED),
                                DSL.val(plan.getNotBefore(), MESSAGES.NOT_BEFORE),
                                DSL.val(0),
                                origin.why(),
                                DSL.val(clock.instant(), MESSAGES.UPDATED_AT))
                        .from(origin.rows())
                        .where(which)
                        .orderBy(origin.order()))
                .execute();
        Totals totals = new Totals();
        totals.state(plan.getId(), MessageState.PLANNED, made);
        sql.select(MESSAGES.REASON, DSL.count())
                .from(MESSAGES)
                .where(MESSAGES.PLAN_ID.eq(plan.getId()))
                .and(MESSAGES.STATE.eq(SUPPRESSED))
                .and(MESSAGES.ID.gt(above))
                .groupBy(MESSAGES.REASON)
                .forEach(row -> {
                    totals.moved(plan.getId(), MessageState.PLANNED, MessageState.SUPPRESSED, row.value2());
                    totals.reason(plan.getId(), MessageState.SUPPRESSED, row.value1(), row.value2());
                });
        totals.writeTo(sql);
        return made;
    }

    /**
     * Why the address of a row is suppressed, or null. It may be so in both worlds, and must still get one message only.
     * Asked for each row, so that a step costs what its rows cost, however many addresses are suppressed.
     */
    static Field<String> whySuppressed(World world) {
        return DSL.field(DSL.select(DSL.min(SUPPRESSIONS.REASON))
                .from(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.eq(RECIPIENT_ROWS.ADDRESS_KEY))
                .and(SuppressionStore.holdsIn(world)));
    }

    /** Takes away some of what was made; true when more is left. */
    boolean takeAway(DSLContext sql, long planId) {
        var gone = sql.deleteFrom(MESSAGES)
                .where(MESSAGES.ID.in(DSL.select(MESSAGES.ID)
                        .from(MESSAGES)
                        .where(MESSAGES.PLAN_ID.eq(planId))
                        .limit(atOnce)))
                .returning(MESSAGES.STATE, MESSAGES.REASON)
                .fetch();
        Totals totals = new Totals();
        gone.forEach(message -> {
            totals.state(planId, message.getState(), -1);
            totals.reason(planId, message.getState(), message.getReason(), -1);
        });
        totals.writeTo(sql);
        if (gone.size() == atOnce) {
            return true;
        }
        sql.deleteFrom(PLAN_FREEZES).where(PLAN_FREEZES.PLAN_ID.eq(planId)).execute();
        return false;
    }

    private void finish(DSLContext sql, long planId) {
        sql.update(PLANS)
                .set(PLANS.FROZEN_AT, clock.instant())
                .where(PLANS.ID.eq(planId))
                .execute();
        forget(sql, planId);
    }

    /** Nothing is made for the plan any more. */
    static void forget(DSLContext sql, long planId) {
        sql.deleteFrom(PLAN_FREEZES).where(PLAN_FREEZES.PLAN_ID.eq(planId)).execute();
        sql.deleteFrom(PLAN_PICKS).where(PLAN_PICKS.PLAN_ID.eq(planId)).execute();
    }
}
