package app.mailroom.plan;

import app.mailroom.model.Attachment;
import java.time.Instant;
import java.util.List;

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
        String author,
        List<Attachment> attachments) {
    /** The same without attachments. */
    public PlanRequest(
            String title,
            long templateVersionId,
            long listId,
            String fromAddress,
            String fromName,
            String replyTo,
            Instant notBefore,
            String zone,
            String author) {
        this(title, templateVersionId, listId, fromAddress, fromName, replyTo, notBefore, zone, author, List.of());
    }
}
