package app.mailroom.app;

import app.mailroom.cli.CommandLineProgram;
import app.mailroom.cli.Features;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Where the program starts: the window without arguments, a command with them. */
public final class Main {
    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        // The log lies in the workspace, so its place is known before anything logs.
        Path folder = workspaceNamedIn(args).orElseGet(Workspace::usualFolder);
        System.setProperty("mailroom.logs", new Workspace(folder).logs().toString());
        System.exit(new CommandLineProgram(Main::features, folder).run(args));
    }

    /** What {@code --workspace} says, read before the command line is understood in full. */
    private static Optional<Path> workspaceNamedIn(String[] args) {
        for (int i = 0; i < args.length; i++) {
            boolean named = args[i].equals("-w") || args[i].equals("--workspace");
            if (named && i + 1 < args.length) {
                return Optional.of(Path.of(args[i + 1]));
            }
            if (args[i].startsWith("--workspace=")) {
                return Optional.of(Path.of(args[i].substring("--workspace=".length())));
            }
        }
        return Optional.empty();
    }

    private static Features features(Path folder) {
        Mailroom mailroom = open(folder);
        return new Features(
                mailroom.settings,
                mailroom.templates,
                mailroom.recipients,
                mailroom.listImport,
                mailroom.planning,
                mailroom.control(() -> {}),
                mailroom.plans,
                mailroom.messages,
                mailroom.outcomes,
                mailroom.suppressions,
                mailroom.practiceMailbox,
                mailroom::pipeline,
                mailroom::close);
    }

    private static Mailroom open(Path folder) {
        try {
            return Mailroom.open(Workspace.in(folder), Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }
}
