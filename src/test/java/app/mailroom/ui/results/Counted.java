package app.mailroom.ui.results;

import app.mailroom.model.Actor;
import app.mailroom.model.Measure;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results of mailings that were never sent. */
final class Counted {
    private Counted() {}

    /** So many delivered, half of them opened. */
    static PlanResults mailing(long id, @Nullable Instant begun, long delivered) {
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        Plan plan = new Plan(
                id,
                "Mailing " + id,
                1,
                null,
                "list",
                "a@b.example",
                "A",
                "",
                begun == null ? PlanState.SCHEDULED : PlanState.SENT,
                null,
                null,
                made,
                "UTC",
                null,
                made,
                begun,
                begun,
                World.LIVE,
                SendingRules.NONE,
                made,
                made,
                true,
                new PlanApproval(
                        false,
                        Actor.PROGRAM,
                        Actor.PROGRAM,
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(),
                        Optional.empty()));
        return new PlanResults(
                plan,
                new PlanTotals(
                        Map.of(MessageState.DELIVERED, delivered),
                        Map.of(
                                Measure.TAKEN, delivered,
                                Measure.ARRIVED, delivered,
                                Measure.OPENED, delivered / 2)),
                List.of());
    }
}
