package app.mailroom.backup;

import app.mailroom.model.Actor;
import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.model.RestoreReport;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import app.mailroom.store.Restoration;
import app.mailroom.store.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a copy in the place of the database. The restored file is made whole beside it first and named {@link #READY}; only then
 * is the file before set aside, with its journal, and never deleted. Should the program end in between, {@link #finish} goes on at
 * the next start.
 */
public final class Restoring {
    /** Before the time, in the name of a folder with a file whose place a copy has taken. */
    static final String SET_ASIDE = "damaged-";

    private static final Logger log = LoggerFactory.getLogger(Restoring.class);
    private static final String BEING_MADE = "restoring-";
    private static final String READY = ".restored";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final BackupFolder folder;
    private final Clock clock;

    /** In the workspace of these copies, which nobody may have open. */
    public Restoring(BackupFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Restores a copy. See {@link Restoration} for what is done so that nobody gets a mail twice.
     *
     * @param who is said in the audit of the restored workspace to have done it
     * @throws RestoringException when the copy is damaged or the workspace is open somewhere; nothing was changed
     * @throws IOException when the disk fails; the database stands as it did, or {@link #finish} brings it to its end
     */
    public RestoreReport restore(BackupCopy copy, Actor who) throws IOException, RestoringException {
        Path database = folder.database();
        Optional<StandIn> place = StandIn.take(database);
        if (place.isEmpty()) {
            throw new RestoringException(RestoringException.Code.IN_USE, database.toString());
        }
        try (StandIn alone = place.get()) {
            Optional<FileDamage> damage = BackupFolder.check(copy);
            if (damage.isPresent()) {
                throw new RestoringException(
                        RestoringException.Code.COPY_DAMAGED, damage.get().detail());
            }
            Path aside = aside();
            Path workshop = folder.workspace()
                    .resolve(BEING_MADE + ProcessHandle.current().pid());
            deleteUnfinished();
            Files.createDirectories(workshop);
            RestoreReport report;
            try {
                Path made = workshop.resolve(database.getFileName().toString());
                Files.copy(copy.file(), made);
                report = Restoration.make(made, database, clock, new Restoration.Order(copy.name(), aside, who));
                alone.completed(made);
                Files.move(made, ready(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(workshop);
            }
            putInPlace(alone, aside);
            log.warn("The copy {} was restored: {}", copy.name(), report);
            return report;
        }
    }

    /**
     * Goes on with a restoring that broke off after the restored file was whole; called before the database is opened.
     *
     * @return whether there was one
     */
    public boolean finish() throws IOException {
        if (!Files.exists(ready())) {
            return false;
        }
        Optional<StandIn> place = StandIn.take(folder.database());
        if (place.isEmpty()) {
            return false;
        }
        try (StandIn alone = place.get()) {
            putInPlace(alone, aside());
        }
        return true;
    }

    private void putInPlace(StandIn alone, Path aside) throws IOException {
        for (Path file : alone.files()) {
            if (Files.exists(file)) {
                Files.createDirectories(aside);
                Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        alone.forget();
        Files.move(ready(), folder.database(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Sets a damaged file aside whose place a new one takes, because nothing in it is missed.
     *
     * @return whether it was damaged
     */
    public static boolean setAsideIfDamaged(Path file, Database.Schema schema, Clock clock) throws IOException {
        DatabaseFile there = new DatabaseFile(file, schema);
        Optional<FileDamage> damage = there.look();
        if (damage.isEmpty() && there.checkIsDue(clock)) {
            damage = there.check();
            if (damage.isEmpty()) {
                there.keepChecked(clock);
            }
        }
        if (damage.isEmpty()) {
            return false;
        }
        Optional<StandIn> place = StandIn.take(file);
        if (place.isEmpty()) {
            return false;
        }
        try (StandIn alone = place.get()) {
            Path aside = aside(file, clock);
            Files.createDirectories(aside);
            for (Path one : alone.files()) {
                if (Files.exists(one)) {
                    Files.move(one, aside.resolve(one.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
            alone.forget();
            log.warn("{} was damaged, lies in {} now, and begins anew: {}", file.getFileName(), aside, damage.get());
        }
        return true;
    }

    private Path ready() {
        Path database = folder.database();
        return database.resolveSibling(database.getFileName() + READY);
    }

    private Path aside() {
        return aside(folder.database(), clock);
    }

    private static Path aside(Path file, Clock clock) {
        String stamp = STAMP.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
        Path aside = file.toAbsolutePath().resolveSibling(SET_ASIDE + stamp);
        for (int i = 2; Files.exists(aside); i++) {
            aside = file.toAbsolutePath().resolveSibling(SET_ASIDE + stamp + "-" + i);
        }
        return aside;
    }

    /** What those left that broke off. Nobody else is at work here. */
    private void deleteUnfinished() throws IOException {
        List<Path> left;
        try (Stream<Path> files = Files.list(folder.workspace())) {
            left = files.filter(file -> file.getFileName().toString().startsWith(BEING_MADE))
                    .toList();
        }
        for (Path one : left) {
            delete(one);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
