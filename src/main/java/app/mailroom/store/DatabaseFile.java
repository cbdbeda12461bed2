package app.mailroom.store;

import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.model.FileDamage.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A database's file as it lies there, and whether it may be worked with. A look costs some reads however large the file is; a
 * check reads all of it. What was changed within a value without breaking the file's order is found by neither.
 */
public final class DatabaseFile {
    /** All of a file is checked when that was not done for so long. */
    private static final Duration CHECK_EVERY = Duration.ofDays(1);

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 100;
    private static final int PAGE_SIZE_AT = 16;
    private static final int CHANGE_COUNTER_AT = 24;
    private static final int PAGES_AT = 28;
    private static final int COUNTED_AT_CHANGE_AT = 92;
    private static final int LARGEST_PAGE = 65_536;
    private static final int PRIMARY = 0xff;
    private static final int BUSY_MILLIS = 60_000;
    private static final int TOLD = 300;

    private final Path file;
    private final Database.Schema schema;

    /** The file of a database of this kind, which may not be there. */
    public DatabaseFile(Path file, Database.Schema schema) {
        this.file = file;
        this.schema = schema;
    }

    /** Whether there is a file. */
    public static boolean isThere(Path file) {
        return Files.exists(file);
    }

    /** What a copy that nobody writes has for a setting; empty where it has none or cannot be read. */
    public Optional<String> setting(String name) {
        try (Connection connection = connect(true);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT value FROM settings WHERE name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** Where the journal of a file lies. */
    static Path journal(Path file) {
        return file.resolveSibling(file.getFileName() + "-wal");
    }

    /** Where what processes share about a file lies. */
    static Path sharedMemory(Path file) {
        return file.resolveSibling(file.getFileName() + "-shm");
    }

    /**
     * What can be seen without reading all of the file. A file that is not there is well: it will be made.
     *
     * @throws IOException when the disk does not let it be read
     */
    public Optional<FileDamage> look() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        OpenMark.State left = OpenMark.state(file);
        boolean used = left.open() || left.size() > 0;
        boolean journal = OpenMark.journalIsThere(file);
        if (Files.size(file) == 0) {
            // With a journal beside it, nothing was carried over yet; without one, only a file that was never used is
            // empty.
            return journal || !used ? Optional.empty() : damage(Kind.CUT_SHORT, "the file is empty");
        }
        Optional<FileDamage> head = head(journal);
        if (head.isPresent()) {
            return head;
        }
        // Another program that looks into the file carries the journal over and takes both away; a person takes one.
        boolean alone = !Files.exists(journal(file)) && Files.exists(sharedMemory(file));
        if (left.open() && alone && !OpenMark.isHeld(file)) {
            return damage(Kind.JOURNAL_MISSING, journal(file).getFileName() + " is missing");
        }
        return ofThisProgram();
    }

    private Optional<FileDamage> head(boolean journal) throws IOException {
        ByteBuffer head;
        try (InputStream in = Files.newInputStream(file)) {
            head = ByteBuffer.wrap(in.readNBytes(HEADER));
        }
        if (head.limit() < HEADER || !Arrays.equals(head.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return damage(Kind.NO_DATABASE, "the file does not begin as a database does");
        }
        int told = Short.toUnsignedInt(head.getShort(PAGE_SIZE_AT));
        int pageSize = told == 1 ? LARGEST_PAGE : told;
        long pages = Integer.toUnsignedLong(head.getInt(PAGES_AT));
        boolean counted = head.getInt(CHANGE_COUNTER_AT) == head.getInt(COUNTED_AT_CHANGE_AT);
        // What is in the journal may make it longer, so that it need not be so long yet.
        if (!journal && counted && Files.size(file) < pages * pageSize) {
            return damage(Kind.CUT_SHORT, Files.size(file) + " bytes are there of " + pages * pageSize);
        }
        return Optional.empty();
    }

    private Optional<FileDamage> ofThisProgram() {
        try (Connection connection = connect(false)) {
            Set<String> tables = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_master WHERE type = 'table'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            // Another process may be making it just now.
            tables.remove(Database.HISTORY);
            return tables.isEmpty() || tables.contains(schema.sign())
                    ? Optional.empty()
                    : damage(Kind.FOREIGN, "it has no table “" + schema.sign() + "”");
        } catch (SQLException e) {
            return damage(e);
        }
    }

    /**
     * Whether all of the file should be checked before it is worked with: it was not closed in good order and nobody has it open,
     * it is not as it was left, something doubtful was met, or the last check was long ago.
     */
    public boolean checkIsDue(Clock clock) throws IOException {
        if (!Files.exists(file) || OpenMark.isHeld(file)) {
            return false;
        }
        OpenMark.State left = OpenMark.state(file);
        boolean asLeft = !left.open()
                && !OpenMark.journalIsThere(file)
                && left.size() == Files.size(file)
                && left.modified() == Files.getLastModifiedTime(file).toMillis();
        Instant checked = Instant.ofEpochMilli(left.checked());
        Instant now = clock.instant();
        boolean lately = checked.plus(CHECK_EVERY).isAfter(now) && !checked.isAfter(now);
        return left.suspect() || !asLeft || !lately;
    }

    /**
     * Reads all of the file and says what is wrong with it; some two seconds for a million messages. Others may work with it
     * meanwhile.
     */
    public Optional<FileDamage> check() {
        return check(false);
    }

    /** The same of a copy that nobody writes. Nothing comes to lie beside it. */
    public Optional<FileDamage> checkUnused() {
        return check(true);
    }

    private Optional<FileDamage> check(boolean nobodyWrites) {
        try (Connection connection = connect(nobodyWrites);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(3)")) {
            StringBuilder found = new StringBuilder();
            while (rows.next()) {
                found.append(found.isEmpty() ? "" : "; ")
                        .append(rows.getString(1).strip());
            }
            String words = found.toString();
            return words.equals("ok")
                    ? Optional.empty()
                    : damage(Kind.BROKEN, words.length() <= TOLD ? words : words.substring(0, TOLD) + "…");
        } catch (SQLException e) {
            return damage(e);
        }
    }

    /** Keeps that all of it was found well just now, if nobody else is about to replace it. */
    public void keepChecked(Clock clock) throws IOException {
        try (OpenMark mark = OpenMark.hold(file)) {
            mark.checked(clock.instant());
        }
    }

    /** What is in a copy that nobody writes; empty where it cannot be read. */
    public Optional<BackupCopy.Contents> contents() {
        try (Connection connection = connect(true)) {
            return Optional.of(new BackupCopy.Contents(
                    count(connection, "templates WHERE archived_at IS NULL"),
                    count(connection, "recipient_lists WHERE ready = 1"),
                    count(connection, "plans"),
                    sum(connection)));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** From the kept counts, because a million messages would have to be read. */
    private static long sum(Connection connection) throws SQLException {
        return number(
                connection,
                "SELECT coalesce(sum(count), 0) FROM plan_totals WHERE measure IN ('PLANNED', 'CLAIMED', 'ACCEPTED',"
                        + " 'UNCERTAIN', 'REJECTED', 'DELAYED', 'DELIVERED', 'BOUNCED', 'COMPLAINED', 'SUPPRESSED',"
                        + " 'CANCELLED')");
    }

    private static long count(Connection connection, String from) throws SQLException {
        return number(connection, "SELECT count(*) FROM " + from);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** A connection that changes nothing; to a file that nobody writes without any file beside it. */
    private Connection connect(boolean nobodyWrites) throws SQLException {
        return reading(file, nobodyWrites);
    }

    static Connection reading(Path file, boolean nobodyWrites) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection(
                "jdbc:sqlite:" + (nobodyWrites ? file.toUri() + "?immutable=1" : file.toString()));
    }

    private Optional<FileDamage> damage(Kind kind, String detail) {
        return Optional.of(new FileDamage(kind, file, detail));
    }

    private Optional<FileDamage> damage(SQLException e) {
        return Optional.of(damageIn(e, file).orElseThrow(() -> unopened(e)));
    }

    /** SQLite reads no journal where it may write nothing, and says then only that the file cannot be opened. */
    private StoreException unopened(SQLException e) {
        Path folder = file.toAbsolutePath().getParent();
        Throwable cause = e;
        if (folder != null && !Files.isWritable(folder)) {
            cause = new AccessDeniedException(folder.toString()).initCause(e);
        }
        return StoreException.of(cause, why -> "The workspace " + folder + " cannot be opened: " + why);
    }

    /** The damage that a failure tells of; empty where it tells of something else. */
    static Optional<FileDamage> damageIn(Throwable failure, Path file) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                SQLiteErrorCode code = sqlite.getResultCode();
                int primary = code.code & PRIMARY;
                String words = String.valueOf(sqlite.getMessage());
                if (primary == SQLiteErrorCode.SQLITE_NOTADB.code) {
                    return Optional.of(new FileDamage(Kind.NO_DATABASE, file, words));
                }
                if (primary == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ) {
                    return Optional.of(new FileDamage(Kind.BROKEN, file, words));
                }
            }
        }
        return Optional.empty();
    }
}
