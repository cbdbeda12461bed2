package app.mailroom.ui.recipients;

import app.mailroom.ui.common.UiThread;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one sheet, one thing after the other in the order in which the person did it, even if the window
 * closes meanwhile. JavaFX thread only.
 */
final class SheetQueue {
    /** What takes no longer shows no progress. */
    private static final Duration PATIENCE = Duration.millis(500);

    /** How many things are not done yet. */
    final IntegerProperty waiting = new SimpleIntegerProperty(0);

    /** What has been going on for a while. */
    final ObjectProperty<@Nullable Doing> doing = new SimpleObjectProperty<>();

    private final Consumer<Runnable> keep;

    /** Work that can be watched, and stopped where it says so. */
    @FunctionalInterface
    interface LongWork<T> {
        T run(Doing doing) throws Exception;
    }

    SheetQueue(Consumer<Runnable> keep) {
        this.keep = keep;
    }

    /** Does something short. */
    <T> void add(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        waiting.set(waiting.get() + 1);
        keep.accept(() -> run(work, done, failed, () -> {}));
    }

    /** Does something that may take long, and fails with an {@code ImportCancelledException} where the person stopped it. */
    <T> void add(Doing watched, LongWork<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        waiting.set(waiting.get() + 1);
        PauseTransition pause = new PauseTransition(PATIENCE);
        pause.setOnFinished(event -> doing.set(watched));
        keep.accept(() -> {
            UiThread.run(pause::play);
            run(() -> work.run(watched), done, failed, () -> {
                pause.stop();
                if (doing.get() == watched) {
                    doing.set(null);
                }
            });
        });
    }

    private <T> void run(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed, Runnable ended) {
        T value;
        try {
            value = work.call();
        } catch (Exception | Error e) {
            UiThread.run(() -> {
                end(ended);
                failed.accept(e);
            });
            return;
        }
        UiThread.run(() -> {
            end(ended);
            done.accept(value);
        });
    }

    private void end(Runnable ended) {
        ended.run();
        waiting.set(waiting.get() - 1);
    }
}
