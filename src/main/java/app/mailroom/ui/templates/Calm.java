package app.mailroom.ui.templates;

import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/**
 * Runs something once nobody has asked for it for a while, and at the latest so long after it was first asked for, so
 * that somebody who goes on typing does not put it off for ever. JavaFX thread only.
 */
final class Calm {
    private final PauseTransition quiet;
    private final PauseTransition latest;

    Calm(Duration quiet, Duration latest, Runnable work) {
        this.quiet = new PauseTransition(quiet);
        this.latest = new PauseTransition(latest);
        Runnable once = () -> {
            stop();
            work.run();
        };
        this.quiet.setOnFinished(event -> once.run());
        this.latest.setOnFinished(event -> once.run());
    }

    void ask() {
        quiet.playFromStart();
        if (latest.getStatus() != Animation.Status.RUNNING) {
            latest.playFromStart();
        }
    }

    /** Forgets what was asked for. */
    void stop() {
        quiet.stop();
        latest.stop();
    }
}
