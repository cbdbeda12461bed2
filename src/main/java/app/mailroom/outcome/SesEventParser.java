package app.mailroom.outcome;

import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.WorkspaceId;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads events of Amazon SES: event publishing records ({@code eventType}) and identity feedback
 * ({@code notificationType}), bare or in the envelope of an SNS notification. See “Contents of event data that Amazon
 * SES publishes to Amazon SNS” in the SES developer guide.
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

    /** Something harmless that says nothing about a message, such as the confirmation of a subscription. */
    public record Harmless() implements Reading {}

    private record EventType(OutcomeKind kind, String object) {}

    private static final Map<String, EventType> TYPES = Map.ofEntries(
            Map.entry("Send", new EventType(OutcomeKind.SEND, "send")),
            Map.entry("Reject", new EventType(OutcomeKind.REJECT, "reject")),
            Map.entry("Delivery", new EventType(OutcomeKind.DELIVERY, "delivery")),
            Map.entry("DeliveryDelay", new EventType(OutcomeKind.DELIVERY_DELAY, "deliveryDelay")),
            Map.entry("Bounce", new EventType(OutcomeKind.BOUNCE, "bounce")),
            Map.entry("Complaint", new EventType(OutcomeKind.COMPLAINT, "complaint")),
            Map.entry("Rendering Failure", new EventType(OutcomeKind.RENDERING_FAILURE, "failure")),
            Map.entry("Open", new EventType(OutcomeKind.OPEN, "open")),
            Map.entry("Click", new EventType(OutcomeKind.CLICK, "click")),
            Map.entry("Subscription", new EventType(OutcomeKind.SUBSCRIPTION, "subscription")));

    private final WorkspaceId workspace;
    private final ObjectMapper mapper = new ObjectMapper();

    /** Reads events; only those whose tag is of this workspace are understood as being about its messages. */
    public SesEventParser(WorkspaceId workspace) {
        this.workspace = workspace;
    }

    /** Reads one body from the queue. Never throws, whatever the body. */
    public Reading read(String body) {
        try {
            JsonNode root = mapper.readTree(body);
            if (root.path("Type").isTextual() && root.path("TopicArn").isTextual()) {
                if (!root.path("Type").asText().equals("Notification")) {
                    return new Harmless();
                }
                root = mapper.readTree(root.path("Message").asText());
            }
            return event(root, body);
        } catch (JsonProcessingException e) {
            return new Foreign("NOT_JSON", fingerprint(body));
        } catch (DateTimeException e) {
            return new Foreign("NO_TIME", fingerprint(body));
        }
    }

    private Reading event(JsonNode root, String body) {
        String name =
                root.path("eventType").asText(root.path("notificationType").asText(""));
        EventType type = TYPES.get(name);
        if (type == null) {
            return new Foreign("UNKNOWN_EVENT", fingerprint(body));
        }
        JsonNode mail = root.path("mail");
        JsonNode event = root.path(type.object());
        String providerId = mail.path("messageId").asText("");
        String tag = mail.path("tags").path(MESSAGE_TAG).path(0).asText("");
        OptionalLong messageId = workspace.id(tag);
        if (messageId.isEmpty() && !tag.isEmpty()) {
            return new Foreign("OTHER_WORKSPACE", fingerprint(body));
        }
        if (messageId.isEmpty() && providerId.isEmpty()) {
            return new Foreign("NO_MESSAGE_ID", fingerprint(body));
        }
        String time = event.path("timestamp").asText(mail.path("timestamp").asText(""));
        return new Understood(new Outcome(
                type.kind(),
                messageId,
                providerId,
                fingerprint(name + "\n" + providerId + "\n" + event),
                instant(time),
                suppresses(type.kind(), event),
                reason(type.kind(), event),
                detail(type.kind(), event),
                text(event, "link").orElse(null),
                body));
    }

    /** A permanent bounce means that the address does not exist; a transient one says nothing of the sort. */
    private static boolean suppresses(OutcomeKind kind, JsonNode event) {
        return kind == OutcomeKind.COMPLAINT
                || (kind == OutcomeKind.BOUNCE
                        && event.path("bounceType").asText().equals("Permanent"));
    }

    private static @Nullable String reason(OutcomeKind kind, JsonNode event) {
        return switch (kind) {
            case BOUNCE ->
                event.path("bounceType").asText("Undetermined") + "."
                        + event.path("bounceSubType").asText("Undetermined");
            case COMPLAINT ->
                text(event, "complaintSubType")
                        .or(() -> text(event, "complaintFeedbackType"))
                        .map(subtype -> "Complaint." + subtype)
                        .orElse("Complaint");
            case DELIVERY_DELAY -> "Delay." + event.path("delayType").asText("Undetermined");
            case REJECT -> "Reject." + event.path("reason").asText("Undetermined");
            case RENDERING_FAILURE -> "RenderingFailure";
            default -> null;
        };
    }

    private static @Nullable String detail(OutcomeKind kind, JsonNode event) {
        return switch (kind) {
            case BOUNCE ->
                text(event.path("bouncedRecipients").path(0), "diagnosticCode").orElse(null);
            case DELIVERY -> text(event, "smtpResponse").orElse(null);
            case DELIVERY_DELAY ->
                text(event.path("delayedRecipients").path(0), "diagnosticCode").orElse(null);
            case RENDERING_FAILURE -> text(event, "errorMessage").orElse(null);
            case COMPLAINT, OPEN, CLICK -> text(event, "userAgent").orElse(null);
            default -> null;
        };
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isBlank() ? Optional.of(value.asText()) : Optional.empty();
    }

    private static Instant instant(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 1970 || time.getYear() > 9999) {
            throw new DateTimeException("not a time at which a mail can be sent: " + text);
        }
        return time.toInstant();
    }

    private static String fingerprint(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
