package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.PLAN_TOTALS;
import static app.mailroom.store.jooq.Tables.SENDERS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanWait;
import app.mailroom.model.SendResult;
import app.mailroom.model.SentResult;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline's side of messages: senders and their heartbeats, claims, and the results of sending. Every change of
 * state is a conditional update whose row count is checked, so that of several processes exactly one makes it.
 */
public final class DeliveryStore {
    /** Inlined, because SQLite uses a partial index only where it can see the value. */
    private static final Field<MessageState> PLANNED = DSL.inline(MessageState.PLANNED, MESSAGES.STATE);

    private static final Field<MessageState> CLAIMED = DSL.inline(MessageState.CLAIMED, MESSAGES.STATE);

    /**
     * No message of a mailing that has begun is made to wait for longer. One that seems to has its time from a clock that was
     * set back since, and is due.
     */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    /** What is needed of a message that is claimed. */
    private static final List<Field<?>> CLAIMED_WITH = List.of(
            MESSAGES.ID,
            MESSAGES.PLAN_ID,
            MESSAGES.ADDRESS,
            MESSAGES.ADDRESS_KEY,
            MESSAGES.FIELD_VALUES,
            MESSAGES.ATTEMPTS);

    private static final String SENDER_DIED = "SENDER_DIED";

    private final Database database;
    private final Clock clock;
    private final World world;

    /** The mailings and senders of one world in the given workspace database. */
    public DeliveryStore(Database database, Clock clock, World world) {
        this.database = database;
        this.clock = clock;
        this.world = world;
    }

    /** Registers a sender, alive from now on, and returns its id. */
    public long register(String name) {
        return database.write(sql -> sql.insertInto(SENDERS)
                .set(SENDERS.NAME, name)
                .set(SENDERS.WORLD, world)
                .set(SENDERS.STARTED_AT, clock.instant())
                .set(SENDERS.HEARTBEAT_AT, clock.instant())
                .returning(SENDERS.ID)
                .fetchSingle(SENDERS.ID));
    }

    /** Says that a sender is alive. False when others have taken it for dead: it must not send under this id again. */
    public boolean heartbeat(long senderId) {
        int alive = database.write(sql -> sql.update(SENDERS)
                .set(SENDERS.HEARTBEAT_AT, clock.instant())
                .where(SENDERS.ID.eq(senderId))
                .and(SENDERS.STOPPED_AT.isNull())
                .execute());
        return alive == 1;
    }

    /** How many senders have not stopped and have a heartbeat within the given time. */
    public int liveSenders(Duration staleAfter) {
        return database.read(sql -> sql.fetchCount(
                SENDERS,
                SENDERS.STOPPED_AT
                        .isNull()
                        .and(SENDERS.WORLD.eq(world))
                        .and(SENDERS.HEARTBEAT_AT.gt(clock.instant().minus(staleAfter)))));
    }

    /**
     * Says that a sender has stopped. In good order it has nothing claimed; whatever it still has becomes uncertain,
     * for nobody will look after it any more.
     */
    public void stop(long senderId) {
        database.change(sql -> {
            Totals totals = new Totals();
            orphan(sql, senderId, totals);
            sql.update(SENDERS)
                    .set(SENDERS.STOPPED_AT, clock.instant())
                    .where(SENDERS.ID.eq(senderId))
                    .execute();
            totals.writeTo(sql);
        });
    }

    /**
     * Declares senders dead whose heartbeat is stale. What they had claimed becomes uncertain, for nobody knows
     * whether the mail service was asked.
     *
     * @param self a sender that is surely alive
     * @return how many messages became uncertain
     */
    public long buryDeadSenders(Duration staleAfter, long self) {
        Instant limit = clock.instant().minus(staleAfter);
        var dead =
                SENDERS.STOPPED_AT.isNull().and(SENDERS.HEARTBEAT_AT.le(limit)).and(SENDERS.ID.ne(self));
        if (!database.<Boolean>read(sql -> sql.fetchExists(SENDERS, dead))) {
            return 0;
        }
        return database.write(sql -> {
            List<Long> senders =
                    sql.select(SENDERS.ID).from(SENDERS).where(dead).fetch(SENDERS.ID);
            Totals totals = new Totals();
            long orphans = 0;
            for (long sender : senders) {
                orphans += orphan(sql, sender, totals);
                sql.update(SENDERS)
                        .set(SENDERS.STOPPED_AT, clock.instant())
                        .where(SENDERS.ID.eq(sender))
                        .execute();
            }
            totals.writeTo(sql);
            return orphans;
        });
    }

    private int orphan(DSLContext sql, long sender, Totals totals) {
        List<Long> plans = sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.UNCERTAIN)
                .set(MESSAGES.REASON, SENDER_DIED)
                .set(MESSAGES.UPDATED_AT, clock.instant())
                .where(MESSAGES.SENDER_ID.eq(sender))
                .and(MESSAGES.STATE.eq(CLAIMED))
                .returning(MESSAGES.PLAN_ID)
                .fetch(MESSAGES.PLAN_ID);
        plans.forEach(plan -> {
            totals.moved(plan, MessageState.CLAIMED, MessageState.UNCERTAIN, 1);
            totals.reason(plan, MessageState.UNCERTAIN, SENDER_DIED, 1);
        });
        return plans.size();
    }

    /** Plans whose messages may be claimed. */
    public List<Long> runningPlans() {
        return database.read(sql -> sql.select(PLANS.ID)
                .from(PLANS)
                .where(PLANS.STATE.eq(PlanState.RUNNING))
                .and(PLANS.WORLD.eq(world))
                .orderBy(PLANS.ID)
                .fetch(PLANS.ID));
    }

    /** Running plans whose own rules let something out at this moment, in order of id. */
    public List<Long> sendablePlans() {
        return database.read(sql -> {
            Instant now = clock.instant();
            return sql.selectFrom(PLANS).where(sendable()).orderBy(PLANS.ID).fetch().stream()
                    .filter(plan -> Allowance.of(sql, plan, now).waiting().isEmpty())
                    .map(PlansRecord::getId)
                    .toList();
        });
    }

    /**
     * Claims due messages of a running plan for a sender: the intent to send them is durable when this returns. Outside
     * the plan's window nothing is claimed, nor while it has to be approved, and never more than its caps leave room for, whoever else claims.
     * Addresses suppressed since planning are marked so instead, and are not among those returned.
     */
    public List<ClaimedMessage> claim(long senderId, long planId, int atMost) {
        return database.write(sql -> {
            Instant now = clock.instant();
            PlansRecord plan = sql.fetchOne(PLANS, PLANS.ID.eq(planId).and(sendable()));
            if (plan == null
                    || !sql.fetchExists(SENDERS, SENDERS.ID.eq(senderId).and(SENDERS.STOPPED_AT.isNull()))) {
                return List.of();
            }
            long room = Math.min(atMost, Allowance.of(sql, plan, now).room());
            if (room == 0) {
                return List.of();
            }
            List<MessagesRecord> due = due(sql, planId, MESSAGES.NOT_BEFORE.le(now), room);
            if (due.isEmpty()) {
                due = due(sql, planId, MESSAGES.NOT_BEFORE.gt(now.plus(LONGEST_WAIT)), room);
            }
            Totals totals = new Totals();
            Set<String> suppressed = suppressed(sql, due);
            List<ClaimedMessage> claimed = new ArrayList<>();
            List<Long> ids = new ArrayList<>();
            for (MessagesRecord message : due) {
                if (suppressed.contains(message.getAddressKey())) {
                    suppress(sql, message, now, totals);
                } else {
                    ids.add(message.getId());
                    claimed.add(new ClaimedMessage(
                            message.getId(),
                            planId,
                            message.getAddress(),
                            FieldValues.fromJson(message.getFieldValues()),
                            message.getAttempts() + 1));
                }
            }
            int changed = ids.isEmpty()
                    ? 0
                    : sql.update(MESSAGES)
                            .set(MESSAGES.STATE, MessageState.CLAIMED)
                            .set(MESSAGES.SENDER_ID, senderId)
                            .set(MESSAGES.CLAIMED_AT, now)
                            .set(MESSAGES.ATTEMPTS, MESSAGES.ATTEMPTS.plus(1))
                            .set(MESSAGES.UPDATED_AT, now)
                            .where(MESSAGES.ID.in(ManyValues.ofNumbers(ids)))
                            .and(MESSAGES.STATE.eq(PLANNED))
                            .execute();
            if (changed != ids.size()) {
                throw new IllegalStateException("claimed " + changed + " messages of " + ids.size());
            }
            totals.moved(planId, MessageState.PLANNED, MessageState.CLAIMED, changed);
            totals.writeTo(sql);
            return claimed;
        });
    }

    private static List<MessagesRecord> due(DSLContext sql, long planId, Condition when, long atMost) {
        return sql.select(CLAIMED_WITH)
                .from(MESSAGES)
                .where(MESSAGES.PLAN_ID.eq(planId))
                .and(MESSAGES.STATE.eq(PLANNED))
                .and(when)
                .orderBy(MESSAGES.NOT_BEFORE, MESSAGES.ID)
                .limit(atMost)
                .fetchInto(MESSAGES);
    }

    private Set<String> suppressed(DSLContext sql, List<MessagesRecord> messages) {
        List<String> keys = messages.stream().map(MessagesRecord::getAddressKey).toList();
        return new HashSet<>(sql.select(SUPPRESSIONS.ADDRESS_KEY)
                .from(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.in(ManyValues.ofTexts(keys)))
                .and(SuppressionStore.holdsIn(world))
                .fetch(SUPPRESSIONS.ADDRESS_KEY));
    }

    private void suppress(DSLContext sql, MessagesRecord message, Instant now, Totals totals) {
        String reason = sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.SUPPRESSED)
                .set(
                        MESSAGES.REASON,
                        DSL.select(DSL.min(SUPPRESSIONS.REASON))
                                .from(SUPPRESSIONS)
                                .where(SUPPRESSIONS.ADDRESS_KEY.eq(MESSAGES.ADDRESS_KEY))
                                .and(SuppressionStore.holdsIn(world)))
                .set(MESSAGES.UPDATED_AT, now)
                .where(MESSAGES.ID.eq(message.getId()))
                .and(MESSAGES.STATE.eq(PLANNED))
                .returning(MESSAGES.REASON)
                .fetchSingle(MESSAGES.REASON);
        totals.moved(message.getPlanId(), MessageState.PLANNED, MessageState.SUPPRESSED, 1);
        totals.reason(message.getPlanId(), MessageState.SUPPRESSED, reason, 1);
    }

    /** When the next message of a running plan falls due, or the rules of one let it go on; empty if nothing waits. */
    public Optional<Instant> nextDue() {
        return database.read(sql -> {
            Instant now = clock.instant();
            return sql.selectFrom(PLANS).where(sendable()).fetch().stream()
                    .flatMap(plan -> nextDue(sql, plan, now).stream())
                    .min(Comparator.naturalOrder());
        });
    }

    private static Optional<Instant> nextDue(DSLContext sql, PlansRecord plan, Instant now) {
        Optional<Instant> goesOn = Allowance.of(sql, plan, now).waiting().map(PlanWait::until);
        if (goesOn.isPresent()) {
            return goesOn;
        }
        return Optional.ofNullable(sql.select(DSL.min(MESSAGES.NOT_BEFORE))
                        .from(MESSAGES)
                        .where(MESSAGES.PLAN_ID.eq(plan.getId()))
                        .and(MESSAGES.STATE.eq(PLANNED))
                        .fetchOne(0, Instant.class))
                .map(due -> due.isAfter(now.plus(LONGEST_WAIT)) ? now : due);
    }

    /**
     * Stores results in one transaction. A message that an event has settled meanwhile keeps what the event proved.
     * One whose sender was taken for dead and turns out to live is not uncertain any more when that sender knows what
     * became of it: it was accepted, or surely was not, and then it is planned again or refused.
     */
    public void record(Collection<SentResult> results) {
        database.change(sql -> {
            Totals totals = new Totals();
            List<SentResult> accepted = results.stream()
                    .filter(sent -> sent.result() instanceof SendResult.Accepted)
                    .toList();
            Set<Long> taken = accepted.isEmpty() ? Set.of() : accept(sql, accepted, totals);
            for (SentResult sent : results) {
                if (!taken.contains(sent.messageId())) {
                    record(sql, sent, totals);
                }
            }
            goesWell(
                    sql,
                    accepted.stream()
                            .filter(sent -> taken.contains(sent.messageId()))
                            .map(SentResult::planId)
                            .collect(Collectors.toSet()));
            totals.writeTo(sql);
            Throughputs.add(sql, results);
        });
    }

    /** Forgets how many messages were accepted when, as far as nobody asks for it any more. */
    public void pruneThroughput() {
        database.change(sql -> Throughputs.prune(sql, clock.instant()));
    }

    /** The usual case of many at once: what this sender had claimed was accepted. Returns the messages of which it is so. */
    private static Set<Long> accept(DSLContext sql, List<SentResult> sent, Totals totals) {
        if (!MessageState.CLAIMED.canBecome(MessageState.ACCEPTED)) {
            throw new IllegalStateException("what is claimed cannot become accepted");
        }
        Field<Long> id = ManyValues.column("sent", 0, MESSAGES.ID);
        Field<Long> sender = ManyValues.column("sent", 1, MESSAGES.SENDER_ID);
        Field<Instant> at = ManyValues.column("sent", 2, MESSAGES.ACCEPTED_AT);
        Field<String> provider = ManyValues.column("sent", 3, MESSAGES.PROVIDER_ID);
        Map<Long, Instant> moments = new HashMap<>();
        sent.forEach(each -> moments.put(each.messageId(), each.at()));
        Set<Long> taken = new HashSet<>();
        for (MessagesRecord message : sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.ACCEPTED)
                .setNull(MESSAGES.REASON)
                .setNull(MESSAGES.DETAIL)
                .set(MESSAGES.UPDATED_AT, at)
                .set(MESSAGES.ACCEPTED_AT, at)
                .set(MESSAGES.PROVIDER_ID, DSL.coalesce(MESSAGES.PROVIDER_ID, provider))
                .from(ManyValues.ofRows(
                        "sent", sent.stream().map(DeliveryStore::row).toList()))
                .where(MESSAGES.ID.eq(id))
                .and(MESSAGES.STATE.eq(CLAIMED))
                .and(MESSAGES.SENDER_ID.eq(sender))
                .returning(MESSAGES.ID, MESSAGES.PLAN_ID, MESSAGES.ADDRESS_KEY)
                .fetch()) {
            long plan = message.getPlanId();
            String domain = Standing.domain(message.getAddressKey());
            totals.moved(plan, MessageState.CLAIMED, MessageState.ACCEPTED, 1);
            totals.measure(plan, domain, Measure.TAKEN, moments.get(message.getId()), 1);
            taken.add(message.getId());
        }
        return taken;
    }

    private static List<Object> row(SentResult sent) {
        SendResult.Accepted accepted = (SendResult.Accepted) sent.result();
        return List.of(sent.messageId(), sent.senderId(), sent.at().toEpochMilli(), accepted.providerId());
    }

    /** Plans of which a message was accepted have waited long enough: the next time they begin with short waits again. */
    private static void goesWell(DSLContext sql, Set<Long> plans) {
        if (!plans.isEmpty()) {
            sql.update(PLANS)
                    .set(PLANS.PARK_COUNT, 0L)
                    .where(PLANS.ID.in(plans))
                    .and(PLANS.PARK_COUNT.gt(0L))
                    .execute();
        }
    }

    private void record(DSLContext sql, SentResult sent, Totals totals) {
        SendResult result = sent.result();
        if (result instanceof SendResult.Accepted accepted) {
            boolean taken = change(sql, sent, MessageState.CLAIMED, MessageState.ACCEPTED, totals)
                    || change(sql, sent, MessageState.UNCERTAIN, MessageState.ACCEPTED, totals);
            keepProviderId(sql, sent, accepted.providerId());
            if (taken) {
                goesWell(sql, Set.of(sent.planId()));
            }
        } else {
            MessageState after = stateAfter(result);
            if (!change(sql, sent, MessageState.CLAIMED, after, totals) && after != MessageState.UNCERTAIN) {
                boolean lifted = change(sql, sent, MessageState.UNCERTAIN, after, totals);
                if (lifted && after == MessageState.PLANNED) {
                    PlanStore.runAgain(sql, sent.planId());
                }
            }
            if (result instanceof SendResult.Stopped stopped) {
                AccountProblem problem = stopped.problem();
                park(
                        sql,
                        problem.stopsEveryPlan() ? running() : running().and(PLANS.ID.eq(sent.planId())),
                        problem,
                        stopped.detail());
            }
        }
    }

    /** What a claimed message becomes. */
    private static MessageState stateAfter(SendResult result) {
        if (result instanceof SendResult.Accepted) {
            return MessageState.ACCEPTED;
        }
        if (result instanceof SendResult.Refused) {
            return MessageState.REJECTED;
        }
        return result instanceof SendResult.Unknown ? MessageState.UNCERTAIN : MessageState.PLANNED;
    }

    private static boolean change(DSLContext sql, SentResult sent, MessageState from, MessageState to, Totals totals) {
        if (!from.canBecome(to)) {
            throw new IllegalStateException("a message that is " + from + " cannot become " + to);
        }
        String reason = reason(sent.result());
        String detail = detail(sent.result());
        var update = sql.update(MESSAGES)
                .set(MESSAGES.STATE, to)
                .set(MESSAGES.REASON, reason)
                .set(MESSAGES.DETAIL, detail)
                .set(MESSAGES.UPDATED_AT, sent.at());
        if (to == MessageState.ACCEPTED) {
            update = update.set(MESSAGES.ACCEPTED_AT, sent.at());
        }
        if (to == MessageState.PLANNED) {
            update = update.set(MESSAGES.NOT_BEFORE, sent.retryAt()).setNull(MESSAGES.SENDER_ID);
        }
        Condition which = MESSAGES.ID
                .eq(sent.messageId())
                .and(MESSAGES.STATE.eq(from))
                .and(MESSAGES.SENDER_ID.eq(sent.senderId()));
        if (from == MessageState.UNCERTAIN && to != MessageState.ACCEPTED) {
            // What the sender itself did not know it does not know later; and of an erased person there is no address
            // left.
            which = which.and(MESSAGES.REASON.eq(SENDER_DIED)).and(ErasedMessage.isNot());
        }
        // Only what is uncertain has had a reason; what is claimed has none.
        String reasonBefore = from == MessageState.UNCERTAIN
                ? sql.select(MESSAGES.REASON).from(MESSAGES).where(which).fetchOne(MESSAGES.REASON)
                : null;
        Optional<String> changed =
                update.where(which).returning(MESSAGES.ADDRESS_KEY).fetchOptional(MESSAGES.ADDRESS_KEY);
        changed.ifPresent(address -> {
            totals.moved(sent.planId(), from, to, 1);
            totals.reason(sent.planId(), from, reasonBefore, -1);
            totals.reason(sent.planId(), to, reason, 1);
            if (to == MessageState.ACCEPTED) {
                totals.measure(sent.planId(), Standing.domain(address), Measure.TAKEN, sent.at(), 1);
            }
        });
        return changed.isPresent();
    }

    private static @Nullable String reason(SendResult result) {
        if (result instanceof SendResult.Refused refused) {
            return refused.reason();
        }
        return result instanceof SendResult.Unknown unknown ? unknown.reason() : null;
    }

    private static @Nullable String detail(SendResult result) {
        if (result instanceof SendResult.Refused refused) {
            return refused.detail();
        }
        return result instanceof SendResult.Unknown unknown ? unknown.detail() : null;
    }

    private static void keepProviderId(DSLContext sql, SentResult sent, String providerId) {
        sql.update(MESSAGES)
                .set(MESSAGES.PROVIDER_ID, providerId)
                .where(MESSAGES.ID.eq(sent.messageId()))
                .and(MESSAGES.SENDER_ID.eq(sent.senderId()))
                .and(MESSAGES.PROVIDER_ID.isNull())
                .execute();
    }

    /**
     * Parks every running mailing of this world that has something left to send, before the mail service has to say
     * so; returns how many.
     */
    public int parkAll(AccountProblem problem, String detail) {
        var unsent = DSL.select(PLAN_TOTALS.PLAN_ID)
                .from(PLAN_TOTALS)
                .where(PLAN_TOTALS.MEASURE.eq(MessageState.PLANNED.name()))
                .and(PLAN_TOTALS.COUNT.gt(0L));
        return database.write(sql -> park(sql, running().and(PLANS.ID.in(unsent)), problem, detail));
    }

    private Condition running() {
        return PLANS.STATE.eq(PlanState.RUNNING).and(PLANS.WORLD.eq(world));
    }

    /** Running, and nobody has to approve it. */
    private Condition sendable() {
        return running().and(ApprovalStore.given());
    }

    private int park(DSLContext sql, Condition which, AccountProblem problem, String detail) {
        int parked = 0;
        for (var plan : sql.selectFrom(PLANS).where(which).fetch()) {
            int before = Math.toIntExact(plan.getParkCount());
            parked += sql.update(PLANS)
                    .set(PLANS.STATE, PlanState.PARKED)
                    .set(PLANS.PROBLEM, problem.name())
                    .set(PLANS.PROBLEM_DETAIL, detail)
                    .set(
                            PLANS.PARKED_UNTIL,
                            problem.retryAfter(before)
                                    .map(wait -> clock.instant().plus(wait))
                                    .orElse(null))
                    .set(PLANS.PARK_COUNT, before + 1L)
                    .where(PLANS.ID.eq(plan.getId()))
                    .and(PLANS.STATE.eq(PlanState.RUNNING))
                    .execute();
        }
        return parked;
    }
}
