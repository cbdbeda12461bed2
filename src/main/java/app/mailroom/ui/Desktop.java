package app.mailroom.ui;

import app.mailroom.ui.common.Features;
import app.mailroom.ui.shell.MainWindow;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;

/** The program as seen by a person at the screen. */
public final class Desktop {
    private Desktop() {}

    /**
     * Starts the toolkit, shows the window and returns once the person has closed it. Can be called once in a process,
     * and not from the JavaFX thread.
     */
    public static void run(Features features) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Runnable open = MainWindow.prepare(features, closed::countDown);
        Platform.startup(() -> {
            Platform.setImplicitExit(false);
            try {
                open.run();
            } catch (RuntimeException e) {
                failure.set(e);
                closed.countDown();
            }
        });
        closed.await();
        Platform.exit();
        RuntimeException cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the window did not open", cause);
        }
    }
}
