package app.mailroom.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of classes that makes the installed program start quickly. It fits only the place where it was made. Where the
 * installation makes it, this has nothing to do; on Windows, where the program lies in the person's own folder, the first use
 * makes it when it ends. Without an archive the program starts all the same.
 */
final class StartArchive {
    private static final Logger log = LoggerFactory.getLogger(StartArchive.class);
    /** Where the installed program has the archive. */
    private static final String PLACE = "mailroom.archive";
    /** Set by the launcher: the file that was started. */
    private static final String LAUNCHER = "jpackage.app-path";

    private final Path archive;
    private final Path maker;
    private final Starting starting;

    /** Starts a program and does not wait for it. */
    interface Starting {
        void start(Path program) throws IOException;
    }

    /**
     * An archive that may have to be made.
     *
     * @param archive empty until it was made; the installation puts it there
     * @param maker the launcher that makes it and ends
     */
    StartArchive(Path archive, Path maker, Starting starting) {
        this.archive = archive;
        this.maker = maker;
        this.starting = starting;
    }

    /** That of the running program; empty where it was not installed, or where its installation makes the archive. */
    static Optional<StartArchive> ofThisInstallation() {
        String place = System.getProperty(PLACE);
        String launcher = System.getProperty(LAUNCHER);
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        if (!windows || place == null || launcher == null) {
            return Optional.empty();
        }
        return Optional.of(new StartArchive(
                Path.of(place),
                Path.of(launcher).resolveSibling("mailroom-prepare.exe"),
                program -> new ProcessBuilder(program.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()));
    }

    /** Has the archive made if it is still empty, by a process that outlives this one. Never fails. */
    void makeIfEmpty() {
        try {
            if (Files.isRegularFile(archive) && Files.size(archive) == 0 && Files.isWritable(archive)) {
                starting.start(maker);
            }
        } catch (IOException e) {
            log.info("The program will start more slowly than it could: {}", e.toString());
        }
    }
}
