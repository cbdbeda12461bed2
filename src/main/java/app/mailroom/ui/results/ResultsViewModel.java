package app.mailroom.ui.results;

import app.mailroom.model.PlanOverview;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The numbers of all mailings, and the events that nobody could assign. */
final class ResultsViewModel {
    private static final int MOST_QUARANTINED = 500;

    private record Loaded(List<PlanOverview> mailings, List<QuarantinedEvent> quarantined) {}

    final ObservableList<PlanOverview> mailings = FXCollections.observableArrayList();
    final ObservableList<QuarantinedEvent> quarantined = FXCollections.observableArrayList();
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    private final Reload<Loaded> reload;

    ResultsViewModel(ScreenContext context) {
        Features.Stores stores = context.features().stores();
        reload = new Reload<>(
                context.background(),
                () -> new Loaded(stores.plans().overviews(), stores.outcomes().quarantined(MOST_QUARANTINED)),
                now -> {
                    Rows.update(
                            mailings,
                            now.mailings(),
                            overview -> overview.plan().id());
                    Rows.update(quarantined, now.quarantined(), QuarantinedEvent::id);
                    loaded.set(true);
                });
    }

    void reload() {
        reload.ask();
    }
}
