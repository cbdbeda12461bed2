package app.mailroom.app;

import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.cli.CommandLineProgram;
import app.mailroom.cli.Features;
import app.mailroom.cli.RelayCommand;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Actor;
import app.mailroom.model.FileDamage;
import app.mailroom.store.DamagedException;
import app.mailroom.ui.Desktop;
import app.mailroom.ui.rescue.Rescue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the program starts: the window when no command is given, the command otherwise. */
public final class Main {
    /**
     * How much of what was drawn the toolkit keeps; 512 MB if nothing is said. Without a graphics card, as on many remote
     * desktops, that is memory of the program itself.
     */
    private static final String DRAWN = "prism.maxvram";

    private static final String DRAWN_AT_MOST = "192m";

    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        Start start = Start.of(args);
        if (start.isRelay()) {
            // On a server there is no workspace, and what a relay does is for the server's own log.
            System.setProperty("logback.configurationFile", "logback-relay.xml");
            System.exit(RelayCommand.run(start.afterCommand()));
        }
        // The log lies in the workspace, so its place is known before anything logs.
        System.setProperty("mailroom.logs", new Workspace(start.folder()).logs().toString());
        System.exit(start.withoutCommand() ? openWindow(start.folder()) : runCommand(start.folder(), args));
    }

    private static int runCommand(Path folder, String[] args) {
        return new CommandLineProgram(Main::openForCommands, chosen -> new Workspace(chosen).copies(), folder)
                .run(args);
    }

    private static Features openForCommands(Path folder) {
        try {
            new StartCheck(Workspace.in(folder), Clock.systemUTC()).whole();
        } catch (IOException e) {
            throw unusable(folder, e);
        }
        Mailroom mailroom = open(folder);
        mailroom.surroundings.warnings().forEach(System.err::println);
        return mailroom.forCommands(new BrowserOfCommands());
    }

    private static int openWindow(Path folder) {
        if (System.getProperty(DRAWN) == null) {
            System.setProperty(DRAWN, DRAWN_AT_MOST);
        }
        // The toolkit needs as long as the workspace, and neither needs the other.
        Desktop desktop = Desktop.start();
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            StartCheck check = new StartCheck(Workspace.in(folder), Clock.systemUTC());
            while (true) {
                Optional<FileDamage> damage = openWindow(desktop, folder, check);
                if (damage.isEmpty()) {
                    StartArchive.ofThisInstallation().ifPresent(StartArchive::makeIfEmpty);
                    return 0;
                }
                log.error("The database is damaged: {}", damage.get());
                BackupFolder copies = new Workspace(folder).copies();
                if (!desktop.rescue(new Rescue(
                        damage.get(),
                        copies,
                        new Restoring(copies, Clock.systemUTC()),
                        Actor.local(System.getProperty("user.name", ""))))) {
                    return 1;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (IOException | RuntimeException e) {
            log.error("The window could not be opened", e);
            System.err.println("Mailroom could not start: " + e.getMessage());
            return 1;
        }
    }

    /** Returns once the person has closed the window, or says what is wrong with the database instead of opening one. */
    private static Optional<FileDamage> openWindow(Desktop desktop, Path folder, StartCheck check)
            throws IOException, InterruptedException {
        StartCheck.Sight sight = check.quick();
        if (sight.damage().isPresent()) {
            return sight.damage();
        }
        try (Mailroom mailroom = open(folder);
                Upkeep upkeep = mailroom.upkeep();
                AwakeWhileSending awake = mailroom.awake();
                Dispatch dispatch = mailroom.dispatch();
                PracticeRelay relay = mailroom.practiceRelay();
                SendingAfterCheck sending = new SendingAfterCheck(
                        check,
                        () -> {
                            dispatch.start();
                            relay.start();
                            upkeep.start();
                        },
                        mailroom::stopFor)) {
            dispatch.subscribe(awake::heard);
            desktop.show(mailroom.forWindows(dispatch, relay::standing));
            LoggerFactory.getLogger(Main.class)
                    .info("The window was there {} ms after the program was started", sinceStart());
            // What works by itself begins then, for a person waits for the window and for nothing else.
            sending.start(sight.stillDue());
            desktop.awaitClosed();
            return Optional.empty();
        } catch (DamagedException e) {
            return Optional.of(e.damage());
        }
    }

    private static long sinceStart() {
        Instant now = Clock.systemUTC().instant();
        Instant started = ProcessHandle.current().info().startInstant().orElse(now);
        return Duration.between(started, now).toMillis();
    }

    private static Mailroom open(Path folder) {
        try {
            return Mailroom.open(Workspace.in(folder), Clock.systemUTC());
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static UncheckedIOException unusable(Path folder, IOException e) {
        return new UncheckedIOException("the workspace folder " + folder + " cannot be used: " + e.getMessage(), e);
    }

    /** What has to be known of the command line before it is understood in full. */
    private record Start(Path folder, List<String> rest) {
        static Start of(String[] args) {
            Path folder = null;
            List<String> rest = new ArrayList<>();
            for (int i = 0; i < args.length; i++) {
                boolean named = args[i].equals("-w") || args[i].equals("--workspace");
                if (named && i + 1 < args.length) {
                    folder = Path.of(args[++i]);
                } else if (args[i].startsWith("--workspace=")) {
                    folder = Path.of(args[i].substring("--workspace=".length()));
                } else {
                    rest.add(args[i]);
                }
            }
            return new Start(orUsual(folder), List.copyOf(rest));
        }

        boolean withoutCommand() {
            return rest.isEmpty();
        }

        boolean isRelay() {
            return !rest.isEmpty() && rest.get(0).equals(RelayCommand.NAME);
        }

        String[] afterCommand() {
            return rest.subList(1, rest.size()).toArray(String[]::new);
        }

        private static Path orUsual(@Nullable Path folder) {
            return folder == null ? Workspace.usualFolder() : folder;
        }
    }
}
