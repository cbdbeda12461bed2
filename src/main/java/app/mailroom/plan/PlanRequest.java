package app.mailroom.plan;

import app.mailroom.model.Attachment;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.World;
import java.time.Instant;
import java.util.List;

/**
 * What a person asks for: which template version to whom, from whom, and when.
 *
 * @param timing a time in the past means now
 * @param tracked whether openings and clicks may be counted; this promises no counting, for that takes a mail service that
 *     does so
 * @param world where the person believes that it will go; should the mode have changed since, nothing is planned
 */
public record PlanRequest(
        String title,
        long templateVersionId,
        long listId,
        String fromAddress,
        String fromName,
        String replyTo,
        PlanTiming timing,
        boolean tracked,
        World world,
        List<Attachment> attachments) {
    /** The same at another time. */
    public PlanRequest at(Instant other) {
        return new PlanRequest(
                title,
                templateVersionId,
                listId,
                fromAddress,
                fromName,
                replyTo,
                new PlanTiming(other, timing.zone(), timing.rules()),
                tracked,
                world,
                attachments);
    }
}
