package app.mailroom.ui.common;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.PauseTransition;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Shows beneath the mouse why a control is greyed out. A tooltip would not do: what is disabled gets no word of the mouse. */
final class RefusalHint {
    private static final Object KEY = RefusalHint.class;
    private static final Duration DELAY = Duration.millis(400);
    private static final double BELOW_MOUSE = 16;
    private static final double WIDEST = 320;

    private final List<Node> refused = new ArrayList<>();
    private final Tooltip tooltip = new Tooltip();
    private final PauseTransition pause = new PauseTransition(DELAY);
    private @Nullable Node over;

    private RefusalHint(Scene scene) {
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(WIDEST);
        scene.addEventFilter(MouseEvent.MOUSE_MOVED, this::moved);
        scene.addEventFilter(MouseEvent.MOUSE_EXITED, event -> leave());
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> leave());
    }

    /** From now on, in whichever scene it stands. */
    static void give(Node control, String reason) {
        control.getProperties().put(KEY, reason);
        control.sceneProperty().addListener((property, before, now) -> {
            if (before != null) {
                of(before).refused.remove(control);
            }
            if (now != null) {
                of(now).refused.add(control);
            }
        });
        if (control.getScene() != null) {
            of(control.getScene()).refused.add(control);
        }
    }

    private static RefusalHint of(Scene scene) {
        return (RefusalHint) scene.getProperties().computeIfAbsent(KEY, key -> new RefusalHint(scene));
    }

    private void moved(MouseEvent event) {
        Node now = refused.stream()
                .filter(control -> isAt(control, event))
                .findFirst()
                .orElse(null);
        if (now == over) {
            return;
        }
        leave();
        over = now;
        if (now != null) {
            double x = event.getScreenX();
            double y = event.getScreenY() + BELOW_MOUSE;
            pause.setOnFinished(end -> show(now, x, y));
            pause.playFromStart();
        }
    }

    private static boolean isAt(Node control, MouseEvent event) {
        Point2D here = control.sceneToLocal(event.getSceneX(), event.getSceneY());
        return here != null && control.contains(here) && isShown(control);
    }

    private static boolean isShown(Node control) {
        for (Node node = control; node != null; node = node.getParent()) {
            if (!node.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private void show(Node control, double x, double y) {
        Scene scene = control.getScene();
        Window window = scene == null ? null : scene.getWindow();
        if (window != null && window.isShowing() && isShown(control)) {
            tooltip.setText((String) control.getProperties().get(KEY));
            tooltip.show(window, x, y);
        }
    }

    private void leave() {
        over = null;
        pause.stop();
        tooltip.hide();
    }
}
