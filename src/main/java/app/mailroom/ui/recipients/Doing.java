package app.mailroom.ui.recipients;

import app.mailroom.recipients.Progress;
import app.mailroom.ui.common.UiThread;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;

/** Something that is done to a sheet and may take long: what it is, how far it is, and whether it is to stop. */
final class Doing implements Progress {
    /** As a progress bar shows it: from 0 to 1, below 0 while nobody knows. Changes on the JavaFX thread. */
    final DoubleProperty share = new SimpleDoubleProperty(-1);

    final String title;
    final boolean canStop;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Consumer<Double> show = UiThread.latest(share::set);

    Doing(String title, boolean canStop) {
        this.title = title;
        this.canStop = canStop;
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void at(long rows, long done, long inAll) {
        show.accept(inAll <= 0 ? -1.0 : (double) done / inAll);
    }

    @Override
    public boolean cancelled() {
        return stopped.get();
    }
}
