package app.mailroom.plan;

import java.time.Instant;

/** What a person asks for: which template version to whom, from whom, and when. notBefore in the past means now. */
public record PlanRequest(
        String title,
        long templateVersionId,
        long listId,
        String fromAddress,
        String fromName,
        String replyTo,
        Instant notBefore,
        String zone,
        String author) {}
