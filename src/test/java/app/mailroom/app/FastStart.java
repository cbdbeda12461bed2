package app.mailroom.app;

import app.mailroom.evidence.Ground;
import app.mailroom.model.PlanState;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The program as a process that starts in a moment, for starting it a hundred times: its classes lie in an archive that the
 * virtual machine maps into memory. It is the same program; only where its classes come from differs.
 */
final class FastStart {
    private static final List<String> SMALL = List.of("-Xmx192m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    private static final int WARM_UP_PEOPLE = 60;

    private final List<String> jvm;

    private FastStart(List<String> jvm) {
        this.jvm = jvm;
    }

    /** Makes the archive, of all that a small mailing needs from its beginning to its end. */
    static FastStart prepare(Ground ground) throws IOException, InterruptedException {
        ground.say("making an archive of classes, so that the program starts quickly");
        List<String> jvm = new ArrayList<>(SMALL);
        // An archive takes no classes from folders.
        jvm.addAll(List.of("-cp", jars(ground.folder("jars"))));
        Path archive = ground.folder("archive").resolve("program.jsa");
        try (LiveWorld world = new LiveWorld(ground.folder("warm-up"))) {
            long plan = world.plan(WARM_UP_PEOPLE);
            world.mailroom.control(() -> {}).start(plan);
            List<String> archiving = new ArrayList<>(jvm);
            archiving.add("-XX:ArchiveClassesAtExit=" + archive);
            Path output = ground.folder().resolve("warm-up.txt");
            world.startSender(output, archiving, Map.of(), "run", "--quiet").waitFor();
            if (world.mailroom.plans.find(plan).orElseThrow().state() != PlanState.SENT) {
                throw new AssertionError("the first mailing did not go out: " + Files.readString(output));
            }
        }
        // Without an archive, on a virtual machine that cannot make one, it starts all the same.
        jvm.add("-Xshare:auto");
        jvm.add("-XX:SharedArchiveFile=" + archive);
        return new FastStart(List.copyOf(jvm));
    }

    /** Starts a process that sends what is due and follows its outcomes. */
    MailroomProcess run(LiveWorld world, Path output) throws IOException {
        return world.startSender(output, jvm, Map.of(), "run", "--settle", "240", "--quiet");
    }

    /** The class path of this process, with a jar in the place of each folder. */
    private static String jars(Path folder) throws IOException {
        List<String> path = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path classes = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(classes)) {
                Path jar = folder.resolve(path.size() + ".jar");
                pack(classes, jar);
                path.add(jar.toString());
            } else {
                path.add(classes.toString());
            }
        }
        return String.join(File.pathSeparator, path);
    }

    private static void pack(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(classes)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
                JarOutputStream packed = new JarOutputStream(file)) {
            for (Path each : files) {
                packed.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
                Files.copy(each, packed);
                packed.closeEntry();
            }
        }
    }
}
