package app.mailroom.ui.common;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;

/**
 * Waits until a scene was laid out once more. What was changed moves what stands below it at the next pulse, and a robot that
 * looked for a button before that clicks beside it.
 */
public final class LaidOut {
    private static final long PATIENCE_SECONDS = 60;

    private LaidOut() {}

    /** Called off the thread of the toolkit; the second pulse has drawn what the first one laid out. */
    public static void await(Scene scene) throws InterruptedException {
        CountDownLatch pulses = new CountDownLatch(2);
        Runnable counting = () -> {
            pulses.countDown();
            Platform.requestNextPulse();
        };
        Platform.runLater(() -> {
            scene.addPostLayoutPulseListener(counting);
            scene.getRoot().requestLayout();
        });
        try {
            if (!pulses.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the scene was not laid out");
            }
        } finally {
            Platform.runLater(() -> scene.removePostLayoutPulseListener(counting));
        }
    }
}
