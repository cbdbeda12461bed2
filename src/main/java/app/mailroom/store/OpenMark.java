package app.mailroom.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A small file beside a database that says how its file was left: whether somebody has it open, what it looked like when the last
 * one closed it, and when all of it was last checked. Whoever has the database open holds a shared lock on it, which ends with
 * the process however that ends; whoever replaces the database's file holds the lock alone.
 */
final class OpenMark implements AutoCloseable {
    private static final String SUFFIX = ".open";

    /** Behind all that is ever written, because some systems let nobody read what is locked. */
    private static final long LOCKED = 1L << 30;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** A second lock of one process on a file throws, so a process has one lock on each. */
    private static final Map<Path, Held> HELD = new HashMap<>();

    private static final class Held {
        private final FileChannel channel;
        private @Nullable FileLock lock;
        private int holders = 1;

        private Held(FileChannel channel, FileLock lock) {
            this.channel = channel;
            this.lock = lock;
        }
    }

    /**
     * What the mark says.
     *
     * @param open whether the last one to have the database open has not closed it
     * @param size of the closed file in bytes
     * @param modified when it was last written, in milliseconds
     * @param checked when all of it was last found well, in milliseconds; 0 for never
     * @param suspect whether something was met that makes it doubtful
     */
    record State(boolean open, long size, long modified, long checked, boolean suspect) {
        private static final State UNKNOWN = new State(false, -1, -1, 0, false);

        private String written() {
            return (open ? "open " : "closed ") + size + " " + modified + " " + checked + " "
                    + (suspect ? "suspect" : "well") + "\n";
        }

        private static State read(String text) {
            String[] parts = text.strip().split(" ", -1);
            try {
                return parts.length != 5
                        ? UNKNOWN
                        : new State(
                                parts[0].equals("open"),
                                Long.parseLong(parts[1]),
                                Long.parseLong(parts[2]),
                                Long.parseLong(parts[3]),
                                parts[4].equals("suspect"));
            } catch (NumberFormatException e) {
                // A mark that was cut off in the middle says nothing, and the file is checked.
                return UNKNOWN;
            }
        }
    }

    private final Path database;
    private final Path mark;
    private boolean closed;

    private OpenMark(Path database, Path mark) {
        this.database = database;
        this.mark = mark;
    }

    /**
     * Takes part in having the database open; waits while somebody replaces its file.
     *
     * @throws IOException when the mark cannot be written, or the file is being replaced for too long
     */
    static OpenMark hold(Path database) throws IOException {
        Path mark = markOf(database);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            synchronized (HELD) {
                Held held = HELD.get(mark);
                if (held != null && held.lock != null) {
                    if (held.lock.isShared()) {
                        held.holders++;
                        return new OpenMark(database, mark);
                    }
                } else {
                    FileChannel channel = open(mark);
                    Optional<FileLock> lock = tryLock(channel, true);
                    if (lock.isPresent()) {
                        HELD.put(mark, new Held(channel, lock.get()));
                        return new OpenMark(database, mark);
                    }
                    channel.close();
                }
            }
            if (System.nanoTime() > until) {
                throw new IOException("another program is replacing the file " + database + " just now");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Has the database for itself, if nobody has it open. */
    static Optional<OpenMark> alone(Path database) throws IOException {
        Path mark = markOf(database);
        synchronized (HELD) {
            if (HELD.containsKey(mark)) {
                return Optional.empty();
            }
            FileChannel channel = open(mark);
            Optional<FileLock> lock = tryLock(channel, false);
            if (lock.isEmpty()) {
                channel.close();
                return Optional.empty();
            }
            HELD.put(mark, new Held(channel, lock.get()));
            return Optional.of(new OpenMark(database, mark));
        }
    }

    /** What the mark of a database says; nothing is known where there is none. */
    static State state(Path database) throws IOException {
        Path mark = markOf(database);
        return Files.exists(mark) ? State.read(Files.readString(mark)) : State.UNKNOWN;
    }

    /** Whether somebody, in this process or another, has the database open. */
    static boolean isHeld(Path database) throws IOException {
        if (!Files.exists(markOf(database))) {
            return false;
        }
        Optional<OpenMark> alone = alone(database);
        alone.ifPresent(OpenMark::letGo);
        return alone.isEmpty();
    }

    /** Notes that the database is open from now on. */
    void opened() throws IOException {
        State before = state(database);
        write(new State(true, before.size(), before.modified(), before.checked(), before.suspect()));
    }

    /** Notes that it is being closed, so that nobody misses the journal that goes with the last connection. */
    void closing() throws IOException {
        State before = state(database);
        write(new State(false, -1, -1, before.checked(), before.suspect()));
    }

    /** Notes that all of the file was found well. */
    void checked(Instant at) throws IOException {
        State before = state(database);
        write(new State(before.open(), before.size(), before.modified(), at.toEpochMilli(), false));
    }

    /** Notes that the file is to be checked before it is used again. */
    void suspect() throws IOException {
        State before = state(database);
        write(new State(before.open(), before.size(), before.modified(), before.checked(), true));
    }

    /** Forgets all, because another file takes the place. */
    void forget() throws IOException {
        write(State.UNKNOWN);
    }

    private void write(State state) throws IOException {
        synchronized (HELD) {
            Held held = HELD.get(mark);
            if (held == null) {
                throw new IOException("the mark " + mark + " is not held");
            }
            ByteBuffer bytes = ByteBuffer.wrap(state.written().getBytes(StandardCharsets.US_ASCII));
            int length = bytes.remaining();
            for (long at = 0; bytes.hasRemaining(); ) {
                at += held.channel.write(bytes, at);
            }
            held.channel.truncate(length);
        }
    }

    /** Ends having it open; the last one notes how the file was left. Call it once the connections are closed. */
    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            Held held = HELD.get(mark);
            if (closed || held == null) {
                return;
            }
            closed = true;
            held.holders--;
            if (held.holders > 0) {
                opened();
                return;
            }
            FileLock lock = held.lock;
            if (lock != null && lock.isShared()) {
                lock.release();
                held.lock = tryLock(held.channel, false).orElse(null);
                if (held.lock != null && !journalIsThere(database) && Files.exists(database)) {
                    State before = state(database);
                    write(new State(
                            false,
                            Files.size(database),
                            Files.getLastModifiedTime(database).toMillis(),
                            before.checked(),
                            before.suspect()));
                }
            }
            HELD.remove(mark);
            held.channel.close();
        }
    }

    /** Gives the lock back, and notes nothing. */
    void letGo() {
        synchronized (HELD) {
            Held held = HELD.remove(mark);
            closed = true;
            if (held != null) {
                try {
                    held.channel.close();
                } catch (IOException e) {
                    throw new StoreException("the mark " + mark + " cannot be closed: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Whether there is something in the journal beside the file that may not be in the file. */
    static boolean journalIsThere(Path database) throws IOException {
        Path journal = DatabaseFile.journal(database);
        return Files.exists(journal) && Files.size(journal) > 0;
    }

    private static FileChannel open(Path mark) throws IOException {
        return FileChannel.open(mark, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Optional<FileLock> tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock(LOCKED, 1, shared));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static Path markOf(Path database) {
        Path absolute = database.toAbsolutePath().normalize();
        return absolute.resolveSibling(absolute.getFileName() + SUFFIX);
    }
}
