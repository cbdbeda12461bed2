package app.mailroom.ui.shell;

import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.OwnChoices;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.rescue.Rescue;
import app.mailroom.ui.rescue.RescueScreen;
import java.awt.Desktop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in the place of the main window while the database is damaged. */
public final class RescueWindow {
    private static final Logger log = LoggerFactory.getLogger(RescueWindow.class);
    private static final double WIDTH = 1000;
    private static final double HEIGHT = 720;

    private final Stage stage;
    private final Rescue rescue;
    private final Consumer<Boolean> closed;
    private final StackPane ground = new StackPane();
    private final Background background =
            new Background("rescue", 2, failure -> log.error("Restoring failed", failure));
    private boolean restored;

    private RescueWindow(Stage stage, Rescue rescue, Consumer<Boolean> closed) {
        this.stage = stage;
        this.rescue = rescue;
        this.closed = closed;
    }

    /**
     * Reads language and look from the newest copy, and hands back what shows the window once it is run on the JavaFX thread.
     *
     * @param closed is told whether the person has restored a copy and wants to go on
     */
    public static Runnable prepare(Rescue rescue, Consumer<Boolean> closed) {
        Locale locale =
                rescue.setting(OwnChoices.LANGUAGE).map(Locale::forLanguageTag).orElse(Locale.getDefault());
        boolean dark = Appearance.isDark(rescue.setting(OwnChoices.THEME).orElse("system"));
        return () -> new RescueWindow(new Stage(), rescue, closed).open(locale, dark);
    }

    private void open(Locale locale, boolean dark) {
        Appearance.apply(dark);
        Scene scene = new Scene(ground, WIDTH, HEIGHT);
        scene.getStylesheets()
                .add(Objects.requireNonNull(RescueWindow.class.getResource("/app/mailroom/ui/mailroom.css"))
                        .toExternalForm());
        stage.setScene(scene);
        stage.setMinWidth(720);
        stage.setMinHeight(640);
        stage.setTitle("Mailroom");
        ProgramMark.put(stage);
        stage.setOnHidden(event -> {
            background.close();
            closed.accept(restored);
        });
        fill(locale);
        stage.show();
        stage.centerOnScreen();
    }

    private void fill(Locale locale) {
        ground.getChildren()
                .setAll(new RescueScreen(
                                rescue,
                                Texts.in(locale),
                                background,
                                this::goOn,
                                stage::close,
                                this::show,
                                tag -> fill(Locale.forLanguageTag(tag)))
                        .node());
    }

    private void goOn() {
        restored = true;
        stage.close();
    }

    private void show(Path folder) {
        background.run(
                () -> {
                    try {
                        Desktop.getDesktop().open(folder.toFile());
                    } catch (IOException | UnsupportedOperationException e) {
                        log.warn("The folder could not be shown", e);
                    }
                },
                () -> {});
    }
}
