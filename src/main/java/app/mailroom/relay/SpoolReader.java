package app.mailroom.relay;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the hits of a spool in order, from those that the queue does not have on. One thread at a time. */
final class SpoolReader implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(SpoolReader.class);

    private final SpoolFolder folder;
    private @Nullable SegmentReader reader;
    private long segmentStart = -1;
    private long position;
    private long damaged;

    SpoolReader(SpoolFolder folder) {
        this.folder = folder;
        this.position = folder.position();
    }

    /**
     * The next hit; empty if there is none at present.
     *
     * @throws IOException when the disk cannot be read; the same hit is tried again then
     */
    Optional<SpooledHit> next() throws IOException {
        Optional<SpoolSegment> segment = folder.from(position);
        while (segment.isPresent()) {
            SegmentReader of = readerOf(segment.get());
            Optional<SpooledHit> hit = of.next(segment.get().end());
            position = of.position();
            count(of.takeDamaged(), segment.get());
            if (hit.isPresent()) {
                return hit;
            }
            segment = folder.from(position);
        }
        if (reader != null && !folder.has(segmentStart)) {
            // A file that is deleted takes its room on the disk as long as it is open.
            close();
        }
        return Optional.empty();
    }

    /** How many bytes were passed over because they were damaged. */
    long damaged() {
        return damaged;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    private SegmentReader readerOf(SpoolSegment segment) throws IOException {
        if (reader != null && segmentStart == segment.start()) {
            return reader;
        }
        close();
        SegmentReader opened = new SegmentReader(segment, Math.max(position, segment.start()));
        reader = opened;
        segmentStart = segment.start();
        return opened;
    }

    private void count(long bytes, SpoolSegment segment) {
        if (bytes > 0) {
            damaged += bytes;
            log.error("{} bytes of {} are damaged; the hits in them are lost", bytes, segment.file());
        }
    }
}
