package app.mailroom.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Where a part stands: a folder of its own, a seed, and the programs of this computer. */
public final class Ground {
    private final String part;
    private final Path project;
    private final Path folder;
    private final long seed;

    Ground(String part, Path project, Path folder, long seed) {
        this.part = part;
        this.project = project;
        this.folder = folder;
        this.seed = seed;
    }

    /** The project's folder, for its sources and what the build made. */
    public Path project() {
        return project;
    }

    /** An empty folder for this part. */
    public Path folder() {
        return folder;
    }

    /** An empty folder within that one. */
    public Path folder(String name) throws IOException {
        Path inside = folder.resolve(name);
        delete(inside);
        return Files.createDirectories(inside);
    }

    /** The seed of everything that this run leaves to chance. */
    public long seed() {
        return seed;
    }

    /** A random number generator that begins the same for each run with the same seed. */
    public Random random() {
        return new Random(seed);
    }

    /** Says on the console how far it is. */
    @SuppressWarnings("AnnotateFormatMethod")
    public void say(String format, Object... values) {
        System.out.printf("    " + part + ": " + format + "%n", values);
    }

    /** The command line of another Java process with everything that is on the class path of this one. */
    public List<String> java(List<String> jvmArguments, String mainClass, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmArguments);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        line.addAll(List.of(arguments));
        return line;
    }

    /** A program of this computer by its name; empty if it has none. */
    public static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Deletes a folder with all that is in it; one that is not there is no matter. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
