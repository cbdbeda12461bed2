package app.mailroom.ui.common;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;

/** The one way from any thread onto the JavaFX thread. */
public final class UiThread {
    private UiThread() {}

    /** Runs at once on the JavaFX thread, later from any other. */
    public static void run(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }

    /** Runs after what the JavaFX thread is doing now. */
    public static void later(Runnable work) {
        Platform.runLater(work);
    }

    /** Hands values over so that only the newest waits: a slow window skips what it could not show in time. */
    public static <T> Consumer<T> latest(Consumer<T> sink) {
        AtomicReference<T> waiting = new AtomicReference<>();
        return value -> {
            if (waiting.getAndSet(value) == null) {
                Platform.runLater(() -> {
                    T newest = waiting.getAndSet(null);
                    if (newest != null) {
                        sink.accept(newest);
                    }
                });
            }
        };
    }
}
