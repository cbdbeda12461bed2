package app.mailroom.outcome;

import static app.mailroom.outcome.EventText.fingerprint;

import app.mailroom.model.Outcome;
import app.mailroom.model.WorkspaceId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;

/**
 * Reads what arrives in the event queue, bare or in the envelope of an SNS notification: events of Amazon SES, which
 * are event publishing records ({@code eventType}) or identity feedback ({@code notificationType}, without tags);
 * events of our own relay; and signs of life of a proof of the chain. See “Contents of event data that Amazon SES
 * publishes to Amazon SNS” and “Contents of Amazon SNS notifications for Amazon SES” in the SES developer guide.
 */
public final class SesEventParser {
    /** The tag under which a mail carries our message's id. */
    public static final String MESSAGE_TAG = "mailroom-message";
    /** The tag under which a mail carries its mailing's id. */
    public static final String PLAN_TAG = "mailroom-plan";

    /** What a body turned out to be. */
    public sealed interface Reading {}

    /** An event of a message. */
    public record Understood(Outcome outcome) implements Reading {}

    /** Something that is to be kept for a person: not understood, or not ours. */
    public record Foreign(String reason, String fingerprint) implements Reading {}

    /**
     * Something harmless that says nothing about a message, such as the confirmation of a subscription, or what became
     * of a mail by which a template was tried.
     */
    public record Harmless() implements Reading {}

    /**
     * A sign of life that a proof of the event chain sent through it.
     *
     * @param probe which
     * @param link at which link it went in: {@code QUEUE}, {@code TOPIC}, the kind of an event of a mail, or that of a hit at our
     *     relay, such as {@code RELAY_OPEN}
     */
    public record Probe(String probe, String link) implements Reading {}

    /** What SES publishes, as plain text, when it is given a topic for its events. */
    private static final String TOPIC_WORKS = "Successfully validated SNS topic for Amazon SES";
    /** What it publishes when it is given a topic for an identity's feedback. */
    private static final String FEEDBACK_TOPIC_WORKS = "AmazonSnsSubscriptionSucceeded";

    private final ProbeParser probes;
    private final RelayEventParser relay;
    private final SesRecordParser records;

    /** Reads events; only those whose tag is of this workspace are understood as being about its messages. */
    public SesEventParser(WorkspaceId workspace) {
        this.probes = new ProbeParser(workspace);
        this.relay = new RelayEventParser(workspace, probes);
        this.records = new SesRecordParser(workspace, probes);
    }

    /** Reads one body from the queue. Never throws, whatever the body. */
    public Reading read(String body) {
        try {
            if (isGreeting(body)) {
                return new Harmless();
            }
            JsonNode root = Json.MAPPER.readTree(body);
            if (!SnsEnvelope.is(root)) {
                return published(root, body);
            }
            SnsEnvelope envelope = SnsEnvelope.of(root);
            if (envelope.isConfirmation() || isGreeting(envelope.message())) {
                return new Harmless();
            }
            // Of the envelope nothing is kept with the event: it is as long as that, and says nothing about the
            // message.
            return envelope.isNotification()
                    ? published(Json.MAPPER.readTree(envelope.message()), envelope.message())
                    : new Foreign("UNKNOWN_EVENT", fingerprint(body));
        } catch (JsonProcessingException e) {
            return new Foreign("NOT_JSON", fingerprint(body));
        } catch (DateTimeException e) {
            return new Foreign("NO_TIME", fingerprint(body));
        }
    }

    private static boolean isGreeting(String text) {
        return text.strip().startsWith(TOPIC_WORKS);
    }

    private Reading published(JsonNode root, String body) {
        if (RelayEventParser.isRelayEvent(root)) {
            return relay.read(root, body);
        }
        if (ProbeParser.isProbe(root)) {
            return probes.read(root, body);
        }
        if (root.path("notificationType").asText("").equals(FEEDBACK_TOPIC_WORKS)) {
            return new Harmless();
        }
        return records.read(root, body);
    }

    /** Apart, so that a program that starts does not wait for it before the first event comes. */
    private static final class Json {
        static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}
    }
}
