package app.mailroom.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The envelope in which SNS puts a message on a queue unless raw delivery is switched on. See “HTTP/HTTPS notification
 * JSON format” and “Amazon SNS raw message delivery” in the SNS developer guide.
 *
 * @param type {@code Notification}, or one of the two confirmations
 * @param message the text that was published
 */
record SnsEnvelope(String type, String message) {
    private static final Set<String> CONFIRMATIONS = Set.of("SubscriptionConfirmation", "UnsubscribeConfirmation");

    /** Whether a body is an envelope, and not what would be in one. */
    static boolean is(JsonNode body) {
        return body.path("Type").isTextual() && body.path("TopicArn").isTextual();
    }

    /** The envelope that a body is. */
    static SnsEnvelope of(JsonNode body) {
        return new SnsEnvelope(body.path("Type").asText(), body.path("Message").asText());
    }

    /** Whether it holds something that was published on the topic. */
    boolean isNotification() {
        return type.equals("Notification");
    }

    /** Whether SNS speaks about the subscription itself. */
    boolean isConfirmation() {
        return CONFIRMATIONS.contains(type);
    }
}
