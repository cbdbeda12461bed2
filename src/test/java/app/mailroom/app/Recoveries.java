package app.mailroom.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes after a process was killed until it holds nothing any more: what it had claimed is known to be uncertain, or
 * has been settled. By a look of its own at the file of the workspace, now and then. Used by one thread.
 */
final class Recoveries implements AutoCloseable {
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String HELD =
            "SELECT count(*) FROM messages WHERE state = 'CLAIMED' AND sender_id IN (SELECT id FROM senders WHERE name = ?)";

    private record Dead(String sender, long killedAt) {}

    private final Connection file;
    private final List<Dead> open = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();
    private long lastLook = System.nanoTime();

    Recoveries(Path database) {
        try {
            file = DriverManager.getConnection("jdbc:sqlite:" + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A process was killed just now. One that held nothing has nothing to recover. */
    void killed(long pid) {
        Dead dead = new Dead("process " + pid, System.nanoTime());
        if (held(dead.sender()) > 0) {
            open.add(dead);
        }
    }

    /** To be called again and again; looks if the last look was some time ago. */
    void look() {
        long now = System.nanoTime();
        if (now - lastLook < LOOK_EVERY_NANOS) {
            return;
        }
        lastLook = now;
        for (Iterator<Dead> each = open.iterator(); each.hasNext(); ) {
            Dead dead = each.next();
            if (held(dead.sender()) == 0) {
                seconds.add((now - dead.killedAt()) / 1e9);
                each.remove();
            }
        }
    }

    /** Whether nobody who is dead holds anything. */
    boolean over() {
        return open.isEmpty();
    }

    /** The times, of those processes that held something, from their end on. */
    List<Double> seconds() {
        return List.copyOf(seconds);
    }

    /** How many events are stored, of whatever mailing. */
    long events() {
        return number("SELECT coalesce(max(id), 0) FROM message_events", null);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long held(String sender) {
        return number(HELD, sender);
    }

    private long number(String question, @Nullable String value) {
        try (PreparedStatement statement = file.prepareStatement(question)) {
            if (value != null) {
                statement.setString(1, value);
            }
            try (ResultSet answer = statement.executeQuery()) {
                return answer.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(question, e);
        }
    }
}
