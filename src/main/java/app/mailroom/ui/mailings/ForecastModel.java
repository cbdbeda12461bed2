package app.mailroom.ui.mailings;

import app.mailroom.model.PlanTiming;
import app.mailroom.plan.Forecast;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/** When a mailing will be done as it stands in the form, by the pace that is allowed at present. */
final class ForecastModel {
    /** Of what is foretold. */
    record Asked(PlanTiming timing, long people, double perSecond, Instant now) {}

    /** When it will be done; the end is empty where that is years ahead. */
    record Foretold(Asked asked, Optional<Instant> end) {}

    /** Null while something is missing for it. */
    final ObjectProperty<@Nullable Foretold> foretold = new SimpleObjectProperty<>();

    private final ScreenContext context;
    private final TimingModel timing;
    private final Reload<Optional<Foretold>> foretelling;
    private volatile @Nullable Asked asked;

    ForecastModel(ScreenContext context, TimingModel timing) {
        this.context = context;
        this.timing = timing;
        foretelling = new Reload<>(
                context.background(),
                () -> foretell(asked),
                done -> foretold.set(asked == null ? null : done.orElse(null)));
    }

    /** Foretells anew. Nothing is known without people, or while what is typed has no meaning. */
    void foretell(long people) {
        List<Objection> wrong = new ArrayList<>();
        Instant now = context.features().clock().instant();
        PlanTiming typed = timing.timing(now, wrong);
        OptionalDouble rate = context.features().mailing().dispatch().snapshot().allowedPerSecond();
        if (people == 0 || !wrong.isEmpty() || rate.isEmpty()) {
            asked = null;
            foretold.set(null);
        } else {
            asked = new Asked(typed, people, rate.getAsDouble(), now);
            foretelling.ask();
        }
    }

    private static Optional<Foretold> foretell(@Nullable Asked asked) {
        return asked == null
                ? Optional.empty()
                : Optional.of(new Foretold(
                        asked, Forecast.end(asked.people(), asked.perSecond(), asked.timing(), asked.now())));
    }

    /** In words: when it begins, by which rules it goes on, and when it will be done; empty while that is not known. */
    String inWords(Texts texts) {
        Foretold known = foretold.get();
        if (known == null) {
            return "";
        }
        Asked of = known.asked();
        List<String> lines = new ArrayList<>();
        String zone = of.timing().zone();
        if (of.timing().notBefore().isAfter(of.now())) {
            lines.add(texts.get(
                    "form.summary.begins", Timings.moment(texts, of.timing().notBefore(), zone)));
        }
        String rules = Timings.rules(texts, of.timing());
        if (!rules.isEmpty()) {
            lines.add(texts.get("form.summary.rules", rules));
        }
        lines.add(known.end()
                .map(end -> texts.get(
                        "form.summary.end",
                        texts.number(of.people()),
                        texts.rate(of.perSecond()),
                        Timings.moment(texts, end, zone)))
                .orElseGet(() -> texts.get("form.summary.years")));
        return String.join("\n", lines);
    }
}
