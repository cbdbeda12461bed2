package app.mailroom.model;

import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An event as understood.
 *
 * @param messageId our message, from the tag it carries; empty when it carries none
 * @param providerId the mail service's id of the message
 * @param fingerprint the same for every delivery of the same event, different for different events of a message
 * @param suppresses whether the address must not be mailed again
 * @param body the event as received
 */
public record Outcome(
        OutcomeKind kind,
        OptionalLong messageId,
        String providerId,
        String fingerprint,
        Instant occurredAt,
        boolean suppresses,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String link,
        String body) {}
