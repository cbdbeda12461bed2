package app.mailroom.store;

import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.FileDamage;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.model.StoreProblem;
import app.mailroom.model.World;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file: a single writer connection, and a small pool of readers that see what was last committed.
 *
 * <p>Several processes may have the same file open. A write waits up to a minute for another process's transaction.
 * Writes to a workspace are durable when {@link #write} returns (WAL with {@code synchronous=FULL}), so that an intent
 * is on disk before anybody acts on it. Callers keep transactions short and never call a remote service within one.
 */
public final class Database implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Database.class);
    private static final int READERS = 4;
    private static final int BUSY_MILLIS = 60_000;

    /** In the name of a copy that was made before a migration, between the file's name and the time. */
    public static final String BEFORE_MIGRATION = ".before-migration-";

    /** Deleted content is overwritten wherever its page is written anyway, so that only whole pages keep any. */
    private static final String USUAL_DELETE = "FAST";

    /** Where it is kept which migrations a file has been through. */
    static final String HISTORY = "schema_history";

    private static final String WIPING = "wiped_pages";

    /** Whoever empties the journal keeps all others from writing while it waits for those who read. */
    private static final int CHECKPOINT_MILLIS = 200;

    private static final Duration CHECKPOINT_PAUSE = Duration.ofMillis(200);
    private static final int CHECKPOINT_TRIES = 150;

    private static final long WIPED_AT_ONCE = 32L << 20;

    /** The two kinds of file, each with its own migrations. */
    public enum Schema {
        /** Everything a person makes and everything the pipeline knows. */
        WORKSPACE("db/workspace", 12, SQLiteConfig.SynchronousMode.FULL, "plans"),
        /** The simulated mail service of practice mode; survives a killed process, and may lose a moment with the power. */
        PRACTICE("db/practice", 1, SQLiteConfig.SynchronousMode.NORMAL, "practice_mail");

        private final String location;
        private final int newest;
        private final SQLiteConfig.SynchronousMode synchronous;
        private final String sign;

        Schema(String location, int newest, SQLiteConfig.SynchronousMode synchronous, String sign) {
            this.location = location;
            this.newest = newest;
            this.synchronous = synchronous;
            this.sign = sign;
        }

        /** A table by which a file of this kind is known. */
        String sign() {
            return sign;
        }

        /** Where its migrations lie among the program's resources. */
        String location() {
            return location;
        }

        /** The version to which its migrations lead. */
        int newest() {
            return newest;
        }
    }

    private final Connection writer;
    private final DSLContext writing;
    private final ReentrantLock writeLock;
    private final BlockingQueue<Connection> readers;
    private final Access access;
    private final DamageWatch damage;

    private Database(Connection writer, List<Connection> readers, DamageWatch damage) {
        this.damage = damage;
        this.writer = writer;
        this.writing = context(writer);
        this.writeLock = new ReentrantLock(true);
        this.readers = new ArrayBlockingQueue<>(READERS, false, readers);
        this.access = Access.PROGRAM;
    }

    private Database(Database same, Access access) {
        this.damage = same.damage;
        this.writer = same.writer;
        this.writing = same.writing;
        this.writeLock = same.writeLock;
        this.readers = same.readers;
        this.access = access;
    }

    /**
     * The same open database as somebody uses it: what changes it names the right that it takes, and is refused without. The
     * one that was opened is the program's own, to which nothing is refused. Closing one closes them all.
     */
    public Database usedBy(Access somebody) {
        return new Database(this, somebody);
    }

    /**
     * The same for one deed of many transactions that has to be done to its end: asks now, and is refused nothing after that, in
     * the same name.
     *
     * @throws NotAllowedException when whoever uses this database does not have the right
     */
    Database allowing(Right right) {
        access.requireToChange(right);
        Actor who = access.actor();
        return usedBy(new Access() {
            @Override
            public Actor actor() {
                return who;
            }

            @Override
            public Optional<Refusal> refusal(Right asked, World world) {
                return asked == right ? Optional.empty() : access.refusal(asked, world);
            }
        });
    }

    /** Who uses it. */
    public Access access() {
        return access;
    }

    /**
     * Opens the file, making it or bringing its schema up to date first. A file that is about to be migrated is
     * copied beside itself before. Two processes that open it at once take turns.
     *
     * @throws DamagedException when a look at the file shows that it is damaged, or a check of all of it before it is migrated
     * @throws StoreException when the file cannot be opened or is newer than this program
     */
    public static Database open(Path file, Schema schema, Clock clock) {
        String url = "jdbc:sqlite:" + file;
        OpenMark mark = null;
        try {
            Optional<FileDamage> found = new DatabaseFile(file, schema).look();
            if (found.isPresent()) {
                throw new DamagedException(found.get(), null);
            }
            mark = OpenMark.hold(file);
            Database opened = open(file, url, schema, clock, mark);
            mark.opened();
            return opened;
        } catch (SQLException | IOException | org.flywaydb.core.api.FlywayException | DamagedException e) {
            letGo(mark, e);
            if (e instanceof DamagedException damaged) {
                throw damaged;
            }
            Optional<FileDamage> met = DatabaseFile.damageIn(e, file);
            if (met.isPresent()) {
                throw new DamagedException(met.get(), e);
            }
            throw StoreException.of(e, why -> "The workspace " + file.getParent() + " cannot be opened: " + why);
        }
    }

    private static void letGo(@Nullable OpenMark mark, Exception failure) {
        if (mark != null) {
            try {
                mark.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static Database open(Path file, String url, Schema schema, Clock clock, OpenMark mark)
            throws SQLException, IOException {
        migrate(file, url, schema, clock);
        List<Connection> readers = new ArrayList<>();
        Connection writer = config(schema, false).createConnection(url);
        pragma(writer, "secure_delete = " + USUAL_DELETE);
        for (int i = 0; i < READERS; i++) {
            readers.add(config(schema, true).createConnection(url));
        }
        return new Database(writer, readers, new DamageWatch(file, mark));
    }

    /** What was found to be wrong with the file since it was opened; from then on nothing is written any more. */
    public Optional<FileDamage> damage() {
        return damage.found();
    }

    /** Is told once, on any thread, when the file is found to be damaged, at once if it is already. */
    public void onDamage(Consumer<FileDamage> listener) {
        damage.subscribe(listener);
    }

    /** Stops all writing, because somebody found the file to be damaged. */
    public void stopFor(FileDamage found) {
        damage.met(found);
    }

    /**
     * {@link #write(Function)} of what takes a right.
     *
     * @throws NotAllowedException when whoever uses this database does not have it; nothing was done
     */
    public <T> T write(Right right, Function<DSLContext, T> work) {
        access.requireToChange(right);
        return writeUnasked(work);
    }

    /** {@link #change(Consumer)} of what takes a right. */
    public void change(Right right, Consumer<DSLContext> work) {
        access.requireToChange(right);
        changeUnasked(work);
    }

    /** {@link #step(Function)} of what takes a right. */
    public <T> T step(Right right, Function<DSLContext, T> work) {
        access.requireToChange(right);
        return stepUnasked(work);
    }

    /** Runs one durable transaction of the program's own; whatever it throws undoes all of it. */
    public <T> T write(Function<DSLContext, T> work) {
        requireProgram();
        return writeUnasked(work);
    }

    private void requireProgram() {
        if (access != Access.PROGRAM) {
            throw new IllegalStateException("what a person changes has to name the right that it takes");
        }
    }

    /** One transaction of what takes no right, such as what somebody chose for themselves. */
    <T> T writeUnasked(Function<DSLContext, T> work) {
        writeLock.lock();
        try {
            damage.requireNone();
            // Not through setAutoCommit: the driver would begin the next transaction as soon as one is committed, and
            // keep every other process from writing.
            execute("BEGIN IMMEDIATE");
            T result;
            try {
                result = work.apply(writing);
                execute("COMMIT");
            } catch (RuntimeException | Error | SQLException e) {
                damage.lookAt(e);
                rollBack(e);
                throw e;
            }
            return result;
        } catch (SQLException e) {
            damage.lookAt(e);
            throw notStored(e);
        } catch (DataAccessException e) {
            throw StoreException.problem(e) == StoreProblem.OTHER ? e : notStored(e);
        } finally {
            writeLock.unlock();
        }
    }

    /** SQLite has done so itself where the disk is full; that there is nothing to roll back must not hide why. */
    private void rollBack(Throwable why) {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private static StoreException notStored(Exception why) {
        return StoreException.of(why, words -> "The workspace could not store this: " + words);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The same, for work that has nothing to hand back. */
    public void change(Consumer<DSLContext> work) {
        requireProgram();
        changeUnasked(work);
    }

    /** The same of what takes no right. */
    void changeUnasked(Consumer<DSLContext> work) {
        Boolean done = writeUnasked(sql -> {
            work.accept(sql);
            return Boolean.TRUE;
        });
        assert done;
    }

    /**
     * The same for one of many transactions in a row: rests for a quarter of the time that it took. Another process that
     * waits for the file looks only now and then whether it is free, and would find it taken for as long as they last.
     */
    public <T> T step(Function<DSLContext, T> work) {
        requireProgram();
        return stepUnasked(work);
    }

    /** The same of what takes no right. */
    <T> T stepUnasked(Function<DSLContext, T> work) {
        long began = System.nanoTime();
        T result = writeUnasked(work);
        LockSupport.parkNanos((System.nanoTime() - began) / 4);
        return result;
    }

    /** Runs transactions of what takes no right, with others let in between, until one says that there is no more to do. */
    void inStepsUnasked(Predicate<DSLContext> work) {
        boolean more = true;
        while (more) {
            more = stepUnasked(work::test);
        }
    }

    /** Reads what is committed. Two statements in one call may see different commits. */
    public <T> T read(Function<DSLContext, T> work) {
        Connection connection;
        try {
            connection = readers.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for a reader", e);
        }
        try {
            return work.apply(context(connection));
        } catch (DataAccessException e) {
            damage.lookAt(e);
            if (StoreException.problem(e) == StoreProblem.OTHER) {
                throw e;
            }
            throw StoreException.of(e, words -> "The workspace could not be read: " + words);
        } finally {
            readers.add(connection);
        }
    }

    /**
     * Does work after which what it deleted or replaced is in none of this database's files any more, nor anything that
     * was deleted before. Copies made earlier are not touched.
     *
     * @throws StoreException also when the work is done, but somebody reads for so long that the journal cannot be
     *     emptied; then this is to be done again
     */
    void overwriting(Runnable work) {
        pragma("secure_delete = ON");
        try {
            work.run();
            wipeFreePages();
        } finally {
            pragma("secure_delete = " + USUAL_DELETE);
        }
        giveBackWipedPages();
        if (!emptyJournal()) {
            throw new StoreException("the journal is being read and could not be emptied; do it again", null);
        }
    }

    /** Pages that are free keep what stood on them: they are taken, filled with zeros and given back. */
    private void wipeFreePages() {
        giveBackWipedPages();
        long left = pragma("freelist_count") * pragma("page_size");
        if (left == 0) {
            return;
        }
        Field<byte[]> content = DSL.field(DSL.name("content"), SQLDataType.BLOB);
        changeUnasked(sql -> sql.createTable(WIPING).column(content).execute());
        for (; left > 0; left -= WIPED_AT_ONCE) {
            Field<byte[]> zeros = DSL.function("zeroblob", SQLDataType.BLOB, DSL.inline(Math.min(left, WIPED_AT_ONCE)));
            changeUnasked(sql -> sql.insertInto(DSL.table(DSL.name(WIPING)), content)
                    .select(DSL.select(zeros))
                    .execute());
        }
    }

    /** Piece by piece, since others wait for each transaction. */
    private void giveBackWipedPages() {
        Field<Long> piece = DSL.field(DSL.name("rowid"), SQLDataType.BIGINT);
        var pieces = DSL.table(DSL.name(WIPING));
        boolean wiped = read(sql -> sql.fetchExists(DSL.selectOne()
                .from(DSL.table(DSL.name("sqlite_master")))
                .where(DSL.field(DSL.name("name"), SQLDataType.VARCHAR).eq(WIPING))));
        if (wiped) {
            boolean more = true;
            while (more) {
                more = writeUnasked(sql -> sql.deleteFrom(pieces)
                                .where(piece.eq(DSL.select(DSL.min(piece)).from(pieces)))
                                .execute())
                        > 0;
            }
        }
        changeUnasked(sql -> sql.dropTableIfExists(WIPING).execute());
    }

    /** Whether it could be done: nobody may read, but others may write between two tries. */
    private boolean emptyJournal() {
        for (int i = 0; i < CHECKPOINT_TRIES; i++) {
            writeLock.lock();
            try {
                pragma("busy_timeout = " + CHECKPOINT_MILLIS);
                if (pragma("wal_checkpoint(TRUNCATE)") == 0) {
                    return true;
                }
            } finally {
                pragma("busy_timeout = " + BUSY_MILLIS);
                writeLock.unlock();
            }
            LockSupport.parkNanos(CHECKPOINT_PAUSE.toNanos());
        }
        return false;
    }

    /** Runs a pragma outside of any transaction and returns the number that it answers. */
    private long pragma(String words) {
        writeLock.lock();
        try {
            return pragma(writer, words);
        } catch (SQLException e) {
            throw new StoreException("the database refused " + words + ": " + e.getMessage(), e);
        } finally {
            writeLock.unlock();
        }
    }

    private static long pragma(Connection connection, String words) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA " + words)) {
            return answer.next() ? answer.getLong(1) : 0;
        }
    }

    /** The file. */
    public Path file() {
        return damage.file();
    }

    /** Writes a compact copy of the database to a file that must not exist yet. */
    public void copyTo(Path target) {
        read(sql -> sql.execute("VACUUM INTO ?", target.toString()));
    }

    @Override
    public void close() {
        writeLock.lock();
        try {
            damage.mark().closing();
            for (Connection reader : readers) {
                reader.close();
            }
            writer.close();
            damage.mark().close();
        } catch (SQLException | IOException e) {
            log.warn("The database did not close cleanly", e);
        } finally {
            writeLock.unlock();
        }
    }

    private static DSLContext context(Connection connection) {
        Settings settings = new Settings().withRenderSchema(false).withExecuteLogging(false);
        return DSL.using(connection, SQLDialect.SQLITE, settings);
    }

    private static SQLiteConfig config(Schema schema, boolean reader) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(schema.synchronous);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setCacheSize(reader ? -8_000 : -32_000);
        return config;
    }

    private static void migrate(Path file, String url, Schema schema, Clock clock) throws IOException, SQLException {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lockInTurn(channel)) {
            assert lock.isValid();
            boolean existed = Files.exists(file);
            Applied applied = existed ? applied(url, schema) : Applied.NONE;
            if (applied.last() > schema.newest) {
                // Flyway would let it pass, and this program would write what the newer one does not expect.
                throw StoreException.newer(
                        "the database %s is of version %d, and this program knows version %d: it needs the newer program"
                                .formatted(file, applied.last(), schema.newest));
            }
            // Flyway takes longer to start than all the rest of opening a workspace, and mostly there is nothing to
            // migrate.
            if (applied.isWhole(schema)) {
                return;
            }
            Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                    .dataSource(url, "", "")
                    .table(HISTORY)
                    .locations("classpath:" + schema.location)
                    .loggers("slf4j")
                    .load();
            if (existed && flyway.info().pending().length > 0) {
                Optional<FileDamage> found = new DatabaseFile(file, schema).check();
                if (found.isPresent()) {
                    throw new DamagedException(found.get(), null);
                }
                backUp(file, url, clock);
            }
            flyway.migrate();
        }
    }

    /** The migrations that a file has been through, by their versions. */
    private record Applied(int count, int first, int last, boolean allWell) {
        static final Applied NONE = new Applied(0, 0, 0, true);

        boolean isWhole(Schema schema) {
            return count == schema.newest && first == 1 && last == schema.newest && allWell;
        }
    }

    private static Applied applied(String url, Schema schema) throws SQLException {
        try (Connection connection = config(schema, true).createConnection(url);
                Statement statement = connection.createStatement()) {
            try (ResultSet table =
                    statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = '" + HISTORY + "'")) {
                if (!table.next()) {
                    return Applied.NONE;
                }
            }
            try (ResultSet found = statement.executeQuery("SELECT COUNT(*), MIN(CAST(version AS INTEGER)),"
                    + " MAX(CAST(version AS INTEGER)), MIN(success) FROM " + HISTORY + " WHERE version IS NOT NULL")) {
                return new Applied(found.getInt(1), found.getInt(2), found.getInt(3), found.getBoolean(4));
            }
        }
    }

    /** Within one process a second lock on a file throws instead of waiting, so openers queue on the class first. */
    private static FileLock lockInTurn(FileChannel channel) throws IOException {
        synchronized (Database.class) {
            while (true) {
                try {
                    return channel.lock();
                } catch (java.nio.channels.OverlappingFileLockException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    private static void backUp(Path file, String url, Clock clock) throws SQLException {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        Path copy = file.resolveSibling(file.getFileName() + BEFORE_MIGRATION + stamp);
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, copy.toString());
            statement.execute();
        }
        log.info("Copied {} to {} before migrating it", file.getFileName(), copy.getFileName());
    }
}
