package app.mailroom.backup;

import app.mailroom.model.Access;
import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.model.Right;
import app.mailroom.recipients.KeptCopies;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the open database once a day and when somebody wants it. The last seven daily copies are kept. A copy is read in full
 * before it takes its place, so that a damaged one never pushes a good one out.
 */
public final class Backups {
    private static final Logger log = LoggerFactory.getLogger(Backups.class);
    private static final int KEPT = 7;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Database database;
    private final BackupFolder folder;
    private final Access access;
    private final Clock clock;

    /** Copies of this database into this folder; access is whoever wants one now. */
    public Backups(Database database, BackupFolder folder, Access access, Clock clock) {
        this.database = database;
        this.folder = folder;
        this.access = access;
        this.clock = clock;
    }

    /** The copies that there are. */
    public BackupFolder folder() {
        return folder;
    }

    /**
     * Makes today's copy (by UTC) if it is not there, and deletes those that are too many. Returns when to look again.
     *
     * @throws IOException when the folder cannot be written, or the copy is damaged; then those before stay
     */
    public Duration lookOnce() throws IOException {
        Path today = folder.folder().resolve(BackupFolder.DAILY + today() + BackupFolder.SUFFIX);
        if (!Files.exists(today)) {
            copyTo(today);
        }
        for (Path old : folder.daily().stream().skip(KEPT).toList()) {
            Files.deleteIfExists(old);
        }
        return Duration.ofHours(1);
    }

    /**
     * Makes a copy now, which stays until somebody deletes it.
     *
     * @throws IOException when the folder cannot be written, or the copy is damaged
     * @throws app.mailroom.model.NotAllowedException when they may not change how the workspace is kept
     */
    public BackupCopy make() throws IOException {
        access.require(Right.CHANGE_SETTINGS);
        String stamp = STAMP.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        Path file = folder.folder().resolve(BackupFolder.BY_HAND + stamp + BackupFolder.SUFFIX);
        copyTo(file);
        return folder.find(file.getFileName().toString())
                .orElseThrow(() -> new IOException("the copy " + file + " was taken away again"));
    }

    private void copyTo(Path place) throws IOException {
        Files.createDirectories(folder.folder());
        Path unfinished = folder.folder()
                .resolve("unfinished-" + ProcessHandle.current().pid() + "-"
                        + Thread.currentThread().getId());
        try {
            Files.deleteIfExists(unfinished);
            database.copyTo(unfinished);
            DatabaseFile copied = new DatabaseFile(unfinished, Database.Schema.WORKSPACE);
            Optional<FileDamage> damage = copied.look();
            if (damage.isEmpty()) {
                damage = copied.checkUnused();
            }
            if (damage.isPresent()) {
                throw new IOException("the copy of the database is damaged, and the copies before it stay: "
                        + damage.get().detail());
            }
            Files.move(unfinished, place, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        log.info("Copied the database to {}", place.getFileName());
    }

    /** What copies there are, and how long they stay. */
    public KeptCopies kept() {
        LocalDate now = today();
        try {
            // The newest goes when as many newer ones are there; today's may still be to come.
            Optional<LocalDate> gone = folder.daily().stream()
                    .findFirst()
                    .flatMap(BackupFolder::dateOf)
                    .map(newest -> newest.isBefore(now) ? now : now.plusDays(1))
                    .map(first -> first.plusDays(KEPT - 1L));
            return new KeptCopies(gone, folder.lasting());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
