package app.mailroom.app;

import app.mailroom.backup.BackupFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A workspace's folder and what lies where in it. */
public record Workspace(Path folder) {
    /** The environment variable that names a folder other than the default. */
    public static final String VARIABLE = "MAILROOM_WORKSPACE";

    /** The folder that is used when none is named: the variable's, or {@code Mailroom} in the person's home. */
    public static Path usualFolder() {
        String named = System.getenv(VARIABLE);
        return named == null || named.isBlank() ? Path.of(System.getProperty("user.home"), "Mailroom") : Path.of(named);
    }

    /**
     * The workspace in this folder, which is made if it is not there.
     *
     * @throws IOException when it cannot be made
     */
    public static Workspace in(Path folder) throws IOException {
        Path absolute = folder.toAbsolutePath().normalize();
        Files.createDirectories(absolute);
        return new Workspace(absolute);
    }

    /** Everything a person makes and everything the pipeline knows. */
    public Path database() {
        return folder.resolve("mailroom.sqlite");
    }

    /** The simulated world of practice mode. */
    public Path practiceDatabase() {
        return folder.resolve("practice.sqlite");
    }

    /** Hits of practice mails that wait for their queue. */
    public Path practiceHits() {
        return folder.resolve("relay");
    }

    /** Daily copies of the database. */
    public Path backups() {
        return folder.resolve("backups");
    }

    /** The copies that there are of the database. */
    public BackupFolder copies() {
        return new BackupFolder(database(), backups());
    }

    /** What the program did; never what a person wrote. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Locked by the process that shows the window of the workspace. */
    Path windowLock() {
        return folder.resolve("window.lock");
    }

    /** How that process is called. */
    Path windowAddress() {
        return folder.resolve("window.address");
    }

    /** Reports of failures that nobody had expected. */
    public Path crashReports() {
        return logs().resolve("crash-reports");
    }
}
