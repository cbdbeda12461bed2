package app.mailroom.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteErrorCode;

/**
 * What processes have claimed, and how long it takes after one was killed until it holds nothing any more: until what it had
 * claimed is known to be uncertain, or settled. By a look of its own at the file of the workspace. Used by one thread.
 */
final class HeldByDead implements AutoCloseable {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LONGER_THAN_A_TRANSACTION_MILLIS = 1_000;
    private static final String SENDERS = "(SELECT id FROM senders WHERE name = 'process %d')";

    private record Dead(long pid, long diedAt) {}

    private final Connection file;
    private final List<Dead> holding = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private long lastLook = System.nanoTime();

    HeldByDead(Path database) {
        try {
            file = DriverManager.getConnection("jdbc:sqlite:" + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ids of the messages that a process has claimed and not sent yet, as far as anybody knows. */
    List<Long> heldBy(long pid) {
        return numbers("SELECT id FROM messages WHERE state = 'CLAIMED' AND sender_id IN " + SENDERS.formatted(pid));
    }

    /** How many messages are known to have been sent by a process. */
    long sentBy(long pid) {
        return numbers("SELECT count(*) FROM messages WHERE accepted_at IS NOT NULL AND sender_id IN "
                        + SENDERS.formatted(pid))
                .get(0);
    }

    /** How many events are stored, of whatever mailing. */
    long events() {
        return numbers("SELECT coalesce(max(id), 0) FROM message_events").get(0);
    }

    /** A process was killed just now. One that held nothing has nothing to give up. */
    void died(long pid) {
        if (!heldBy(pid).isEmpty()) {
            holding.add(new Dead(pid, System.nanoTime()));
        }
    }

    /** To be called again and again; looks if the last look was some time ago. */
    void look() {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastLook = now;
        for (Iterator<Dead> each = holding.iterator(); each.hasNext(); ) {
            Dead dead = each.next();
            if (heldBy(dead.pid()).isEmpty()) {
                seconds.add((now - dead.diedAt()) / 1e9);
                each.remove();
            }
        }
    }

    /** Whether somebody keeps everybody else from writing, and goes on to do so for longer than any transaction takes. */
    boolean fileIsHeld() {
        try (Statement statement = file.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + LONGER_THAN_A_TRANSACTION_MILLIS);
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("ROLLBACK");
            return false;
        } catch (SQLException e) {
            if (e.getErrorCode() == SQLiteErrorCode.SQLITE_BUSY.code) {
                return true;
            }
            throw new IllegalStateException(e);
        }
    }

    /** Whether nobody who is dead holds anything. */
    boolean holdNothing() {
        return holding.isEmpty();
    }

    /** How long each process that held something went on to hold it, from its end on. */
    List<Double> seconds() {
        return List.copyOf(seconds);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Long> numbers(String question) {
        List<Long> numbers = new ArrayList<>();
        try (PreparedStatement statement = file.prepareStatement(question);
                ResultSet answer = statement.executeQuery()) {
            while (answer.next()) {
                numbers.add(answer.getLong(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
        return numbers;
    }
}
