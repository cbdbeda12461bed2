package app.mailroom.delivery;

import app.mailroom.model.SentResult;
import app.mailroom.store.DeliveryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Third step: stores what sending came to, many results in one short transaction. Its queue is bounded, so senders
 * wait for it rather than run ahead of what is known. A batch that cannot be stored is kept and tried again.
 */
final class ResultWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);
    private static final int QUEUE = 2_000;
    private static final int BATCH = 500;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** So many together cost little each; for that a result waits a moment, and no longer. */
    private static final int ENOUGH = 64;

    private static final Duration GATHERING = Duration.ofMillis(10);

    private final DeliveryStore store;
    private final BlockingQueue<SentResult> results = new ArrayBlockingQueue<>(QUEUE);
    private final List<SentResult> batch = new ArrayList<>(BATCH);
    private final Loop loop;

    ResultWriter(DeliveryStore store, StoreHealth health) {
        this.store = store;
        this.loop = new Loop("result-writer", health.watched("result-writer", this::writeOnce));
    }

    void start() {
        loop.start();
    }

    /** Hands over a result; waits while the queue is full. */
    void put(SentResult result) {
        boolean interrupted = false;
        while (true) {
            try {
                results.put(result);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores everything handed over so far. Call it when no sender is left. */
    @Override
    public void close() {
        loop.close();
        while (!batch.isEmpty() || !results.isEmpty()) {
            if (batch.isEmpty()) {
                results.drainTo(batch, BATCH);
            }
            store.record(batch);
            batch.clear();
        }
        log.debug("All results are stored");
    }

    private Duration writeOnce() throws InterruptedException {
        if (batch.isEmpty()) {
            SentResult first = results.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return Duration.ZERO;
            }
            batch.add(first);
            gather();
        }
        store.record(batch);
        batch.clear();
        return Duration.ZERO;
    }

    private void gather() throws InterruptedException {
        long until = System.nanoTime() + GATHERING.toNanos();
        results.drainTo(batch, BATCH - batch.size());
        while (batch.size() < ENOUGH) {
            SentResult next = results.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return;
            }
            batch.add(next);
            results.drainTo(batch, BATCH - batch.size());
        }
    }
}
