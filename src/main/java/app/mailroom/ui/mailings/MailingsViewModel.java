package app.mailroom.ui.mailings;

import app.mailroom.model.PlanOverview;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/** All mailings, the newest first, and which of them are looked for. */
final class MailingsViewModel {
    private final ObservableList<PlanOverview> all = FXCollections.observableArrayList();
    private final FilteredList<PlanOverview> found = new FilteredList<>(all);
    private final StringProperty search = new SimpleStringProperty("");
    private final BooleanProperty loaded = new SimpleBooleanProperty(false);
    private final Reload<List<PlanOverview>> reload;

    MailingsViewModel(ScreenContext context) {
        var plans = context.features().stores().plans();
        reload = new Reload<>(context.background(), plans::overviews, now -> {
            Rows.update(all, now, overview -> overview.plan().id());
            loaded.set(true);
        });
        search.addListener((property, before, text) -> {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            found.setPredicate(overview -> overview.plan()
                            .title()
                            .toLowerCase(Locale.ROOT)
                            .contains(wanted)
                    || overview.plan().listName().toLowerCase(Locale.ROOT).contains(wanted));
        });
    }

    ObservableList<PlanOverview> found() {
        return found;
    }

    ObservableList<PlanOverview> all() {
        return all;
    }

    StringProperty search() {
        return search;
    }

    BooleanProperty loaded() {
        return loaded;
    }

    void reload() {
        reload.ask();
    }
}
