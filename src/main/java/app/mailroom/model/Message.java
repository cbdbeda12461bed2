package app.mailroom.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message of a mailing: to one address, with the values frozen when it was planned. */
public record Message(
        long id,
        long planId,
        String address,
        List<String> values,
        MessageState state,
        Instant notBefore,
        int attempts,
        @Nullable String providerId,
        @Nullable String reason,
        @Nullable String detail,
        @Nullable Instant acceptedAt,
        @Nullable Instant openedAt,
        @Nullable Instant clickedAt,
        Instant updatedAt) {}
