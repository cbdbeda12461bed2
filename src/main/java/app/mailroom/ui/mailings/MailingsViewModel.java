package app.mailroom.ui.mailings;

import app.mailroom.plan.PlanControl;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** All drafts and mailings, the newest first, and which of them are looked for. */
final class MailingsViewModel {
    final ObjectProperty<List<MailingRow>> all = new SimpleObjectProperty<>(List.of());
    final ObjectProperty<List<MailingRow>> found = new SimpleObjectProperty<>(List.of());
    final StringProperty search = new SimpleStringProperty("");
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    private final PlanControl control;
    private final Background background;
    private final Reload<List<MailingRow>> reload;

    MailingsViewModel(ScreenContext context) {
        var stores = context.features().stores();
        control = context.features().mailing().control();
        background = context.background();
        reload = new Reload<>(
                background,
                () -> Stream.<MailingRow>concat(
                                stores.drafts().list().stream().map(MailingRow.Draft::new),
                                stores.plans().overviews().stream().map(MailingRow.Planned::new))
                        .toList(),
                now -> {
                    all.set(now);
                    find();
                    loaded.set(true);
                });
        search.addListener((property, before, text) -> find());
    }

    private void find() {
        String wanted = search.get().strip().toLowerCase(Locale.ROOT);
        found.set(
                wanted.isEmpty()
                        ? all.get()
                        : all.get().stream().filter(row -> row.holds(wanted)).toList());
    }

    void reload() {
        reload.ask();
    }

    void pause(long planId) {
        background.run(() -> control.pause(planId), this::reload);
    }

    void resume(long planId) {
        background.run(() -> control.resume(planId), this::reload);
    }

    void cancel(long planId) {
        background.run(() -> control.cancel(planId), this::reload);
    }
}
