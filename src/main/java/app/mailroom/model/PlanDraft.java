package app.mailroom.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A mailing that somebody has begun to plan and not handed in.
 *
 * @param form texts by the names of the fields, as they were typed; whoever shows them knows what they mean
 * @param attachments empty where drafts are listed
 */
public record PlanDraft(
        long id, String title, Map<String, String> form, List<Attachment> attachments, Instant updatedAt) {
    /** Keeps copies. */
    public PlanDraft {
        form = Map.copyOf(form);
        attachments = List.copyOf(attachments);
    }
}
