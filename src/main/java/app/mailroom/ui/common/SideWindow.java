package app.mailroom.ui.common;

import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;

/** A window beside the main one that asks nothing and holds nothing which could be lost, such as the manual. */
public final class SideWindow {
    private static final String MARK = SideWindow.class.getName();
    private static final double LEAST_WIDTH = 480;
    private static final double LEAST_HEIGHT = 360;

    private SideWindow() {}

    /** Makes one, not shown yet. Escape closes it, also where a list in it would take the key. */
    public static Stage of(Window owner, String id, String title, Parent content, double width, double height) {
        Stage stage = new Stage();
        stage.getProperties().put(MARK, id);
        stage.initOwner(owner);
        stage.setTitle(title);
        Scene scene = new Scene(content, width, height);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                event.consume();
                stage.close();
            }
        });
        stage.setScene(scene);
        stage.setMinWidth(Math.min(width, LEAST_WIDTH));
        stage.setMinHeight(Math.min(height, LEAST_HEIGHT));
        return stage;
    }

    /** Whether this is one. */
    public static boolean is(Window window) {
        return window.getProperties().containsKey(MARK);
    }

    /** Closes those of this kind, so that a new one may take their place. */
    public static void close(String id) {
        Window.getWindows().stream()
                .filter(window -> id.equals(window.getProperties().get(MARK)))
                .toList()
                .forEach(Window::hide);
    }
}
