package app.mailroom.backup;

import app.mailroom.model.BackupCopy;
import app.mailroom.model.FileDamage;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The copies that there are of a workspace's database. Works without opening the database, which may be damaged.
 *
 * @param database the workspace's database
 * @param folder where copies lie, except those made before migrations, which lie beside the database
 */
public record BackupFolder(Path database, Path folder) {
    static final String DAILY = "mailroom-";
    static final String BY_HAND = "copy-";
    static final String SUFFIX = ".sqlite";

    /** All copies, the newest first. What is in them is read, which takes a moment; whether they are well is not checked. */
    public List<BackupCopy> copies() throws IOException {
        List<BackupCopy> copies = new ArrayList<>();
        for (Path file : files(folder)) {
            String name = file.getFileName().toString();
            if (dateOf(file).isPresent()) {
                copies.add(copy(file, BackupCopy.Kind.DAILY));
            } else if (name.startsWith(BY_HAND) && name.endsWith(SUFFIX)) {
                copies.add(copy(file, BackupCopy.Kind.BY_HAND));
            }
        }
        for (Path file : files(workspace())) {
            if (file.getFileName().toString().contains(Database.BEFORE_MIGRATION)) {
                copies.add(copy(file, BackupCopy.Kind.BEFORE_MIGRATION));
            }
        }
        copies.sort(Comparator.comparing(BackupCopy::madeAt)
                .thenComparing(BackupCopy::name)
                .reversed());
        return List.copyOf(copies);
    }

    /** The copy of this name. */
    public Optional<BackupCopy> find(String name) throws IOException {
        return copies().stream().filter(copy -> copy.name().equals(name)).findFirst();
    }

    /** Reads all of a copy and says what is wrong with it. */
    public static Optional<FileDamage> check(BackupCopy copy) throws IOException {
        DatabaseFile file = new DatabaseFile(copy.file(), Database.Schema.WORKSPACE);
        Optional<FileDamage> seen = file.look();
        return seen.isPresent() ? seen : file.checkUnused();
    }

    /** The daily copies, the newest first. */
    List<Path> daily() throws IOException {
        return files(folder).stream()
                .filter(file -> dateOf(file).isPresent())
                .sorted(Comparator.comparing((Path file) -> file.getFileName().toString())
                        .reversed())
                .toList();
    }

    /** Names of copies that stay until somebody deletes them. */
    List<String> lasting() throws IOException {
        return Stream.concat(
                        files(folder).stream()
                                .filter(file -> file.getFileName().toString().startsWith(BY_HAND)),
                        files(workspace()).stream()
                                .filter(file -> file.getFileName().toString().contains(Database.BEFORE_MIGRATION)
                                        || file.getFileName().toString().startsWith(Restoring.SET_ASIDE)))
                .map(file -> file.getFileName().toString())
                .sorted()
                .toList();
    }

    /** The day of a daily copy. */
    static Optional<LocalDate> dateOf(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches(DAILY + "\\d{4}-\\d{2}-\\d{2}" + SUFFIX.replace(".", "\\."))) {
            return Optional.empty();
        }
        return Optional.of(LocalDate.parse(name.substring(DAILY.length(), name.length() - SUFFIX.length())));
    }

    Path workspace() {
        return Optional.ofNullable(database.toAbsolutePath().getParent()).orElse(folder);
    }

    private static BackupCopy copy(Path file, BackupCopy.Kind kind) throws IOException {
        return new BackupCopy(
                file.getFileName().toString(),
                file,
                kind,
                Files.getLastModifiedTime(file).toInstant(),
                Files.size(file),
                new DatabaseFile(file, Database.Schema.WORKSPACE).contents());
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
