package app.mailroom.model;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as understood.
 *
 * @param messageId our message, from the tag it carries; empty when it carries none
 * @param providerId the mail service's id of the message
 * @param fingerprint the same for every delivery of the same event, different for different events of a message
 * @param suppresses whether the address must not be mailed again
 * @param linkNumber the number of the link that a click followed, if the event says it; 0 otherwise
 * @param signs what a hit says of itself beside its agent
 * @param body the event as it was published, without an envelope
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
        int linkNumber,
        Set<HitSign> signs,
        String body) {
    /** Keeps a copy of the signs. */
    public Outcome {
        signs = Set.copyOf(signs);
    }

    /** An event of a mail service, which knows no numbers of links and no signs. */
    public Outcome(
            OutcomeKind kind,
            OptionalLong messageId,
            String providerId,
            String fingerprint,
            Instant occurredAt,
            boolean suppresses,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String link,
            String body) {
        this(kind, messageId, providerId, fingerprint, occurredAt, suppresses, reason, detail, link, 0, Set.of(), body);
    }
}
