package app.mailroom.app;

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
    private static final int ROUNDS = 5;
    private static final List<Integer> SIZES = List.of(0, 100_000, 1_000_000);
    private static final String THERE = "The window was there";
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
                The workspace holds one mailing of 0, 100,000 or 1,000,000 messages.""";
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
            InTurn empty = figures.get(0);
            InTurn full = figures.get(figures.size() - 1);
            report.goal(
                    "start with 1,000,000 messages, times of an empty workspace",
                    full.first() / empty.first(),
                    Bound.AT_MOST,
                    1.2);
        }
    }

    private static double ours(Ground ground, Screen screen, Path workspace) throws Exception {
        Path logs = workspace.resolve("logs");
        long before = lines(logs);
        List<String> command =
                ground.java(screen.jvmArguments(), Main.class.getName(), "--workspace", workspace.toString());
        return untilThere(ground, screen, command, () -> lines(logs) > before);
    }

    private static double bare(Ground ground, Screen screen) throws Exception {
        List<String> command = ground.java(screen.jvmArguments(), BareWindow.Launcher.class.getName());
        Path output = ground.folder().resolve("output.txt");
        return untilThere(
                ground, screen, command, () -> Files.readString(output).contains(BareWindow.THERE));
    }

    private static double untilThere(Ground ground, Screen screen, List<String> command, Sign sign) throws Exception {
        Path output = ground.folder().resolve("output.txt");
        Files.deleteIfExists(output);
        try (Program program = Program.start(output, Map.of("DISPLAY", screen.display()), command)) {
            while (!sign.isThere()) {
                if (!program.isAlive() || program.seconds() > PATIENCE_SECONDS) {
                    throw new IllegalStateException("no window came:\n" + program.printed());
                }
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            return program.seconds();
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
