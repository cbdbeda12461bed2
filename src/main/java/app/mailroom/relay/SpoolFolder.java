package app.mailroom.relay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a spool: segments to which hits are appended, and the position up to which the queue has them. Places in a spool are
 * counted in bytes over all that was ever written, so a place stays the same when segments before it are deleted. Files are for
 * their owner alone, where the file system knows owners. One thread appends; the rest may be called from any.
 */
final class SpoolFolder implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(SpoolFolder.class);

    private static final long LARGEST_SEGMENT = 8L << 20;
    private static final long SMALLEST_SEGMENT = 4L << 10;
    /** A spool that is full has room again when this share of it has gone to the queue. */
    private static final int SEGMENTS = 8;
    /** From this share of a segment on, one of which the queue has all is not filled any more. */
    private static final int SENT_SHARE = 8;

    private static final int POSITION_BYTES = Long.BYTES + Integer.BYTES;
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final long segmentBytes;
    private final FileChannel lockFile;
    private final FileChannel positionFile;
    private final TreeMap<Long, SpoolSegment> segments = new TreeMap<>();
    private long position;
    private boolean positionFails;
    private volatile long bytes;
    /** The last segment's, at its end; null before the first hit and after a failure. For the appending thread alone. */
    private @Nullable FileChannel appending;

    private long appendingTo;

    private SpoolFolder(Path folder, long bytes, FileChannel lockFile, FileChannel positionFile) {
        this.folder = folder;
        this.segmentBytes = Math.max(SMALLEST_SEGMENT, Math.min(LARGEST_SEGMENT, bytes / SEGMENTS));
        this.lockFile = lockFile;
        this.positionFile = positionFile;
    }

    /**
     * Opens a folder, which is made if it is not there.
     *
     * @param bytes how much is to lie in it at most; segments are a part of that
     * @throws IOException when the folder cannot be used, or another process uses it
     */
    static SpoolFolder open(Path folder, long bytes) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder, ownerOnly("rwx------"));
            force(folder.toAbsolutePath().getParent());
        }
        FileChannel lockFile = file(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(folder, lockFile);
            FileChannel positionFile = file(
                    folder.resolve("position"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            try {
                SpoolFolder opened = new SpoolFolder(folder, bytes, lockFile, positionFile);
                opened.recover();
                return opened;
            } catch (IOException | RuntimeException e) {
                positionFile.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    /** Where the next hit is written. */
    synchronized long end() {
        return segments.isEmpty() ? position : segments.lastEntry().getValue().end();
    }

    /** Up to where the queue has all hits. */
    synchronized long position() {
        return position;
    }

    /** Whether there still is a segment that begins at a place. */
    synchronized boolean has(long start) {
        return segments.containsKey(start);
    }

    /** How much lies on the disk. Never waits for it, since whoever answers a reader asks. */
    long bytes() {
        return bytes;
    }

    /** The segment that holds what comes at a place or, if there is nothing there, the next that has something. */
    synchronized Optional<SpoolSegment> from(long place) {
        Map.Entry<Long, SpoolSegment> entry = segments.floorEntry(place);
        if (entry == null || entry.getValue().end() <= place) {
            entry = segments.higherEntry(place);
        }
        return Optional.ofNullable(entry).map(Map.Entry::getValue).filter(segment -> segment.bytes() > 0);
    }

    /**
     * Appends records and waits until they surely are on the disk. If that fails none of them counts, and all may be appended again:
     * what a failed call left is cut off first, for after a failure a system may take bytes for written that it has lost.
     */
    void append(List<byte[]> records) throws IOException {
        long added = records.stream().mapToLong(record -> record.length).sum();
        ByteBuffer together = ByteBuffer.allocate(Math.toIntExact(added));
        records.forEach(together::put);
        together.flip();
        boolean written = false;
        try {
            FileChannel channel = atTheEnd();
            while (together.hasRemaining()) {
                channel.write(together);
            }
            channel.force(false);
            written = true;
        } finally {
            if (!written) {
                letGo();
            }
        }
        synchronized (this) {
            SpoolSegment last = segments.lastEntry().getValue();
            segments.put(last.start(), last.endingAt(last.end() + added));
            countBytes();
        }
    }

    /**
     * Keeps up to where the queue has all hits, and deletes segments that hold none beyond. The position is not forced to the disk:
     * after a power failure an older one may be there, and hits go to the queue once more. None is lost by that.
     */
    void passed(long place) {
        List<SpoolSegment> gone = new ArrayList<>();
        synchronized (this) {
            position = place;
            keepPosition();
            while (segments.size() > 1 && segments.firstEntry().getValue().end() <= place) {
                gone.add(segments.pollFirstEntry().getValue());
            }
            countBytes();
        }
        gone.forEach(SpoolFolder::delete);
    }

    /** A file of the folder beside the segments, to which something is appended. */
    FileChannel beside(String name) throws IOException {
        return file(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Lets other processes use the folder. Of hits that the queue has none stay. */
    @Override
    public void close() throws IOException {
        try (lockFile;
                positionFile) {
            letGo();
            positionFile.force(false);
            takeSent(1).ifPresent(SpoolFolder::delete);
        }
    }

    private void recover() throws IOException {
        List<SpoolSegment> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                SpoolSegment.of(file).ifPresent(found::add);
            }
        }
        for (int i = 0; i < found.size(); i++) {
            SpoolSegment segment = found.get(i);
            long size = Files.size(segment.file());
            SpoolSegment whole = segment.endingAt(segment.start() + size);
            segments.put(segment.start(), i == found.size() - 1 ? withoutTornTail(whole) : whole);
        }
        long first = segments.isEmpty() ? 0 : segments.firstKey();
        Optional<Long> kept = keptPosition();
        if (kept.isEmpty() && !segments.isEmpty()) {
            log.warn("It is not known how far the queue has the hits in {}; all of them go to it again", folder);
        }
        position = Math.max(first, kept.orElse(first));
        while (!segments.isEmpty() && segments.firstEntry().getValue().end() <= position) {
            delete(segments.pollFirstEntry().getValue());
        }
        countBytes();
        keepPosition();
    }

    private synchronized void countBytes() {
        bytes = segments.isEmpty() ? 0 : end() - segments.firstKey();
    }

    /** A segment without what follows its last whole hit: the process ended while it wrote that. */
    private static SpoolSegment withoutTornTail(SpoolSegment segment) throws IOException {
        long end = segment.start();
        try (SegmentReader reader = new SegmentReader(segment, segment.start())) {
            for (Optional<SpooledHit> hit = reader.next(segment.end());
                    hit.isPresent();
                    hit = reader.next(segment.end())) {
                end = hit.get().end();
            }
        }
        if (end < segment.end()) {
            log.warn(
                    "Cut {} bytes off {}: a hit that was being written when the relay ended",
                    segment.end() - end,
                    segment.file());
            try (FileChannel channel = FileChannel.open(segment.file(), StandardOpenOption.WRITE)) {
                channel.truncate(end - segment.start());
                channel.force(true);
            }
        }
        return segment.endingAt(end);
    }

    /** The last segment's channel, or that of a new one if the last is long enough. */
    private FileChannel atTheEnd() throws IOException {
        // After a failure what was sent goes at once, however little it is: it may be what fills the disk.
        Optional<SpoolSegment> sent = takeSent(appending == null ? 1 : segmentBytes / SENT_SHARE);
        if (sent.isPresent()) {
            letGo();
            delete(sent.get());
        }
        SpoolSegment last = lastWithRoom();
        if (appending != null && appendingTo == last.start()) {
            return appending;
        }
        letGo();
        FileChannel opened = file(last.file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        appending = opened;
        appendingTo = last.start();
        opened.truncate(last.bytes());
        opened.position(last.bytes());
        force(folder);
        return opened;
    }

    /** The last segment, which is none any more, if it has so many bytes at least and the queue has all of them. */
    private synchronized Optional<SpoolSegment> takeSent(long least) {
        if (segments.isEmpty()) {
            return Optional.empty();
        }
        SpoolSegment last = segments.lastEntry().getValue();
        if (last.bytes() < least || last.end() > position) {
            return Optional.empty();
        }
        segments.remove(last.start());
        countBytes();
        return Optional.of(last);
    }

    /** The segment to append to; it need not have a file yet. */
    private synchronized SpoolSegment lastWithRoom() {
        SpoolSegment last = segments.isEmpty()
                ? SpoolSegment.at(folder, position)
                : segments.lastEntry().getValue();
        SpoolSegment withRoom = last.bytes() < segmentBytes ? last : SpoolSegment.at(folder, last.end());
        segments.put(withRoom.start(), withRoom);
        return withRoom;
    }

    private void letGo() throws IOException {
        if (appending != null) {
            FileChannel channel = appending;
            appending = null;
            channel.close();
        }
    }

    /** So that what is new in a folder is there after a power failure. Windows does that by itself and cannot be told. */
    private static void force(@Nullable Path folder) throws IOException {
        if (POSIX && folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private Optional<Long> keptPosition() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(POSITION_BYTES);
        int read = positionFile.read(bytes, 0);
        boolean whole = read == POSITION_BYTES
                && bytes.getInt(Long.BYTES) == SpoolRecord.checksum(bytes.array(), 0, Long.BYTES)
                && bytes.getLong(0) >= 0;
        return whole ? Optional.of(bytes.getLong(0)) : Optional.empty();
    }

    private void keepPosition() {
        ByteBuffer bytes = ByteBuffer.allocate(POSITION_BYTES).putLong(position);
        bytes.putInt(SpoolRecord.checksum(bytes.array(), 0, Long.BYTES)).flip();
        try {
            positionFile.write(bytes, 0);
            positionFails = false;
        } catch (IOException e) {
            if (!positionFails) {
                log.warn("How far the queue has the hits cannot be kept; some may go to it twice", e);
            }
            positionFails = true;
        }
    }

    private static void lock(Path folder, FileChannel lockFile) throws IOException {
        FileLock lock;
        try {
            lock = lockFile.tryLock();
        } catch (OverlappingFileLockException e) {
            throw inUse(folder, e);
        }
        if (lock == null) {
            throw inUse(folder, null);
        }
    }

    private static IOException inUse(Path folder, @Nullable Throwable cause) {
        return new IOException(
                "Another relay uses the folder " + folder + ". Stop it, or give this one a folder of its own.", cause);
    }

    private static void delete(SpoolSegment segment) {
        try {
            Files.deleteIfExists(segment.file());
        } catch (IOException e) {
            log.warn(
                    "The queue has all hits in {}, which cannot be deleted; it is tried again at the next start",
                    segment.file(),
                    e);
        }
    }

    private static FileChannel file(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), ownerOnly("rw-------"));
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
