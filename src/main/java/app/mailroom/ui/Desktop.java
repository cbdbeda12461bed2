package app.mailroom.ui;

import app.mailroom.ui.common.Features;
import app.mailroom.ui.shell.MainWindow;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;

/** The program as seen by a person at the screen. One can be started in a process. */
public final class Desktop {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final FutureTask<Boolean> toolkit = new FutureTask<>(
            () -> {
                Platform.setImplicitExit(false);
                Platform.startup(MainWindow::practise);
            },
            true);

    private Desktop() {}

    /** Begins to start the toolkit and returns at once, so that what the window needs can be opened meanwhile. */
    public static Desktop start() {
        Desktop desktop = new Desktop();
        Thread starting = new Thread(desktop.toolkit, "toolkit-start");
        starting.setDaemon(true);
        starting.start();
        return desktop;
    }

    /** Starts the toolkit, shows the window and returns once the person has closed it. */
    public static void run(Features features) throws InterruptedException {
        Desktop desktop = start();
        desktop.show(features);
        desktop.awaitClosed();
    }

    /**
     * Shows the window and returns when its first frame has been drawn, or when it could not be. Not for the JavaFX thread.
     *
     * @throws IllegalStateException when there is no screen that the toolkit could use
     */
    public void show(Features features) throws InterruptedException {
        Runnable open = MainWindow.prepare(features, closed::countDown);
        try {
            toolkit.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException(cause.getMessage(), cause);
        }
        CountDownLatch drawn = new CountDownLatch(1);
        Platform.runLater(() -> {
            try {
                open.run();
                afterFirstFrame(drawn::countDown);
            } catch (RuntimeException e) {
                failure.set(e);
                closed.countDown();
                drawn.countDown();
            }
        });
        drawn.await();
    }

    /**
     * Returns once the person has closed the window, and ends the toolkit.
     *
     * @throws IllegalStateException when it did not open
     */
    public void awaitClosed() throws InterruptedException {
        closed.await();
        Platform.exit();
        RuntimeException cause = failure.get();
        if (cause != null) {
            throw new IllegalStateException("the window did not open", cause);
        }
    }

    /** The first pulse lays the window out and has it drawn; when the second comes, that is done. */
    private static void afterFirstFrame(Runnable work) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                pulses++;
                if (pulses == 2) {
                    stop();
                    work.run();
                }
            }
        }.start();
    }
}
