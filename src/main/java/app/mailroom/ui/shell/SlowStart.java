package app.mailroom.ui.shell;

import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A small sign that the program is starting, where that takes longer than one waits without wondering. Whoever gets the window
 * sooner never sees it. JavaFX thread only.
 */
public final class SlowStart {
    private static final Duration UNNOTICED = Duration.seconds(1);
    private static final double WIDTH = 320;
    private static final double HEIGHT = 140;

    private @Nullable PauseTransition waiting;
    private @Nullable Stage sign;
    private boolean over;

    /** The toolkit is there; from now on the person waits for what else is needed. */
    public void begin() {
        if (over) {
            return;
        }
        PauseTransition pause = new PauseTransition(UNNOTICED);
        pause.setOnFinished(event -> show());
        pause.play();
        waiting = pause;
    }

    /** The window is there, or something else that says how things are. */
    public void over() {
        over = true;
        if (waiting != null) {
            waiting.stop();
        }
        if (sign != null) {
            sign.close();
        }
    }

    private void show() {
        if (over) {
            return;
        }
        Label name = new Label("Mailroom", new FontIcon("fth-mail"));
        name.getStyleClass().addAll("brand", "gate-brand");
        StackPane ground = new StackPane(name);
        ground.setAlignment(Pos.CENTER);
        ground.getStyleClass().add("gate");
        Scene scene = new Scene(ground, WIDTH, HEIGHT);
        scene.getStylesheets().add(Appearance.stylesheet());
        Stage stage = new Stage(StageStyle.UNDECORATED);
        stage.setTitle("Mailroom");
        stage.setScene(scene);
        stage.show();
        stage.centerOnScreen();
        sign = stage;
    }
}
