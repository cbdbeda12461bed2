package app.mailroom.ui.shell;

import app.mailroom.support.CrashReport;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.help.CrashPane;
import app.mailroom.ui.help.Folders;
import atlantafx.base.theme.Styles;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.kordamp.ikonli.javafx.FontIcon;

/** Says why the program could not start. Stands alone, in the language of the computer, for no workspace is open. */
public final class FailedStartWindow {
    private static final double WIDTH = 720;
    private static final double HEIGHT = 520;
    private static final double SHORT = 240;

    private FailedStartWindow() {}

    /**
     * Hands back what shows the window once it is run on the JavaFX thread.
     *
     * @param report of it, unless it is one that was to be expected
     * @param closed is run when the person has read it
     */
    public static Runnable prepare(Failure failure, Optional<CrashReport> report, Runnable closed) {
        boolean dark = Appearance.isDark("system");
        return () -> {
            Appearance.apply(dark);
            Texts texts = Texts.in(Locale.getDefault());
            Stage stage = new Stage();
            Label title = new Label(texts.get("start.failed"), new FontIcon("fth-alert-triangle"));
            title.getStyleClass().add(Styles.TITLE_3);
            title.setGraphicTextGap(8);
            Label what = new Label(failure.in(texts));
            what.setId("start-failed-words");
            what.setWrapText(true);
            what.setMinHeight(Region.USE_PREF_SIZE);
            VBox page = Look.page(title, what);
            Folders folders = new Folders();
            report.ifPresent(kept -> page.getChildren().add(new CrashPane(texts, folders, kept).node()));
            Button quit = Look.primary(texts.get("rescue.quit"), "fth-x", stage::close);
            quit.setId("start-failed-quit");
            quit.setCancelButton(true);
            quit.setDefaultButton(true);
            page.getChildren().addAll(Look.gap(), new HBox(Look.gap(), quit));
            Scene scene = new Scene(page, WIDTH, report.isPresent() ? HEIGHT : SHORT);
            scene.getStylesheets().add(Appearance.stylesheet());
            stage.setScene(scene);
            stage.setTitle("Mailroom");
            stage.setOnHidden(event -> {
                folders.close();
                closed.run();
            });
            stage.show();
            stage.centerOnScreen();
        };
    }
}
