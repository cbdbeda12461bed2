package app.mailroom.plan;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import java.time.Instant;
import java.util.List;

/** Mailings that tests ask for. */
public final class PlanRequests {
    private PlanRequests() {}

    /** One for practice that begins at once, under no rules, and may be counted. */
    public static PlanRequest atOnce(
            String title, long templateVersionId, long listId, String fromAddress, String fromName) {
        return at(Instant.now(), title, templateVersionId, listId, fromAddress, fromName);
    }

    /** The same at a time. */
    public static PlanRequest at(
            Instant time, String title, long templateVersionId, long listId, String fromAddress, String fromName) {
        return new PlanRequest(
                title,
                templateVersionId,
                listId,
                fromAddress,
                fromName,
                "",
                new PlanTiming(time, "UTC", SendingRules.NONE),
                true,
                World.PRACTICE,
                List.of());
    }
}
