package app.mailroom.evidence;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs the parts, each in a process of its own, and writes {@code docs/evidence.md}. System properties:
 * {@code evidence.project} is the project's folder, {@code evidence.parts} names parts with commas between (all if empty), and
 * {@code evidence.seed} is the seed. Parts that measure speed run alone; of the others, which wait most of their time, two run
 * beside each other. Ends with 1 if anything did not hold that must.
 */
public final class Evidence {
    /** Where pictures lie, seen from the page. */
    static final String CHARTS = "images/evidence";

    /** A part that takes longer hangs. */
    private static final long HANGING_MINUTES = 20;

    private static final int BESIDE_EACH_OTHER = 3;

    private static final Map<String, String> PARTS = parts();

    /** What came of the parts that ran so far. */
    private final List<String> broken = new ArrayList<>();

    private final List<String> missed = new ArrayList<>();
    private final Path project;
    private final long seed;

    private Evidence(Path project, long seed) {
        this.project = project;
        this.seed = seed;
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        // Faults
        parts.put("kills", "app.mailroom.app.KillsEvidence");
        parts.put("senders", "app.mailroom.app.TwoSendersEvidence");
        parts.put("service", "app.mailroom.app.ServiceFaultsEvidence");
        parts.put("disk", "app.mailroom.app.DiskEvidence");
        parts.put("clock", "app.mailroom.app.ClockEvidence");
        parts.put("power", "app.mailroom.app.PowerEvidence");
        // Data
        parts.put("migrations", "app.mailroom.store.MigrationsEvidence");
        parts.put("backups", "app.mailroom.app.BackupsEvidence");
        parts.put("input", "app.mailroom.app.InputEvidence");
        // Speed
        parts.put("sending", "app.mailroom.app.SendingEvidence");
        parts.put("pace", "app.mailroom.app.PaceEvidence");
        parts.put("outcomes", "app.mailroom.app.OutcomesEvidence");
        parts.put("import", "app.mailroom.app.ImportEvidence");
        parts.put("rendering", "app.mailroom.template.RenderingEvidence");
        parts.put("startup", "app.mailroom.app.StartupEvidence");
        parts.put("memory", "app.mailroom.app.MemoryEvidence");
        return parts;
    }

    /** No arguments: runs the parts. One: the name of a part to run in this process. */
    public static void main(String[] args) throws Exception {
        Path project = Path.of(System.getProperty("evidence.project", "")).toAbsolutePath();
        long seed = Long.getLong("evidence.seed", 9);
        if (args.length == 1) {
            runHere(args[0], project, seed);
            // Whatever a part left running must not keep the process.
            System.exit(0);
        }
        System.exit(new Evidence(project, seed).runAll() ? 0 : 1);
    }

    private boolean runAll() throws IOException, InterruptedException {
        List<String> chosen = chosen(System.getProperty("evidence.parts", ""));
        long began = System.nanoTime();
        ExecutorService beside = Executors.newFixedThreadPool(BESIDE_EACH_OTHER);
        try {
            List<Callable<Void>> waiting = chosen.stream()
                    .filter(name -> !make(name).measuresSpeed())
                    .map(this::running)
                    .toList();
            for (Future<Void> part : beside.invokeAll(waiting)) {
                part.get();
            }
            for (String name : chosen) {
                if (make(name).measuresSpeed()) {
                    runAlone(name);
                }
            }
        } catch (ExecutionException e) {
            throw new IOException("a part could not be run", e);
        } finally {
            beside.shutdownNow();
        }
        System.out.printf(
                "%n==> %d parts in %d s%n", chosen.size(), TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        missed.forEach(line -> System.out.println("missed goal:    " + line));
        broken.forEach(line -> System.out.println("DOES NOT HOLD:  " + line));
        return broken.isEmpty();
    }

    private Callable<Void> running(String name) {
        return () -> {
            runAlone(name);
            return null;
        };
    }

    private void runAlone(String name) throws IOException, InterruptedException {
        System.out.printf("%n==> %s%n", name);
        Path folder = target(project, name);
        Ground.delete(folder);
        Files.createDirectories(folder);
        keep(name, folder, runProcess(name));
    }

    /** Puts what a part found on the page at once, so that a run that is broken off has not been for nothing. */
    private synchronized void keep(String name, Path folder, boolean ended) throws IOException {
        if (ended) {
            Path page = project.resolve("docs/evidence.md");
            EvidencePage all = EvidencePage.read(page);
            all.put(name, Files.readString(folder.resolve("section.md")));
            all.write(page, head(), List.copyOf(PARTS.keySet()));
            lines(folder.resolve("broken.txt")).forEach(line -> broken.add(name + ": " + line));
            lines(folder.resolve("missed.txt")).forEach(line -> missed.add(name + ": " + line));
        } else {
            broken.add(name + ": did not come to its end");
        }
        System.out.printf("<== %s%n", name);
    }

    private static List<String> chosen(String names) {
        if (names.isBlank()) {
            return List.copyOf(PARTS.keySet());
        }
        List<String> chosen = Arrays.stream(names.split(",")).map(String::strip).toList();
        for (String name : chosen) {
            if (!PARTS.containsKey(name)) {
                throw new IllegalArgumentException("there is no part \"" + name + "\"; there are " + PARTS.keySet());
            }
        }
        return chosen;
    }

    private boolean runProcess(String name) throws IOException, InterruptedException {
        List<String> jvm = new ArrayList<>(make(name).jvmArguments());
        jvm.addAll(List.of("-Devidence.project=" + project, "-Devidence.seed=" + seed, "-Djava.awt.headless=true"));
        Ground ground = new Ground(name, project, target(project, name), seed);
        Process process = new ProcessBuilder(ground.java(jvm, Evidence.class.getName(), name))
                .inheritIO()
                .start();
        boolean ended = process.waitFor(HANGING_MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            System.out.printf("    %s still ran after %d minutes and was ended%n", name, HANGING_MINUTES);
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
        }
        return ended && process.exitValue() == 0;
    }

    private static void runHere(String name, Path project, long seed) throws Exception {
        Path folder = target(project, name);
        EvidencePart part = make(name);
        Report report = new Report();
        Ground ground = new Ground(name, project, Files.createDirectories(folder.resolve("work")), seed);
        long began = System.nanoTime();
        try {
            part.run(ground, report);
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            System.out.println(trace);
            report.check("the part runs to its end: " + e, false);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
        Path charts = Files.createDirectories(project.resolve("docs").resolve(CHARTS));
        for (Map.Entry<String, Chart> chart : report.charts().entrySet()) {
            chart.getValue().write(charts.resolve(chart.getKey() + ".svg"));
        }
        String made = "*%s, %d s, seed %d. %s*"
                .formatted(LocalDate.now(Clock.system(ZoneOffset.UTC)), seconds, seed, Machine.describe());
        Files.writeString(
                folder.resolve("section.md"),
                String.join(
                        "\n\n", "## " + part.title() + " (`" + name + "`)", part.question(), report.markdown(), made));
        Files.write(folder.resolve("broken.txt"), report.broken());
        Files.write(folder.resolve("missed.txt"), report.missed());
        Ground.delete(ground.folder());
    }

    private static EvidencePart make(String name) {
        try {
            return Class.forName(PARTS.get(name))
                    .asSubclass(EvidencePart.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the part " + name + " cannot be made", e);
        }
    }

    private static Path target(Path project, String name) {
        return project.resolve("target/evidence").resolve(name);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static String head() {
        return """
                # Evidence

                Made by `./mvnw -Pevidence verify`, and single parts by `./mvnw -Pevidence verify -Devidence.parts=kills,pace`.
                Everything runs on one computer, against servers on it that answer as Amazon's do: a stub of SES and ElasticMQ.
                Figures of speed are ratios of two things measured in one run, on a machine that is shared with others, so the same
                run on another day differs by some percent; what must hold is marked with ✓ and fails the build otherwise.
                Parts that measure speed ran alone, the faults, the bad input and the memory three beside each other.
                """;
    }
}
