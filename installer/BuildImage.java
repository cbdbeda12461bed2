import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Makes the program's folder as it is installed, the same way on every system: {@code java installer/BuildImage.java [VERSION]},
 * from the project's folder after {@code mvnw package}. Reads {@code target/mailroom.jar} and {@code target/lib}, leaves the image
 * in {@code target/installer/image} and says where. Uses no network.
 *
 * <p>JavaFX becomes modules of the runtime, so that its native parts lie on the disk once and are not unpacked into the person's
 * home; everything else stays on the class path, for the editor's pages load from a jar only. Of SQLite and JNA the native part
 * of this system is put beside the jars and those of all others are left out.
 */
public final class BuildImage {
    private static final Path TARGET = Path.of("target");
    private static final Path INSTALLER = Path.of("installer");
    private static final Path WORK = TARGET.resolve("installer");
    private static final Path JDK = Path.of(System.getProperty("java.home"));

    /** How the three systems differ in names. */
    private enum Kind {
        LINUX("linux", "Linux", "linux", ".so", "mailroom", "icons/mailroom-512.png"),
        MAC("macos", "Mac", "darwin", ".dylib", "Mailroom", "icons/mailroom.icns"),
        WINDOWS("windows", "Windows", "win32", ".dll", "Mailroom", "icons/mailroom.ico");

        private final String folder;
        private final String inSqlite;
        private final String inJna;
        private final String library;
        private final String program;
        private final String icon;

        Kind(String folder, String inSqlite, String inJna, String library, String program, String icon) {
            this.folder = folder;
            this.inSqlite = inSqlite;
            this.inJna = inJna;
            this.library = library;
            this.program = program;
            this.icon = icon;
        }

        static Kind ofThisSystem() {
            String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
            return name.contains("win") ? WINDOWS : name.contains("mac") ? MAC : LINUX;
        }

        /** Where jpackage puts the jars. */
        Path jars(Path image) {
            return switch (this) {
                case LINUX -> image.resolve("lib/app");
                case MAC -> image.resolve("Contents/app");
                case WINDOWS -> image.resolve("app");
            };
        }
    }

    private final Kind kind = Kind.ofThisSystem();
    private final boolean arm = System.getProperty("os.arch").equals("aarch64");
    private final String version;

    private BuildImage(String version) {
        this.version = version;
    }

    /** Makes the image. */
    public static void main(String[] args) throws IOException {
        if (!Files.exists(TARGET.resolve("mailroom.jar"))) {
            throw new IllegalStateException("there is no target/mailroom.jar; run mvnw -DskipTests package first");
        }
        String version = versionOfJar();
        if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
            throw new IllegalArgumentException("a version has three numbers, such as 1.2.0, not " + version);
        }
        if (args.length > 0 && !args[0].equals(version)) {
            throw new IllegalArgumentException("the program was built as version %s; build it as %s with mvnw -Drevision=%s package"
                    .formatted(version, args[0], args[0]));
        }
        new BuildImage(version).build();
    }

    /** What the program says of itself. Packages know no snapshots: what comes before the release has its number. */
    private static String versionOfJar() throws IOException {
        try (JarFile jar = new JarFile(TARGET.resolve("mailroom.jar").toFile())) {
            Properties build = new Properties();
            try (InputStream in = jar.getInputStream(jar.getJarEntry("app/mailroom/build/build.properties"))) {
                build.load(in);
            }
            return build.getProperty("version").replace("-SNAPSHOT", "");
        }
    }

    private void build() throws IOException {
        delete(WORK);
        Path jars = Files.createDirectories(WORK.resolve("jars"));
        Path modules = Files.createDirectories(WORK.resolve("modules"));
        Path runtime = WORK.resolve("runtime");
        Files.copy(TARGET.resolve("mailroom.jar"), jars.resolve("mailroom.jar"));
        Set<String> natives = nativesOfJdk();
        for (Path library : files(TARGET.resolve("lib"))) {
            String name = library.getFileName().toString();
            if (name.startsWith("javafx-")) {
                module(library, modules, natives);
            } else if (name.startsWith("sqlite-jdbc-")) {
                withoutNatives(library, jars.resolve(name), jars, "org/sqlite/native/", sqlitePart());
            } else if (name.matches("jna-\\d.*")) {
                withoutNatives(library, jars.resolve(name), jars, "com/sun/jna/[a-z0-9]+-", jnaPart());
            } else {
                Files.copy(library, jars.resolve(name));
            }
        }
        jlink(modules, runtime);
        Path image = jpackage(jars, runtime);
        System.out.printf("The image is %s, %d MB%n", image, size(image) >> 20);
    }

    private String sqlitePart() {
        return "org/sqlite/native/" + kind.inSqlite + (arm ? "/aarch64/" : "/x86_64/");
    }

    private String jnaPart() {
        return "com/sun/jna/" + kind.inJna + (arm ? "-aarch64/" : "-x86-64/");
    }

    /** On Windows the JDK brings libraries of the C runtime, and JavaFX the same ones again. */
    private static Set<String> nativesOfJdk() throws IOException {
        Set<String> names = new HashSet<>();
        for (String folder : List.of("bin", "lib")) {
            files(JDK.resolve(folder)).forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    /** Makes a module with its native parts of a jar; the jars without a system in their names are empty. */
    private void module(Path jar, Path modules, Set<String> taken) throws IOException {
        String name = jar.getFileName().toString().replaceFirst("-\\d.*", "").replace('-', '.');
        Path classes = WORK.resolve("javafx").resolve(name).resolve("classes");
        Path libraries = Files.createDirectories(classes.resolveSibling("libraries"));
        Files.createDirectories(classes);
        Path made = modules.resolve(name + ".jmod");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String path = entry.getName();
                boolean top = path.indexOf('/') < 0;
                if (entry.isDirectory() || path.startsWith("META-INF/") || path.endsWith(".jar")) {
                    continue;
                }
                if (top && !path.endsWith(".class")) {
                    if (path.endsWith(kind.library) && taken.add(path)) {
                        Files.copy(in, libraries.resolve(path));
                    }
                } else {
                    Path file = within(classes, path);
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        if (Files.exists(classes.resolve("module-info.class")) && !Files.exists(made)) {
            run(
                    "jmod",
                    List.of(
                            "create",
                            "--class-path",
                            classes.toString(),
                            "--libs",
                            libraries.toString(),
                            made.toString()));
        }
    }

    private static Path within(Path folder, String path) throws IOException {
        Path file = folder.resolve(path).normalize();
        if (!file.startsWith(folder)) {
            throw new IOException(path + " leads out of its archive");
        }
        return file;
    }

    /** Copies a jar without the native parts of any system, and puts that of this system beside it. */
    private static void withoutNatives(Path jar, Path trimmed, Path beside, String natives, String own)
            throws IOException {
        Pattern anyNative = Pattern.compile(natives + ".*");
        boolean found = false;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                OutputStream file = Files.newOutputStream(trimmed);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String path = entry.getName();
                if (path.startsWith(own) && !entry.isDirectory()) {
                    Files.copy(in, beside.resolve(path.substring(own.length())));
                    found = true;
                } else if (!anyNative.matcher(path).matches()) {
                    ZipEntry copy = new ZipEntry(path);
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        if (!found) {
            throw new IOException(jar.getFileName() + " has no native part for this system under " + own);
        }
    }

    private void jlink(Path modules, Path runtime) throws IOException {
        List<String> names = new ArrayList<>(lines(INSTALLER.resolve("modules.txt")));
        Path ofSystem = INSTALLER.resolve(kind.folder).resolve("modules.txt");
        if (Files.exists(ofSystem)) {
            names.addAll(lines(ofSystem));
        }
        List<String> arguments = new ArrayList<>(lines(INSTALLER.resolve("jlink.args")));
        arguments.addAll(List.of("--module-path", modules.toString(), "--add-modules", String.join(",", names)));
        arguments.addAll(List.of("--output", runtime.toString()));
        run("jlink", arguments);
    }

    private Path jpackage(Path jars, Path runtime) throws IOException {
        Path images = WORK.resolve("image");
        List<String> arguments = new ArrayList<>(List.of("--type", "app-image"));
        arguments.add("@" + INSTALLER.resolve("image.args"));
        arguments.addAll(List.of("--java-options", "-Dorg.sqlite.lib.name=" + System.mapLibraryName("sqlitejdbc")));
        arguments.addAll(List.of("--name", kind.program, "--app-version", version));
        arguments.addAll(List.of("--icon", INSTALLER.resolve(kind.icon).toString()));
        arguments.addAll(List.of("--input", jars.toString(), "--runtime-image", runtime.toString()));
        arguments.addAll(List.of("--dest", images.toString()));
        arguments.addAll(List.of("--add-launcher", "mailroom-prepare=" + preparing()));
        Path more = INSTALLER.resolve(kind.folder).resolve("console.properties");
        if (Files.exists(more)) {
            arguments.addAll(List.of("--add-launcher", "mailroom-console=" + more));
        }
        run("jpackage", arguments);
        Path image;
        try (Stream<Path> made = Files.list(images)) {
            image = made.findFirst().orElseThrow();
        }
        hideLaunchers(kind.jars(image).resolve(".jpackage.xml"));
        // Its place is taken from the beginning: what installs the program then also takes the archive away with it.
        Files.createFile(kind.jars(image).resolve("start.jsa"));
        Files.createFile(kind.jars(image).resolve("start.classlist"));
        return image;
    }

    /** Makes packages know one launcher only, or each of the others would get an entry in the menu. */
    private static void hideLaunchers(Path description) throws IOException {
        if (Files.exists(description)) {
            // The end of the document may stand in the same line.
            String kept = Files.readString(description)
                    .replaceAll("(?s)\\s*<add-launcher\\b[^>]*?(/>|>.*?</add-launcher>)", "");
            Files.writeString(description, kept);
        }
    }

    /**
     * A second launcher, which does not start the program but writes the archive of its classes: at the place where the program
     * lies, with the same class path and options, for an archive fits nothing else.
     */
    private Path preparing() throws IOException {
        StringBuilder options = new StringBuilder();
        for (String line : lines(INSTALLER.resolve("image.args"))) {
            Matcher option = Pattern.compile("--java-options (\\S+)").matcher(line);
            if (option.matches() && !option.group(1).equals("-Xshare:auto")) {
                options.append(' ').append(option.group(1));
            }
        }
        Path properties = WORK.resolve("prepare.properties");
        String text = "java-options=-Xshare:dump -XX:SharedClassListFile=$APPDIR/start.classlist" + options + "\n"
                + "icon=\nlinux-shortcut=false\nwin-shortcut=false\nwin-menu=false\n";
        return Files.writeString(properties, text);
    }

    private static void run(String tool, List<String> arguments) {
        ToolProvider found = ToolProvider.findFirst(tool)
                .orElseThrow(() -> new IllegalStateException("this JDK has no " + tool + "; a full JDK 17 has"));
        System.out.println("> " + tool + " " + String.join(" ", arguments));
        int code = found.run(System.out, System.err, arguments.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(tool + " ended with " + code);
        }
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
