package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.model.World;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** The mailings that began in a period in one world, those of them that are looked for, and events nobody could assign. */
final class ResultsViewModel {
    /** How far back mailings are looked at, from the shortest on. */
    enum Period {
        DAYS_30(30),
        DAYS_90(90),
        YEAR(365),
        ALL(0);

        private final int days;

        Period(int days) {
            this.days = days;
        }

        private boolean holds(@Nullable Instant begun, Instant now) {
            return begun != null && (this == ALL || begun.isAfter(now.minus(Duration.ofDays(days))));
        }
    }

    private record Loaded(List<PlanResults> mailings, long quarantined) {}

    /** Empty until the first load has found in which period there is something to see. */
    final ObjectProperty<Optional<Period>> period = new SimpleObjectProperty<>(Optional.empty());

    final ObjectProperty<World> world = new SimpleObjectProperty<>(World.LIVE);
    final StringProperty search = new SimpleStringProperty("");

    /** The worlds in which a mailing has begun. */
    final ObjectProperty<Set<World>> worlds = new SimpleObjectProperty<>(Set.of());

    /** All of the period, whatever is looked for. */
    final ObjectProperty<List<PlanResults>> mailings = new SimpleObjectProperty<>(List.of());

    /** Those of them that are looked for. */
    final ObjectProperty<List<PlanResults>> found = new SimpleObjectProperty<>(List.of());

    final LongProperty quarantined = new SimpleLongProperty(0);
    final BooleanProperty loaded = new SimpleBooleanProperty(false);

    private final Clock clock;
    private final Reload<Loaded> reload;
    private List<PlanResults> begun = List.of();
    private boolean settling;

    ResultsViewModel(ScreenContext context) {
        Features features = context.features();
        this.clock = features.clock();
        reload = new Reload<>(
                context.background(),
                () -> new Loaded(
                        features.stores().results().all().stream()
                                .filter(results -> results.plan().startedAt() != null)
                                .toList(),
                        features.stores().outcomes().quarantinedCount()),
                this::loaded);
        period.addListener((property, before, now) -> choose());
        world.addListener((property, before, now) -> choose());
        search.addListener((property, before, now) -> find());
    }

    void reload() {
        reload.ask();
    }

    private void loaded(Loaded now) {
        quarantined.set(now.quarantined());
        boolean first = !loaded.get();
        if (first || !now.mailings().equals(begun)) {
            begun = now.mailings();
            settle();
            choose();
        } else if (period.get().isPresent()) {
            // A mailing may have become too old for the period meanwhile.
            choose();
        }
        loaded.set(true);
    }

    /** Looks where there is something to see, unless a person has chosen. */
    private void settle() {
        settling = true;
        Set<World> there = EnumSet.noneOf(World.class);
        begun.forEach(results -> there.add(results.plan().world()));
        if (!there.isEmpty() && !there.contains(world.get())) {
            world.set(there.iterator().next());
        }
        worlds.set(Set.copyOf(there));
        if (period.get().isEmpty() && !begun.isEmpty()) {
            Instant now = clock.instant();
            for (Period one : Period.values()) {
                if (begun.stream()
                        .anyMatch(results -> results.plan().world() == world.get()
                                && one.holds(results.plan().startedAt(), now))) {
                    period.set(Optional.of(one));
                    break;
                }
            }
        }
        settling = false;
    }

    private void choose() {
        if (settling) {
            return;
        }
        Instant now = clock.instant();
        Period holding = period.get().orElse(Period.ALL);
        List<PlanResults> chosen = begun.stream()
                .filter(results -> results.plan().world() == world.get()
                        && holding.holds(results.plan().startedAt(), now))
                .toList();
        if (!chosen.equals(mailings.get())) {
            mailings.set(chosen);
        }
        find();
    }

    private void find() {
        String wanted = search.get().strip().toLowerCase(Locale.ROOT);
        List<PlanResults> now = mailings.get().stream()
                .filter(results ->
                        results.plan().title().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        if (!now.equals(found.get())) {
            found.set(now);
        }
    }
}
