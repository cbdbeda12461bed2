package app.mailroom.evidence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A screen for programs with windows: a server of its own that shows nothing to anybody, so that nobody's windows matter. */
public final class Screen implements AutoCloseable {
    private final Process server;
    private final String display;

    private Screen(Process server, String display) {
        this.server = server;
        this.display = display;
    }

    /** Starts a server; empty if this computer has none. */
    public static Optional<Screen> open() throws IOException {
        Optional<Path> program = Ground.program("Xvfb");
        if (program.isEmpty()) {
            return Optional.empty();
        }
        // The server chooses a free number and says which.
        Process server = new ProcessBuilder(program.get().toString(), "-displayfd", "1", "-screen", "0", "1400x900x24")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        @Nullable String number =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (number == null) {
            server.destroy();
            return Optional.empty();
        }
        return Optional.of(new Screen(server, ":" + number.strip()));
    }

    /** What {@code DISPLAY} has to say. */
    public String display() {
        return display;
    }

    /** How Java programs are started on it: windows are drawn without a graphics card. */
    public List<String> jvmArguments() {
        return List.of("-Xmx512m", "-Dprism.order=sw");
    }

    @Override
    public void close() {
        server.destroy();
        try {
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
