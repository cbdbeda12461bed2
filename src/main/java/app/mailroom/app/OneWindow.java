package app.mailroom.app;

import app.mailroom.support.Calls;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a workspace has one window on a computer. Whoever has the lock has the window, and ends having it with its
 * process, however that ends. Only a comfort: several processes on one workspace are safe, so where locks do not work, or the one
 * that has it does not answer, a window is opened all the same.
 */
final class OneWindow implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OneWindow.class);
    private static final long PAUSE_MILLIS = 50;

    private final Calls calls;
    private final @Nullable FileChannel channel;
    private final @Nullable WindowDoor door;

    private OneWindow(Calls calls, @Nullable FileChannel channel, @Nullable WindowDoor door) {
        this.calls = calls;
        this.channel = channel;
        this.door = door;
    }

    /**
     * Enters a workspace with a window.
     *
     * @param file what is to be opened, with a path that means the same everywhere
     * @param calls takes what other starts ask of this one
     * @param patience how long to try to reach a window that is there
     * @return nothing when a window that is there has taken over
     */
    static Optional<OneWindow> enter(Workspace workspace, Optional<Path> file, Calls calls, Duration patience)
            throws InterruptedException {
        WindowAddress address = new WindowAddress(workspace.windowAddress());
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                FileChannel channel =
                        FileChannel.open(workspace.windowLock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                if (locked(channel)) {
                    return Optional.of(new OneWindow(calls, channel, door(address, calls)));
                }
                channel.close();
            } catch (IOException e) {
                log.warn("Whether the workspace has a window already cannot be told", e);
                return Optional.of(new OneWindow(calls, null, null));
            }
            // One that is just starting has the lock before it can be called, one that is ending has it a little
            // longer.
            if (address.read().filter(there -> there.call(file)).isPresent()) {
                return Optional.empty();
            }
            if (System.nanoTime() - end > 0) {
                log.warn("The workspace has a window that does not answer; another is opened beside it");
                return Optional.of(new OneWindow(calls, null, null));
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private static @Nullable WindowDoor door(WindowAddress address, Calls calls) {
        try {
            return WindowDoor.open(address, calls);
        } catch (IOException e) {
            log.warn("Other starts cannot call this window", e);
            return null;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The window is closed; the next start opens one of its own, even while this process still finishes its work. */
    @Override
    public void close() {
        calls.close();
        if (door != null) {
            door.close();
        }
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.warn("The lock of the window ends with the process", e);
        }
    }
}
