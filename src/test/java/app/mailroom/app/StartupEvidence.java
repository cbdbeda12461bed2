package app.mailroom.app;

import app.mailroom.evidence.Archived;
import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.InTurn;
import app.mailroom.evidence.Program;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import app.mailroom.evidence.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** How long a person waits for the window, by how much the workspace holds, beside a window that holds nothing. */
public final class StartupEvidence implements EvidencePart {
    private static final int ROUNDS = 3;
    private static final List<Integer> SIZES = List.of(0, 100_000, 1_000_000);
    private static final String THERE = "The window was there";
    private static final String WHERE_IT_GOES = """
            What is left, by a profile: the toolkit starts and practises while the workspace is opened, and with two processors \
            both are busy until the window is there, so that only less work would help. An eighth of it reads the configuration of the \
            log, a tenth opens the database, a good third makes and styles controls, and the rest is the toolkit itself. Asking for \
            the log only after the toolkit had begun was tried, and gained nothing.""";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final double PATIENCE_SECONDS = 120;

    private interface Sign {
        boolean isThere() throws IOException;
    }

    @Override
    public String title() {
        return "Starting";
    }

    @Override
    public String question() {
        return """
                How long does it take from the start of the process until the window was drawn once? Beside it stands a bare JavaFX
                window of the same theme with a few controls and nothing behind it, started by the same Java with the same class
                path, on the same screen (Xvfb). Both are watched from outside: each writes a line when its first frame was drawn.
                The workspace holds one mailing of 0, 100,000 or 1,000,000 messages. The installed program takes its classes from an
                archive, which is measured too: both with one that was made at their first start.""";
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Optional<Screen> made = Screen.open();
        if (made.isEmpty()) {
            report.note(
                    "Not measured, because this computer has no display and no `Xvfb` (packages xvfb and libgtk-3-0).");
            return;
        }
        try (Screen screen = made.get()) {
            List<InTurn> figures = new ArrayList<>();
            for (int messages : SIZES) {
                Path folder = SentWorkspace.make(ground.folder("workspace-" + messages), messages);
                // What a first start does only once, such as the copy of the day, is not what is measured.
                double first = ours(ground, screen, folder);
                InTurn both = InTurn.measure(ROUNDS, () -> ours(ground, screen, folder), () -> bare(ground, screen));
                figures.add(both);
                ground.say(
                        "%,d messages: %s s, %s times; the very first time %s s",
                        messages, Report.number(both.first()), both.ratioWithRange(), Report.number(first));
                Ground.delete(folder);
            }
            List<List<String>> rows = new ArrayList<>();
            for (int i = 0; i < SIZES.size(); i++) {
                InTurn both = figures.get(i);
                rows.add(List.of(
                        "%,d".formatted(SIZES.get(i)),
                        Report.number(both.first()),
                        Report.number(both.second()),
                        both.ratioWithRange()));
            }
            report.table(List.of("messages", "Mailroom, s", "bare window, s", "times as long (range)"), rows);
            // A logarithmic axis has no zero.
            List<Integer> sizes =
                    SIZES.stream().map(size -> Math.max(size, 10_000)).toList();
            report.chart(
                    "startup",
                    Chart.plain("From start to first frame (10,000: empty)", "messages", "s")
                            .line(
                                    "Mailroom",
                                    sizes,
                                    figures.stream().map(InTurn::first).toList())
                            .line(
                                    "bare window",
                                    sizes,
                                    figures.stream().map(InTurn::second).toList()));
            for (int i = 0; i < SIZES.size(); i++) {
                report.goal(
                        "start with %,d messages, times of a bare window".formatted(SIZES.get(i)),
                        figures.get(i).ratio(),
                        Bound.AT_MOST,
                        1.5);
            }
            compareArchived(ground, report, screen);
            InTurn empty = figures.get(0);
            InTurn full = figures.get(figures.size() - 1);
            report.goal(
                    "start with 1,000,000 messages, times of an empty workspace, each beside a bare window",
                    full.ratio() / empty.ratio(),
                    Bound.AT_MOST,
                    1.2);
            report.note(WHERE_IT_GOES);
        }
    }

    private static void compareArchived(Ground ground, Report report, Screen screen) throws Exception {
        Archived archived = Archived.pack(ground.folder("jars"));
        Path workspace = SentWorkspace.make(ground.folder("workspace-archived"), 0);
        List<String> jvm = screen.jvmArguments();
        String main = Main.class.getName();
        String bare = BareWindow.Launcher.class.getName();
        List<String> ofWorkspace = List.of("--workspace", workspace.toString());
        train(
                ground,
                screen,
                archived.training("ours", jvm, main, "--workspace", workspace.toString()),
                ours(workspace));
        train(ground, screen, archived.training("bare", jvm, bare), bare(ground));
        if (archived.size("ours").isEmpty() || archived.size("bare").isEmpty()) {
            report.note("With an archive of classes it was not measured, because this Java made none.");
            return;
        }
        InTurn both = InTurn.measure(
                ROUNDS,
                () -> untilThere(ground, screen, archived.java("ours", jvm, main, ofWorkspace), ours(workspace)),
                () -> untilThere(ground, screen, archived.java("bare", jvm, bare, List.of()), bare(ground)));
        ground.say("with archives of classes: %s s, %s times", Report.number(both.first()), both.ratioWithRange());
        report.note("With archives of classes (of %,d and %,d MB), and an empty workspace:"
                .formatted(
                        archived.size("ours").orElseThrow() >> 20,
                        archived.size("bare").orElseThrow() >> 20));
        report.table(
                List.of("Mailroom, s", "bare window, s", "times as long (range)"),
                List.of(List.of(Report.number(both.first()), Report.number(both.second()), both.ratioWithRange())));
        report.goal(
                "start with archives of classes, times of a bare window with one", both.ratio(), Bound.AT_MOST, 1.5);
    }

    /** Starts and ends what makes the archive. */
    private static void train(Ground ground, Screen screen, List<String> command, Sign sign) throws Exception {
        Path output = ground.folder().resolve("output.txt");
        Files.deleteIfExists(output);
        try (Program program = Program.start(output, Map.of("DISPLAY", screen.display()), command)) {
            await(program, sign);
            program.end();
        }
    }

    private static double ours(Ground ground, Screen screen, Path workspace) throws Exception {
        List<String> command =
                ground.java(screen.jvmArguments(), Main.class.getName(), "--workspace", workspace.toString());
        return untilThere(ground, screen, command, ours(workspace));
    }

    /** That one more window was there than now. */
    private static Sign ours(Path workspace) throws IOException {
        Path logs = workspace.resolve("logs");
        long before = lines(logs);
        return () -> lines(logs) > before;
    }

    private static double bare(Ground ground, Screen screen) throws Exception {
        List<String> command = ground.java(screen.jvmArguments(), BareWindow.Launcher.class.getName());
        return untilThere(ground, screen, command, bare(ground));
    }

    private static Sign bare(Ground ground) {
        Path output = ground.folder().resolve("output.txt");
        return () -> Files.readString(output).contains(BareWindow.THERE);
    }

    private static double untilThere(Ground ground, Screen screen, List<String> command, Sign sign) throws Exception {
        Path output = ground.folder().resolve("output.txt");
        Files.deleteIfExists(output);
        try (Program program = Program.start(output, Map.of("DISPLAY", screen.display()), command)) {
            await(program, sign);
            return program.seconds();
        }
    }

    private static void await(Program program, Sign sign) throws IOException {
        while (!sign.isThere()) {
            if (!program.isAlive() || program.seconds() > PATIENCE_SECONDS) {
                throw new IllegalStateException("no window came:\n" + program.printed());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static long lines(Path logs) throws IOException {
        if (!Files.exists(logs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(logs)) {
            long found = 0;
            for (Path file : files.toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    found += lines.filter(line -> line.contains(THERE)).count();
                }
            }
            return found;
        }
    }
}
