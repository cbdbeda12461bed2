package app.mailroom.delivery;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that takes a step, waits, and takes the next, until it is closed. A step that fails is reported and
 * taken again after a longer wait: a loop never ends by itself.
 */
public final class Loop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Loop.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** What a loop does again and again. */
    @FunctionalInterface
    public interface Step {
        /** One round; returns how long to wait before the next, unless woken. */
        Duration take() throws Exception;
    }

    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private boolean wake;
    private boolean closing;

    /** A loop that begins with {@link #start}. */
    public Loop(String name, Step step) {
        this.thread = new Thread(() -> run(name, step), name);
        this.thread.setDaemon(true);
    }

    /** Begins. */
    public void start() {
        thread.start();
    }

    /** Ends the present wait, or makes the next one void. */
    public void wake() {
        lock.lock();
        try {
            wake = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the present step end and waits for it; no further step begins. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive() && thread != Thread.currentThread()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(String name, Step step) {
        int failures = 0;
        while (!closing()) {
            Duration wait;
            try {
                wait = step.take();
                failures = 0;
            } catch (Exception | Error e) {
                wait = Duration.ofMillis(500L << Math.min(failures, 7));
                wait = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
                failures++;
                log.error("{} failed and goes on in {}", name, wait, e);
            }
            await(wait);
        }
    }

    private boolean closing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration wait) {
        lock.lock();
        try {
            long left = wait.toNanos();
            while (!wake && !closing && left > 0) {
                left = woken.awaitNanos(left);
            }
            wake = false;
        } catch (InterruptedException e) {
            // Nobody but close() may end a loop.
            log.debug("Interrupted while waiting", e);
        } finally {
            lock.unlock();
        }
    }
}
