package app.mailroom.app;

import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.cli.CommandLineProgram;
import app.mailroom.cli.Features;
import app.mailroom.cli.RelayCommand;
import app.mailroom.delivery.Dispatch;
import app.mailroom.model.Actor;
import app.mailroom.model.FileDamage;
import app.mailroom.model.ProgramVersion;
import app.mailroom.store.DamagedException;
import app.mailroom.support.Calls;
import app.mailroom.support.CrashReport;
import app.mailroom.support.CrashReports;
import app.mailroom.support.Redaction;
import app.mailroom.support.Support;
import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.Desktop;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.rescue.Rescue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Where the program starts: the window when no command is given, the command otherwise. */
public final class Main {
    /**
     * How much of what was drawn the toolkit keeps; 512 MB if nothing is said. Without a graphics card, as on many remote
     * desktops, that is memory of the program itself.
     */
    private static final String DRAWN = "prism.maxvram";

    private static final String DRAWN_AT_MOST = "192m";

    /** A window that is there answers within milliseconds; one that hangs must not keep another from opening for long. */
    private static final Duration TO_BE_ANSWERED = Duration.ofSeconds(4);

    private static final Duration UPDATE_PATIENCE = Duration.ofSeconds(15);
    /** As for other input that is refused. */
    private static final int NO_SUCH_FILE = 3;

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
        if (start.opensWindow()) {
            if (System.getProperty(DRAWN) == null) {
                System.setProperty(DRAWN, DRAWN_AT_MOST);
            }
            System.exit(openWindow(start));
        }
        System.exit(runCommand(start.folder(), args));
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

    private static int openWindow(Start start) {
        Optional<Path> file = start.file();
        if (file.isPresent() && !Files.isRegularFile(file.get())) {
            System.err.println("There is no file " + file.get());
            return NO_SUCH_FILE;
        }
        Calls calls = new Calls();
        file.ifPresent(one -> calls.call(file));
        CrashReports crashes = crashReports(new Workspace(start.folder()));
        crashes.watchAllThreads();
        Desktop desktop = new Desktop();
        try {
            Workspace workspace = Workspace.in(start.folder());
            Optional<OneWindow> window = OneWindow.enter(workspace, file, calls, TO_BE_ANSWERED);
            if (window.isEmpty()) {
                return 0;
            }
            try (OneWindow one = window.get()) {
                // The toolkit needs as long as the workspace, and neither needs the other.
                desktop.start();
                return openWindow(desktop, workspace, new Entered(one, calls, crashes));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        } catch (IOException | RuntimeException | LinkageError e) {
            LoggerFactory.getLogger(Main.class).error("The window could not be opened", e);
            System.err.println("Mailroom could not start: " + e.getMessage());
            tell(desktop, crashes, e);
            return 1;
        }
    }

    /** On the screen too, for whoever started the program by an icon sees no console. */
    private static void tell(Desktop desktop, CrashReports crashes, Throwable failure) {
        Failure words = Failure.ofStart(failure);
        Optional<CrashReport> report = words.expected()
                ? Optional.empty()
                : crashes.keep(Thread.currentThread().getName(), failure);
        report.ifPresent(kept -> System.err.println("Code " + kept.code() + ", report " + kept.file()));
        try {
            desktop.tellFailedStart(words, report);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LoggerFactory.getLogger(Main.class).warn("There is no screen to tell it on", e);
        }
    }

    /** Reports of this computer, in the workspace or, where that cannot be written, beside the usual one. */
    private static CrashReports crashReports(Workspace workspace) {
        String home = System.getProperty("user.home", "");
        return new CrashReports(
                List.of(workspace.crashReports().toAbsolutePath(), Path.of(home, ".mailroom", "crash-reports")),
                new Redaction(List.of(
                        home,
                        workspace.folder().toAbsolutePath().normalize().toString(),
                        System.getProperty("user.name", ""))),
                Clock.systemUTC());
    }

    /** What was there before the workspace was opened. */
    private record Entered(OneWindow window, Calls calls, CrashReports crashes) {}

    private static int openWindow(Desktop desktop, Workspace workspace, Entered entered)
            throws IOException, InterruptedException {
        Path folder = workspace.folder();
        StartCheck check = new StartCheck(workspace, Clock.systemUTC());
        while (true) {
            Optional<FileDamage> damage = openWindow(desktop, workspace, check, entered);
            if (damage.isEmpty()) {
                StartArchive.ofThisInstallation().ifPresent(StartArchive::makeIfEmpty);
                return 0;
            }
            LoggerFactory.getLogger(Main.class).error("The database is damaged: {}", damage.get());
            BackupFolder copies = new Workspace(folder).copies();
            if (!desktop.rescue(new Rescue(
                    damage.get(),
                    copies,
                    new Restoring(copies, Clock.systemUTC()),
                    Actor.local(System.getProperty("user.name", ""))))) {
                return 1;
            }
        }
    }

    /** Returns once the person has closed the window, or says what is wrong with the database instead of opening one. */
    private static Optional<FileDamage> openWindow(
            Desktop desktop, Workspace workspace, StartCheck check, Entered entered)
            throws IOException, InterruptedException {
        StartCheck.Sight sight = check.quick();
        if (sight.damage().isPresent()) {
            return sight.damage();
        }
        try (Mailroom mailroom = open(workspace.folder());
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
            Support support = new Support(
                    entered.calls(),
                    entered.crashes(),
                    new UpdateCheck(ProgramVersion.NUMBER, UPDATE_PATIENCE),
                    workspace.logs());
            desktop.show(mailroom.forWindows(dispatch, relay::standing, support));
            LoggerFactory.getLogger(Main.class)
                    .info("The window was there {} ms after the program was started", sinceStart());
            // What works by itself begins then, for a person waits for the window and for nothing else.
            sending.start(sight.stillDue());
            desktop.awaitClosed();
            // What is still to be finished may take a while, and needs no window.
            entered.window().close();
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

        /** Without a command there is a window, and a file alone is no command. */
        boolean opensWindow() {
            return rest.isEmpty() || file().isPresent();
        }

        /**
         * The file that a single word names, whether it is there or not: one that is, or a word with an ending or a folder, which
         * no command has.
         */
        Optional<Path> file() {
            if (rest.size() != 1 || rest.get(0).startsWith("-") || rest.get(0).isBlank()) {
                return Optional.empty();
            }
            String word = rest.get(0);
            try {
                // Some desktops hand files over as addresses.
                Path path = word.startsWith("file:/") ? Path.of(URI.create(word)) : Path.of(word);
                boolean named = word.matches(".*[./\\\\].*") || (Files.isRegularFile(path) && !isCommand(word));
                return named ? Optional.of(path.toAbsolutePath().normalize()) : Optional.empty();
            } catch (IllegalArgumentException | FileSystemNotFoundException e) {
                return Optional.empty();
            }
        }

        private static boolean isCommand(String word) {
            return new CommandLineProgram(Main::openForCommands, chosen -> new Workspace(chosen).copies(), Path.of(""))
                    .commandLine()
                    .getSubcommands()
                    .containsKey(word);
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
