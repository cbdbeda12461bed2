package app.mailroom.ui.common;

import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Loads something again and again for a screen: one load at a time, and however often it is asked meanwhile, once more
 * afterwards. JavaFX thread only.
 */
public final class Reload<T> {
    private final Background background;
    private final Callable<T> source;
    private final Consumer<T> sink;
    private boolean running;
    private boolean again;

    /** From a source that may be slow to a sink on the JavaFX thread. */
    public Reload(Background background, Callable<T> source, Consumer<T> sink) {
        this.background = background;
        this.source = source;
        this.sink = sink;
    }

    /** Loads soon. */
    public void ask() {
        if (running) {
            again = true;
            return;
        }
        running = true;
        background.get(
                source,
                value -> {
                    sink.accept(value);
                    next();
                },
                failure -> {
                    background.tell(failure);
                    next();
                });
    }

    private void next() {
        running = false;
        if (again) {
            again = false;
            ask();
        }
    }
}
