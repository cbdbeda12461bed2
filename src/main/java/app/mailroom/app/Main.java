package app.mailroom.app;

import app.mailroom.cli.CommandLineProgram;
import app.mailroom.cli.Features;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;

/** Where the program starts: the window without arguments, a command with them. */
public final class Main {
    private Main() {}

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLineProgram(Main::features, Workspace.usualFolder()).run(args));
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
            Workspace workspace = Workspace.in(folder);
            System.setProperty("mailroom.logs", workspace.logs().toString());
            System.setProperty(
                    "mailroom.pid", Long.toString(ProcessHandle.current().pid()));
            return Mailroom.open(workspace, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException("the workspace folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }
}
