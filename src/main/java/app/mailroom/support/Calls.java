package app.mailroom.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What other starts of the program ask of this one: that its window comes to the front, perhaps with a file. A call before there
 * is a window waits for it. Safe for any thread.
 */
public final class Calls {
    /** More files than anybody opens by hand while the program starts. */
    private static final int WAITING_AT_MOST = 20;

    private final List<Optional<Path>> waiting = new ArrayList<>();
    private @Nullable Consumer<Optional<Path>> answer;
    private boolean over;

    /**
     * Passes a call on.
     *
     * @param file what is to be opened; nothing if the window is only to come to the front
     * @return false when the window is closed or too many wait already, so that nobody will answer
     */
    public boolean call(Optional<Path> file) {
        Consumer<Optional<Path>> there;
        synchronized (this) {
            there = answer;
            if (over || (there == null && waiting.size() == WAITING_AT_MOST)) {
                return false;
            }
            if (there == null) {
                waiting.add(file);
                return true;
            }
        }
        there.accept(file);
        return true;
    }

    /** From now on calls go here, on the thread that makes them; first those that wait. */
    public void answeredBy(Consumer<Optional<Path>> window) {
        List<Optional<Path>> first;
        synchronized (this) {
            answer = window;
            first = List.copyOf(waiting);
            waiting.clear();
        }
        first.forEach(window);
    }

    /** The window is closed: calls are refused, so that whoever makes one opens a window of their own. */
    public synchronized void close() {
        over = true;
        answer = null;
        waiting.clear();
    }
}
