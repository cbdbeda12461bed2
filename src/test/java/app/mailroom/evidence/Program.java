package app.mailroom.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that was started to be measured: how long it ran and how much memory it had at most, as the operating system counts
 * it. The memory is read from {@code /proc} and is 0 where there is none. Closing it ends the program.
 */
public final class Program implements AutoCloseable {
    private static final long BETWEEN_READINGS = 20;
    private static final long PATIENCE_MINUTES = 10;

    private final Process process;
    private final Path output;
    private final long began = System.nanoTime();
    private long ended;
    private long peak;

    private Program(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it. What it prints is written to a file, behind what is there. */
    public static Program start(Path output, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        return new Program(builder.start(), output);
    }

    /** Runs it to its end, which has to be a good one. */
    public static Program run(Path output, List<String> command) throws IOException, InterruptedException {
        Program program = start(output, Map.of(), command);
        if (program.waitFor() != 0) {
            throw new IllegalStateException(
                    "ended with %d: %s%n%s".formatted(program.process.exitValue(), command, program.printed()));
        }
        return program;
    }

    /** Waits until it has ended and returns its exit code; what takes ten minutes is ended. */
    public int waitFor() throws InterruptedException {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES);
        boolean running = true;
        while (running) {
            readPeak();
            running = !process.waitFor(BETWEEN_READINGS, TimeUnit.MILLISECONDS);
            if (running && System.nanoTime() > until) {
                process.destroyForcibly().waitFor();
            }
        }
        ended = System.nanoTime();
        return process.exitValue();
    }

    /** Its number. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** How long it ran, or has been running. */
    public double seconds() {
        return ((ended == 0 ? System.nanoTime() : ended) - began) / 1e9;
    }

    /** The most memory that it had so far, in bytes. */
    public long peakMemory() {
        readPeak();
        return peak;
    }

    /** What it printed so far. */
    public String printed() throws IOException {
        return Files.readString(output);
    }

    private void readPeak() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            lines.filter(line -> line.startsWith("VmHWM:"))
                    .findFirst()
                    .ifPresent(line -> peak = Math.max(peak, Long.parseLong(line.replaceAll("\\D", "")) * 1024));
        } catch (IOException | java.io.UncheckedIOException gone) {
            // It has ended, or this is no Linux; what was read before stands.
            return;
        }
    }

    /** Asks it to end, and lets it take its time. */
    public void end() throws InterruptedException {
        process.destroy();
        waitFor();
    }

    /** Asks it to end, and after ten seconds makes it. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        if (ended == 0) {
            ended = System.nanoTime();
        }
    }
}
