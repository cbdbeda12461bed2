package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.PRACTICE_MAIL;
import static app.mailroom.store.jooq.Tables.PRACTICE_QUEUE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jooq.impl.DSL;

/** The record of practice mode's simulated mail service, and its queue of events. */
public final class PracticeStore {
    /** A mail that the simulated service accepted; eml is pure ASCII (RFC 5322, with MIME transfer encodings). */
    public record AcceptedMail(
            String providerId, String messageTag, String planTag, String recipient, String subject, String eml) {}

    /** An event that will be visible in the queue from an instant on. */
    public record QueuedEvent(Instant visibleAt, String body) {}

    /** An event taken from the queue. */
    public record ReceivedEvent(long id, String body) {}

    private final Database database;
    private final Clock clock;

    /** Over a database opened with the practice schema. */
    public PracticeStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps an accepted mail and queues its outcomes, in one transaction. */
    public void accept(AcceptedMail mail, List<QueuedEvent> outcomes) {
        database.change(sql -> {
            sql.insertInto(PRACTICE_MAIL)
                    .set(PRACTICE_MAIL.PROVIDER_ID, mail.providerId())
                    .set(PRACTICE_MAIL.MESSAGE_TAG, mail.messageTag())
                    .set(PRACTICE_MAIL.PLAN_TAG, mail.planTag())
                    .set(PRACTICE_MAIL.RECIPIENT, mail.recipient())
                    .set(PRACTICE_MAIL.SUBJECT, mail.subject())
                    .set(PRACTICE_MAIL.ACCEPTED_AT, clock.instant())
                    .set(PRACTICE_MAIL.EML, squeeze(mail.eml()))
                    .execute();
            for (QueuedEvent event : outcomes) {
                sql.insertInto(PRACTICE_QUEUE)
                        .set(PRACTICE_QUEUE.VISIBLE_AT, event.visibleAt())
                        .set(PRACTICE_QUEUE.BODY, event.body())
                        .execute();
            }
        });
    }

    /** Queues events that can be received at once. */
    public void queue(List<String> bodies) {
        database.change(sql -> {
            for (String body : bodies) {
                sql.insertInto(PRACTICE_QUEUE)
                        .set(PRACTICE_QUEUE.VISIBLE_AT, clock.instant())
                        .set(PRACTICE_QUEUE.BODY, body)
                        .execute();
            }
        });
    }

    /** How many mails were accepted within the time before now. */
    public long acceptedWithin(Duration time) {
        return database.read(sql -> sql.fetchCount(
                PRACTICE_MAIL, PRACTICE_MAIL.ACCEPTED_AT.gt(clock.instant().minus(time))));
    }

    /** The mail with this tag as it was sent; the last one if there are several. */
    public Optional<String> eml(String messageTag) {
        return database.read(sql -> sql.select(PRACTICE_MAIL.EML)
                .from(PRACTICE_MAIL)
                .where(PRACTICE_MAIL.MESSAGE_TAG.eq(messageTag))
                .orderBy(PRACTICE_MAIL.ID.desc())
                .limit(1)
                .fetchOptional(PRACTICE_MAIL.EML)
                .map(PracticeStore::unfold));
    }

    /** How many mails each recipient of a plan was sent: the record by which a double or a lost mail shows. */
    public Map<String, Integer> mailsByRecipient(String planTag) {
        return database.read(sql -> sql.select(PRACTICE_MAIL.RECIPIENT, DSL.count())
                .from(PRACTICE_MAIL)
                .where(PRACTICE_MAIL.PLAN_TAG.eq(planTag))
                .groupBy(PRACTICE_MAIL.RECIPIENT)
                .fetchMap(PRACTICE_MAIL.RECIPIENT, DSL.count()));
    }

    /** Takes visible events and hides them for a while; who does not delete them in time gets them again. */
    public List<ReceivedEvent> receive(int atMost, Duration hiddenFor) {
        Instant now = clock.instant();
        if (!database.<Boolean>read(sql -> sql.fetchExists(PRACTICE_QUEUE, PRACTICE_QUEUE.VISIBLE_AT.le(now)))) {
            return List.of();
        }
        return database.write(sql -> sql.update(PRACTICE_QUEUE)
                .set(PRACTICE_QUEUE.VISIBLE_AT, now.plus(hiddenFor))
                .where(PRACTICE_QUEUE.ID.in(DSL.select(PRACTICE_QUEUE.ID)
                        .from(PRACTICE_QUEUE)
                        .where(PRACTICE_QUEUE.VISIBLE_AT.le(now))
                        .orderBy(PRACTICE_QUEUE.VISIBLE_AT)
                        .limit(atMost)))
                .returning(PRACTICE_QUEUE.ID, PRACTICE_QUEUE.BODY)
                .fetch(row -> new ReceivedEvent(row.getId(), row.getBody())));
    }

    /** Deletes events that are dealt with. */
    public void delete(Collection<Long> ids) {
        database.change(sql ->
                sql.deleteFrom(PRACTICE_QUEUE).where(PRACTICE_QUEUE.ID.in(ids)).execute());
    }

    /** How many events are in the queue, visible or not. */
    public long queued() {
        return database.read(sql -> sql.fetchCount(PRACTICE_QUEUE));
    }

    private static byte[] squeeze(String eml) {
        ByteArrayOutputStream squeezed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(squeezed)) {
            deflater.write(eml.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new StoreException("cannot compress a mail", e);
        }
        return squeezed.toByteArray();
    }

    static String unfold(byte[] squeezed) {
        try (InflaterInputStream inflater = new InflaterInputStream(new ByteArrayInputStream(squeezed))) {
            return new String(inflater.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new StoreException("a kept mail is damaged", e);
        }
    }
}
