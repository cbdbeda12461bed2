package app.mailroom.ui.shell;

import app.mailroom.ui.account.Gate;
import app.mailroom.ui.common.SideWindow;
import app.mailroom.ui.common.UiThread;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.stage.Modality;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/**
 * Hides what all windows of the program show, with a gate before it, and gives everything back as it was. Dialogs stay open
 * behind it, for closing one would answer its question. Where a dialog bars the main window, the gate stands in a dialog of its
 * own over that one. The system's own dialogs, such as the one that chooses a file, cannot be hidden.
 */
final class Curtain {
    private static final Color LIGHT = Color.WHITE;
    private static final Color DARK = Color.web("#0d1117");
    private static final double WIDTH = 520;
    private static final double HEIGHT = 640;

    private record Hidden(String title, @Nullable Node focused, Paint fill) {}

    private final Stage main;
    private final StackPane ground;
    private final Map<Window, Hidden> hidden = new LinkedHashMap<>();
    private final ListChangeListener<Window> watch = this::changed;
    private @Nullable Gate gate;
    private @Nullable Stage front;
    private @Nullable Node focused;
    private boolean dark;
    private boolean letThrough;

    /** Over the main window, whose content lies on the ground. */
    Curtain(Stage main, StackPane ground) {
        this.main = main;
        this.ground = ground;
    }

    /** What stands before everything now. */
    Optional<Gate> gate() {
        return Optional.ofNullable(gate);
    }

    /** Hides everything behind this, or puts this in the place of the gate before. */
    void cover(Gate next, boolean inTheDark) {
        dark = inTheDark;
        Gate before = gate;
        gate = next;
        if (before == null) {
            focused = main.getScene().getFocusOwner();
            for (Window window : List.copyOf(Window.getWindows())) {
                hide(window);
            }
            Window.getWindows().addListener(watch);
        } else {
            before.close();
            ground.getChildren().remove(before.node());
            closeFront();
        }
        // Behind the gate nothing may take a key or a click.
        ground.getChildren().forEach(content -> content.setVisible(false));
        arrange();
    }

    /** Gives everything back. */
    void lift() {
        Gate before = gate;
        if (before == null) {
            return;
        }
        gate = null;
        Window.getWindows().removeListener(watch);
        before.close();
        closeFront();
        ground.getChildren().remove(before.node());
        ground.getChildren().forEach(content -> content.setVisible(true));
        Node here = focused;
        focused = null;
        if (here != null && here.getScene() == main.getScene()) {
            here.requestFocus();
        }
        hidden.forEach(Curtain::show);
        hidden.keySet().stream()
                .filter(Window::isShowing)
                .reduce((below, above) -> above)
                .ifPresent(Window::requestFocus);
        hidden.clear();
    }

    /** Closes all dialogs, whatever they ask. */
    void closeDialogs() {
        for (Window window : List.copyOf(Window.getWindows())) {
            if (window != main && window != front) {
                window.hide();
            }
        }
        hidden.clear();
        focused = null;
    }

    /** Whether a dialog is open. */
    boolean hasDialogs() {
        return Window.getWindows().stream()
                .anyMatch(window ->
                        window instanceof Stage && window != main && window != front && !SideWindow.is(window));
    }

    /** Lets a question be seen that names nothing, although everything else is hidden. */
    <T> T showing(Supplier<T> question) {
        letThrough = true;
        try {
            return question.get();
        } finally {
            letThrough = false;
        }
    }

    private void changed(ListChangeListener.Change<? extends Window> change) {
        while (change.next()) {
            if (!letThrough) {
                change.getAddedSubList().forEach(this::hide);
            }
        }
        if (!letThrough) {
            UiThread.later(this::arrange);
        }
    }

    private void hide(Window window) {
        if (window == main || window == front) {
            return;
        }
        if (window instanceof PopupWindow popup) {
            if (popup.getOwnerWindow() != front && !isOfTheGate(popup)) {
                UiThread.later(popup::hide);
            }
        } else if (window instanceof Stage stage && stage.getScene() != null) {
            Scene scene = stage.getScene();
            hidden.putIfAbsent(stage, new Hidden(titleOf(stage), scene.getFocusOwner(), scene.getFill()));
            scene.getRoot().setVisible(false);
            scene.setFill(dark ? DARK : LIGHT);
            if (!stage.titleProperty().isBound()) {
                stage.setTitle(main.getTitle());
            }
        }
    }

    private boolean isOfTheGate(PopupWindow popup) {
        Gate now = gate;
        for (Node node = popup.getOwnerNode(); node != null && now != null; node = node.getParent()) {
            if (node == now.node()) {
                return true;
            }
        }
        return false;
    }

    private static void show(Window window, Hidden was) {
        if (window instanceof Stage stage && stage.getScene() != null) {
            Parent root = stage.getScene().getRoot();
            root.setVisible(true);
            stage.getScene().setFill(was.fill());
            if (!stage.titleProperty().isBound()) {
                stage.setTitle(was.title());
            }
            if (was.focused() != null) {
                was.focused().requestFocus();
            }
        }
    }

    private static String titleOf(Stage stage) {
        return Objects.requireNonNullElse(stage.getTitle(), "");
    }

    /** Puts the gate where the person can reach it. */
    private void arrange() {
        Gate now = gate;
        if (now == null) {
            return;
        }
        Optional<Stage> bar = bar();
        Stage shown = front;
        if (bar.isEmpty()) {
            closeFront();
            if (!ground.getChildren().contains(now.node())) {
                ground.getChildren().add(now.node());
                now.focus();
            }
        } else if (shown == null || shown.getOwner() != bar.get() || !shown.isShowing()) {
            closeFront();
            ground.getChildren().remove(now.node());
            show(now, bar.get());
        }
    }

    private Optional<Stage> bar() {
        Stage bar = null;
        for (Window window : Window.getWindows()) {
            if (window != main
                    && window != front
                    && window instanceof Stage stage
                    && stage.getModality() != Modality.NONE) {
                bar = stage;
            }
        }
        return Optional.ofNullable(bar);
    }

    private void show(Gate now, Stage over) {
        Stage stage = new Stage();
        front = stage;
        stage.initOwner(over);
        stage.initModality(Modality.APPLICATION_MODAL);
        stage.setTitle(main.getTitle());
        Scene scene = new Scene(new StackPane(now.node()), WIDTH, HEIGHT);
        scene.setFill(dark ? DARK : LIGHT);
        scene.getStylesheets().setAll(main.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setX(main.getX() + (main.getWidth() - WIDTH) / 2);
        stage.setY(main.getY() + Math.max(0, (main.getHeight() - HEIGHT) / 2));
        stage.setOnCloseRequest(event -> event.consume());
        stage.show();
        now.focus();
    }

    private void closeFront() {
        Stage shown = front;
        front = null;
        if (shown != null) {
            // The gate is to live on elsewhere.
            shown.getScene().setRoot(new StackPane());
            shown.close();
        }
    }
}
