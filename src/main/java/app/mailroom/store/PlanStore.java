package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.LINKS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_ATTACHMENTS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.PLAN_FREEZES;
import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;
import static app.mailroom.store.jooq.Tables.THROUGHPUT;

import app.mailroom.model.AcceptedCount;
import app.mailroom.model.Attachment;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Mailings, their life and their counts. */
public final class PlanStore {
    /** What a mailing is made from. */
    public record NewPlan(
            String title,
            long templateVersionId,
            long listId,
            String listName,
            String fromAddress,
            String fromName,
            String replyTo,
            PlanTiming timing,
            boolean tracked,
            String author,
            World world,
            List<Attachment> attachments) {}

    private static final String PLAN_CANCELLED = "PLAN_CANCELLED";

    private static final int FREEZE_TRIES = 5;
    private static final long LIST_RESTS_NANOS = 200_000_000;

    private final Database database;
    private final Clock clock;
    private final MessageMaking making;

    /** Plans in the given workspace database. */
    public PlanStore(Database database, Clock clock) {
        this(database, clock, MessageMaking.AT_ONCE);
    }

    /** The same, making so many messages in one transaction. */
    PlanStore(Database database, Clock clock, int madeAtOnce) {
        this.database = database;
        this.clock = clock;
        this.making = new MessageMaking(clock, madeAtOnce);
    }

    /**
     * Adds a plan as a draft, with numbered links, and returns its id. Its columns are those of now; with its rows they
     * are taken anew when it is started.
     */
    public long create(NewPlan plan, List<RecipientColumn> columns, List<String> links) {
        return database.write(sql -> {
            long id = sql.insertInto(PLANS)
                    .set(PLANS.TITLE, plan.title())
                    .set(PLANS.TEMPLATE_VERSION_ID, plan.templateVersionId())
                    .set(PLANS.LIST_ID, plan.listId())
                    .set(PLANS.LIST_NAME, plan.listName())
                    .set(PLANS.FROM_ADDRESS, plan.fromAddress())
                    .set(PLANS.FROM_NAME, plan.fromName())
                    .set(PLANS.REPLY_TO, plan.replyTo())
                    .set(PLANS.STATE, PlanState.DRAFT)
                    .set(PLANS.NOT_BEFORE, plan.timing().notBefore())
                    .set(PLANS.ZONE, plan.timing().zone())
                    .set(PLANS.TIME_SET_AT, clock.instant())
                    .set(PLANS.TRACKED, plan.tracked())
                    .set(PLANS.PARK_COUNT, 0L)
                    .set(PLANS.CREATED_AT, clock.instant())
                    .set(PLANS.CREATED_BY, plan.author())
                    .set(PLANS.WORLD, plan.world())
                    .returning(PLANS.ID)
                    .fetchSingle(PLANS.ID);
            keepRules(sql, id, plan.timing().rules());
            for (RecipientColumn column : columns) {
                sql.insertInto(PLAN_COLUMNS)
                        .set(PLAN_COLUMNS.PLAN_ID, id)
                        .set(PLAN_COLUMNS.SLOT, column.slot())
                        .set(PLAN_COLUMNS.VARIABLE, column.variable())
                        .execute();
            }
            for (int i = 0; i < links.size(); i++) {
                sql.insertInto(LINKS)
                        .set(LINKS.PLAN_ID, id)
                        .set(LINKS.NUMBER, i + 1)
                        .set(LINKS.URL, links.get(i))
                        .execute();
            }
            for (int i = 0; i < plan.attachments().size(); i++) {
                Attachment file = plan.attachments().get(i);
                sql.insertInto(PLAN_ATTACHMENTS)
                        .set(PLAN_ATTACHMENTS.PLAN_ID, id)
                        .set(PLAN_ATTACHMENTS.POSITION, i)
                        .set(PLAN_ATTACHMENTS.FILE_NAME, file.fileName())
                        .set(PLAN_ATTACHMENTS.CONTENT_TYPE, file.contentType())
                        .set(PLAN_ATTACHMENTS.CONTENT, file.content())
                        .execute();
            }
            return id;
        });
    }

    /** The files that go with every mail of a plan, in order. */
    public List<Attachment> attachments(long planId) {
        return database.read(sql -> sql.selectFrom(PLAN_ATTACHMENTS)
                .where(PLAN_ATTACHMENTS.PLAN_ID.eq(planId))
                .orderBy(PLAN_ATTACHMENTS.POSITION)
                .fetch(row -> new Attachment(row.getFileName(), row.getContentType(), row.getContent())));
    }

    /** All plans with their counts, the newest first. */
    public List<PlanOverview> overviews() {
        return database.read(sql -> {
            Map<Long, Map<String, Long>> counts = new HashMap<>();
            sql.selectFrom(PLAN_TOTALS)
                    .forEach(row -> counts.computeIfAbsent(row.getPlanId(), id -> new HashMap<>())
                            .put(row.getMeasure(), row.getCount()));
            return sql.selectFrom(PLANS).orderBy(PLANS.ID.desc()).fetch().stream()
                    .map(row -> overview(sql, row, Totals.of(counts.getOrDefault(row.getId(), Map.of()))))
                    .toList();
        });
    }

    /** A plan with its counts. */
    public Optional<PlanOverview> overview(long planId) {
        return database.read(sql -> Optional.ofNullable(sql.fetchOne(PLANS, PLANS.ID.eq(planId)))
                .map(row -> overview(sql, row, totals(sql, planId))));
    }

    private PlanOverview overview(DSLContext sql, PlansRecord row, PlanTotals totals) {
        boolean sending = row.getState() == PlanState.RUNNING && totals.in(MessageState.PLANNED) > 0;
        return new PlanOverview(
                plan(row),
                totals,
                sending ? Allowance.of(sql, row, clock.instant()).waiting() : Optional.empty());
    }

    /** How many of its messages were accepted in each second from then on, as far as that is still known; none where zero. */
    public List<AcceptedCount> acceptedBySecond(long planId, Instant from) {
        return accepted(planId, Throughputs.SECOND, from);
    }

    /** The same in each minute. */
    public List<AcceptedCount> acceptedByMinute(long planId, Instant from) {
        return accepted(planId, Throughputs.MINUTE, from);
    }

    private List<AcceptedCount> accepted(long planId, int seconds, Instant from) {
        return database.read(sql -> sql.selectFrom(THROUGHPUT)
                .where(THROUGHPUT.PLAN_ID.eq(planId))
                .and(THROUGHPUT.SECONDS.eq(seconds))
                .and(THROUGHPUT.BEGINS_AT.ge(from))
                .orderBy(THROUGHPUT.BEGINS_AT)
                .fetch(row -> new AcceptedCount(row.getBeginsAt(), row.getAccepted())));
    }

    /** The plan with this id. */
    public Optional<Plan> find(long planId) {
        return database.read(
                sql -> sql.selectFrom(PLANS).where(PLANS.ID.eq(planId)).fetchOptional(PlanStore::plan));
    }

    /** The counts of a plan; all zero when there is no such plan. */
    public PlanTotals totals(long planId) {
        return database.read(sql -> totals(sql, planId));
    }

    /** Which slot of a message's values fills which variable. */
    public Map<String, Integer> slotsByVariable(long planId) {
        return database.read(sql -> {
            Map<String, Integer> slots = new LinkedHashMap<>();
            sql.selectFrom(PLAN_COLUMNS)
                    .where(PLAN_COLUMNS.PLAN_ID.eq(planId))
                    .orderBy(PLAN_COLUMNS.SLOT)
                    .forEach(row -> slots.put(row.getVariable(), row.getSlot()));
            return slots;
        });
    }

    /** Plans of a world that were scheduled, and whose messages are not all made. */
    public List<Long> unfrozen(World world) {
        return database.read(sql -> sql.select(PLANS.ID)
                .from(PLANS)
                .where(MessageMaking.unfinished())
                .and(PLANS.WORLD.eq(world))
                .orderBy(PLANS.ID)
                .fetch(PLANS.ID));
    }

    /** Scheduled plans of a world whose messages are made and whose time has come, the earliest first. */
    public List<Long> due(World world) {
        return database.read(sql -> sql.select(PLANS.ID)
                .from(PLANS)
                .where(PLANS.STATE.eq(PlanState.SCHEDULED))
                .and(PLANS.WORLD.eq(world))
                .and(PLANS.FROZEN_AT.isNotNull())
                .and(PLANS.NOT_BEFORE.le(clock.instant()))
                .orderBy(PLANS.NOT_BEFORE, PLANS.ID)
                .fetch(PLANS.ID));
    }

    /**
     * Makes the messages of a plan that has been scheduled, from its list as it is now, or goes on where somebody
     * stopped. Nothing of the plan is sent before this has come to its end. Suppressed addresses get a message too,
     * which says why it is never sent. In many short transactions, with others let in between; a million rows take
     * up to a minute. Does nothing to a plan whose messages are made.
     * A list that is being changed is waited for only a moment; then this returns, and the planner goes on.
     */
    public void freeze(long planId) {
        for (int tries = 0; tries < FREEZE_TRIES; tries++) {
            boolean more = true;
            while (more) {
                more = freezeSome(planId);
            }
            if (!database.<Boolean>read(
                    sql -> sql.fetchExists(PLANS, PLANS.ID.eq(planId).and(MessageMaking.unfinished())))) {
                return;
            }
            LockSupport.parkNanos(LIST_RESTS_NANOS);
        }
    }

    /** One short step of {@link #freeze}, and a pause for others; true when there is more to do at once. */
    public boolean freezeSome(long planId) {
        long began = System.nanoTime();
        boolean more = database.write(sql -> making.step(sql, planId));
        if (more) {
            // Another process that waits for the file looks only now and then whether it is free.
            LockSupport.parkNanos((System.nanoTime() - began) / 4);
        }
        return more;
    }

    /**
     * Sets a plan running whose time has come. Addresses that were suppressed since it was planned are marked so now;
     * one whose suppression was lifted since stays suppressed in this plan. Does nothing if the plan does not wait for
     * its time any more.
     *
     * @return whether it runs now because of this call
     */
    public boolean begin(long planId) {
        alignTimes(planId);
        return database.write(sql -> {
            Instant now = clock.instant();
            int started = sql.update(PLANS)
                    .set(PLANS.STATE, PlanState.RUNNING)
                    .set(PLANS.STARTED_AT, now)
                    .where(PLANS.ID.eq(planId))
                    .and(PLANS.STATE.eq(PlanState.SCHEDULED))
                    .and(PLANS.FROZEN_AT.isNotNull())
                    .and(PLANS.NOT_BEFORE.le(now))
                    .execute();
            if (started == 0) {
                return false;
            }
            suppressSincePlanned(sql, planId, now);
            return true;
        });
    }

    private static void suppressSincePlanned(DSLContext sql, long planId, Instant now) {
        World world =
                sql.select(PLANS.WORLD).from(PLANS).where(PLANS.ID.eq(planId)).fetchSingle(PLANS.WORLD);
        List<String> reasons = sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.SUPPRESSED)
                .set(
                        MESSAGES.REASON,
                        DSL.select(DSL.min(SUPPRESSIONS.REASON))
                                .from(SUPPRESSIONS)
                                .where(SUPPRESSIONS.ADDRESS_KEY.eq(MESSAGES.ADDRESS_KEY))
                                .and(SuppressionStore.holdsIn(world)))
                .set(MESSAGES.UPDATED_AT, now)
                .where(MESSAGES.PLAN_ID.eq(planId))
                .and(MESSAGES.ADDRESS_KEY.in(
                        DSL.select(SUPPRESSIONS.ADDRESS_KEY).from(SUPPRESSIONS).where(SuppressionStore.holdsIn(world))))
                .and(MESSAGES.STATE.eq(MessageState.PLANNED))
                .returning(MESSAGES.REASON)
                .fetch(MESSAGES.REASON);
        Totals totals = new Totals();
        totals.moved(planId, MessageState.PLANNED, MessageState.SUPPRESSED, reasons.size());
        reasons.forEach(reason -> totals.reason(planId, MessageState.SUPPRESSED, reason, 1));
        totals.writeTo(sql);
    }

    /** Gives the messages of a plan that has not begun the plan's time, in short transactions. */
    private void alignTimes(long planId) {
        int moved;
        do {
            moved = database.write(sql -> {
                Instant time = sql.select(PLANS.NOT_BEFORE)
                        .from(PLANS)
                        .where(PLANS.ID.eq(planId))
                        .and(PLANS.STARTED_AT.isNull())
                        .fetchOne(PLANS.NOT_BEFORE);
                return time == null
                        ? 0
                        : moveTo(sql, planId, time, MESSAGES.NOT_BEFORE.gt(time))
                                + moveTo(sql, planId, time, MESSAGES.NOT_BEFORE.lt(time));
            });
        } while (moved > 0);
    }

    private static int moveTo(DSLContext sql, long planId, Instant time, Condition which) {
        return sql.update(MESSAGES)
                .set(MESSAGES.NOT_BEFORE, time)
                .where(MESSAGES.ID.in(DSL.select(MESSAGES.ID)
                        .from(MESSAGES)
                        .where(MESSAGES.PLAN_ID.eq(planId))
                        .and(MESSAGES.STATE.eq(DSL.inline(MessageState.PLANNED, MESSAGES.STATE)))
                        .and(which)
                        .limit(MessageMaking.AT_ONCE)))
                .execute();
    }

    /** Ends running plans that have no message planned or claimed any more; returns how many. */
    public int finishDone() {
        return database.write(sql -> sql.update(PLANS)
                .set(PLANS.STATE, PlanState.SENT)
                .set(PLANS.FINISHED_AT, clock.instant())
                .where(PLANS.STATE.eq(PlanState.RUNNING))
                .and(PLANS.ID.notIn(DSL.select(PLAN_TOTALS.PLAN_ID)
                        .from(PLAN_TOTALS)
                        .where(PLAN_TOTALS.MEASURE.in(MessageState.PLANNED.name(), MessageState.CLAIMED.name()))
                        .and(PLAN_TOTALS.COUNT.gt(0L))))
                .execute());
    }

    /** Sets a plan running that had ended because all was sent, and of which a message is planned again. */
    static void runAgain(DSLContext sql, long planId) {
        sql.update(PLANS)
                .set(PLANS.STATE, PlanState.RUNNING)
                .setNull(PLANS.FINISHED_AT)
                .where(PLANS.ID.eq(planId))
                .and(PLANS.STATE.eq(PlanState.SENT))
                .execute();
    }

    /** Sets plans of a world running again whose parking time is over; returns how many. */
    public int unparkDue(World world) {
        return database.write(sql -> sql.update(PLANS)
                .set(PLANS.STATE, PlanState.RUNNING)
                .setNull(PLANS.PROBLEM)
                .setNull(PLANS.PROBLEM_DETAIL)
                .setNull(PLANS.PARKED_UNTIL)
                .where(PLANS.STATE.eq(PlanState.PARKED))
                .and(PLANS.WORLD.eq(world))
                .and(PLANS.PARKED_UNTIL.le(clock.instant()))
                .execute());
    }

    /**
     * Lets a draft begin at its time, to the people who are in its list now: their messages are made before this
     * returns. Should the program end meanwhile, the planner goes on with it.
     *
     * @throws NoSuchListException when the list was deleted since; the plan stays a draft
     */
    public void start(long planId) {
        database.change(sql -> {
            Plan plan = existing(sql, planId);
            if (plan.state() != PlanState.DRAFT) {
                throw new IllegalPlanChangeException(planId, plan.state(), PlanState.SCHEDULED);
            }
            move(sql, planId, PlanState.SCHEDULED);
            Long list = plan.listId();
            if (list == null
                    || !sql.fetchExists(
                            RECIPIENT_LISTS, RECIPIENT_LISTS.ID.eq(list).and(RECIPIENT_LISTS.READY.eq(true)))) {
                throw new NoSuchListException(list == null ? 0 : list);
            }
            setTime(sql, planId, plan.notBefore());
            making.step(sql, planId);
        });
        freeze(planId);
    }

    /**
     * Gives a plan another time, other hours or other caps. One that has begun keeps its time; one that missed its time
     * waits for the new one. What is already in flight comes to its end.
     *
     * @throws IllegalPlanChangeException when it has ended, or has begun and another time is asked for
     */
    public void retime(long planId, PlanTiming timing) {
        database.change(sql -> {
            Plan plan = existing(sql, planId);
            boolean moved = !plan.notBefore().equals(timing.notBefore());
            if (plan.state().isEnded() || (plan.startedAt() != null && moved)) {
                throw new IllegalPlanChangeException(planId, plan.state(), PlanState.SCHEDULED);
            }
            if (moved) {
                if (plan.missed()) {
                    move(sql, planId, PlanState.SCHEDULED);
                }
                setTime(sql, planId, timing.notBefore());
            }
            sql.update(PLANS)
                    .set(PLANS.ZONE, timing.zone())
                    .where(PLANS.ID.eq(planId))
                    .execute();
            keepRules(sql, planId, timing.rules());
        });
        alignTimes(planId);
    }

    private void setTime(DSLContext sql, long planId, Instant notBefore) {
        sql.update(PLANS)
                .set(PLANS.NOT_BEFORE, notBefore)
                .set(PLANS.TIME_SET_AT, clock.instant())
                .where(PLANS.ID.eq(planId))
                .execute();
    }

    private static void keepRules(DSLContext sql, long planId, SendingRules rules) {
        PlansRecord row = sql.fetchSingle(PLANS, PLANS.ID.eq(planId));
        Allowance.put(row, rules);
        row.store();
    }

    /**
     * Parks scheduled plans of a world whose time lies longer ago than the grace, and had not come when it was set: the
     * program was closed or the computer asleep, and a person decides what becomes of them. Returns how many.
     */
    public int parkMissed(World world, Duration grace) {
        return database.write(sql -> sql.update(PLANS)
                .set(PLANS.STATE, PlanState.PARKED)
                .set(PLANS.PROBLEM, Plan.MISSED)
                .set(PLANS.PROBLEM_DETAIL, "")
                .setNull(PLANS.PARKED_UNTIL)
                .where(PLANS.STATE.eq(PlanState.SCHEDULED))
                .and(PLANS.WORLD.eq(world))
                .and(PLANS.FROZEN_AT.isNotNull())
                .and(PLANS.NOT_BEFORE.lt(clock.instant().minus(grace)))
                .and(PLANS.TIME_SET_AT.lt(PLANS.NOT_BEFORE))
                .execute());
    }

    /** Halts a plan; messages in flight come to their end. */
    public void pause(long planId) {
        database.change(sql -> move(sql, planId, PlanState.PAUSED));
    }

    /** Goes on with a paused or parked plan where it stood; one that has not begun waits for its time, if that is to come. */
    public void resume(long planId) {
        database.change(sql -> {
            Plan plan = existing(sql, planId);
            if (plan.state() != PlanState.PAUSED && plan.state() != PlanState.PARKED) {
                throw new IllegalPlanChangeException(planId, plan.state(), PlanState.RUNNING);
            }
            if (plan.startedAt() != null) {
                move(sql, planId, PlanState.RUNNING);
                return;
            }
            move(sql, planId, PlanState.SCHEDULED);
            // Whoever goes on with a plan after its time means now.
            setTime(sql, planId, plan.notBefore());
        });
    }

    /** Ends a plan: what is planned will never be sent, what was sent stays sent, what is in flight comes to its end. */
    public void cancel(long planId) {
        database.change(sql -> {
            move(sql, planId, PlanState.CANCELLED);
            sql.deleteFrom(PLAN_FREEZES).where(PLAN_FREEZES.PLAN_ID.eq(planId)).execute();
            cancelPlanned(sql, planId);
        });
    }

    /** Cancels messages that came back to planned after their plan was cancelled; returns how many. */
    public long cancelLeftovers() {
        List<Long> plans = database.read(sql -> sql.select(PLANS.ID)
                .from(PLANS)
                .join(PLAN_TOTALS)
                .on(PLAN_TOTALS.PLAN_ID.eq(PLANS.ID))
                .where(PLANS.STATE.eq(PlanState.CANCELLED))
                .and(PLAN_TOTALS.MEASURE.eq(MessageState.PLANNED.name()))
                .and(PLAN_TOTALS.COUNT.gt(0L))
                .fetch(PLANS.ID));
        long cancelled = 0;
        for (long planId : plans) {
            cancelled += database.write(sql -> cancelPlanned(sql, planId));
        }
        return cancelled;
    }

    private long cancelPlanned(DSLContext sql, long planId) {
        long cancelled = sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.CANCELLED)
                .set(MESSAGES.REASON, PLAN_CANCELLED)
                .set(MESSAGES.UPDATED_AT, clock.instant())
                .where(MESSAGES.PLAN_ID.eq(planId))
                .and(MESSAGES.STATE.eq(DSL.inline(MessageState.PLANNED, MESSAGES.STATE)))
                .execute();
        Totals totals = new Totals();
        totals.moved(planId, MessageState.PLANNED, MessageState.CANCELLED, cancelled);
        totals.reason(planId, MessageState.CANCELLED, PLAN_CANCELLED, cancelled);
        totals.writeTo(sql);
        return cancelled;
    }

    private void move(DSLContext sql, long planId, PlanState to) {
        PlanState from = existing(sql, planId).state();
        if (!from.canBecome(to)) {
            throw new IllegalPlanChangeException(planId, from, to);
        }
        var update = sql.update(PLANS).set(PLANS.STATE, to).setNull(PLANS.PARKED_UNTIL);
        if (to != PlanState.PAUSED) {
            update = update.setNull(PLANS.PROBLEM).setNull(PLANS.PROBLEM_DETAIL).set(PLANS.PARK_COUNT, 0L);
        }
        if (to == PlanState.CANCELLED) {
            update = update.set(PLANS.FINISHED_AT, clock.instant());
        }
        update.where(PLANS.ID.eq(planId)).execute();
    }

    private static Plan existing(DSLContext sql, long planId) {
        return sql.selectFrom(PLANS)
                .where(PLANS.ID.eq(planId))
                .fetchOptional(PlanStore::plan)
                .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + planId));
    }

    static PlanTotals totals(DSLContext sql, long planId) {
        Map<String, Long> counts = sql.selectFrom(PLAN_TOTALS)
                .where(PLAN_TOTALS.PLAN_ID.eq(planId))
                .fetchMap(PLAN_TOTALS.MEASURE, PLAN_TOTALS.COUNT);
        return Totals.of(counts);
    }

    static Plan plan(PlansRecord row) {
        return new Plan(
                row.getId(),
                row.getTitle(),
                row.getTemplateVersionId(),
                row.getListId(),
                row.getListName(),
                row.getFromAddress(),
                row.getFromName(),
                row.getReplyTo(),
                row.getState(),
                row.getProblem(),
                row.getProblemDetail(),
                row.getNotBefore(),
                row.getZone(),
                row.getParkedUntil(),
                row.getCreatedAt(),
                row.getStartedAt(),
                row.getFinishedAt(),
                row.getWorld(),
                Allowance.rules(row),
                row.getTimeSetAt() == null ? row.getCreatedAt() : row.getTimeSetAt(),
                row.getFrozenAt(),
                row.getTracked());
    }
}
