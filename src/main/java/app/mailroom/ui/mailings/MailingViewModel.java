package app.mailroom.ui.mailings;

import app.mailroom.delivery.PipelineSnapshot;
import app.mailroom.model.AcceptedCount;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.Refusal;
import app.mailroom.model.SendingRules;
import app.mailroom.plan.Forecast;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** One mailing at this moment, and what a person may do with it. */
final class MailingViewModel {
    /**
     * A mailing at one moment, with the pace it is sent at, when it will be done if its own rules spread it, and why the person
     * may not approve it if it waits for that.
     */
    record Standing(
            PlanOverview overview,
            PipelineSnapshot pipeline,
            List<AcceptedCount> accepted,
            Optional<Instant> end,
            Optional<Refusal> approvalRefusal) {
        Plan plan() {
            return overview.plan();
        }

        PlanTotals totals() {
            return overview.totals();
        }

        double perSecond() {
            return pipeline.sentPerSecond();
        }
    }

    final ObjectProperty<@Nullable Standing> standing = new SimpleObjectProperty<>();

    private final Features features;
    private final Background background;
    private final long planId;
    private final Reload<Standing> reload;

    MailingViewModel(ScreenContext context, long planId) {
        this.features = context.features();
        this.background = context.background();
        this.planId = planId;
        var plans = features.stores().plans();
        this.reload = new Reload<>(
                background,
                () -> {
                    PlanOverview overview = plans.overview(planId).orElseThrow();
                    boolean charted = ThroughputChart.shownFor(overview.plan());
                    return new Standing(
                            overview,
                            features.mailing().dispatch().snapshot(),
                            charted ? plans.acceptedBySecond(planId, now().minus(ThroughputChart.SPAN)) : List.of(),
                            end(overview),
                            overview.plan().awaitsApproval()
                                    ? features.mailing().control().approvalRefusal(overview.plan())
                                    : Optional.empty());
                },
                standing::set);
    }

    void reload() {
        reload.ask();
    }

    /** Lets a draft begin, to the people who are in its list now. */
    void start() {
        steer(() -> features.mailing().control().start(planId));
    }

    void pause() {
        steer(() -> features.mailing().control().pause(planId));
    }

    void resume() {
        steer(() -> features.mailing().control().resume(planId));
    }

    void withdrawApproval() {
        steer(() -> features.mailing().control().withdrawApproval(planId));
    }

    /** Gives the mailing another time, other hours or other caps. */
    void edit(PlanTiming timing) {
        steer(() -> features.mailing().control().edit(planId, timing));
    }

    /** Foretold here, for it may take a moment. */
    private Optional<Instant> end(PlanOverview overview) {
        Plan plan = overview.plan();
        OptionalDouble fastest = features.mailing().dispatch().snapshot().allowedPerSecond();
        boolean spread = plan.state() == PlanState.RUNNING && !plan.rules().equals(SendingRules.NONE);
        return spread && fastest.isPresent()
                ? Forecast.end(overview.totals().unsent(), fastest.getAsDouble(), plan.timing(), now())
                : Optional.empty();
    }

    Instant now() {
        return features.clock().instant();
    }

    void cancel() {
        steer(() -> features.mailing().control().cancel(planId));
    }

    private void steer(Background.Work work) {
        background.run(work, this::reload, failure -> {
            background.tell(failure);
            reload();
        });
    }
}
