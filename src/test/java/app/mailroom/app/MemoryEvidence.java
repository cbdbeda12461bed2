package app.mailroom.app;

import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Program;
import app.mailroom.evidence.RecipientsCsv;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory each step of a mailing takes at most, by the number of its recipients. */
public final class MemoryEvidence implements EvidencePart {
    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);
    private static final String LIMIT = "-Xmx512m";
    private static final double SENDING_SECONDS = 6;
    private static final double PATIENCE_SECONDS = 120;
    private static final double MEGABYTE = 1 << 20;
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");

    /**
     * What one process had at most, in MB.
     *
     * @param resident by the operating system's count; 0 where it cannot be read
     * @param heap before a collection
     * @param kept after a collection
     */
    private record Peak(double resident, double heap, double kept) {}

    @Override
    public String title() {
        return "Memory";
    }

    @Override
    public String question() {
        return """
                Does a list of a million fit into 512 MB of heap, whatever is done with it? Each step is a process of its own with
                `-Xmx512m`: importing a CSV file, `plan create`, which checks every row, `plan start`, which makes the messages,
                sending for some seconds in practice mode, exporting what became of every message, and the window while it sends.
                Told are the most memory that the operating system counted, the most heap before a collection, and the most that
                was left after one, which is what was needed.""";
    }

    @Override
    public List<String> jvmArguments() {
        return List.of("-Xmx256m");
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Optional<Screen> screen = Screen.open();
        if (screen.isEmpty()) {
            report.note("Without the window, because this computer has no `Xvfb` (packages xvfb and libgtk-3-0).");
        }
        try {
            Map<Integer, Map<String, Peak>> bySize = new LinkedHashMap<>();
            for (int size : SIZES) {
                bySize.put(size, new Mailing(ground, report, size).measure(screen));
            }
            tell(report, bySize);
        } finally {
            if (screen.isPresent()) {
                screen.get().close();
            }
        }
    }

    private static void tell(Report report, Map<Integer, Map<String, Peak>> bySize) {
        List<List<String>> rows = new ArrayList<>();
        List<String> steps = List.copyOf(bySize.values().iterator().next().keySet());
        for (String step : steps) {
            for (int size : SIZES) {
                Peak peak = peak(bySize, size, step);
                rows.add(List.of(
                        step,
                        "%,d".formatted(size),
                        peak.resident() == 0 ? "–" : Report.number(peak.resident()),
                        Report.number(peak.heap()),
                        Report.number(peak.kept())));
            }
        }
        report.table(List.of("step", "recipients", "resident, MB", "heap, MB", "heap after a collection, MB"), rows);
        Chart chart = Chart.plain("The most heap after a collection", "recipients", "MB");
        for (String step : steps.subList(0, Math.min(4, steps.size()))) {
            chart.line(
                    step,
                    SIZES,
                    SIZES.stream().map(size -> peak(bySize, size, step).kept()).toList());
        }
        report.chart("memory", chart);
    }

    private static Peak peak(Map<Integer, Map<String, Peak>> bySize, int size, String step) {
        return Objects.requireNonNull(Objects.requireNonNull(bySize.get(size)).get(step));
    }

    /** One mailing from its file to its export. */
    private static final class Mailing {
        private final Ground ground;
        private final Report report;
        private final int size;
        private final Path folder;
        private final Path workspace;
        private final Path output;
        private final Map<String, Peak> peaks = new LinkedHashMap<>();
        private boolean whole = true;

        Mailing(Ground ground, Report report, int size) throws IOException {
            this.ground = ground;
            this.report = report;
            this.size = size;
            this.folder = ground.folder("size-" + size);
            this.workspace = folder.resolve("workspace");
            this.output = folder.resolve("output.txt");
        }

        Map<String, Peak> measure(Optional<Screen> screen) throws Exception {
            Path csv = RecipientsCsv.write(folder.resolve("recipients.csv"), size, ground.random());
            Path letter = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}} of {{city}}</p>");
            step("", "template", "add", "letter", "--subject", "Hello", "--html", letter.toString());
            step("import", "recipients", "import", csv.toString(), "--list", "all");
            step(
                    "checks",
                    "plan",
                    "create",
                    "All",
                    "--template",
                    "letter",
                    "--list",
                    "all",
                    "--from",
                    "shop@example.com");
            step("", "settings", "set", "practice.rate", "500");
            step("planning", "plan", "start", "1");
            send("sending", List.of(), Map.of(), "run", "--quiet");
            if (screen.isPresent()) {
                send(
                        "window",
                        screen.get().jvmArguments(),
                        Map.of("DISPLAY", screen.get().display()));
            }
            step(
                    "export",
                    "messages",
                    "export",
                    "1",
                    "--out",
                    folder.resolve("messages.csv").toString());
            long exported;
            try (var lines = Files.lines(folder.resolve("messages.csv"))) {
                exported = lines.count() - 1;
            }
            report.check(
                    "with %,d recipients and 512 MB of heap every step comes to its end, and %,d messages are exported"
                            .formatted(size, exported),
                    whole && exported == size);
            Ground.delete(folder);
            return peaks;
        }

        private List<String> line(Path collections, List<String> more, String... command) {
            List<String> jvm = new ArrayList<>(more);
            jvm.addAll(List.of(LIMIT, "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + collections));
            List<String> arguments = new ArrayList<>(List.of("--workspace", workspace.toString()));
            arguments.addAll(List.of(command));
            return ground.java(jvm, Main.class.getName(), arguments.toArray(String[]::new));
        }

        private void step(String name, String... command) throws IOException, InterruptedException {
            Path collections = folder.resolve("collections.txt");
            Program program = Program.run(output, line(collections, List.of(), command));
            keep(name, program, collections);
        }

        /** Lets a process send for some seconds, from its first message on. */
        private void send(String name, List<String> jvm, Map<String, String> environment, String... command)
                throws IOException, InterruptedException, SQLException {
            Path collections = folder.resolve("collections.txt");
            try (Program program = Program.start(output, environment, line(collections, jvm, command))) {
                long before = waiting();
                double until = PATIENCE_SECONDS;
                boolean begun = false;
                while (program.isAlive() && program.seconds() < until) {
                    program.peakMemory();
                    if (!begun && waiting() < before) {
                        begun = true;
                        until = program.seconds() + SENDING_SECONDS;
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
                }
                // A small mailing may be at its end, and then so is the process.
                whole &= begun;
                keep(name, program, collections);
            }
        }

        private long waiting() throws SQLException {
            try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + workspace.resolve("mailroom.sqlite"));
                    Statement sql = file.createStatement();
                    ResultSet answer =
                            sql.executeQuery("SELECT COUNT(*) FROM messages WHERE plan_id = 1 AND state = 'PLANNED'")) {
                return answer.getLong(1);
            }
        }

        private void keep(String name, Program program, Path collections) throws IOException {
            if (name.isEmpty()) {
                return;
            }
            double heap = 0;
            double kept = 0;
            Matcher collection = COLLECTION.matcher(Files.readString(collections));
            while (collection.find()) {
                heap = Math.max(heap, Integer.parseInt(collection.group(1)));
                kept = Math.max(kept, Integer.parseInt(collection.group(2)));
            }
            Peak peak = new Peak(program.peakMemory() / MEGABYTE, heap, kept);
            peaks.put(name, peak);
            ground.say(
                    "%,d, %s: %s MB, heap %s MB, of which %s MB were needed; %s s",
                    size,
                    name,
                    Report.number(peak.resident()),
                    Report.number(heap),
                    Report.number(kept),
                    Report.number(program.seconds()));
        }
    }
}
