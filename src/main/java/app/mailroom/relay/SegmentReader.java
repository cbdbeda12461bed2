package app.mailroom.relay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reads hits of one file of the spool in order, and finds the next that is whole where bytes are damaged. One thread at a time. */
final class SegmentReader implements Closeable {
    private static final int CHUNK = 4 * (SpoolRecord.HEAD + SpoolRecord.LONGEST_EVENT);

    private final FileChannel channel;
    private final long start;
    private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).limit(0);
    /** Where in the file the bytes begin that were read last. */
    private long base;
    /** Where in these bytes the next hit begins. */
    private int index;

    private long damaged;

    /**
     * Begins at a place in the spool.
     *
     * @throws IOException when the file cannot be opened
     */
    SegmentReader(SpoolSegment segment, long from) throws IOException {
        this.channel = FileChannel.open(segment.file(), StandardOpenOption.READ);
        this.start = segment.start();
        this.base = from - segment.start();
    }

    /**
     * The next hit that ends before a place in the spool. Bytes that hold none are passed over and counted.
     *
     * @throws IOException when the file cannot be read; nothing is passed over then
     */
    Optional<SpooledHit> next(long end) throws IOException {
        while (position() < end) {
            int size = SpoolRecord.sizeAt(bytes, index);
            long left = end - position();
            if (size == SpoolRecord.CUT && bytes.limit() - index < left) {
                if (!read(left)) {
                    damaged += left;
                    skipTo(end);
                }
            } else if (size <= 0 || size > left) {
                damaged++;
                index++;
            } else {
                SpooledHit hit = SpoolRecord.hitAt(bytes, index, position() + size);
                index += size;
                return Optional.of(hit);
            }
        }
        return Optional.empty();
    }

    /** Where in the spool the next hit begins. */
    long position() {
        return start + base + index;
    }

    /** How many bytes were passed over because they hold no hit, since this was asked last. */
    long takeDamaged() {
        long taken = damaged;
        damaged = 0;
        return taken;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Reads anew from where the next hit begins; false if the file has no more than is here already. */
    private boolean read(long left) throws IOException {
        int had = bytes.limit() - index;
        base += index;
        index = 0;
        bytes.limit(0);
        ByteBuffer fresh = ByteBuffer.wrap(bytes.array()).limit((int) Math.min(CHUNK, left));
        int got = 0;
        while (fresh.hasRemaining() && got >= 0) {
            got = channel.read(fresh, base + fresh.position());
        }
        bytes.limit(fresh.position());
        return bytes.limit() > had;
    }

    private void skipTo(long end) {
        base = end - start;
        index = 0;
        bytes.limit(0);
    }
}
