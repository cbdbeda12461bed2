package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.QUARANTINED_EVENTS;

import app.mailroom.model.MessageState;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.model.World;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.QuarantinedEventsRecord;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** Events of the mail service, and what they make of the messages they are about. */
public final class OutcomeStore {
    private static final String NO_SUCH_MESSAGE = "NO_SUCH_MESSAGE";

    /** A body that could not be understood or matched. */
    public record Unsettled(String reason, String fingerprint, String body) {}

    /** An event in quarantine that is understood by now. */
    public record Reread(long id, Outcome outcome) {}

    private final Database database;
    private final Clock clock;

    /** Over the given workspace database. */
    public OutcomeStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Stores events in one transaction: each is kept once however often it comes, raises its message's state as far
     * as {@link MessageState#canBecome} allows, counts, and suppresses the address where it must. What matches no
     * message goes into quarantine with the given unsettled ones. When this returns, the events may be deleted from
     * the queue they came from.
     *
     * @return how many events were new
     */
    public int settle(Collection<Outcome> outcomes, Collection<Unsettled> unsettled) {
        return database.write(sql -> {
            Totals totals = new Totals();
            int fresh = 0;
            for (Outcome outcome : outcomes) {
                Optional<MessagesRecord> message = message(sql, outcome);
                if (message.isEmpty()) {
                    quarantine(sql, new Unsettled(NO_SUCH_MESSAGE, outcome.fingerprint(), outcome.body()));
                } else if (settle(sql, message.get(), outcome, totals)) {
                    fresh++;
                }
            }
            unsettled.forEach(event -> quarantine(sql, event));
            totals.writeTo(sql);
            return fresh;
        });
    }

    /**
     * Settles events out of quarantine in one transaction: an event leaves quarantine only together with what it does
     * to its message. One whose message is still not there stays, with that as its reason.
     *
     * @param meaningless ids of events that turned out to say nothing; they leave quarantine
     * @return how many left quarantine
     */
    public int settleQuarantined(Collection<Reread> understood, Collection<Long> meaningless) {
        return database.write(sql -> {
            Totals totals = new Totals();
            int left = 0;
            for (Reread event : understood) {
                Optional<MessagesRecord> message = message(sql, event.outcome());
                if (message.isEmpty()) {
                    sql.update(QUARANTINED_EVENTS)
                            .set(QUARANTINED_EVENTS.REASON, NO_SUCH_MESSAGE)
                            .where(QUARANTINED_EVENTS.ID.eq(event.id()))
                            .execute();
                } else {
                    // Not new, if it came a second time meanwhile; then it is settled already.
                    settle(sql, message.get(), event.outcome(), totals);
                    left += release(sql, event.id());
                }
            }
            for (long id : meaningless) {
                left += release(sql, id);
            }
            totals.writeTo(sql);
            return left;
        });
    }

    /** What is in quarantine and not dismissed, the newest first. */
    public List<QuarantinedEvent> quarantined(int limit) {
        return database.read(sql -> sql.selectFrom(QUARANTINED_EVENTS)
                .where(QUARANTINED_EVENTS.DISMISSED_AT.isNull())
                .orderBy(QUARANTINED_EVENTS.ID.desc())
                .limit(limit)
                .fetch(OutcomeStore::quarantinedEvent));
    }

    /** The same, the oldest first, from behind the given id on: for going through all of it in portions. */
    public List<QuarantinedEvent> quarantinedAfter(long id, int limit) {
        return database.read(sql -> sql.selectFrom(QUARANTINED_EVENTS)
                .where(QUARANTINED_EVENTS.DISMISSED_AT.isNull())
                .and(QUARANTINED_EVENTS.ID.gt(id))
                .orderBy(QUARANTINED_EVENTS.ID)
                .limit(limit)
                .fetch(OutcomeStore::quarantinedEvent));
    }

    /** How many events are in quarantine and not dismissed. */
    public int quarantinedCount() {
        return database.read(sql -> sql.fetchCount(QUARANTINED_EVENTS, QUARANTINED_EVENTS.DISMISSED_AT.isNull()));
    }

    /**
     * Puts an event out of sight, because a person has seen it. It is kept, so that it does not come back when the
     * queue delivers it once more. Of an event that is gone or dismissed already, nothing happens.
     */
    public void dismiss(long id) {
        database.change(sql -> sql.update(QUARANTINED_EVENTS)
                .set(QUARANTINED_EVENTS.DISMISSED_AT, clock.instant())
                .where(QUARANTINED_EVENTS.ID.eq(id))
                .and(QUARANTINED_EVENTS.DISMISSED_AT.isNull())
                .execute());
    }

    private static QuarantinedEvent quarantinedEvent(QuarantinedEventsRecord row) {
        return new QuarantinedEvent(row.getId(), row.getReceivedAt(), row.getReason(), row.getBody());
    }

    private static int release(DSLContext sql, long id) {
        return sql.deleteFrom(QUARANTINED_EVENTS)
                .where(QUARANTINED_EVENTS.ID.eq(id))
                .execute();
    }

    /** Returns whether the event was new. */
    private boolean settle(DSLContext sql, MessagesRecord message, Outcome received, Totals totals) {
        Outcome outcome = ErasedMessage.is(message) ? impersonal(received) : received;
        boolean fresh = insert(sql, message, outcome);
        if (fresh) {
            apply(sql, message, outcome, totals);
        }
        return fresh;
    }

    /** Of an event about a person who was erased: what it does to the counts, and nothing that tells who it was. */
    private static Outcome impersonal(Outcome outcome) {
        return new Outcome(
                outcome.kind(),
                outcome.messageId(),
                outcome.providerId(),
                outcome.fingerprint(),
                outcome.occurredAt(),
                outcome.suppresses(),
                outcome.reason(),
                null,
                ErasedMessage.common(outcome.link()),
                "");
    }

    /**
     * The message that an event is about. One that was never claimed is not it, whatever the tag says: in a workspace
     * that was restored from a copy, a new message may have the number of one that was sent since.
     */
    private static Optional<MessagesRecord> message(DSLContext sql, Outcome outcome) {
        return named(sql, outcome).filter(row -> row.getState() != MessageState.PLANNED || row.getAttempts() > 0);
    }

    private static Optional<MessagesRecord> named(DSLContext sql, Outcome outcome) {
        if (outcome.messageId().isPresent()) {
            return sql.selectFrom(MESSAGES)
                    .where(MESSAGES.ID.eq(outcome.messageId().getAsLong()))
                    .fetchOptional();
        }
        return sql.selectFrom(MESSAGES)
                .where(MESSAGES.PROVIDER_ID.eq(outcome.providerId()))
                .limit(1)
                .fetchOptional();
    }

    private boolean insert(DSLContext sql, MessagesRecord message, Outcome outcome) {
        int inserted = sql.insertInto(MESSAGE_EVENTS)
                .set(MESSAGE_EVENTS.MESSAGE_ID, message.getId())
                .set(MESSAGE_EVENTS.KIND, outcome.kind())
                .set(MESSAGE_EVENTS.FINGERPRINT, outcome.fingerprint())
                .set(MESSAGE_EVENTS.OCCURRED_AT, outcome.occurredAt())
                .set(MESSAGE_EVENTS.RECEIVED_AT, clock.instant())
                .set(MESSAGE_EVENTS.REASON, outcome.reason())
                .set(MESSAGE_EVENTS.DETAIL, outcome.detail())
                .set(MESSAGE_EVENTS.LINK, outcome.link())
                .set(MESSAGE_EVENTS.BODY, outcome.body())
                .onConflictDoNothing()
                .execute();
        return inserted == 1;
    }

    private void apply(DSLContext sql, MessagesRecord message, Outcome outcome, Totals totals) {
        raise(message, outcome.kind().proves(), outcome, totals);
        if (message.getProviderId() == null && !outcome.providerId().isEmpty()) {
            message.setProviderId(outcome.providerId());
        }
        mark(message, outcome, totals);
        if (message.changed()) {
            message.setUpdatedAt(clock.instant());
            message.attach(sql.configuration());
            message.update();
        }
        if (outcome.suppresses() && !ErasedMessage.is(message)) {
            SuppressionStore.add(
                    sql,
                    clock,
                    worldOf(sql, message.getPlanId()),
                    message.getAddress(),
                    unsubscribed(outcome)
                            ? OutcomeKind.UNSUBSCRIBE.name()
                            : outcome.kind().name(),
                    outcome.detail() == null ? "" : outcome.detail());
        }
    }

    /**
     * An event about a message proves that the mail service took it, whatever we believed: an answer that is still
     * on its way, or that never came. The message walks through the states that it must have passed, so that it can
     * not be sent again.
     */
    private static void raise(MessagesRecord message, MessageState proven, Outcome outcome, Totals totals) {
        if (message.getState() == MessageState.PLANNED) {
            step(message, MessageState.CLAIMED, totals);
        }
        if (message.getState() == MessageState.CLAIMED) {
            step(message, MessageState.ACCEPTED, totals);
            message.setAcceptedAt(outcome.occurredAt());
        }
        if (message.getState().canBecome(proven)) {
            if (message.getAcceptedAt() == null) {
                message.setAcceptedAt(outcome.occurredAt());
            }
            step(message, proven, totals);
            message.setReason(outcome.reason());
            message.setDetail(outcome.detail());
        }
    }

    private static void step(MessagesRecord message, MessageState to, Totals totals) {
        MessageState from = message.getState();
        if (!from.canBecome(to)) {
            throw new IllegalStateException("a message that is " + from + " cannot become " + to);
        }
        message.setState(to);
        totals.moved(message.getPlanId(), from, to, 1);
    }

    private static void mark(MessagesRecord message, Outcome outcome, Totals totals) {
        if (outcome.kind() == OutcomeKind.OPEN && message.getOpenedAt() == null) {
            message.setOpenedAt(outcome.occurredAt());
            totals.add(message.getPlanId(), Totals.OPENED, 1);
        }
        if (outcome.kind() == OutcomeKind.CLICK && message.getClickedAt() == null) {
            message.setClickedAt(outcome.occurredAt());
            totals.add(message.getPlanId(), Totals.CLICKED, 1);
        }
        if (unsubscribed(outcome) && message.getUnsubscribedAt() == null) {
            message.setUnsubscribedAt(outcome.occurredAt());
            totals.add(message.getPlanId(), Totals.UNSUBSCRIBED, 1);
        }
    }

    /** By our own link, or from everything by that of SES's list management. */
    private static boolean unsubscribed(Outcome outcome) {
        return outcome.kind() == OutcomeKind.UNSUBSCRIBE
                || (outcome.kind() == OutcomeKind.SUBSCRIPTION && outcome.suppresses());
    }

    private static World worldOf(DSLContext sql, long planId) {
        return sql.select(PLANS.WORLD).from(PLANS).where(PLANS.ID.eq(planId)).fetchSingle(PLANS.WORLD);
    }

    private void quarantine(DSLContext sql, Unsettled event) {
        sql.insertInto(QUARANTINED_EVENTS)
                .set(QUARANTINED_EVENTS.RECEIVED_AT, clock.instant())
                .set(QUARANTINED_EVENTS.REASON, event.reason())
                .set(QUARANTINED_EVENTS.FINGERPRINT, event.fingerprint())
                .set(QUARANTINED_EVENTS.BODY, event.body())
                .onConflictDoNothing()
                .execute();
    }
}
