package app.mailroom.ui;

import app.mailroom.support.CrashReport;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.rescue.Rescue;
import app.mailroom.ui.shell.FailedStartWindow;
import app.mailroom.ui.shell.MainWindow;
import app.mailroom.ui.shell.RescueWindow;
import app.mailroom.ui.shell.SlowStart;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import org.jspecify.annotations.Nullable;

/**
 * The program as seen by a person at the screen. One can be started in a process; it shows one window at a time. Used by one
 * thread, which is not the JavaFX thread.
 */
public final class Desktop {
    private final FutureTask<Boolean> toolkit = new FutureTask<>(
            () -> {
                Platform.setImplicitExit(false);
                Platform.startup(this::begun);
            },
            true);
    private @Nullable Shown main;

    private final SlowStart slow = new SlowStart();
    private boolean started;

    /** Begins to start the toolkit, unless that was done, and returns at once, so that what the window needs can be opened meanwhile. */
    public void start() {
        if (!started) {
            started = true;
            Thread starting = new Thread(toolkit, "toolkit-start");
            starting.setDaemon(true);
            starting.start();
        }
    }

    /** Starts the toolkit, shows the window and returns once the person has closed it. */
    public static void run(Features features) throws InterruptedException {
        Desktop desktop = new Desktop();
        desktop.start();
        desktop.show(features);
        desktop.awaitClosed();
    }

    /**
     * Says that the program could not start; returns once the person has read it.
     *
     * @param report of it, unless it is one that was to be expected
     * @throws IllegalStateException when there is no screen that the toolkit could use
     */
    public void tellFailedStart(Failure failure, Optional<CrashReport> report) throws InterruptedException {
        open(closed -> FailedStartWindow.prepare(failure, report, closed)).awaitClosed();
    }

    /**
     * Shows what is wrong with a damaged database, before {@link #show}; returns once the person has closed that.
     *
     * @return whether a copy was restored, so that the workspace can be opened
     */
    public boolean rescue(Rescue rescue) throws InterruptedException {
        AtomicBoolean restored = new AtomicBoolean();
        open(closed -> RescueWindow.prepare(rescue, done -> {
                    restored.set(done);
                    closed.run();
                }))
                .awaitClosed();
        return restored.get();
    }

    /**
     * Shows the window and returns when its first frame has been drawn, or when it could not be.
     *
     * @throws IllegalStateException when there is no screen that the toolkit could use
     */
    public void show(Features features) throws InterruptedException {
        Shown shown = open(closed -> MainWindow.prepare(features, closed));
        main = shown;
        shown.drawn.await();
    }

    /**
     * Returns once the person has closed the window, and ends the toolkit.
     *
     * @throws IllegalStateException when it did not open
     */
    public void awaitClosed() throws InterruptedException {
        if (main == null) {
            throw new IllegalStateException("no window was shown");
        }
        try {
            main.awaitClosed();
        } finally {
            Platform.exit();
        }
    }

    private Shown open(Function<Runnable, Runnable> window) throws InterruptedException {
        start();
        Shown shown = new Shown();
        Runnable open = window.apply(shown.closed::countDown);
        try {
            toolkit.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException(cause.getMessage(), cause);
        }
        Platform.runLater(() -> {
            shown.by(open);
            slow.over();
        });
        return shown;
    }

    private void begun() {
        slow.begin();
        MainWindow.practise();
    }

    /** How far a window has come. */
    private static final class Shown {
        private final CountDownLatch drawn = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

        private void by(Runnable open) {
            try {
                open.run();
                afterFirstFrame(drawn::countDown);
            } catch (RuntimeException e) {
                failure.set(e);
                closed.countDown();
                drawn.countDown();
            }
        }

        private void awaitClosed() throws InterruptedException {
            closed.await();
            RuntimeException cause = failure.get();
            if (cause != null) {
                throw new IllegalStateException("the window did not open", cause);
            }
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
