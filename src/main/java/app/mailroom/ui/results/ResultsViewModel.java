package app.mailroom.ui.results;

import app.mailroom.model.PlanOverview;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The numbers of all mailings, and how many events nobody could assign. */
final class ResultsViewModel {
    private record Loaded(List<PlanOverview> mailings, long quarantined) {}

    final ObservableList<PlanOverview> mailings = FXCollections.observableArrayList();
    final LongProperty quarantined = new SimpleLongProperty(0);
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    private final Reload<Loaded> reload;

    ResultsViewModel(ScreenContext context) {
        Features features = context.features();
        reload = new Reload<>(
                context.background(),
                () -> new Loaded(
                        features.stores().plans().overviews(),
                        features.stores().outcomes().quarantinedCount()),
                now -> {
                    Rows.update(
                            mailings,
                            now.mailings(),
                            overview -> overview.plan().id());
                    quarantined.set(now.quarantined());
                    loaded.set(true);
                });
    }

    void reload() {
        reload.ask();
    }
}
