package app.mailroom.outcome;

import static app.mailroom.outcome.EventText.fingerprint;
import static app.mailroom.outcome.EventText.instant;
import static app.mailroom.outcome.EventText.text;

import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.SesEventParser.Foreign;
import app.mailroom.outcome.SesEventParser.Harmless;
import app.mailroom.outcome.SesEventParser.Reading;
import app.mailroom.outcome.SesEventParser.Understood;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the records of Amazon SES: event publishing, and the feedback of an identity, which says less. */
final class SesRecordParser {
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
    private final ProbeParser probes;

    SesRecordParser(WorkspaceId workspace, ProbeParser probes) {
        this.workspace = workspace;
        this.probes = probes;
    }

    /**
     * Reads one record.
     *
     * @param body the event as it was published, without an envelope
     * @throws DateTimeException when it has no time
     */
    Reading read(JsonNode root, String body) {
        String name =
                root.path("eventType").asText(root.path("notificationType").asText(""));
        EventType type = TYPES.get(name);
        if (type == null) {
            return new Foreign("UNKNOWN_EVENT", fingerprint(body));
        }
        JsonNode mail = root.path("mail");
        JsonNode event = root.path(type.object());
        OutcomeKind kind = kind(type, event);
        String providerId = mail.path("messageId").asText("");
        String tag = mail.path("tags").path(SesEventParser.MESSAGE_TAG).path(0).asText("");
        if (probes.isOfProbe(tag)) {
            return probes.read(tag, kind.name(), body);
        }
        if (workspace.isTestTag(tag)) {
            return new Harmless();
        }
        OptionalLong messageId = workspace.id(tag);
        if (messageId.isEmpty() && !tag.isEmpty()) {
            return new Foreign("OTHER_WORKSPACE", fingerprint(body));
        }
        if (messageId.isEmpty() && providerId.isEmpty()) {
            return new Foreign("NO_MESSAGE_ID", fingerprint(body));
        }
        String time = event.path("timestamp").asText(mail.path("timestamp").asText(""));
        return new Understood(new Outcome(
                kind,
                messageId,
                providerId,
                fingerprint(name + "\n" + providerId + "\n" + event),
                instant(time),
                suppresses(kind, event),
                reason(kind, event),
                detail(kind, event),
                text(event, "link").orElse(null),
                body));
    }

    /**
     * A reader who says that a mail is no spam does so by the same feedback loop as one who says that it is. SES's own
     * refusal to mail a listed address is a complaint of the account, and stays one.
     */
    private static OutcomeKind kind(EventType type, JsonNode event) {
        Optional<String> feedback = text(event, "complaintFeedbackType");
        boolean notSpam = type.kind() == OutcomeKind.COMPLAINT
                && text(event, "complaintSubType").isEmpty()
                && feedback.isPresent()
                && feedback.get().equalsIgnoreCase("not-spam");
        return notSpam ? OutcomeKind.NOT_SPAM : type.kind();
    }

    /**
     * A permanent bounce means that the address does not exist; a transient one says nothing of the sort. Who changes
     * single topics of a contact list still wants the others.
     */
    private static boolean suppresses(OutcomeKind kind, JsonNode event) {
        return switch (kind) {
            case COMPLAINT -> true;
            case BOUNCE -> event.path("bounceType").asText().equals("Permanent");
            case SUBSCRIPTION ->
                event.path("newTopicPreferences").path("unsubscribeAll").asBoolean(false);
            default -> false;
        };
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
            case COMPLAINT, NOT_SPAM, OPEN, CLICK -> text(event, "userAgent").orElse(null);
            default -> null;
        };
    }
}
