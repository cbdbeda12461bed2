package app.mailroom.app;

import app.mailroom.model.FileDamage;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads all of a large database behind the window that is open already, and lets nothing be sent before it was found well. */
final class SendingAfterCheck implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SendingAfterCheck.class);

    private final StartCheck check;
    private final Runnable begin;
    private final Consumer<FileDamage> damaged;
    private boolean closed;

    /**
     * Does nothing yet.
     *
     * @param begin starts what sends; not run after this is closed
     * @param damaged is told what was found instead
     */
    SendingAfterCheck(StartCheck check, Runnable begin, Consumer<FileDamage> damaged) {
        this.check = check;
        this.begin = begin;
        this.damaged = damaged;
    }

    /** Begins at once where nothing is to be read. */
    void start(boolean due) {
        if (!due) {
            begin();
            return;
        }
        Thread thread = new Thread(this::checkAndBegin, "whole-check");
        thread.setDaemon(true);
        thread.start();
    }

    private void checkAndBegin() {
        try {
            Optional<FileDamage> found = check.check();
            if (found.isPresent()) {
                damaged.accept(found.get());
            } else {
                begin();
            }
        } catch (IOException | RuntimeException e) {
            // It is as likely to be well as at any other start, and is read again at the next.
            log.error("The database could not be checked", e);
            begin();
        }
    }

    private synchronized void begin() {
        if (!closed) {
            begin.run();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
