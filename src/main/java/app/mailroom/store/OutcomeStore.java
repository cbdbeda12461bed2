package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;
import static app.mailroom.store.jooq.Tables.MESSAGE_EVENTS;
import static app.mailroom.store.jooq.Tables.PLANS;
import static app.mailroom.store.jooq.Tables.QUARANTINED_EVENTS;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.HitVerdict.By;
import app.mailroom.model.MessageHits;
import app.mailroom.model.MessageHits.Hit;
import app.mailroom.model.MessageState;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.model.Right;
import app.mailroom.model.World;
import app.mailroom.store.Totals.Clicks;
import app.mailroom.store.jooq.tables.records.MessageEventsRecord;
import app.mailroom.store.jooq.tables.records.MessagesRecord;
import app.mailroom.store.jooq.tables.records.QuarantinedEventsRecord;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Events of the mail service, and what they make of the messages they are about. What comes in is the program's own work; a person
 * only puts out of sight what nothing could be made of.
 */
public final class OutcomeStore {
    private static final String NO_SUCH_MESSAGE = "NO_SUCH_MESSAGE";
    private static final String NOT_MAILED = "Complaint.OnAccountSuppressionList";

    /** Of an event, all but its body, which is long. */
    private static final List<Field<?>> JUDGED_BY = List.of(
            MESSAGE_EVENTS.ID,
            MESSAGE_EVENTS.KIND,
            MESSAGE_EVENTS.OCCURRED_AT,
            MESSAGE_EVENTS.DETAIL,
            MESSAGE_EVENTS.LINK,
            MESSAGE_EVENTS.SIGNS,
            MESSAGE_EVENTS.JUDGED_AS,
            MESSAGE_EVENTS.RULE,
            MESSAGE_EVENTS.RULES_VERSION,
            MESSAGE_EVENTS.LINK_NUMBER);

    /** A body that could not be understood or matched. */
    public record Unsettled(String reason, String fingerprint, String body) {}

    /** An event in quarantine that is understood by now. */
    public record Reread(long id, Outcome outcome) {}

    private final Database database;
    private final Clock clock;
    private final HitRules rules;

    /** Over the given workspace database; openings and clicks are judged by the given rules. */
    public OutcomeStore(Database database, Clock clock, HitRules rules) {
        this.database = database;
        this.clock = clock;
        this.rules = rules;
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
            Settling settling = new Settling(sql);
            Map<Long, MessagesRecord> messages = messagesOf(sql, outcomes);
            List<News> news = new ArrayList<>();
            for (Outcome outcome : outcomes) {
                Optional<MessagesRecord> message = message(sql, outcome, messages);
                if (message.isEmpty()) {
                    quarantine(sql, new Unsettled(NO_SUCH_MESSAGE, outcome.fingerprint(), outcome.body()));
                } else {
                    news.add(News.of(message.get(), outcome));
                }
            }
            int fresh = settle(settling, news);
            unsettled.forEach(event -> quarantine(sql, event));
            settling.totals().writeTo(sql);
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
            Settling settling = new Settling(sql);
            int left = 0;
            Map<Long, MessagesRecord> messages =
                    messagesOf(sql, understood.stream().map(Reread::outcome).toList());
            List<News> news = new ArrayList<>();
            for (Reread event : understood) {
                Optional<MessagesRecord> message = message(sql, event.outcome(), messages);
                if (message.isEmpty()) {
                    sql.update(QUARANTINED_EVENTS)
                            .set(QUARANTINED_EVENTS.REASON, NO_SUCH_MESSAGE)
                            .where(QUARANTINED_EVENTS.ID.eq(event.id()))
                            .execute();
                } else {
                    news.add(News.of(message.get(), event.outcome()));
                    left += release(sql, event.id());
                }
            }
            // One that came a second time meanwhile is not new, and settled already.
            settle(settling, news);
            for (long id : meaningless) {
                left += release(sql, id);
            }
            settling.totals().writeTo(sql);
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
        database.change(
                Right.SEND_MAILINGS,
                sql -> sql.update(QUARANTINED_EVENTS)
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

    /**
     * Judges openings and clicks anew that were judged by older rules, those of so many messages in one transaction.
     *
     * @return how many messages were looked at; less than asked for when none is left
     */
    public int judgeAnew(int messages) {
        Condition outdated = MESSAGE_EVENTS.JUDGED_AS.isNotNull().and(MESSAGE_EVENTS.RULES_VERSION.lt(rules.version()));
        if (!database.<Boolean>read(sql -> sql.fetchExists(MESSAGE_EVENTS, outdated))) {
            return 0;
        }
        return database.write(sql -> {
            Settling settling = new Settling(sql);
            List<Long> ids = sql.selectDistinct(MESSAGE_EVENTS.MESSAGE_ID)
                    .from(MESSAGE_EVENTS)
                    .where(outdated)
                    .limit(messages)
                    .fetch(MESSAGE_EVENTS.MESSAGE_ID);
            Collection<MessagesRecord> judged = messages(sql, ids).values();
            for (MessagesRecord message : judged) {
                Standing before = Standing.of(message);
                judge(settling, message);
                settling.totals().changed(before, Standing.of(message));
            }
            update(sql, judged);
            settling.totals().writeTo(sql);
            return ids.size();
        });
    }

    /** One transaction, with what it changes of the counts and the links that it has met. */
    private record Settling(DSLContext sql, Totals totals, PlanLinks links) {
        Settling(DSLContext sql) {
            this(sql, new Totals(), new PlanLinks());
        }
    }

    /** An event and the message that it is about, which all events of one transaction share. */
    private record News(MessagesRecord message, Outcome outcome) {
        private static News of(MessagesRecord message, Outcome received) {
            return new News(message, ErasedMessage.is(message) ? impersonal(received) : received);
        }
    }

    /**
     * First all events are stored, then each that is new does what it does to its message, and in the end each message that
     * changed is written once. The order among events is of no account: a message's openings and clicks are judged together.
     *
     * @return how many were new
     */
    private int settle(Settling settling, List<News> news) {
        int fresh = 0;
        boolean[] inserted = insert(settling, news);
        Set<MessagesRecord> touched = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i]) {
                fresh++;
                apply(settling, news.get(i).message(), news.get(i).outcome());
                touched.add(news.get(i).message());
            }
        }
        update(settling.sql(), touched);
        return fresh;
    }

    /**
     * Writes what has changed of messages: those of which the same columns changed by one statement, for to write its text takes
     * longer than to run it.
     */
    private static void update(DSLContext sql, Collection<MessagesRecord> touched) {
        Map<List<Field<?>>, List<MessagesRecord>> alike = touched.stream()
                .filter(MessagesRecord::changed)
                .collect(Collectors.groupingBy(
                        message -> Arrays.stream(message.fields())
                                .<Field<?>>map(field -> field)
                                .filter(message::changed)
                                .toList(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        alike.forEach((columns, messages) -> {
            Map<Field<?>, @Nullable Object> placeholders = new LinkedHashMap<>();
            columns.forEach(column -> placeholders.put(column, null));
            BatchBindStep batch =
                    sql.batch(sql.update(MESSAGES).set(placeholders).where(MESSAGES.ID.eq((Long) null)));
            for (MessagesRecord message : messages) {
                List<@Nullable Object> values = new ArrayList<>();
                columns.forEach(column -> values.add(message.get(column)));
                values.add(message.getId());
                batch = batch.bind(values.toArray());
                message.changed(false);
            }
            batch.execute();
        });
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
                outcome.linkNumber(),
                outcome.signs(),
                "");
    }

    /**
     * The message that an event is about. One that was never claimed is not it, whatever the tag says: in a workspace
     * that was restored from a copy, a new message may have the number of one that was sent since.
     */
    private static Optional<MessagesRecord> message(
            DSLContext sql, Outcome outcome, Map<Long, MessagesRecord> messages) {
        return named(sql, outcome, messages)
                .filter(row -> row.getState() != MessageState.PLANNED || row.getAttempts() > 0);
    }

    private static Optional<MessagesRecord> named(DSLContext sql, Outcome outcome, Map<Long, MessagesRecord> messages) {
        if (outcome.messageId().isPresent()) {
            return Optional.ofNullable(messages.get(outcome.messageId().getAsLong()));
        }
        return sql.selectFrom(MESSAGES)
                .where(MESSAGES.PROVIDER_ID.eq(outcome.providerId()))
                .limit(1)
                .fetchOptional()
                .map(row -> messages.computeIfAbsent(row.getId(), id -> row));
    }

    /** The messages that events name by their tags, as they stand now. */
    private static Map<Long, MessagesRecord> messagesOf(DSLContext sql, Collection<Outcome> outcomes) {
        return messages(
                sql,
                outcomes.stream()
                        .flatMapToLong(outcome -> outcome.messageId().stream())
                        .distinct()
                        .sorted()
                        .boxed()
                        .toList());
    }

    private static Map<Long, MessagesRecord> messages(DSLContext sql, List<Long> ids) {
        Map<Long, MessagesRecord> found = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.selectFrom(MESSAGES)
                    .where(MESSAGES.ID.in(ManyValues.ofNumbers(ids)))
                    .forEach(row -> found.put(row.getId(), row));
        }
        return found;
    }

    /** Stores events with one statement, and returns of each whether it is new. */
    private boolean[] insert(Settling settling, List<News> news) {
        if (news.isEmpty()) {
            return new boolean[0];
        }
        Instant now = clock.instant();
        List<Field<?>> columns = List.of(
                MESSAGE_EVENTS.MESSAGE_ID,
                MESSAGE_EVENTS.KIND,
                MESSAGE_EVENTS.FINGERPRINT,
                MESSAGE_EVENTS.OCCURRED_AT,
                MESSAGE_EVENTS.RECEIVED_AT,
                MESSAGE_EVENTS.REASON,
                MESSAGE_EVENTS.DETAIL,
                MESSAGE_EVENTS.LINK,
                MESSAGE_EVENTS.LINK_NUMBER,
                MESSAGE_EVENTS.SIGNS,
                MESSAGE_EVENTS.BODY);
        BatchBindStep batch = settling.sql()
                .batch(settling.sql()
                        .insertInto(MESSAGE_EVENTS, columns)
                        .values(new Object[columns.size()])
                        .onConflictDoNothing());
        for (News one : news) {
            Outcome outcome = one.outcome();
            boolean numbered =
                    settling.links().has(settling.sql(), one.message().getPlanId(), outcome.linkNumber());
            batch = batch.bind(
                    one.message().getId(),
                    outcome.kind(),
                    outcome.fingerprint(),
                    outcome.occurredAt(),
                    now,
                    outcome.reason(),
                    outcome.detail(),
                    outcome.link(),
                    numbered ? outcome.linkNumber() : null,
                    HitSigns.format(outcome.signs()),
                    outcome.body());
        }
        int[] counts = batch.execute();
        boolean[] inserted = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            inserted[i] = counts[i] == 1;
        }
        return inserted;
    }

    private void apply(Settling settling, MessagesRecord message, Outcome outcome) {
        Standing before = Standing.of(message);
        raise(message, outcome.kind().proves(), outcome);
        if (message.getProviderId() == null && !outcome.providerId().isEmpty()) {
            message.setProviderId(outcome.providerId());
        }
        if (provesDelivery(outcome)) {
            message.setDeliveredAt(earlier(message.getDeliveredAt(), outcome.occurredAt()));
        }
        if (unsubscribed(outcome) && message.getUnsubscribedAt() == null) {
            message.setUnsubscribedAt(outcome.occurredAt());
        }
        if (isHit(outcome.kind()) || (outcome.kind() == OutcomeKind.DELIVERY && hasHits(message))) {
            judge(settling, message);
        }
        if (message.changed()) {
            message.setUpdatedAt(clock.instant());
        }
        settling.totals().changed(before, Standing.of(message));
        if (outcome.suppresses() && !ErasedMessage.is(message)) {
            SuppressionStore.add(
                    settling.sql(),
                    clock,
                    worldOf(settling.sql(), message.getPlanId()),
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
    private static void raise(MessagesRecord message, MessageState proven, Outcome outcome) {
        if (message.getState() == MessageState.PLANNED) {
            step(message, MessageState.CLAIMED);
        }
        if (message.getState() == MessageState.CLAIMED) {
            step(message, MessageState.ACCEPTED);
            message.setAcceptedAt(outcome.occurredAt());
        }
        if (proven == MessageState.ACCEPTED && MessageStore.MARKED_SENT.equals(message.getReason())) {
            // What a person took for accepted is so: from now on it stands there by the mail service's word.
            message.setAcceptedAt(outcome.occurredAt());
            message.setReason(null);
        }
        if (message.getState().canBecome(proven)) {
            if (message.getAcceptedAt() == null) {
                message.setAcceptedAt(outcome.occurredAt());
            }
            step(message, proven);
            message.setReason(outcome.reason());
            message.setDetail(outcome.detail());
        }
    }

    private static void step(MessagesRecord message, MessageState to) {
        MessageState from = message.getState();
        if (!from.canBecome(to)) {
            throw new IllegalStateException("a message that is " + from + " cannot become " + to);
        }
        message.setState(to);
    }

    /** A complaint proves it as well, unless it is SES's own, which refuses to mail an address. */
    private static boolean provesDelivery(Outcome outcome) {
        return outcome.kind().proves() == MessageState.DELIVERED
                || (outcome.kind() == OutcomeKind.COMPLAINT && !NOT_MAILED.equals(outcome.reason()));
    }

    private static boolean isHit(OutcomeKind kind) {
        return kind == OutcomeKind.OPEN || kind == OutcomeKind.CLICK;
    }

    private static boolean hasHits(MessagesRecord message) {
        return message.getOpenedAt() != null
                || message.getClickedAt() != null
                || message.getMachineOpenedAt() != null
                || message.getMachineClickedAt() != null;
    }

    /**
     * Judges all openings and clicks of a message, for a new one may tell of those before it, and so may the time of
     * delivery, which may be reported later than they are.
     */
    private void judge(Settling settling, MessagesRecord message) {
        List<MessageEventsRecord> events = settling.sql()
                .select(JUDGED_BY)
                .from(MESSAGE_EVENTS)
                .where(MESSAGE_EVENTS.MESSAGE_ID.eq(message.getId()))
                .and(MESSAGE_EVENTS.KIND.in(OutcomeKind.OPEN, OutcomeKind.CLICK, OutcomeKind.DELIVERY))
                .fetchInto(MESSAGE_EVENTS);
        Optional<Instant> deliveredAt = events.stream()
                .filter(event -> event.getKind() == OutcomeKind.DELIVERY)
                .map(MessageEventsRecord::getOccurredAt)
                .min(Instant::compareTo);
        List<MessageEventsRecord> hits =
                events.stream().filter(event -> isHit(event.getKind())).toList();
        List<HitVerdict> verdicts = rules.judging()
                .apply(new MessageHits(
                        deliveredAt,
                        hits.stream()
                                .map(hit -> new Hit(
                                        hit.getKind(),
                                        hit.getOccurredAt(),
                                        hit.getDetail(),
                                        hit.getLink(),
                                        HitSigns.parse(hit.getSigns())))
                                .toList()));
        Map<Integer, Clicks> before = clicks(hits);
        for (int i = 0; i < hits.size(); i++) {
            if (ErasedMessage.is(message) && hits.get(i).getJudgedAs() != null) {
                // What spoke for or against a machine is erased with the person.
                continue;
            }
            keep(settling, message.getPlanId(), hits.get(i), verdicts.get(i));
        }
        message.setOpenedAt(first(hits, OutcomeKind.OPEN, By.PERSON));
        message.setClickedAt(first(hits, OutcomeKind.CLICK, By.PERSON));
        message.setMachineOpenedAt(first(hits, OutcomeKind.OPEN, By.MACHINE));
        message.setMachineClickedAt(first(hits, OutcomeKind.CLICK, By.MACHINE));
        Map<Integer, Clicks> now = clicks(hits);
        Set<Integer> links = new HashSet<>(before.keySet());
        links.addAll(now.keySet());
        for (int link : links) {
            settling.totals()
                    .clicks(
                            message.getPlanId(),
                            link,
                            before.getOrDefault(link, Clicks.NONE),
                            now.getOrDefault(link, Clicks.NONE));
        }
    }

    private static @Nullable Instant first(List<MessageEventsRecord> hits, OutcomeKind kind, By by) {
        return hits.stream()
                .filter(hit -> hit.getKind() == kind && by.name().equals(hit.getJudgedAs()))
                .map(MessageEventsRecord::getOccurredAt)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private void keep(Settling settling, long planId, MessageEventsRecord hit, HitVerdict verdict) {
        hit.setJudgedAs(verdict.by().name());
        hit.setRule(verdict.rule());
        hit.setRulesVersion(rules.version());
        if (hit.getKind() == OutcomeKind.CLICK && hit.getLinkNumber() == null) {
            hit.setLinkNumber(settling.links().number(settling.sql(), planId, hit.getLink()));
        }
        if (hit.changed()) {
            hit.attach(settling.sql().configuration());
            hit.update();
        }
    }

    /** By the number of the link, of those that were judged. */
    private static Map<Integer, Clicks> clicks(List<MessageEventsRecord> hits) {
        Map<Integer, Clicks> clicks = new HashMap<>();
        for (MessageEventsRecord hit : hits) {
            if (hit.getKind() == OutcomeKind.CLICK && hit.getJudgedAs() != null) {
                boolean machine = hit.getJudgedAs().equals(By.MACHINE.name());
                Clicks sofar = clicks.getOrDefault(hit.getLinkNumber(), Clicks.NONE);
                clicks.put(hit.getLinkNumber(), sofar.plus(machine));
            }
        }
        return clicks;
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
