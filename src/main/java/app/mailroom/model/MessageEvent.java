package app.mailroom.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event as received, with the body it came with.
 *
 * @param verdict who is taken to have made it, of openings and clicks
 * @param signs what a hit says of itself beside its agent
 */
public record MessageEvent(
        long id,
        OutcomeKind kind,
        Instant occurredAt,
        Instant receivedAt,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable String link,
        String body,
        @Nullable HitVerdict verdict,
        Set<HitSign> signs) {}
