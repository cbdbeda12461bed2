package app.mailroom.app;

import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.delivery.Dispatch;
import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.model.Access;
import app.mailroom.model.Actor;
import app.mailroom.model.BackupCopy;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RestoreReport;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SentResult;
import app.mailroom.model.Template;
import app.mailroom.model.World;
import app.mailroom.store.DamagedException;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import app.mailroom.store.PlanStore;
import app.mailroom.store.TestWorkspace;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;

/** Copies of the database, damage to it, and going on with a copy. */
public final class BackupsEvidence implements EvidencePart {
    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);
    private static final int PAGE = 4096;
    private static final int AT_ONCE = 1_000;
    private static final Actor WHO = Actor.local("evidence");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String title() {
        return "Backups, damage and restoring";
    }

    @Override
    public String question() {
        return "A copy made while a mailing runs is whole. A damaged database is found before anything else is done with it, and"
                + " after a copy was restored nobody gets a mail twice, whatever was sent since the copy.";
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        times(ground, report);
        damage(ground, report);
        sentTwice(ground, report);
    }

    private void times(Ground ground, Report report) throws Exception {
        List<Double> copying = new ArrayList<>();
        List<Double> checking = new ArrayList<>();
        List<Double> restoring = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int size : SIZES) {
            Path folder = ground.folder("size-" + size);
            BackupFolder copies = new BackupFolder(folder.resolve("workspace.db"), folder.resolve("backups"));
            boolean equal;
            boolean whole;
            double copy;
            try (TestWorkspace workspace = new TestWorkspace(folder)) {
                long plan = workspace.running(size);
                accept(workspace, plan, size / 2);
                app.mailroom.backup.Backups backups =
                        new app.mailroom.backup.Backups(workspace.database, copies, Access.PROGRAM, workspace.clock);
                long began = System.nanoTime();
                BackupCopy quiet = backups.make();
                copy = seconds(began);
                equal = content(folder.resolve("workspace.db")).equals(content(quiet.file()));
                workspace.clock.advance(Duration.ofMinutes(1));
                Thread sending = new Thread(() -> accept(workspace, plan, size / 4), "sending");
                sending.start();
                BackupCopy moving = backups.make();
                sending.join();
                whole = isWhole(moving.file());
            }
            long began = System.nanoTime();
            boolean well = new DatabaseFile(folder.resolve("workspace.db"), Database.Schema.WORKSPACE)
                    .check()
                    .isEmpty();
            double check = seconds(began);
            BackupCopy oldest = copies.copies().get(copies.copies().size() - 1);
            began = System.nanoTime();
            RestoreReport restored = new Restoring(copies, Clock.systemUTC()).restore(oldest, WHO);
            double restore = seconds(began);
            report.check(
                    String.format("%,d messages: a copy equals the file in every row of every table", size), equal);
            report.check(
                    String.format(
                            "%,d messages: a copy made while a mailing runs passes integrity and foreign key checks, and its"
                                    + " kept totals equal a recount",
                            size),
                    whole && well);
            report.check(
                    String.format(
                            "%,d messages: all %,d that were sent since the copy are known after restoring it, none is"
                                    + " uncertain",
                            size, restored.learnt()),
                    restored.learnt() == size / 4 && restored.uncertain() == 0);
            copying.add(copy);
            checking.add(check);
            restoring.add(restore);
            rows.add(List.of(
                    String.format("%,d", size), Report.number(copy), Report.number(check), Report.number(restore)));
            ground.say("%,d messages: copied %.2f s, checked %.2f s, restored %.2f s", size, copy, check, restore);
        }
        report.table(List.of("Messages", "Copy (with its check), s", "Check of all, s", "Restore, s"), rows);
        report.chart(
                "backups-times",
                Chart.logarithmic("Copying, checking and restoring", "messages", "seconds")
                        .line("copy", SIZES, copying)
                        .line("check", SIZES, checking)
                        .line("restore", SIZES, restoring));
    }

    private static void accept(TestWorkspace workspace, long plan, int count) {
        long sender = workspace.delivery.register("evidence");
        for (int left = count; left > 0; left -= AT_ONCE) {
            List<ClaimedMessage> claimed = workspace.delivery.claim(sender, plan, Math.min(left, AT_ONCE));
            Instant now = workspace.clock.instant();
            workspace.delivery.record(claimed.stream()
                    .map(message -> new SentResult(
                            message.id(), plan, sender, new SendResult.Accepted("ses-" + message.id()), now, now))
                    .toList());
        }
        workspace.delivery.stop(sender);
    }

    /** Ways to damage a file. */
    private enum Harm {
        PAGES("1 to 8 whole pages of random bytes"),
        CUT("cut off at a random place"),
        HEADER("first 100 bytes zeroed"),
        EMPTY("emptied"),
        JOURNAL("journal of a killed process taken away"),
        FOREIGN("another file in its place");

        private final String words;

        Harm(String words) {
            this.words = words;
        }
    }

    private void damage(Ground ground, Report report) throws Exception {
        Path source = ground.folder("healthy");
        try (TestWorkspace workspace = new TestWorkspace(source)) {
            long plan = workspace.running(2_000);
            accept(workspace, plan, 1_000);
        }
        Path healthy = source.resolve("workspace.db");
        String content = content(healthy);
        Random random = ground.random();
        List<List<String>> rows = new ArrayList<>();
        double longest = 0;
        for (Harm harm : Harm.values()) {
            int trials = harm == Harm.PAGES ? 60 : harm == Harm.CUT ? 20 : 5;
            int found = 0;
            int harmless = 0;
            int offered = 0;
            for (int i = 0; i < trials; i++) {
                Workspace workspace = Workspace.in(ground.folder("damaged"));
                Files.copy(healthy, workspace.database());
                Files.createDirectories(workspace.backups());
                Files.copy(healthy, workspace.backups().resolve("mailroom-2026-03-01.sqlite"));
                Files.writeString(workspace.backups().resolve("mailroom-2026-03-02.sqlite"), "damaged as well");
                harm(harm, workspace.database(), random);
                long began = System.nanoTime();
                try {
                    new StartCheck(workspace, Clock.systemUTC()).whole();
                    harmless += content(workspace.database()).equals(content) ? 1 : 0;
                } catch (DamagedException e) {
                    found++;
                    offered += new Rescued(workspace).goodCopy() ? 1 : 0;
                }
                longest = Math.max(longest, seconds(began));
            }
            rows.add(List.of(
                    harm.words,
                    Integer.toString(trials),
                    Integer.toString(found),
                    Integer.toString(harmless),
                    Integer.toString(offered)));
            report.check(
                    harm.words + ": " + found + " of " + trials + " found at start, " + harmless
                            + " read as before; the good copy is offered " + offered + " times",
                    found + harmless == trials && offered == found);
            ground.say("%s: %d of %d found", harm.words, found, trials);
        }
        report.table(List.of("Damage", "Trials", "Found at start", "Reads as before", "Good copy offered"), rows);
        report.note(
                "The longest start took " + Report.number(longest) + " s. A few bytes changed within a value, without"
                        + " breaking the order of the file, are found by no check of SQLite: its pages have no checksums.");
    }

    private record Rescued(Workspace workspace) {
        boolean goodCopy() throws IOException {
            for (BackupCopy copy : workspace.copies().copies()) {
                if (BackupFolder.check(copy).isEmpty()) {
                    return copy.name().equals("mailroom-2026-03-01.sqlite");
                }
            }
            return false;
        }
    }

    private static void harm(Harm harm, Path file, Random random) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            switch (harm) {
                case PAGES -> scribble(bytes, random, 1 + random.nextInt(8));
                case CUT -> bytes.setLength((long) (1 + random.nextDouble() * (bytes.length() - 2)));
                case HEADER -> bytes.write(new byte[100]);
                case EMPTY -> {
                    Database.open(file, Database.Schema.WORKSPACE, Clock.systemUTC())
                            .close();
                    bytes.setLength(0);
                }
                case JOURNAL -> {
                    Path mark = file.resolveSibling(file.getFileName() + ".open");
                    Database open = Database.open(file, Database.Schema.WORKSPACE, Clock.systemUTC());
                    String killed = Files.readString(mark);
                    open.close();
                    Files.writeString(mark, killed);
                    Files.write(file.resolveSibling(file.getFileName() + "-shm"), new byte[1 << 15]);
                }
                case FOREIGN -> {
                    byte[] other = new byte[50_000];
                    Arrays.fill(other, (byte) 'x');
                    bytes.setLength(0);
                    bytes.write(other);
                }
            }
        }
    }

    private static void scribble(RandomAccessFile bytes, Random random, int pages) throws IOException {
        long count = bytes.length() / PAGE;
        for (int i = 0; i < pages; i++) {
            byte[] noise = new byte[PAGE];
            random.nextBytes(noise);
            bytes.seek(((long) (random.nextDouble() * count)) * PAGE);
            bytes.write(noise);
        }
    }

    /** Through the real pipeline; the practice service's own record is the judge. */
    private void sentTwice(Ground ground, Report report) throws Exception {
        Random random = new Random(ground.seed());
        List<List<String>> rows = new ArrayList<>();
        for (int trial = 0; trial < 5; trial++) {
            Workspace workspace = Workspace.in(ground.folder("twice-" + trial));
            long plan;
            try (Mailroom mailroom = open(workspace)) {
                mailroom.own.settings().put("practice.rate", "150");
                plan = plan(mailroom);
                send(mailroom, workspace, 60 + random.nextInt(40));
                mailroom.own.settings().put("evidence.trial", Integer.toString(trial));
                copyNow(mailroom, workspace);
                send(mailroom, workspace, 140 + random.nextInt(40));
            }
            long before = practice(workspace, "SELECT count(*) FROM practice_mail");
            try (RandomAccessFile bytes =
                    new RandomAccessFile(workspace.database().toFile(), "rw")) {
                if (trial == 0) {
                    bytes.write(new byte[100]);
                } else {
                    scribble(bytes, random, 4 * trial);
                }
            }
            BackupCopy copy = workspace.copies().copies().get(0);
            RestoreReport restored = new Restoring(workspace.copies(), Clock.systemUTC()).restore(copy, WHO);
            long uncertain;
            try (Mailroom mailroom = open(workspace)) {
                if (mailroom.plans.find(plan).orElseThrow().state() == PlanState.PARKED) {
                    mailroom.plans.resume(plan);
                }
                try (Dispatch dispatch = mailroom.dispatch()) {
                    dispatch.start();
                    Awaitility.await()
                            .atMost(PATIENCE)
                            .until(() -> mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT);
                }
                uncertain = mailroom.plans.totals(plan).in(MessageState.UNCERTAIN);
            }
            long twice = practice(
                    workspace,
                    "SELECT count(*) FROM (SELECT 1 FROM practice_mail GROUP BY message_tag HAVING count(*) > 1)");
            long reached = practice(workspace, "SELECT count(DISTINCT message_tag) FROM practice_mail");
            report.check(
                    (trial == 0 ? "beginning zeroed" : 4 * trial + " pages of random bytes") + ": " + before
                            + " were sent before the damage; after restoring and going on, sent twice " + twice
                            + ", reached " + reached + " of 240, uncertain " + uncertain,
                    twice == 0 && reached <= 240 && reached + uncertain >= 240);
            rows.add(List.of(
                    trial == 0 ? "beginning zeroed" : 4 * trial + " pages",
                    Long.toString(before),
                    Long.toString(restored.learnt()),
                    Long.toString(restored.uncertain()),
                    Long.toString(twice),
                    Long.toString(reached)));
            ground.say("trial %d: twice %d, reached %d, uncertain %d", trial, twice, reached, uncertain);
        }
        report.table(
                List.of(
                        "Damage",
                        "Sent before",
                        "Learnt from the file",
                        "Made uncertain",
                        "Sent twice",
                        "Reached of 240"),
                rows);
    }

    private static void copyNow(Mailroom mailroom, Workspace workspace) throws Exception {
        Files.createDirectories(workspace.backups());
        try (Database database = Database.open(workspace.database(), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            BackupCopy made = new app.mailroom.backup.Backups(
                            database, workspace.copies(), Access.PROGRAM, Clock.systemUTC())
                    .make();
            assert made.contents().isPresent() : mailroom.workspaceId;
        }
    }

    private static Mailroom open(Workspace workspace) {
        return Mailroom.open(
                workspace, Clock.systemUTC(), Surroundings.EMPTY, id -> new app.mailroom.secrets.LastingSecrets());
    }

    private static long plan(Mailroom mailroom) {
        Template template = mailroom.templates.list().get(0);
        RecipientList list = mailroom.recipients.lists().get(0);
        long plan = mailroom.plans.create(
                new PlanStore.NewPlan(
                        "Spring",
                        template.newest().id(),
                        list.id(),
                        list.name(),
                        "news@example.com",
                        "News",
                        "",
                        new PlanTiming(Instant.now(), "UTC", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()),
                mailroom.recipients.columns(list.id()),
                List.of());
        mailroom.plans.start(plan);
        return plan;
    }

    /** Sends until so many are with the practice service in all. */
    private static void send(Mailroom mailroom, Workspace workspace, int count) throws Exception {
        try (Dispatch dispatch = mailroom.dispatch()) {
            dispatch.start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> practice(workspace, "SELECT count(*) FROM practice_mail") >= count);
        }
    }

    private static long practice(Workspace workspace, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + workspace.practiceDatabase());
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** A digest of every row of every table. */
    private static String content(Path file) throws Exception {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            List<String> names = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(
                            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (PreparedStatement statement =
                                connection.prepareStatement("SELECT * FROM \"" + name + "\" ORDER BY 1, 2");
                        ResultSet rows = statement.executeQuery()) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            byte[] value = rows.getBytes(i);
                            digest.update(value == null ? new byte[] {0} : value);
                            digest.update((byte) 31);
                        }
                    }
                }
                tables.put(name, HexFormat.of().formatHex(digest.digest()));
            }
        }
        return tables.toString();
    }

    private static boolean isWhole(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            boolean integrity;
            try (PreparedStatement statement = connection.prepareStatement("PRAGMA integrity_check");
                    ResultSet row = statement.executeQuery()) {
                integrity = row.next() && row.getString(1).equals("ok");
            }
            boolean keys;
            try (PreparedStatement statement = connection.prepareStatement("PRAGMA foreign_key_check");
                    ResultSet row = statement.executeQuery()) {
                keys = !row.next();
            }
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT count(*) FROM (SELECT plan_id, state,"
                                    + " count(*) AS counted FROM messages GROUP BY plan_id, state) AS now LEFT JOIN plan_totals"
                                    + " AS kept ON kept.plan_id = now.plan_id AND kept.measure = now.state WHERE kept.count IS NOT"
                                    + " now.counted");
                    ResultSet row = statement.executeQuery()) {
                return integrity && keys && row.next() && row.getLong(1) == 0;
            }
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
