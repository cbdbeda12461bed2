package app.mailroom.aws;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few named threads that share the calls of one step, because a call to SQS takes about 30 ms and carries ten
 * messages at the most. Idle threads end by themselves.
 */
final class SqsHands implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqsHands.class);
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor pool;

    SqsHands(int hands) {
        AtomicInteger made = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                hands, hands, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sqs-hand-" + made.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs all tasks and returns when all have ended, even if interrupted meanwhile: what a task has received must not
     * get lost. A single task runs on the caller's thread.
     *
     * @return the first failure; of the others only the message is logged, since they mostly say the same
     */
    Optional<RuntimeException> together(List<Runnable> tasks) {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        CountDownLatch running = new CountDownLatch(tasks.size());
        for (Runnable task : tasks) {
            Runnable counted = () -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    if (!failure.compareAndSet(null, e)) {
                        log.debug("One more call failed: {}", e.getMessage());
                    }
                } finally {
                    running.countDown();
                }
            };
            if (tasks.size() == 1 || !started(counted)) {
                counted.run();
            }
        }
        awaitAll(running);
        return Optional.ofNullable(failure.get());
    }

    /** Takes no more tasks; those that were taken still run, for somebody waits for them. */
    @Override
    public void close() {
        pool.shutdown();
    }

    private boolean started(Runnable task) {
        try {
            pool.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            log.debug("Closed meanwhile; the caller does it", e);
            return false;
        }
    }

    private static void awaitAll(CountDownLatch running) {
        boolean interrupted = false;
        while (running.getCount() > 0) {
            try {
                running.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
