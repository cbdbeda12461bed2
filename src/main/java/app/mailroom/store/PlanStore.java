package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.LINKS;
import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_ATTACHMENTS;
import static app.mailroom.store.jooq.Tables.PLAN_COLUMNS;
import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;
import static app.mailroom.store.jooq.Tables.THROUGHPUT;

import app.mailroom.model.AcceptedCount;
import app.mailroom.model.Actor;
import app.mailroom.model.Attachment;
import app.mailroom.model.AuditAction;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanPart;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Right;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.Plans;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            World world,
            List<Attachment> attachments) {}

    private static final String PLAN_CANCELLED = "PLAN_CANCELLED";

    private static final int FREEZE_TRIES = 5;
    private static final long LIST_RESTS_NANOS = 200_000_000;

    private final Database database;
    private final Clock clock;
    private final BooleanSupplier approvalAsked;
    private final MessageMaking making;

    /** Plans in the given workspace database, none of which others have to approve. */
    public PlanStore(Database database, Clock clock) {
        this(database, clock, () -> false);
    }

    /**
     * Plans in the given workspace database.
     *
     * @param approvalAsked whether others have to approve what is planned now
     */
    public PlanStore(Database database, Clock clock, BooleanSupplier approvalAsked) {
        this(database, clock, approvalAsked, MessageMaking.AT_ONCE);
    }

    /** The same, making so many messages in one transaction. */
    PlanStore(Database database, Clock clock, BooleanSupplier approvalAsked, int madeAtOnce) {
        this.database = database;
        this.clock = clock;
        this.approvalAsked = approvalAsked;
        this.making = new MessageMaking(clock, madeAtOnce);
    }

    /**
     * Goes on only if whoever uses this may send mailings of a world. The changes below ask by themselves; this is for work
     * that takes long before it comes to them.
     *
     * @throws app.mailroom.model.NotAllowedException if not
     */
    public void requireSending(World world) {
        database.access().require(Right.SEND_MAILINGS, world);
    }

    /** The same for drafts. */
    public void requirePreparing() {
        database.access().require(Right.PREPARE_MAILINGS);
    }

    /**
     * Adds a plan as a draft, with numbered links, and returns its id. Its columns are those of now; with its rows they
     * are taken anew when it is started.
     */
    public long create(NewPlan plan, List<RecipientColumn> columns, List<String> links) {
        Actor author = database.access().actor();
        return database.write(Right.PREPARE_MAILINGS, sql -> {
            long id = sql.insertInto(PLANS)
                    .set(PLANS.ID, FreeIds.PLANS.next(sql))
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
                    .set(PLANS.CREATED_BY, author.name())
                    .set(PLANS.PLANNED_BY, author.name())
                    .set(PLANS.PLANNED_MEMBER_ID, ApprovalStore.memberId(author))
                    .set(PLANS.CHANGED_BY, author.name())
                    .set(PLANS.CHANGED_MEMBER_ID, ApprovalStore.memberId(author))
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

    /** The links of a plan's template that are counted, in order; with their variables where they differ from mail to mail. */
    public List<String> links(long planId) {
        return database.read(sql -> sql.select(LINKS.URL)
                .from(LINKS)
                .where(LINKS.PLAN_ID.eq(planId))
                .orderBy(LINKS.NUMBER)
                .fetch(LINKS.URL));
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
                plan(sql, row),
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
                sql -> sql.selectFrom(PLANS).where(PLANS.ID.eq(planId)).fetchOptional(row -> plan(sql, row)));
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

    /** Scheduled plans of a world whose messages are made, which are approved if need be, and whose time has come; the earliest first. */
    public List<Long> due(World world) {
        return database.read(sql -> sql.select(PLANS.ID)
                .from(PLANS)
                .where(PLANS.STATE.eq(PlanState.SCHEDULED))
                .and(PLANS.WORLD.eq(world))
                .and(PLANS.FROZEN_AT.isNotNull())
                .and(ApprovalStore.given())
                .and(PLANS.NOT_BEFORE.le(clock.instant()))
                .orderBy(PLANS.NOT_BEFORE, PLANS.ID)
                .fetch(PLANS.ID));
    }

    /**
     * Makes the messages of a plan that has been scheduled, from its list as it is now or from the earlier plan that it
     * sends again, or goes on where somebody stopped. Nothing of the plan is sent before this has come to its end. Suppressed addresses get a message too,
     * which says why it is never sent. In many short transactions, with others let in between; a million rows take
     * up to a minute. Does nothing to a plan whose messages are made.
     * A list that is being changed is waited for only a moment; then this returns, and the planner goes on.
     */
    public void freeze(long planId) {
        freeze(planId, () -> false);
    }

    /**
     * The same, unless somebody stops it in the middle.
     *
     * @param stopped asked after each step
     * @return false when it was stopped; what was made stays, and the planner goes on unless it is {@link #takeBack taken back}
     */
    public boolean freeze(long planId, BooleanSupplier stopped) {
        for (int tries = 0; tries < FREEZE_TRIES; tries++) {
            while (freezeSome(planId)) {
                if (stopped.getAsBoolean()) {
                    return false;
                }
            }
            if (!database.<Boolean>read(
                    sql -> sql.fetchExists(PLANS, PLANS.ID.eq(planId).and(MessageMaking.unfinished())))) {
                return true;
            }
            LockSupport.parkNanos(LIST_RESTS_NANOS);
        }
        return true;
    }

    /** One short step of {@link #freeze}, and a pause for others; true when there is more to do at once. */
    public boolean freezeSome(long planId) {
        long began = System.nanoTime();
        // Whoever planned it had the right, and the planner would do the same.
        boolean more = database.writeUnasked(sql -> making.step(sql, planId));
        if (more) {
            // Another process that waits for the file looks only now and then whether it is free.
            LockSupport.parkNanos((System.nanoTime() - began) / 4);
        }
        return more;
    }

    /**
     * Gives up a mailing whose messages are being made. It is cancelled at once, so that nothing of it is ever sent, and
     * then taken away in short transactions; should the program end meanwhile, a cancelled mailing remains.
     *
     * @return false when it is too late, because its messages are made; nothing was changed
     */
    public boolean takeBack(long planId) {
        boolean inTime = database.write(Right.SEND_MAILINGS, sql -> {
            int cancelled = sql.update(PLANS)
                    .set(PLANS.STATE, PlanState.CANCELLED)
                    .set(PLANS.FINISHED_AT, clock.instant())
                    .where(PLANS.ID.eq(planId))
                    .and(MessageMaking.unfinished())
                    .execute();
            if (cancelled == 1) {
                MessageMaking.forget(sql, planId);
                tell(sql, AuditAction.MAILING_TAKEN_BACK, planId, "before all its messages were made");
            }
            return cancelled == 1;
        });
        if (inTime) {
            boolean more = true;
            while (more) {
                more = database.writeUnasked(sql -> making.takeAway(sql, planId));
            }
            Plans again = PLANS.as("again");
            database.changeUnasked(sql -> sql.deleteFrom(PLANS)
                    .where(PLANS.ID.eq(planId))
                    .andNotExists(DSL.selectOne().from(again).where(again.RESENDS_PLAN_ID.eq(planId)))
                    .execute());
        }
        return inTime;
    }

    /**
     * Sets a plan running whose time has come. Addresses that were suppressed since it was planned are marked so now;
     * one whose suppression was lifted since stays suppressed in this plan. Does nothing if the plan does not wait for
     * its time any more, or has to be approved first.
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
                    .and(ApprovalStore.given())
                    .and(PLANS.NOT_BEFORE.le(now))
                    .execute();
            if (started == 0) {
                return false;
            }
            suppressSincePlanned(sql, planId, now);
            tell(sql, AuditAction.MAILING_BEGUN, planId, counts(sql, planId, MessageState.PLANNED));
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
            moved = database.writeUnasked(sql -> {
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
        return database.write(sql -> {
            List<Long> done = sql.update(PLANS)
                    .set(PLANS.STATE, PlanState.SENT)
                    .set(PLANS.FINISHED_AT, clock.instant())
                    .where(PLANS.STATE.eq(PlanState.RUNNING))
                    .and(PLANS.ID.notIn(DSL.select(PLAN_TOTALS.PLAN_ID)
                            .from(PLAN_TOTALS)
                            .where(PLAN_TOTALS.MEASURE.in(MessageState.PLANNED.name(), MessageState.CLAIMED.name()))
                            .and(PLAN_TOTALS.COUNT.gt(0L))))
                    .returning(PLANS.ID)
                    .fetch(PLANS.ID);
            for (long planId : done) {
                tell(sql, AuditAction.MAILING_SENT, planId, counts(sql, planId));
            }
            return done.size();
        });
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
        schedule(planId);
        freeze(planId);
    }

    /**
     * The same without waiting for its messages: whoever calls it calls {@link #freeze} next, or leaves that to the planner.
     *
     * @throws NoSuchListException when the list was deleted since; the plan stays a draft
     */
    public void schedule(long planId) {
        database.change(Right.SEND_MAILINGS, sql -> {
            Plan plan = existing(sql, planId);
            requireSending(plan.world());
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
            PlansRecord row = sql.fetchSingle(PLANS, PLANS.ID.eq(planId));
            ApprovalStore.planned(row, database.access().actor(), approvalAsked.getAsBoolean());
            row.store();
            tell(sql, AuditAction.MAILING_PLANNED, planId, planned(plan, row.getApprovalNeeded()));
            making.step(sql, planId);
        });
    }

    /**
     * Gives a plan another time, other hours or other caps. One that has begun keeps its time; one that missed its time
     * waits for the new one. What is already in flight comes to its end. If it was approved, it has to be approved anew. It may go
     * out sooner than before, so it takes a name as all sending does.
     *
     * @throws IllegalPlanChangeException when it has ended, or has begun and another time is asked for
     */
    public void retime(long planId, PlanTiming timing) {
        database.change(Right.SEND_MAILINGS, sql -> {
            Plan plan = existing(sql, planId);
            requireSending(plan.world());
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
            if (!timing.equals(plan.timing())) {
                ApprovalStore.changedBy(sql, database.access().actor(), planId);
                tell(sql, AuditAction.MAILING_TIME_CHANGED, planId, inWords(timing));
                ApprovalStore.tellLapsed(sql, database, clock);
            }
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

    /** Tells the audit of approvals that were taken away by changes of which nobody told it. */
    public void tellLapsedApprovals() {
        if (database.<Boolean>read(sql -> sql.fetchExists(PLANS, PLANS.LAPSE_UNTOLD.eq(true)))) {
            database.change(sql -> ApprovalStore.tellLapsed(sql, database, clock));
        }
    }

    private void tell(DSLContext sql, AuditAction action, long planId, String detail) {
        String title =
                sql.select(PLANS.TITLE).from(PLANS).where(PLANS.ID.eq(planId)).fetchSingle(PLANS.TITLE);
        AuditStore.tell(sql, database, clock, action, ApprovalStore.subject(planId, title), detail);
    }

    /** How many of its messages are in these states, or in any; none that has none. */
    private static String counts(DSLContext sql, long planId, MessageState... states) {
        PlanTotals totals = totals(sql, planId);
        return Stream.of(states.length == 0 ? MessageState.values() : states)
                .filter(state -> totals.in(state) > 0)
                .map(state -> totals.in(state) + " " + state.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String planned(Plan plan, boolean approvalNeeded) {
        return "list “" + plan.listName() + "”, " + plan.world().name().toLowerCase(Locale.ROOT) + ", "
                + inWords(plan.timing()) + (approvalNeeded ? ", needs approval" : "");
    }

    private static String inWords(PlanTiming timing) {
        SendingRules rules = timing.rules();
        StringBuilder words = new StringBuilder("begins " + timing.notBefore());
        rules.window()
                .ifPresent(window ->
                        words.append(", ").append(window).append(" in ").append(timing.zone()));
        rules.perHour().ifPresent(cap -> words.append(", at most ").append(cap).append(" an hour"));
        rules.perDay().ifPresent(cap -> words.append(", at most ").append(cap).append(" a day"));
        return words.toString();
    }

    /** Halts a plan; messages in flight come to their end. */
    public void pause(long planId) {
        database.change(Right.SEND_MAILINGS, sql -> {
            move(sql, planId, PlanState.PAUSED);
            tell(sql, AuditAction.MAILING_PAUSED, planId, counts(sql, planId));
        });
    }

    /**
     * Goes on with a paused or parked plan where it stood; one that has not begun waits for its time, if that is to come. If its
     * time passed after somebody approved it for that time, it has to be approved anew.
     */
    public void resume(long planId) {
        database.change(Right.SEND_MAILINGS, sql -> {
            Plan plan = existing(sql, planId);
            requireSending(plan.world());
            if (plan.state() != PlanState.PAUSED && plan.state() != PlanState.PARKED) {
                throw new IllegalPlanChangeException(planId, plan.state(), PlanState.RUNNING);
            }
            tell(sql, AuditAction.MAILING_RESUMED, planId, counts(sql, planId));
            if (plan.startedAt() != null) {
                move(sql, planId, PlanState.RUNNING);
                return;
            }
            move(sql, planId, PlanState.SCHEDULED);
            // Whoever goes on with a plan after its time means now.
            boolean otherThanApproved = plan.notBefore().isBefore(clock.instant())
                    && plan.approval().at().filter(plan.notBefore()::isAfter).isPresent();
            setTime(sql, planId, otherThanApproved ? clock.instant() : plan.notBefore());
            if (otherThanApproved) {
                ApprovalStore.changedBy(sql, database.access().actor(), planId);
                ApprovalStore.tellLapsed(sql, database, clock);
            }
        });
    }

    /**
     * Ends a plan: what is planned will never be sent, what was sent stays sent, what is in flight comes to its end. Its
     * messages are marked in short transactions; should the program end meanwhile, the planner goes on with them.
     */
    public void cancel(long planId) {
        database.change(Right.SEND_MAILINGS, sql -> {
            move(sql, planId, PlanState.CANCELLED);
            MessageMaking.forget(sql, planId);
            tell(sql, AuditAction.MAILING_CANCELLED, planId, counts(sql, planId));
        });
        cancelAllPlanned(planId);
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
            cancelled += cancelAllPlanned(planId);
        }
        return cancelled;
    }

    /** Of a plan that is cancelled already, so that nothing is sent meanwhile; returns how many. */
    private long cancelAllPlanned(long planId) {
        long cancelled = 0;
        long some;
        do {
            some = database.stepUnasked(sql -> cancelPlanned(sql, planId));
            cancelled += some;
        } while (some > 0);
        return cancelled;
    }

    private long cancelPlanned(DSLContext sql, long planId) {
        long cancelled = sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.CANCELLED)
                .set(MESSAGES.REASON, PLAN_CANCELLED)
                .set(MESSAGES.UPDATED_AT, clock.instant())
                .where(MESSAGES.ID.in(DSL.select(MESSAGES.ID)
                        .from(MESSAGES)
                        .where(MESSAGES.PLAN_ID.eq(planId))
                        .and(MESSAGES.STATE.eq(DSL.inline(MessageState.PLANNED, MESSAGES.STATE)))
                        .limit(making.atOnce())))
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
                .fetchOptional(row -> plan(sql, row))
                .orElseThrow(() -> new IllegalArgumentException("there is no mailing " + planId));
    }

    static PlanTotals totals(DSLContext sql, long planId) {
        Map<String, Long> counts = sql.selectFrom(PLAN_TOTALS)
                .where(PLAN_TOTALS.PLAN_ID.eq(planId))
                .fetchMap(PLAN_TOTALS.MEASURE, PLAN_TOTALS.COUNT);
        return Totals.of(counts);
    }

    /** What was changed is only asked for where an approval lapsed: one that holds has no changes, by the triggers of V12. */
    static Plan plan(DSLContext sql, PlansRecord row) {
        boolean lapsed = row.getApprovedBy() != null && row.getApprovedAt() == null;
        return plan(row, lapsed ? ApprovalStore.changes(sql, row.getId()) : Set.of());
    }

    static Plan plan(PlansRecord row, Set<PlanPart> changes) {
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
                row.getTracked(),
                ApprovalStore.of(row, changes));
    }
}
