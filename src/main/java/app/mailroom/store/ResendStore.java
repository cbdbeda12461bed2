package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.LINKS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_ATTACHMENTS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.Message;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.Resend;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.Messages;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/** Mailings made of the messages of earlier ones. */
public final class ResendStore {
    private static final Messages LATER = MESSAGES.as("later");
    private static final String FOR_GOOD = "Permanent.";

    /** What is new in such a mailing; everything else is the earlier one's. */
    public record NewMailing(
            String title, long templateVersionId, List<String> links, Instant notBefore, String zone, String author) {}

    /** What was made. */
    public record Made(long planId, long messages) {}

    private final Database database;
    private final Clock clock;

    /** Mailings in the given workspace database. */
    public ResendStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** How many it would reach now. */
    public long count(Resend resend) {
        return database.read(sql -> sql.fetchCount(MESSAGES, whom(sql, resend)));
    }

    /** The messages of those whom it would reach now, by their number, after one; with the values frozen then. */
    public List<Message> messages(Resend resend, long afterId, int limit) {
        return database.read(sql -> sql.selectFrom(MESSAGES)
                .where(whom(sql, resend))
                .and(MESSAGES.ID.gt(afterId))
                .orderBy(MESSAGES.ID)
                .limit(limit)
                .fetch(MessageStore::message));
    }

    /**
     * Makes the mailing, with all its messages, in one transaction: it waits for its time. Its rows, columns, sender and
     * attachments are those of the earlier one.
     */
    public Made make(Resend resend, NewMailing mailing) {
        return database.write(sql -> {
            PlansRecord first = sql.selectFrom(PLANS)
                    .where(PLANS.ID.eq(resend.planId()))
                    .fetchOptional()
                    .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + resend.planId()));
            long id = sql.insertInto(PLANS)
                    .set(plan(first, mailing))
                    .returning(PLANS.ID)
                    .fetchSingle(PLANS.ID);
            copy(sql, PLAN_COLUMNS, PLAN_COLUMNS.PLAN_ID, first.getId(), id);
            copy(sql, PLAN_ATTACHMENTS, PLAN_ATTACHMENTS.PLAN_ID, first.getId(), id);
            for (int i = 0; i < mailing.links().size(); i++) {
                sql.insertInto(LINKS)
                        .set(LINKS.PLAN_ID, id)
                        .set(LINKS.NUMBER, i + 1)
                        .set(LINKS.URL, mailing.links().get(i))
                        .execute();
            }
            int made = sql.insertInto(
                            MESSAGES,
                            MESSAGES.PLAN_ID,
                            MESSAGES.ADDRESS,
                            MESSAGES.ADDRESS_KEY,
                            MESSAGES.FIELD_VALUES,
                            MESSAGES.STATE,
                            MESSAGES.NOT_BEFORE,
                            MESSAGES.ATTEMPTS,
                            MESSAGES.UPDATED_AT)
                    .select(DSL.select(
                                    DSL.val(id),
                                    MESSAGES.ADDRESS,
                                    MESSAGES.ADDRESS_KEY,
                                    MESSAGES.FIELD_VALUES,
                                    DSL.inline(MessageState.PLANNED, MESSAGES.STATE),
                                    DSL.val(mailing.notBefore(), MESSAGES.NOT_BEFORE),
                                    DSL.val(0),
                                    DSL.val(clock.instant(), MESSAGES.UPDATED_AT))
                            .from(MESSAGES)
                            .where(whom(sql, resend))
                            .orderBy(MESSAGES.ID))
                    .execute();
            Totals totals = new Totals();
            totals.state(id, MessageState.PLANNED, made);
            totals.writeTo(sql);
            return new Made(id, made);
        });
    }

    private PlansRecord plan(PlansRecord first, NewMailing mailing) {
        Instant now = clock.instant();
        PlansRecord plan = first.copy();
        plan.setTitle(mailing.title());
        plan.setTemplateVersionId(mailing.templateVersionId());
        plan.setListId(null);
        plan.setState(PlanState.SCHEDULED);
        plan.setProblem(null);
        plan.setProblemDetail(null);
        plan.setNotBefore(mailing.notBefore());
        plan.setZone(mailing.zone());
        plan.setParkedUntil(null);
        plan.setParkCount(0L);
        plan.setCreatedAt(now);
        plan.setCreatedBy(mailing.author());
        plan.setStartedAt(null);
        plan.setFinishedAt(null);
        plan.setFrozenAt(now);
        plan.setTimeSetAt(now);
        plan.setResendsPlanId(first.getId());
        return plan;
    }

    private static <R extends Record> void copy(
            DSLContext sql, Table<R> table, TableField<R, Long> planId, long from, long to) {
        for (R row : sql.selectFrom(table).where(planId.eq(from)).fetch()) {
            row.set(planId, to);
            row.changed(true);
            sql.insertInto(table).set(row).execute();
        }
    }

    private static Condition whom(DSLContext sql, Resend resend) {
        var first = sql.select(PLANS.WORLD, PLANS.TRACKED)
                .from(PLANS)
                .where(PLANS.ID.eq(resend.planId()))
                .fetchOptional()
                .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + resend.planId()));
        if (!first.value2() && resend.whom().needsHits()) {
            return DSL.falseCondition();
        }
        World world = first.value1();
        Condition allowed = MESSAGES.PLAN_ID
                .eq(resend.planId())
                .and(group(sql, resend))
                .and(MESSAGES.UNSUBSCRIBED_AT.isNull())
                .and(ErasedMessage.isNot())
                .and(MESSAGES.ADDRESS_KEY.notIn(DSL.select(SUPPRESSIONS.ADDRESS_KEY)
                        .from(SUPPRESSIONS)
                        .where(SuppressionStore.holdsIn(world))));
        return resend.whom() == Resend.Whom.SELECTION ? allowed : allowed.andNotExists(reachedSince(resend.planId()));
    }

    private static Condition group(DSLContext sql, Resend resend) {
        Condition mayPass = MESSAGES.STATE
                .eq(MessageState.BOUNCED)
                .and(MESSAGES.REASON
                        .isNull()
                        .or(MESSAGES.REASON.startsWith(FOR_GOOD).not()));
        // An opening shows that it was there, whatever was reported later.
        Condition unread = MESSAGES.OPENED_AT.isNull().and(MESSAGES.CLICKED_AT.isNull());
        Condition failed = MESSAGES.STATE.eq(MessageState.REJECTED).or(mayPass).and(unread);
        return switch (resend.whom()) {
            case FAILED -> failed;
            case NOT_REACHED -> failed.or(MESSAGES.STATE.in(MessageState.CANCELLED, MessageState.SUPPRESSED));
            case NOT_OPENED -> MESSAGES.STATE.eq(MessageState.DELIVERED).and(unread);
            case NOT_CLICKED -> MESSAGES.STATE.eq(MessageState.DELIVERED).and(MESSAGES.CLICKED_AT.isNull());
            case SELECTION ->
                chosen(sql, resend)
                        .and(MESSAGES.STATE
                                .in(
                                        MessageState.ACCEPTED,
                                        MessageState.DELAYED,
                                        MessageState.DELIVERED,
                                        MessageState.REJECTED,
                                        MessageState.CANCELLED,
                                        MessageState.SUPPRESSED)
                                .or(mayPass));
        };
    }

    private static Condition chosen(DSLContext sql, Resend resend) {
        return resend.meeting()
                .map(filter -> new MessageSearch(sql, filter, MessageSearch.FEW).met())
                .orElseGet(() -> MESSAGES.ID.in(
                        resend.messageIds().stream().map(DSL::inline).toList()));
    }

    /** Of the same address in a mailing made like this: anything but that it surely did not arrive. */
    private static Select<?> reachedSince(long planId) {
        return DSL.selectOne()
                .from(PLANS)
                .join(LATER)
                .on(LATER.PLAN_ID.eq(PLANS.ID))
                .where(PLANS.RESENDS_PLAN_ID.eq(planId))
                .and(LATER.ADDRESS_KEY.eq(MESSAGES.ADDRESS_KEY))
                .and(LATER.STATE.notIn(
                        MessageState.REJECTED, MessageState.CANCELLED, MessageState.SUPPRESSED, MessageState.BOUNCED));
    }
}
