package app.mailroom.app;

import app.mailroom.cli.CommandLineProgram;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs commands as a person types them, in this process and on a real workspace, and keeps what the last one said. */
abstract class CommandRun {
    @TempDir
    Path folder;

    /** What the last command printed. */
    String out = "";

    /** What the last command complained of. */
    String err = "";

    /** Where the commands work; made by the first of them. */
    final Path workspace() {
        return folder.resolve("workspace");
    }

    /** Opens the program on a workspace, for each command anew. */
    Mailroom open(Path workspace) throws IOException {
        return Mailroom.open(Workspace.in(workspace), Clock.systemUTC());
    }

    /** What a page does that a command opens; without more, there is no browser. */
    void browse(URI page) {
        throw new UnsupportedOperationException("there is no browser for " + page);
    }

    /** Runs a command, and returns its exit code. */
    final int mailroom(String... command) {
        CommandLine commands = new CommandLineProgram(
                        chosen -> {
                            try {
                                return open(chosen).forCommands(this::browse);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        chosen -> new Workspace(chosen).copies(),
                        workspace())
                .commandLine();
        StringWriter written = new StringWriter();
        StringWriter complained = new StringWriter();
        commands.setOut(new PrintWriter(written));
        commands.setErr(new PrintWriter(complained));
        int code = commands.execute(command);
        out = written.toString();
        err = complained.toString();
        return code;
    }

    /** What the last command printed, read as JSON. */
    final JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }
}
