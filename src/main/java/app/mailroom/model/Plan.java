package app.mailroom.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A mailing: what is sent, to whom, from whom and when. problem and problemDetail say why it is parked. */
public record Plan(
        long id,
        String title,
        long templateVersionId,
        @Nullable Long listId,
        String listName,
        String fromAddress,
        String fromName,
        String replyTo,
        PlanState state,
        @Nullable String problem,
        @Nullable String problemDetail,
        Instant notBefore,
        String zone,
        @Nullable Instant parkedUntil,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        World world) {}
