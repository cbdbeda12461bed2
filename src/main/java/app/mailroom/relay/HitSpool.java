package app.mailroom.relay;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Hits on disk, in the order in which they came, until the queue has them. One thread writes and forces them to the disk together,
 * at the latest {@link Limits#flushWithin} after they came, so that a process which is killed loses no more than that.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class HitSpool implements AutoCloseable {
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

    /** Hits that lie next in order, and where they end. */
    public record Batch(List<String> events, long end) {}

    private HitSpool() {}

    /**
     * Opens a folder, which is made if it is not there. What an earlier process left comes first; a hit that it was writing when
     * it ended is left out.
     *
     * @throws IOException when the folder cannot be used, or another process uses it
     */
    public static HitSpool open(Path folder, Limits limits) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Takes a hit without waiting for the disk; false if there is no room for it. */
    public boolean offer(Hit hit) {
        throw new UnsupportedOperationException();
    }

    /** Takes a hit; completes when it surely is on the disk, with false if it cannot be. */
    public CompletableFuture<Boolean> keep(Hit hit) {
        throw new UnsupportedOperationException();
    }

    /** Whether hits can be written at present: the disk takes them and there is room. */
    public boolean healthy() {
        throw new UnsupportedOperationException();
    }

    /** Writes what waits, and lets go of the folder. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
