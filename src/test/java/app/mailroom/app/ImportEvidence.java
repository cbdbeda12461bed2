package app.mailroom.app;

import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.InTurn;
import app.mailroom.evidence.Program;
import app.mailroom.evidence.RecipientsCsv;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What importing and planning a list costs, by its size, beside what the database itself needs to read the same file. */
public final class ImportEvidence implements EvidencePart {
    private static final int TRIGGER_ROUNDS = 5;
    private static final int SAMPLED = 97;
    private static final String NEW_MESSAGES =
            "INSERT INTO messages (plan_id, address, address_key, field_values, state, not_before,"
                    + " attempts, updated_at) SELECT 1, address, address_key, field_values, 'PLANNED', 0, 0, 0 FROM recipient_rows"
                    + " WHERE list_id = %d ORDER BY rank";

    /** How often a size is measured: large ones once, since they take as long as many small ones. */
    private record Size(int rows, int rounds) {}

    private static final List<Size> SIZES = List.of(new Size(10_000, 5), new Size(100_000, 3), new Size(1_000_000, 1));

    /** What a size took. */
    private record Cost(Size size, InTurn imported, double checked, double planned) {}

    @Override
    public String title() {
        return "Import and planning";
    }

    @Override
    public String question() {
        return """
                `mailroom recipients import` reads a CSV file of six columns, as a program of its own with 512 MB of heap: it reads
                each address, finds those that come twice, makes a sheet that can be edited, and takes all or nothing. Beside it
                stands `sqlite3 .import` of the same file into a table with one unique index. The program needs about a second to
                start, which is most of what a small file takes. Then `plan create` checks every row, and `plan start` makes a
                message of each.""";
    }

    @Override
    public List<String> jvmArguments() {
        return List.of("-Xmx512m");
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Optional<Path> shell = Ground.program("sqlite3");
        if (shell.isEmpty()) {
            report.note("Not compared, because this computer has no `sqlite3` (package sqlite3).");
        }
        List<Cost> costs = new ArrayList<>();
        for (Size size : SIZES) {
            costs.add(measure(ground, report, size, shell));
        }
        table(report, costs, shell.isPresent());
        Cost largest = costs.get(costs.size() - 1);
        if (shell.isPresent()) {
            report.goal(
                    "import of 1,000,000 rows, times of sqlite3",
                    largest.imported().ratio(),
                    Bound.AT_MOST,
                    3);
        }
    }

    private Cost measure(Ground ground, Report report, Size size, Optional<Path> shell) throws Exception {
        Path folder = ground.folder("size-" + size.rows());
        Path csv = RecipientsCsv.write(folder.resolve("recipients.csv"), size.rows(), ground.random());
        Path plain = folder.resolve("plain.sqlite");
        Path output = folder.resolve("output.txt");
        Path workspace = folder.resolve("workspace");
        Path letter = Files.writeString(folder.resolve("letter.html"), "<p>Hello {{name}} of {{city}}</p>");
        mailroom(
                ground,
                output,
                workspace,
                "template",
                "add",
                "letter",
                "--subject",
                "Hello",
                "--html",
                letter.toString());
        int[] list = {0};
        InTurn imported = InTurn.measure(
                size.rounds(),
                () -> {
                    list[0]++;
                    String[] command = {"recipients", "import", csv.toString(), "--list", "list " + list[0]};
                    return mailroom(ground, output, workspace, command);
                },
                () -> shell.isPresent() ? bySqlite(shell.get(), csv, plain, output) : 1);
        ground.say("%,d rows imported in %s s", size.rows(), Report.number(imported.first()));
        String[] create = {
            "plan", "create", "All", "--template", "letter", "--list", "list 1", "--from", "shop@example.com"
        };
        double checked = mailroom(ground, output, workspace, create);
        Path file = workspace.resolve("mailroom.sqlite");
        if (size.rows() == 100_000) {
            report.goal(
                    "writing 100,000 messages with the trigger that guards approvals, times of without",
                    withTrigger(file).ratio(),
                    Bound.AT_MOST,
                    1.15);
        }
        double planned = mailroom(ground, output, workspace, "plan", "start", "1");
        ground.say("checked in %s s, planned in %s s", Report.number(checked), Report.number(planned));
        check(report, size, file, shell.isPresent() ? Optional.of(plain) : Optional.empty());
        Ground.delete(folder);
        return new Cost(size, imported, checked, planned);
    }

    private static double mailroom(Ground ground, Path output, Path workspace, String... command)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("--workspace", workspace.toString()));
        line.addAll(List.of(command));
        return Program.run(output, ground.java(List.of("-Xmx512m"), Main.class.getName(), line.toArray(String[]::new)))
                .seconds();
    }

    private static double bySqlite(Path shell, Path csv, Path plain, Path output)
            throws IOException, InterruptedException {
        for (String end : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(plain + end));
        }
        return Program.run(
                        output,
                        List.of(
                                shell.toString(),
                                plain.toString(),
                                "PRAGMA journal_mode=WAL",
                                "CREATE TABLE rows (" + String.join(" TEXT, ", RecipientsCsv.HEADER.split(",", -1))
                                        + " TEXT)",
                                "CREATE UNIQUE INDEX rows_address ON rows (email)",
                                ".import --csv --skip 1 " + csv + " rows"))
                .seconds();
    }

    /** Writes the messages of the draft and takes them back, by turns with the trigger on them and without. */
    private static InTurn withTrigger(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            long list = number(sql, "SELECT id FROM recipient_lists WHERE name = 'list 1'");
            String insert = NEW_MESSAGES.formatted(list);
            // The first touches pages that nobody has read yet.
            insertAndTakeBack(sql, insert, "SELECT 1");
            return InTurn.measure(
                    TRIGGER_ROUNDS,
                    () -> insertAndTakeBack(sql, insert, "SELECT 1"),
                    () -> insertAndTakeBack(sql, insert, "DROP TRIGGER messages_added"));
        }
    }

    private static double insertAndTakeBack(Statement sql, String insert, String before) throws SQLException {
        sql.execute("BEGIN IMMEDIATE");
        sql.execute(before);
        long began = System.nanoTime();
        sql.executeUpdate(insert);
        double seconds = (System.nanoTime() - began) / 1e9;
        sql.execute("ROLLBACK");
        return seconds;
    }

    private static void check(Report report, Size size, Path file, Optional<Path> plain) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            String ofList = " FROM recipient_rows AS ours WHERE ours.list_id ="
                    + " (SELECT id FROM recipient_lists WHERE name = 'list 1')";
            long rows = number(sql, "SELECT COUNT(*)" + ofList);
            long messages = number(sql, "SELECT COUNT(*) FROM messages WHERE plan_id = 1 AND state = 'PLANNED'");
            report.check(
                    "of %,d rows %,d are in the list, and %,d messages wait".formatted(size.rows(), rows, messages),
                    rows == size.rows() && messages == size.rows());
            if (plain.isPresent()) {
                sql.execute("ATTACH '" + plain.get() + "' AS beside");
                String[] names = RecipientsCsv.HEADER.split(",", -1);
                StringBuilder same = new StringBuilder();
                for (int i = 0; i < names.length; i++) {
                    same.append(" AND ours.field_values ->> ")
                            .append(i)
                            .append(" = theirs.")
                            .append(names[i]);
                }
                String sampled = ofList + " AND ours.id % " + SAMPLED + " = 0";
                long alike = number(
                        sql,
                        "SELECT COUNT(*) FROM recipient_rows AS ours JOIN beside.rows AS theirs ON theirs.email = ours.address"
                                + sampled.substring(sampled.indexOf(" WHERE"))
                                + same);
                long looked = number(sql, "SELECT COUNT(*)" + sampled);
                long theirs = number(sql, "SELECT COUNT(*) FROM beside.rows");
                report.check(
                        "sqlite3 has %,d rows too, and %,d of %,d that were looked at have the same content"
                                .formatted(theirs, alike, looked),
                        theirs == rows && alike == looked && looked > 0);
            }
        }
    }

    private static long number(Statement sql, String query) throws SQLException {
        try (ResultSet answer = sql.executeQuery(query)) {
            return answer.getLong(1);
        }
    }

    private static void table(Report report, List<Cost> costs, boolean compared) {
        List<List<String>> rows = new ArrayList<>();
        for (Cost cost : costs) {
            rows.add(List.of(
                    "%,d".formatted(cost.size().rows()),
                    Report.number(cost.imported().first()),
                    compared ? Report.number(cost.imported().second()) : "–",
                    compared ? cost.imported().ratioWithRange() : "–",
                    Report.number(cost.checked()),
                    Report.number(cost.planned())));
        }
        report.table(
                List.of(
                        "rows",
                        "import, s",
                        "sqlite3 .import, s",
                        "times as long (range)",
                        "plan create: checks, s",
                        "plan start: messages, s"),
                rows);
        List<Integer> sizes = costs.stream().map(cost -> cost.size().rows()).toList();
        Chart chart = Chart.logarithmic("Importing and planning a list", "rows", "s")
                .line(
                        "import",
                        sizes,
                        costs.stream().map(cost -> cost.imported().first()).toList())
                .line("planning", sizes, costs.stream().map(Cost::planned).toList());
        report.chart(
                "import",
                compared
                        ? chart.line(
                                "sqlite3",
                                sizes,
                                costs.stream()
                                        .map(cost -> cost.imported().second())
                                        .toList())
                        : chart);
    }
}
