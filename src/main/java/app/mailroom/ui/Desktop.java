package app.mailroom.ui;

import app.mailroom.ui.common.Features;
import app.mailroom.ui.rescue.Rescue;
import app.mailroom.ui.shell.MainWindow;
import app.mailroom.ui.shell.RescueWindow;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javafx.application.Platform;

/** The program as seen by a person at the screen. */
public final class Desktop {
    private static boolean started;

    private Desktop() {}

    /**
     * Shows what is wrong with a damaged database, before {@link #run}; returns once the person has closed that.
     *
     * @return whether a copy was restored, so that the workspace can be opened
     */
    public static boolean rescue(Rescue rescue) throws InterruptedException {
        AtomicBoolean restored = new AtomicBoolean();
        show(closed -> RescueWindow.prepare(rescue, done -> {
            restored.set(done);
            closed.run();
        }));
        return restored.get();
    }

    /**
     * Starts the toolkit, shows the window and returns once the person has closed it. Can be called once in a process,
     * and not from the JavaFX thread.
     */
    public static void run(Features features) throws InterruptedException {
        show(closed -> MainWindow.prepare(features, closed));
        Platform.exit();
    }

    private static void show(Function<Runnable, Runnable> window) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Runnable open = window.apply(closed::countDown);
        onceStarted(() -> {
            Platform.setImplicitExit(false);
            try {
                open.run();
            } catch (RuntimeException e) {
                failure.set(e);
                closed.countDown();
            }
        });
        closed.await();
        RuntimeException cause = failure.get();
        if (cause != null) {
            Platform.exit();
            throw new IllegalStateException("the window did not open", cause);
        }
    }

    private static synchronized void onceStarted(Runnable work) {
        if (started) {
            Platform.runLater(work);
        } else {
            started = true;
            Platform.startup(work);
        }
    }
}
