package app.mailroom.ui.shell;

import app.mailroom.account.Session;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.collections.ListChangeListener;
import javafx.event.EventHandler;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.stage.Window;
import javafx.util.Duration;

/**
 * Sees whether somebody touches key or mouse in any window of the program, and has the session lock itself when nobody did for
 * long. Also hears the key that locks at once, wherever it is pressed.
 */
final class IdleWatch implements AutoCloseable {
    private static final KeyCombination LOCK = new KeyCodeCombination(KeyCode.L, KeyCombination.SHORTCUT_DOWN);
    private static final Duration TICK = Duration.seconds(5);
    private static final long ASKED_EVERY = 30_000;
    /** Ticks come more often than that, unless the computer slept. */
    private static final long SLEPT = 20_000;
    /** Moving the mouse makes hundreds of events a second. */
    private static final long HEARD_EVERY = 1_000;

    private final Session session;
    private final Clock clock;
    private final Consumer<Runnable> work;
    private final Runnable lock;
    private final EventHandler<InputEvent> heard = this::heard;
    private final ListChangeListener<Window> windows = this::changed;
    private final Timeline tick = new Timeline(new KeyFrame(TICK, event -> tick()));
    private long lastTick;
    private long lastAsked;
    private long lastTouch;

    /**
     * Watches from now on.
     *
     * @param work runs what reads and writes the workspace, in order and off the JavaFX thread
     * @param lock locks at once
     */
    IdleWatch(Session session, Clock clock, Consumer<Runnable> work, Runnable lock) {
        this.session = session;
        this.clock = clock;
        this.work = work;
        this.lock = lock;
        this.lastTick = clock.millis();
        this.lastAsked = lastTick;
        Window.getWindows().forEach(window -> window.addEventFilter(InputEvent.ANY, heard));
        Window.getWindows().addListener(windows);
        tick.setCycleCount(Animation.INDEFINITE);
        tick.play();
    }

    private void changed(ListChangeListener.Change<? extends Window> change) {
        while (change.next()) {
            change.getRemoved().forEach(window -> window.removeEventFilter(InputEvent.ANY, heard));
            change.getAddedSubList().forEach(window -> window.addEventFilter(InputEvent.ANY, heard));
        }
    }

    private void tick() {
        long now = clock.millis();
        if (now - lastAsked >= ASKED_EVERY || now - lastTick > SLEPT) {
            ask();
        }
        lastTick = now;
    }

    private void ask() {
        lastAsked = clock.millis();
        work.accept(session::lockIfIdle);
    }

    private void heard(InputEvent event) {
        long now = clock.millis();
        if (now - lastTouch >= HEARD_EVERY || now < lastTouch) {
            lastTouch = now;
            if (!session.touched()) {
                ask();
            }
        }
        if (event instanceof KeyEvent key && key.getEventType() == KeyEvent.KEY_PRESSED && LOCK.match(key)) {
            key.consume();
            lock.run();
        }
    }

    @Override
    public void close() {
        tick.stop();
        Window.getWindows().removeListener(windows);
        List.copyOf(Window.getWindows()).forEach(window -> window.removeEventFilter(InputEvent.ANY, heard));
    }
}
