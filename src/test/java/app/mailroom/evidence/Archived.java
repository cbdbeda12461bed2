package app.mailroom.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The class path of this process as an installed program has it: of jars only, and with an archive of the classes that a first start
 * loaded, from which later starts take them (application class-data sharing, JEP 350).
 */
public final class Archived {
    private final Path folder;
    private final List<Path> jars;

    private Archived(Path folder, List<Path> jars) {
        this.folder = folder;
        this.jars = jars;
    }

    /** Packs what lies on the class path in folders. */
    public static Archived pack(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = folder.resolve("classes-" + jars.size() + ".jar");
                pack(path, jar);
                jars.add(jar);
            } else if (Files.exists(path)) {
                jars.add(path);
            }
        }
        return new Archived(folder, jars);
    }

    /** A command line that makes the archive of that name when the process that it starts ends. */
    public List<String> training(String name, List<String> jvmArguments, String mainClass, String... arguments) {
        return java("-XX:ArchiveClassesAtExit=" + archive(name), jvmArguments, mainClass, arguments);
    }

    /** A command line that uses the archive of that name. */
    public List<String> java(String name, List<String> jvmArguments, String mainClass, List<String> arguments) {
        return java(
                "-XX:SharedArchiveFile=" + archive(name), jvmArguments, mainClass, arguments.toArray(String[]::new));
    }

    /** How large the archive of that name is, in bytes; empty if none was made. */
    public Optional<Long> size(String name) throws IOException {
        return Files.exists(archive(name)) ? Optional.of(Files.size(archive(name))) : Optional.empty();
    }

    private Path archive(String name) {
        return folder.resolve(name + ".jsa");
    }

    private List<String> java(String sharing, List<String> jvmArguments, String mainClass, String... arguments) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add(sharing);
        line.add("-Xlog:cds=off");
        line.add("-Xlog:cds+dynamic=off");
        line.addAll(jvmArguments);
        line.addAll(List.of(
                "-cp",
                String.join(
                        java.io.File.pathSeparator,
                        jars.stream().map(Path::toString).toList()),
                mainClass));
        line.addAll(List.of(arguments));
        return line;
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> add(packed, classes.relativize(file), file));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void add(JarOutputStream packed, Path name, Path file) {
        try {
            packed.putNextEntry(new JarEntry(name.toString().replace(java.io.File.separatorChar, '/')));
            Files.copy(file, packed);
            packed.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
