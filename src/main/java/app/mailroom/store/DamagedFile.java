package app.mailroom.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what can be read of a damaged database, and changes nothing of it. Rows are asked for by their numbers; where that fails,
 * by half as many, down to single ones, so that only those are missing that really cannot be read.
 */
final class DamagedFile implements AutoCloseable {
    /** A row by the names of its columns. */
    record Row(Map<String, @Nullable Object> values) {
        @Nullable String text(String column) {
            return values.get(column) instanceof String text ? text : null;
        }

        @Nullable Long number(String column) {
            return values.get(column) instanceof Number number ? number.longValue() : null;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(DamagedFile.class);

    /** Where this many attempts on one table failed, what is left of it is taken for unreadable. */
    private static final int FAILURES = 20_000;

    private static final int AT_ONCE = 1_000;

    /** Of rows whose numbers nobody knows, fewer are not asked for one by one. */
    private static final int UNKNOWN_AT_ONCE = 64;

    private final Connection connection;
    private final Map<String, Integer> failures = new LinkedHashMap<>();

    private DamagedFile(Connection connection) {
        this.connection = connection;
    }

    /** The file, if it can be opened at all. */
    static Optional<DamagedFile> open(Path file) {
        try {
            Connection connection = DatabaseFile.reading(file, false);
            try (Statement statement = connection.createStatement()) {
                // Looks at the cells of a page before it believes them.
                statement.execute("PRAGMA cell_size_check = ON");
                statement.executeQuery("SELECT count(*) FROM sqlite_master").close();
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return Optional.of(new DamagedFile(connection));
        } catch (SQLException e) {
            log.warn("Nothing can be read from the damaged file", e);
            return Optional.empty();
        }
    }

    /** The highest number of a row, 0 for none; empty where that cannot be read. */
    OptionalLong highest(String table) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT max(rowid) FROM " + table)) {
            return OptionalLong.of(row.next() ? row.getLong(1) : 0);
        } catch (SQLException e) {
            log.debug("The highest number in {} cannot be read", table, e);
            return OptionalLong.empty();
        }
    }

    /** What a piece of rows is handed to. */
    interface Piece {
        void of(long from, long to, List<Row> rows);
    }

    /** Goes through the rows with these numbers in pieces, in order. Each row comes with its number as {@code row_number}. */
    void read(String table, long from, long to, Piece piece) {
        read(table, from, to, 1, piece);
    }

    private void read(String table, long from, long to, int least, Piece piece) {
        for (long first = from; first <= to; first += AT_ONCE) {
            long last = Math.min(to, first + AT_ONCE - 1);
            List<Row> rows = new ArrayList<>();
            collect(table, first, last, least, rows);
            piece.of(first, last, rows);
        }
    }

    /** The same where it is not known which numbers there are. */
    void readUnknown(String table, long from, long to, Piece piece) {
        read(table, from, to, UNKNOWN_AT_ONCE, piece);
    }

    /** All rows from a number on, as far as the highest. */
    List<Row> from(String table, long from, long highest) {
        List<Row> all = new ArrayList<>();
        readUnknown(table, from, highest, (first, last, rows) -> all.addAll(rows));
        return all;
    }

    private void collect(String table, long from, long to, int least, List<Row> found) {
        if (failures.getOrDefault(table, 0) >= FAILURES) {
            return;
        }
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT rowid AS row_number, * FROM " + table + " WHERE rowid BETWEEN ? AND ? ORDER BY rowid")) {
            statement.setLong(1, from);
            statement.setLong(2, to);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            found.addAll(rows);
        } catch (SQLException e) {
            failures.merge(table, 1, Integer::sum);
            if (to - from >= least) {
                long middle = from + (to - from) / 2;
                collect(table, from, middle, least, found);
                collect(table, middle + 1, to, least, found);
            }
        }
    }

    private static Row row(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            values.put(columns.getColumnLabel(i), result.getObject(i));
        }
        return new Row(values);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            log.warn("The damaged file did not close cleanly", e);
        }
    }
}
