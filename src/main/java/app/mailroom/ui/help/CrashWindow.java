package app.mailroom.ui.help;

import app.mailroom.support.CrashReport;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.stage.Window;

/** The crash reports that are kept, newest first. */
final class CrashWindow {
    private static final String ID = "crashes";
    private static final double WIDTH = 960;
    private static final double HEIGHT = 600;
    private static final double LIST = 230;

    private final Texts texts;
    private final ListView<CrashReport> reports = new ListView<>();
    private final StackPane shown = new StackPane();
    private final Stage stage;

    private CrashWindow(Texts texts, Window owner, Folders folders) {
        this.texts = texts;
        reports.setId("crash-list");
        reports.setMinWidth(LIST);
        reports.setPrefWidth(LIST);
        reports.setCellFactory(list -> new ReportCell());
        reports.getSelectionModel().selectedItemProperty().addListener((property, before, chosen) -> {
            if (chosen != null) {
                shown.getChildren().setAll(new CrashPane(texts, folders, chosen).node());
            }
        });
        HBox.setHgrow(shown, Priority.ALWAYS);
        HBox both = new HBox(16, reports, shown);
        VBox.setVgrow(both, Priority.ALWAYS);
        stage = SideWindow.of(
                owner,
                ID,
                texts.get("help.crashes"),
                Look.page(Look.header(texts.get("help.crashes")), both),
                WIDTH,
                HEIGHT);
    }

    static void open(ScreenContext context, Window owner, Folders folders, Optional<CrashReport> chosen) {
        SideWindow.close(ID);
        CrashWindow window = new CrashWindow(context.texts(), owner, folders);
        window.stage.show();
        context.background()
                .get(() -> context.features().support().crashes().kept(), kept -> window.show(kept, chosen));
    }

    private void show(List<CrashReport> kept, Optional<CrashReport> chosen) {
        reports.getItems().setAll(kept);
        if (kept.isEmpty()) {
            reports.setVisible(false);
            reports.setManaged(false);
            shown.getChildren()
                    .setAll(Look.empty("fth-check-circle", texts.get("crash.none"), texts.get("crash.none.hint")));
            return;
        }
        CrashReport first = chosen.flatMap(wanted -> kept.stream()
                        .filter(one -> one.file().equals(wanted.file()))
                        .findFirst())
                .orElse(kept.get(0));
        reports.getSelectionModel().select(first);
        reports.scrollTo(first);
        reports.requestFocus();
    }

    private final class ReportCell extends ListCell<CrashReport> {
        @Override
        protected void updateItem(CrashReport item, boolean empty) {
            super.updateItem(item, empty);
            setText(empty || item == null ? null : texts.time(item.at()) + "\n" + item.code());
        }
    }
}
