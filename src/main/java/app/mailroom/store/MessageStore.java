package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.SENDERS;

import app.mailroom.model.AuditAction;
import app.mailroom.model.HitVerdict;
import app.mailroom.model.Message;
import app.mailroom.model.MessageEvent;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.Right;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/** Messages as a person sees them, and what a person may decide about one. */
public final class MessageStore {
    /** The reason of a message that a person takes for accepted, though the mail service never said so. */
    public static final String MARKED_SENT = "MARKED_SENT_BY_PERSON";

    private final Database database;
    private final Clock clock;

    /** Messages in the given workspace database. */
    public MessageStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** One page, in the order of the list they were made from. */
    public List<Message> page(MessageQuery query) {
        Condition condition = MESSAGES.PLAN_ID.eq(query.planId()).and(MESSAGES.ID.gt(query.afterId()));
        if (!query.states().isEmpty()) {
            condition = condition.and(MESSAGES.STATE.in(query.states()));
        }
        if (!query.addressContains().isBlank()) {
            condition = condition.and(MESSAGES.ADDRESS_KEY.contains(
                    query.addressContains().strip().toLowerCase(Locale.ROOT)));
        }
        Condition matching = condition;
        return database.read(sql -> sql.selectFrom(MESSAGES)
                .where(matching)
                .orderBy(MESSAGES.ID)
                .limit(query.limit())
                .fetch(MessageStore::message));
    }

    /** The message with this id. */
    public Optional<Message> find(long messageId) {
        return database.read(
                sql -> sql.selectFrom(MESSAGES).where(MESSAGES.ID.eq(messageId)).fetchOptional(MessageStore::message));
    }

    /** Everything reported about a message, by the time it happened. */
    public List<MessageEvent> events(long messageId) {
        return database.read(sql -> sql.selectFrom(MESSAGE_EVENTS)
                .where(MESSAGE_EVENTS.MESSAGE_ID.eq(messageId))
                .orderBy(MESSAGE_EVENTS.OCCURRED_AT, MESSAGE_EVENTS.ID)
                .fetch(row -> new MessageEvent(
                        row.getId(),
                        row.getKind(),
                        row.getOccurredAt(),
                        row.getReceivedAt(),
                        row.getReason(),
                        row.getDetail(),
                        row.getLink(),
                        row.getBody(),
                        row.getJudgedAs() == null || row.getRule() == null
                                ? null
                                : new HitVerdict(HitVerdict.By.valueOf(row.getJudgedAs()), row.getRule()),
                        HitSigns.parse(row.getSigns()))));
    }

    /** Uncertain messages of a mailing by their number, from after one on; 0 starts at the first. */
    public List<Long> uncertain(long planId, long afterId, int limit) {
        return database.read(sql -> sql.select(MESSAGES.ID)
                .from(MESSAGES)
                .where(MESSAGES.PLAN_ID.eq(planId))
                .and(MESSAGES.STATE.eq(MessageState.UNCERTAIN))
                .and(MESSAGES.ID.gt(afterId))
                .orderBy(MESSAGES.ID)
                .limit(limit)
                .fetch(MESSAGES.ID));
    }

    /** The process that was sending a message when it was last claimed, in the words in which it named itself. */
    public Optional<String> claimedBy(long messageId) {
        return database.read(sql -> sql.select(SENDERS.NAME)
                .from(MESSAGES)
                .join(SENDERS)
                .on(SENDERS.ID.eq(MESSAGES.SENDER_ID))
                .where(MESSAGES.ID.eq(messageId))
                .fetchOptional(SENDERS.NAME));
    }

    /**
     * Takes an uncertain message for accepted, by a person's decision, which stays its reason until an event proves more. It
     * counts for the moment at which the mail service was asked, not for that of the decision.
     *
     * @return false when the message is not uncertain any more, so that nothing was changed
     */
    public boolean markSent(long messageId) {
        return markSent(List.of(messageId)) == 1;
    }

    /** The same of several in one transaction; returns how many were still uncertain. */
    public int markSent(Collection<Long> messageIds) {
        return database.write(Right.SEND_MAILINGS, sql -> {
            Totals totals = new Totals();
            Map<Long, Integer> marked = new TreeMap<>();
            for (long id : messageIds) {
                markSent(sql, id, totals).ifPresent(planId -> marked.merge(planId, 1, Integer::sum));
            }
            totals.writeTo(sql);
            requireSending(sql, marked.keySet());
            return told(sql, AuditAction.UNCERTAIN_MARKED_SENT, marked);
        });
    }

    /** The plan of a message that was marked. */
    private Optional<Long> markSent(DSLContext sql, long messageId, Totals totals) {
        MessagesRecord message = sql.selectFrom(MESSAGES)
                .where(MESSAGES.ID.eq(messageId))
                .and(MESSAGES.STATE.eq(MessageState.UNCERTAIN))
                .fetchOne();
        if (message == null) {
            return Optional.empty();
        }
        Standing before = Standing.of(message);
        Instant asked = message.getClaimedAt();
        message.setState(MessageState.ACCEPTED);
        message.setReason(MARKED_SENT);
        message.setDetail(null);
        if (message.getAcceptedAt() == null) {
            message.setAcceptedAt(asked == null ? message.getUpdatedAt() : asked);
        }
        message.setUpdatedAt(clock.instant());
        message.update();
        totals.changed(before, Standing.of(message));
        return Optional.of(message.getPlanId());
    }

    /**
     * Plans an uncertain message again, by a person's decision: it may reach the recipient a second time. A plan that
     * was already sent runs again.
     *
     * @return false when the message is not uncertain any more or its person was erased, so that nothing was changed
     */
    public boolean sendAgain(long messageId) {
        return sendAgain(List.of(messageId)) == 1;
    }

    /** The same of several in one transaction; returns how many were planned again. */
    public int sendAgain(Collection<Long> messageIds) {
        return database.write(Right.SEND_MAILINGS, sql -> {
            Totals totals = new Totals();
            Map<Long, Integer> planned = new TreeMap<>();
            for (long id : messageIds) {
                sendAgain(sql, id, totals).ifPresent(planId -> planned.merge(planId, 1, Integer::sum));
            }
            totals.writeTo(sql);
            requireSending(sql, planned.keySet());
            return told(sql, AuditAction.UNCERTAIN_SENT_AGAIN, planned);
        });
    }

    /** Whoever decides about mails that reach somebody has to have a name. */
    private void requireSending(DSLContext sql, Set<Long> planIds) {
        sql.selectDistinct(PLANS.WORLD)
                .from(PLANS)
                .where(PLANS.ID.in(planIds))
                .fetch(PLANS.WORLD)
                .forEach(world -> database.access().require(Right.SEND_MAILINGS, world));
    }

    /** Tells the audit how many messages of which plans somebody decided about; returns how many in all. */
    private int told(DSLContext sql, AuditAction action, Map<Long, Integer> messages) {
        messages.forEach((planId, count) -> {
            String title = sql.select(PLANS.TITLE)
                    .from(PLANS)
                    .where(PLANS.ID.eq(planId))
                    .fetchSingle(PLANS.TITLE);
            AuditStore.tell(sql, database, clock, action, ApprovalStore.subject(planId, title), count + " messages");
        });
        return messages.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The plan of a message that was planned again. */
    private Optional<Long> sendAgain(DSLContext sql, long messageId, Totals totals) {
        String reason = sql.select(MESSAGES.REASON)
                .from(MESSAGES)
                .where(MESSAGES.ID.eq(messageId))
                .fetchOne(MESSAGES.REASON);
        var planId = sql.update(MESSAGES)
                .set(MESSAGES.STATE, MessageState.PLANNED)
                .setNull(MESSAGES.SENDER_ID)
                .setNull(MESSAGES.REASON)
                .setNull(MESSAGES.DETAIL)
                .set(MESSAGES.NOT_BEFORE, clock.instant())
                .set(MESSAGES.UPDATED_AT, clock.instant())
                .where(MESSAGES.ID.eq(messageId))
                .and(MESSAGES.STATE.eq(MessageState.UNCERTAIN))
                .and(ErasedMessage.isNot())
                .and(MESSAGES.PLAN_ID.in(DSL.select(PLANS.ID).from(PLANS).where(PLANS.STATE.ne(PlanState.CANCELLED))))
                .returning(MESSAGES.PLAN_ID)
                .fetchOptional(MESSAGES.PLAN_ID);
        planId.ifPresent(plan -> {
            totals.moved(plan, MessageState.UNCERTAIN, MessageState.PLANNED, 1);
            totals.reason(plan, MessageState.UNCERTAIN, reason, -1);
            PlanStore.runAgain(sql, plan);
        });
        return planId;
    }

    static Message message(MessagesRecord row) {
        return new Message(
                row.getId(),
                row.getPlanId(),
                row.getAddress(),
                FieldValues.fromJson(row.getFieldValues()),
                row.getState(),
                row.getNotBefore(),
                row.getAttempts(),
                row.getProviderId(),
                row.getReason(),
                row.getDetail(),
                row.getAcceptedAt(),
                row.getOpenedAt(),
                row.getClickedAt(),
                row.getUpdatedAt());
    }
}
