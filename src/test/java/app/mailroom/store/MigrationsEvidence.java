package app.mailroom.store;

import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Workspaces of every released version, opened by today's program. */
public final class MigrationsEvidence implements EvidencePart {
    /** The newest version of the schema. */
    static final int NEWEST = 12;

    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);

    @Override
    public String title() {
        return "Workspaces of older versions";
    }

    @Override
    public String question() {
        return "A workspace that any released version left in the middle of a mailing, with rows in every table, is opened by this"
                + " one: nothing in it is lost or changed, and the mailing goes on and reaches everybody once.";
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        Chart chart = Chart.logarithmic("Opening a workspace of an older version", "messages", "seconds");
        for (int version = 1; version <= NEWEST; version++) {
            // The large size tells how time grows; versions between the first and the newest migrate a part of the
            // same.
            List<Integer> sizes = version == 1 || version == 6 || version == NEWEST ? SIZES : SIZES.subList(0, 2);
            List<Double> times = new ArrayList<>();
            List<String> row = new ArrayList<>(List.of("V" + version));
            for (int size : sizes) {
                Path file = ground.folder("v" + version + "-" + size).resolve("mailroom.sqlite");
                FilledWorkspace.make(file, version, size, ground.random());
                OpenedByToday opened = OpenedByToday.open(file, version < NEWEST);
                times.add(opened.seconds());
                row.add(Report.number(opened.seconds()));
                report.check(
                        String.format(
                                "V%d with %,d messages: content kept, no fault found, totals equal a recount, the copy before"
                                        + " is equal, and the mailing reached the other %,d once each",
                                version, size, opened.sent()),
                        opened.holds(size - size / 2));
            }
            while (row.size() <= SIZES.size()) {
                row.add("–");
            }
            rows.add(row);
            if (sizes.size() == SIZES.size()) {
                chart.line("V" + version, SIZES, times);
            }
            ground.say("V%d: %s", version, times);
        }
        report.table(List.of("Version", "1,000 messages, s", "10,000, s", "100,000, s"), rows);
        report.chart("migrations-times", chart);
    }
}
