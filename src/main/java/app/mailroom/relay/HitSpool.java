package app.mailroom.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hits on disk, in the order in which they came, until the queue has them. One thread writes and forces them to the disk together,
 * {@link Limits#flushWithin} after they came at the latest plus what the disk takes for it, so that a process which is killed loses
 * no more than that. While the disk takes nothing, hits wait in memory as far as there is room, and the thread tries again.
 */
public final class HitSpool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HitSpool.class);

    /** The most that is written at once. */
    private static final int GROUP_BYTES = 1 << 20;
    /** The most that waits in memory. */
    private static final long MEMORY_BYTES = 32L << 20;

    private static final Duration DISK_AGAIN = Duration.ofSeconds(1);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    /**
     * How much is kept.
     *
     * @param bytes of hits on disk at most
     * @param waiting hits in memory, not yet written, at most
     * @param flushWithin how long a hit may wait before it is on its way to the disk
     */
    public record Limits(long bytes, int waiting, Duration flushWithin) {
        /** A gigabyte, which is some millions of hits; 50,000 in memory; 20 ms. */
        public static final Limits USUAL = new Limits(1L << 30, 50_000, Duration.ofMillis(20));
    }

    /** A hit that waits to be written, and who wants to know when it is. */
    private static final class Unwritten {
        private final byte[] record;
        private final Optional<CompletableFuture<Boolean>> kept;

        Unwritten(byte[] record, Optional<CompletableFuture<Boolean>> kept) {
            this.record = record;
            this.kept = kept;
        }

        void tell(boolean written) {
            kept.ifPresent(future -> future.complete(written));
        }
    }

    private final SpoolFolder folder;
    private final Limits limits;
    private final Thread writer = new Thread(this::writeUntilClosed, "hit-spool");
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final Condition written = lock.newCondition();
    private final Deque<Unwritten> waiting = new ArrayDeque<>();
    /** Of all hits that are in memory only, those included that are being written. */
    private int unwrittenHits;

    private long unwrittenBytes;
    private boolean urgent;
    private boolean closing;
    private volatile boolean failing;
    private volatile Runnable whenWritten = () -> {};
    private final LongAdder dropped = new LongAdder();

    private HitSpool(SpoolFolder folder, Limits limits) {
        this.folder = folder;
        this.limits = limits;
        writer.setDaemon(true);
    }

    /**
     * Opens a folder, which is made if it is not there. What an earlier process left comes first; a hit that it was writing when
     * it ended is left out.
     *
     * @throws IOException when the folder cannot be used, or another process uses it
     */
    public static HitSpool open(Path folder, Limits limits) throws IOException {
        HitSpool spool = new HitSpool(SpoolFolder.open(folder, limits.bytes()), limits);
        spool.writer.start();
        return spool;
    }

    /** Takes a hit without waiting for the disk; false if there is no room for it. */
    public boolean offer(Hit hit) {
        return offer(hit.event(), hit.at());
    }

    /**
     * Takes a hit; completes when it surely is on the disk, with false if it cannot be. It is completed by the thread that writes, so
     * whatever follows must be short. A hit that failed may still be written later.
     */
    public CompletableFuture<Boolean> keep(Hit hit) {
        return keep(hit.event(), hit.at());
    }

    /** Whether hits can be written at present: the disk takes them and there is room. */
    public boolean healthy() {
        if (failing || !writer.isAlive()) {
            return false;
        }
        lock.lock();
        try {
            return !closing && hasRoom(SpoolRecord.HEAD + SpoolRecord.LONGEST_EVENT);
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes of hits the queue does not have yet. */
    public long bytesWaiting() {
        long unwritten;
        lock.lock();
        try {
            unwritten = unwrittenBytes;
        } finally {
            lock.unlock();
        }
        // Not within the lock, which answers need, for the folder may wait for the disk; what is written meanwhile
        // counts twice.
        return unwritten + folder.end() - folder.position();
    }

    /** How many hits were refused since the start because there was no room, or are lost because the disk took nothing to the end. */
    public long dropped() {
        return dropped.sum();
    }

    /** Writes what waits, and lets go of the folder. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            came.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (writer.isAlive()) {
            log.error("The disk has not answered for {}; hits that were not written are lost", LONGEST_CLOSE);
            return;
        }
        try {
            folder.close();
        } catch (IOException e) {
            log.warn("The spool could not be closed", e);
        }
    }

    boolean offer(String event, Instant at) {
        return add(event, at, Optional.empty());
    }

    CompletableFuture<Boolean> keep(String event, Instant at) {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        if (failing || !add(event, at, Optional.of(kept))) {
            kept.complete(false);
        }
        return kept;
    }

    /** What reads the hits and says how far the queue has them. */
    SpoolFolder folder() {
        return folder;
    }

    /** Something short that is run by the writing thread whenever hits were written, or could not be. */
    void whenWritten(Runnable listener) {
        whenWritten = listener;
    }

    /** Waits until what came before is on the disk; false if the time was too short. */
    boolean settle(Duration within) throws InterruptedException {
        long left = within.toNanos();
        lock.lock();
        try {
            urgent = true;
            came.signalAll();
            while (unwrittenHits > 0 && left > 0) {
                left = written.awaitNanos(left);
            }
            return unwrittenHits == 0;
        } finally {
            lock.unlock();
        }
    }

    private boolean add(String event, Instant at, Optional<CompletableFuture<Boolean>> kept) {
        byte[] record = SpoolRecord.of(event, at);
        lock.lock();
        try {
            boolean fits = record.length <= SpoolRecord.HEAD + SpoolRecord.LONGEST_EVENT;
            if (closing || !fits || !hasRoom(record.length)) {
                dropped.increment();
                return false;
            }
            boolean first = waiting.isEmpty();
            boolean full = unwrittenBytes < GROUP_BYTES && unwrittenBytes + record.length >= GROUP_BYTES;
            waiting.add(new Unwritten(record, kept));
            unwrittenHits++;
            unwrittenBytes += record.length;
            urgent |= kept.isPresent();
            if (first || full || kept.isPresent()) {
                came.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom(int bytes) {
        return unwrittenHits < limits.waiting()
                && unwrittenBytes + bytes <= MEMORY_BYTES
                && folder.bytes() + unwrittenBytes + bytes <= limits.bytes();
    }

    private void writeUntilClosed() {
        for (List<Unwritten> group = nextGroup(); !group.isEmpty(); group = nextGroup()) {
            write(group);
        }
    }

    /** What waits, as soon as it has waited for a while to be more, or somebody waits for it; empty when closed and done. */
    private List<Unwritten> nextGroup() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closing) {
                came.awaitUninterruptibly();
            }
            // Half of the time, so that the other half is left for a group that is being written when a hit comes.
            long left = limits.flushWithin().toNanos() / 2;
            while (left > 0 && !urgent && !closing && unwrittenBytes < GROUP_BYTES) {
                left = came.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Nobody interrupts this thread; if somebody did, the group is written a little early.
            log.debug("Interrupted", e);
        }
        try {
            List<Unwritten> group = new ArrayList<>();
            long bytes = 0;
            while (!waiting.isEmpty() && bytes < GROUP_BYTES) {
                Unwritten next = waiting.remove();
                bytes += next.record.length;
                group.add(next);
            }
            urgent &= !waiting.isEmpty();
            return group;
        } finally {
            lock.unlock();
        }
    }

    private void write(List<Unwritten> group) {
        List<byte[]> records = group.stream().map(hit -> hit.record).toList();
        boolean done = append(records);
        while (!done) {
            tellFailure(group);
            // Whoever reads lets go of files that are gone, which may be what fills the disk.
            whenWritten.run();
            if (!waitForTheDisk()) {
                log.error("{} hits could not be written before the relay ended, and are lost", group.size());
                dropped.add(group.size());
                break;
            }
            done = append(records);
        }
        lock.lock();
        try {
            unwrittenHits -= group.size();
            unwrittenBytes -=
                    records.stream().mapToLong(record -> record.length).sum();
            written.signalAll();
        } finally {
            lock.unlock();
        }
        if (done) {
            group.forEach(hit -> hit.tell(true));
            whenWritten.run();
        }
    }

    private boolean append(List<byte[]> records) {
        try {
            folder.append(records);
            if (failing) {
                failing = false;
                log.info("Hits can be written again");
            }
            return true;
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                log.error(
                        "Hits cannot be written; they wait in memory as long as there is room, and it is tried again",
                        e);
            }
            failing = true;
            return false;
        }
    }

    /** Nobody waits for a disk that takes nothing: who wanted to know is told, and the hits stay. */
    private void tellFailure(List<Unwritten> group) {
        List<Unwritten> behind;
        lock.lock();
        try {
            behind = List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
        group.forEach(hit -> hit.tell(false));
        behind.forEach(hit -> hit.tell(false));
    }

    /** False if there is no more time to wait. */
    private boolean waitForTheDisk() {
        lock.lock();
        try {
            long left = DISK_AGAIN.toNanos();
            while (left > 0 && !closing) {
                left = came.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException e) {
            log.debug("Interrupted; the disk is tried again at once", e);
            return true;
        } finally {
            lock.unlock();
        }
    }
}
