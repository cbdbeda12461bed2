package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.PLAN_FREEZES;
import static app.mailroom.store.jooq.Tables.RECIPIENT_COLUMNS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.records.PlanFreezesRecord;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * Makes the messages of a scheduled plan from its list, in steps of one short transaction each. How far it came is kept
 * in the database, so that whoever comes next goes on there, after a crash or at the same time. If the list was changed
 * between two steps, what was made is taken away and all is made anew: the messages are the list at one moment.
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
        Instant now = clock.instant();
        Long newest =
                sql.select(DSL.max(MESSAGES.ID)).from(MESSAGES).fetchSingle().value1();
        Field<String> why = whySuppressed(plan.getWorld());
        int made = sql.insertInto(
                        MESSAGES,
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
                                DSL.val(plan.getId()),
                                RECIPIENT_ROWS.ADDRESS,
                                RECIPIENT_ROWS.ADDRESS_KEY,
                                RECIPIENT_ROWS.FIELD_VALUES,
                                DSL.when(why.isNull(), PLANNED).otherwise(SUPPRESSED),
                                DSL.val(plan.getNotBefore(), MESSAGES.NOT_BEFORE),
                                DSL.val(0),
                                why,
                                DSL.val(now, MESSAGES.UPDATED_AT))
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(list))
                        .and(RECIPIENT_ROWS.ADDRESS_KEY.isNotNull())
                        .and(RECIPIENT_ROWS.RANK.gt(after))
                        .and(RECIPIENT_ROWS.RANK.le(last))
                        .orderBy(RECIPIENT_ROWS.RANK))
                .execute();
        Totals totals = new Totals();
        totals.state(plan.getId(), MessageState.PLANNED, made);
        sql.select(MESSAGES.REASON, DSL.count())
                .from(MESSAGES)
                .where(MESSAGES.PLAN_ID.eq(plan.getId()))
                .and(MESSAGES.STATE.eq(SUPPRESSED))
                .and(MESSAGES.ID.gt(newest == null ? 0L : newest))
                .groupBy(MESSAGES.REASON)
                .forEach(row -> {
                    totals.moved(plan.getId(), MessageState.PLANNED, MessageState.SUPPRESSED, row.value2());
                    totals.reason(plan.getId(), MessageState.SUPPRESSED, row.value1(), row.value2());
                });
        totals.writeTo(sql);
        if (made < atOnce) {
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
     * Why the address of a row is suppressed, or null. It may be so in both worlds, and must still get one message only.
     * Asked for each row, so that a step costs what its rows cost, however many addresses are suppressed.
     */
    static Field<String> whySuppressed(World world) {
        return DSL.field(DSL.select(DSL.min(SUPPRESSIONS.REASON))
                .from(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.eq(RECIPIENT_ROWS.ADDRESS_KEY))
                .and(SuppressionStore.holdsIn(world)));
    }

    private boolean takeAway(DSLContext sql, long planId) {
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
        sql.deleteFrom(PLAN_FREEZES).where(PLAN_FREEZES.PLAN_ID.eq(planId)).execute();
    }
}
