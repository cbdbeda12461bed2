package app.mailroom.app;

import app.mailroom.recipients.KeptCopies;
import app.mailroom.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies the database once a day and keeps the last seven copies. */
public final class Backups {
    private static final Logger log = LoggerFactory.getLogger(Backups.class);
    private static final int KEPT = 7;
    private static final String PREFIX = "mailroom-";
    private static final String SUFFIX = ".sqlite";

    private final Database database;
    private final Path folder;
    private final Clock clock;

    Backups(Database database, Path folder, Clock clock) {
        this.database = database;
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * Makes today's copy (by UTC) if it is not there, and deletes those that are too many. Returns when to look again.
     *
     * @throws IOException when the folder cannot be written
     */
    public Duration lookOnce() throws IOException {
        Files.createDirectories(folder);
        Path today = folder.resolve(PREFIX + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + SUFFIX);
        if (!Files.exists(today)) {
            Path unfinished =
                    folder.resolve("unfinished-" + ProcessHandle.current().pid());
            Files.deleteIfExists(unfinished);
            database.copyTo(unfinished);
            Files.move(unfinished, today, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            log.info("Copied the database to {}", today.getFileName());
        }
        for (Path old : copies().stream().skip(KEPT).toList()) {
            Files.deleteIfExists(old);
        }
        return Duration.ofHours(1);
    }

    /** What copies there are, and how long they stay. */
    public KeptCopies kept() {
        LocalDate now = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        try {
            // The newest goes when as many newer ones are there; today's may still be to come.
            Optional<LocalDate> gone = Files.isDirectory(folder)
                    ? copies().stream()
                            .findFirst()
                            .map(newest -> date(newest).isBefore(now) ? now : now.plusDays(1))
                            .map(first -> first.plusDays(KEPT - 1L))
                    : Optional.empty();
            return new KeptCopies(gone, beforeMigrations());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalDate date(Path copy) {
        String name = copy.getFileName().toString();
        return LocalDate.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    private List<String> beforeMigrations() throws IOException {
        Path workspace = folder.toAbsolutePath().getParent();
        if (workspace == null || !Files.isDirectory(workspace)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(workspace)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(Database.BEFORE_MIGRATION))
                    .sorted()
                    .toList();
        }
    }

    /** The copies there are, the newest first. */
    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        }
    }
}
