package app.mailroom.ui.shell;

import app.mailroom.store.SettingsStore;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/** The program's window. Remembers size, position, page, look and language in the workspace's settings. */
public final class MainWindow {
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final double LEAST_WIDTH = 1000;
    private static final double LEAST_HEIGHT = 640;

    private final Stage stage;
    private final Features features;
    private final Start start;
    private final ExecutorService keeper;
    private final Tray tray = new Tray();
    private @Nullable Shell shell;
    private Texts texts;
    private boolean inBackground;

    /** What is read from the settings before the window shows. */
    private record Start(Texts texts, boolean dark, PageId page, String bounds) {
        static Start from(SettingsStore settings) {
            Locale locale =
                    settings.get("ui.language").map(Locale::forLanguageTag).orElse(Locale.getDefault());
            PageId page = settings.get("ui.page").flatMap(Start::page).orElse(PageId.MAILINGS);
            return new Start(
                    Texts.in(locale),
                    Appearance.isDark(settings),
                    page,
                    settings.get("ui.window").orElse(""));
        }

        private static Optional<PageId> page(String name) {
            for (PageId page : PageId.values()) {
                if (page.name().equals(name)) {
                    return Optional.of(page);
                }
            }
            return Optional.empty();
        }
    }

    private MainWindow(Stage stage, Features features, Start start) {
        this.stage = stage;
        this.features = features;
        this.start = start;
        this.texts = start.texts();
        this.keeper = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "window-memory");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Reads the settings, which may take a moment, and hands back what shows the window once it is run on the JavaFX
     * thread.
     *
     * @param closed is run when the person has closed the window
     */
    public static Runnable prepare(Features features, Runnable closed) {
        Start start = Start.from(features.stores().settings());
        return () -> new MainWindow(new Stage(), features, start).open(closed);
    }

    private void open(Runnable closed) {
        Scene scene = new Scene(new javafx.scene.layout.Pane(), WIDTH, HEIGHT);
        scene.getStylesheets()
                .add(Objects.requireNonNull(MainWindow.class.getResource("/app/mailroom/ui/mailroom.css"))
                        .toExternalForm());
        // On the scene, not on what fills it: keys arrive here even when nothing has the focus.
        scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (shell != null) {
                shell.shortcut(event);
            }
        });
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (shell != null) {
                shell.escape(event);
            }
        });
        stage.setScene(scene);
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setTitle("Mailroom");
        place();
        fill(start.texts(), start.dark(), new Place.Page(start.page()));
        stage.setOnCloseRequest(event -> {
            if (shell != null && !shell.mayLeave()) {
                event.consume();
            } else if (sending()) {
                Leaving leaving = Leaving.ask(stage, texts);
                if (leaving != Leaving.STOP) {
                    event.consume();
                }
                if (leaving == Leaving.IN_BACKGROUND) {
                    goIntoBackground();
                }
            }
        });
        stage.setOnHidden(event -> {
            if (inBackground) {
                return;
            }
            keepBounds();
            if (shell != null) {
                shell.close();
            }
            // After what is still to be kept, so that the workspace is not closed under it.
            keeper.execute(closed);
            keeper.shutdown();
        });
        stage.show();
    }

    private boolean sending() {
        return features.mailing().dispatch().snapshot().sentPerSecond() > 0;
    }

    /** Into the tray, or where there is none, onto the task bar. */
    private void goIntoBackground() {
        boolean inTray = Tray.isThere()
                && tray.show(texts, () -> UiThread.run(this::comeBack), () -> UiThread.run(this::endFromTray));
        if (inTray) {
            inBackground = true;
            stage.hide();
        } else {
            stage.setIconified(true);
        }
    }

    private void comeBack() {
        tray.hide();
        inBackground = false;
        stage.show();
        stage.toFront();
    }

    /** What hides with the window is ended by its being hidden, so it is shown for a moment. */
    private void endFromTray() {
        comeBack();
        stage.close();
    }

    private void fill(Texts texts, boolean dark, Place place) {
        this.texts = texts;
        if (shell != null) {
            shell.close();
        }
        Appearance.apply(dark);
        Shell filled = new Shell(features, texts, this::keepPage, this::keep, dark, this::rebuild);
        shell = filled;
        stage.getScene().setRoot(filled.root());
        filled.go(place);
    }

    private void rebuild() {
        keeper.execute(() -> {
            Start changed = Start.from(features.stores().settings());
            UiThread.run(() -> {
                Place here = shell == null ? new Place.Page(PageId.SETTINGS) : shell.here();
                fill(changed.texts(), changed.dark(), here);
            });
        });
    }

    private void place() {
        String[] parts = start.bounds().split(",", -1);
        if (parts.length != 5) {
            stage.centerOnScreen();
            return;
        }
        try {
            double x = Double.parseDouble(parts[0]);
            double y = Double.parseDouble(parts[1]);
            double width = Math.max(LEAST_WIDTH, Double.parseDouble(parts[2]));
            double height = Math.max(LEAST_HEIGHT, Double.parseDouble(parts[3]));
            // A screen that was unplugged must not take the window with it.
            for (Screen screen : Screen.getScreensForRectangle(x, y, width, height)) {
                Rectangle2D room = screen.getVisualBounds();
                stage.setX(Math.max(room.getMinX(), x));
                stage.setY(Math.max(room.getMinY(), y));
                stage.setWidth(Math.min(width, room.getWidth()));
                stage.setHeight(Math.min(height, room.getHeight()));
                break;
            }
            stage.setMaximized(Boolean.parseBoolean(parts[4]));
        } catch (NumberFormatException e) {
            stage.centerOnScreen();
        }
    }

    private void keepBounds() {
        String bounds = String.join(
                ",",
                Long.toString(Math.round(stage.getX())),
                Long.toString(Math.round(stage.getY())),
                Long.toString(Math.round(stage.getWidth())),
                Long.toString(Math.round(stage.getHeight())),
                Boolean.toString(stage.isMaximized()));
        keep("ui.window", bounds);
    }

    private void keepPage(PageId page) {
        keep("ui.page", page.name());
    }

    private void keep(String name, String value) {
        keep(() -> features.stores().settings().put(name, value));
    }

    private void keep(Runnable work) {
        if (!keeper.isShutdown()) {
            keeper.execute(work);
        }
    }
}
