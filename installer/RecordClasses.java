import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs an image once to see which classes it uses, and writes their names into it, for the archive that makes the start quick:
 * {@code java installer/RecordClasses.java LAUNCHER APP_FOLDER}. Needs a display, such as Xvfb. The workspace is a temporary one;
 * nothing leaves the computer.
 */
public final class RecordClasses {
    private static final Duration FOR_THE_WINDOW = Duration.ofSeconds(180);
    /** The editor is got ready behind the window; its classes are wanted too. */
    private static final Duration FOR_THE_EDITOR = Duration.ofSeconds(15);

    private final Path launcher;
    private final Path work;
    private final Set<String> names = new LinkedHashSet<>();

    private RecordClasses(Path launcher, Path work) {
        this.launcher = launcher;
        this.work = work;
    }

    /** Records; fails if the program does not start. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path list = Path.of(args[1]).resolve("start.classlist");
        RecordClasses record = new RecordClasses(
                Path.of(args[0]).toAbsolutePath(),
                Files.createDirectories(Path.of("target", "installer", "recording")).toAbsolutePath());
        record.window();
        record.command("plan", "list");
        record.command("run", "--quiet");
        Files.write(list, record.names);
        System.out.printf("%,d classes are in %s%n", record.names.size(), list);
    }

    private void window() throws IOException, InterruptedException {
        Process program = start("window");
        try {
            Instant end = Instant.now().plus(FOR_THE_WINDOW);
            while (!isThere()) {
                if (!program.isAlive() || Instant.now().isAfter(end)) {
                    throw new IllegalStateException("no window came:\n" + Files.readString(output("window")));
                }
                Thread.sleep(200);
            }
            Thread.sleep(FOR_THE_EDITOR.toMillis());
        } finally {
            program.destroy();
            program.waitFor(30, TimeUnit.SECONDS);
        }
        take("window");
    }

    private void command(String... words) throws IOException, InterruptedException {
        if (!start("command", words).waitFor(180, TimeUnit.SECONDS)) {
            throw new IllegalStateException(String.join(" ", words) + " did not end");
        }
        take("command");
    }

    private Process start(String name, String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString(), "--workspace", work.resolve("ws").toString()));
        command.addAll(Arrays.asList(words));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(name).toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:DumpLoadedClassList=" + list(name));
        return builder.start();
    }

    private boolean isThere() throws IOException {
        Path logs = work.resolve("ws").resolve("logs");
        if (!Files.isDirectory(logs)) {
            return false;
        }
        try (Stream<Path> files = Files.list(logs)) {
            for (Path file : files.toList()) {
                if (Files.readString(file).contains("The window was there")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A program that is ended hard, as on Windows, leaves the last line unfinished. */
    private void take(String name) throws IOException {
        String text = Files.readString(list(name), StandardCharsets.UTF_8);
        text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> !line.startsWith("#") && !line.contains(" source: "))
                .map(RecordClasses::withoutNumber)
                .forEach(names::add);
    }

    /** Numbers of classes belong to one run and would clash with those of another. */
    private static String withoutNumber(String line) {
        return line.startsWith("@") ? line : line.replaceFirst(" id: \\d+.*", "");
    }

    private Path list(String name) {
        return work.resolve(name + ".classlist");
    }

    private Path output(String name) {
        return work.resolve(name + ".txt");
    }
}
