package app.mailroom.app;

import app.mailroom.aws.SesStub;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The power goes in the middle of a mailing, as far as that can be had without pulling a plug. */
public final class PowerEvidence implements EvidencePart {
    private static final int PEOPLE = 300;
    private static final int CUTS = 16;
    private static final int RATE_RECORDED = 60;
    private static final int RATE_AFTER = 400;
    private static final Duration LATENCY = Duration.ofMillis(60);

    /** Events of what was accepted in this time before a cut may still have been in the queue, so they come again. */
    private static final Duration IN_THE_QUEUE = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> DATABASES = List.of("mailroom.sqlite", "practice.sqlite");

    /** A mailing that was sent while everything that it did to the disk was written down. */
    private record Recording(long plan, DiskJournal journal, List<SesStub.Accepted> accepted) {}

    /** What the files say before any program has gone on with them. */
    private record Examined(String integrity, Set<String> planned, boolean exists) {
        /** How many mails were taken that the files do not know to be on their way. */
        long unclaimed(List<SesStub.Accepted> taken) {
            return taken.stream()
                    .filter(mail -> !exists || planned.contains(mail.messageTag()))
                    .count();
        }
    }

    private record Outcome(
            int takenBefore,
            DiskJournal.Torn torn,
            Examined examined,
            long unclaimed,
            long unclaimedUnforced,
            FaultTally tally,
            boolean settled,
            boolean recounted) {}

    @Override
    public String title() {
        return "Loss of power";
    }

    @Override
    public String question() {
        return """
                What is left of a mailing when the power goes? A process sends %d mails while a library beneath it writes down every \
                write to its databases and every time that they are forced to the disk. For %d seeded moments the disk is then made as \
                the loss of power would have left it: all that had been forced to the disk, and of everything else random blocks, \
                torn at 4,096 or 512 bytes, with file names as far as they were durable. The mail service remembers what it had taken \
                by then, and a new process goes on from there.""".formatted(PEOPLE, CUTS);
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Optional<MachineFaults> faults = MachineFaults.compile(ground, report, "all of this part");
        if (faults.isEmpty()) {
            return;
        }
        Recording recording = record(ground, faults.get());
        DiskJournal journal = recording.journal();
        ground.say(
                "recorded: %,d changes and syncs, %,d syncs, %,d bytes",
                journal.size(), journal.syncs(), journal.bytesWritten());
        report.check(
                "undisturbed, the mailing reached everybody once (%,d mails)"
                        .formatted(recording.accepted().size()),
                recording.accepted().size() == PEOPLE);
        Random random = ground.random();
        List<Outcome> outcomes = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i <= CUTS; i++) {
            Outcome outcome = cut(ground, recording, random);
            outcomes.add(outcome);
            DiskJournal.Torn torn = outcome.torn();
            rows.add(List.of(
                    String.valueOf(i),
                    String.valueOf(outcome.takenBefore()),
                    "%d / %d of %,d B".formatted(torn.kept(), torn.blocks(), torn.block()),
                    outcome.examined().integrity(),
                    String.valueOf(outcome.tally().accepted()),
                    String.valueOf(outcome.tally().sentTwice()),
                    String.valueOf(outcome.tally().lost()),
                    String.valueOf(outcome.tally().uncertain())));
            ground.say("cut %d: %s", i, String.join(" · ", rows.get(rows.size() - 1)));
        }
        report.table(
                List.of(
                        "cut",
                        "taken before it",
                        "unforced blocks kept",
                        "integrity_check",
                        "taken in the end",
                        "twice",
                        "lost",
                        "uncertain"),
                rows);
        check(report, outcomes);
        report.note(
                "The run that was cut wrote %,d kB in %,d steps and forced them to the disk %,d times. A cut keeps what `fsync` "
                                .formatted(journal.bytesWritten() / 1024, journal.size(), journal.syncs())
                        + "promised, so a disk that lies about that is beyond this trial.");
    }

    private static void check(Report report, List<Outcome> outcomes) {
        report.check(
                "after each of %d cuts both databases open and `integrity_check` says ok".formatted(outcomes.size()),
                outcomes.stream()
                        .allMatch(outcome -> outcome.examined().integrity().equals("ok")));
        report.check(
                "whatever the mail service had taken was claimed on the disk before (%,d of %,d mails were not)"
                        .formatted(
                                outcomes.stream().mapToLong(Outcome::unclaimed).sum(),
                                outcomes.stream().mapToInt(Outcome::takenBefore).sum()),
                outcomes.stream().allMatch(outcome -> outcome.unclaimed() == 0));
        long unforced = outcomes.stream().mapToLong(Outcome::unclaimedUnforced).sum();
        report.check(
                "the trial can tell: had commits not been forced to the disk (`synchronous=NORMAL`), %,d of them would not have been"
                        .formatted(unforced),
                unforced > 0);
        int twice = outcomes.stream()
                .mapToInt(outcome -> outcome.tally().sentTwice())
                .sum();
        int lost = outcomes.stream().mapToInt(outcome -> outcome.tally().lost()).sum();
        int wrong =
                outcomes.stream().mapToInt(outcome -> outcome.tally().wrong()).sum();
        report.check("nobody got it twice, counted before and after the cut (%d)".formatted(twice), twice == 0);
        report.check("nobody was forgotten (%d)".formatted(lost), lost == 0);
        report.check("every mail had its own recipient, name and tag (%d had not)".formatted(wrong), wrong == 0);
        report.check(
                "every mail that was taken has its outcome, and whoever is left (%d) is shown as uncertain"
                        .formatted(outcomes.stream()
                                .mapToInt(outcome -> outcome.tally().uncertain())
                                .sum()),
                outcomes.stream()
                        .allMatch(outcome -> outcome.settled()
                                && outcome.tally().uncertainTaken() == 0
                                && outcome.tally().accepted() + outcome.tally().uncertain() == PEOPLE));
        report.check("kept counts are what a recount says", outcomes.stream().allMatch(Outcome::recounted));
    }

    private static Recording record(Ground ground, MachineFaults faults) throws Exception {
        Path folder = ground.folder("recorded");
        Path before = ground.folder("before");
        Path journal = ground.folder().resolve("journal.bin");
        try (LiveWorld world = new LiveWorld(folder)) {
            world.ses.account(RATE_RECORDED, 1_000_000, false);
            world.ses.latency(LATENCY);
            long plan = world.plan(PEOPLE);
            quickly(world);
            world.mailroom.control(() -> {}).start(plan);
            world.mailroom.settings.put("aws.credentials", "DEFAULT_CHAIN");
            // From here on only the recorded process has the files open, and what it finds is on the disk.
            world.mailroom.close();
            copy(folder, before);
            Map<String, String> environment = new HashMap<>(faults.journal(folder, journal));
            environment.putAll(LiveWorld.KEYS);
            Path output = ground.folder().resolve("recorded.txt");
            int exit = MailroomProcess.start(folder, output, SMALL, environment, "run", "--settle", "20")
                    .waitFor();
            if (exit != 0) {
                throw new IOException("the recorded run ended with " + exit + ": " + Files.readString(output));
            }
            return new Recording(
                    plan, DiskJournal.read(journal, before, folder, PowerEvidence::isDatabase), world.ses.accepted());
        }
    }

    private static Outcome cut(Ground ground, Recording recording, Random random) throws Exception {
        DiskJournal journal = recording.journal();
        int number = moment(recording, random);
        long from = journal.nanos(number - 1);
        long span = Math.max(1, journal.nanos(Math.min(number, journal.size() - 1)) - from);
        long at = from + (long) (random.nextDouble() * span);
        List<SesStub.Accepted> taken = recording.accepted().stream()
                .filter(mail -> mail.nanoTime() - at <= 0)
                .toList();
        Path folder = ground.folder("cut");
        DiskJournal.Torn torn = journal.cutAfter(number, random, folder);
        Path copy = ground.folder("examined");
        copy(folder, copy);
        Examined examined = examine(copy, recording.plan());
        Path other = ground.folder("unforced");
        journal.cutWithoutForcedCommits(number, random, other);
        long unclaimedUnforced = examine(other, recording.plan()).unclaimed(taken);
        try (LiveWorld world = new LiveWorld(folder)) {
            world.ses.account(RATE_AFTER, 1_000_000, false);
            world.ses.latency(LATENCY);
            world.ses.remember(taken);
            taken.stream()
                    .filter(mail -> at - mail.nanoTime() <= IN_THE_QUEUE.toNanos())
                    .forEach(world::makeEvents);
            boolean settled = goOn(ground, world, recording.plan());
            return new Outcome(
                    taken.size(),
                    torn,
                    examined,
                    examined.unclaimed(taken),
                    unclaimedUnforced,
                    FaultTally.of(world, recording.plan()),
                    settled,
                    world.keptEqualsRecount(recording.plan()));
        }
    }

    /** Mostly while mails are on their way; now and then before the first or after the last. */
    private static int moment(Recording recording, Random random) {
        DiskJournal journal = recording.journal();
        if (random.nextInt(8) == 0) {
            return 1 + random.nextInt(journal.size());
        }
        List<SesStub.Accepted> mails = recording.accepted();
        long first = mails.get(0).nanoTime();
        long last = mails.get(mails.size() - 1).nanoTime();
        int number;
        do {
            number = 1 + random.nextInt(journal.size());
        } while (journal.nanos(number - 1) < first || journal.nanos(number - 1) > last);
        return number;
    }

    /** Has a new process send and settle what is left; false where outcomes of accepted mails do not come. */
    private static boolean goOn(Ground ground, LiveWorld world, long plan) throws Exception {
        Path output = ground.folder().resolve("cut.txt");
        MailroomProcess process = world.startSender(output, SMALL, Map.of(), "run", "--settle", "60");
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> (isSettled(world, plan) && world.allEventsTaken()) || !process.isAlive());
            boolean settled = isSettled(world, plan);
            process.terminate();
            process.waitFor();
            return settled;
        } finally {
            process.kill();
        }
    }

    private static boolean isSettled(LiveWorld world, long plan) {
        PlanTotals totals = world.mailroom.plans.totals(plan);
        return world.mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT
                && totals.in(MessageState.ACCEPTED) == 0
                && FaultTally.of(world, plan).uncertainTaken() == 0;
    }

    /** A look of its own at the files, before the program has seen them. */
    private static Examined examine(Path folder, long plan) throws SQLException {
        String integrity = "ok";
        for (String name : DATABASES) {
            try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
                    Statement statement = file.createStatement();
                    ResultSet answer = statement.executeQuery("PRAGMA integrity_check")) {
                integrity = integrity.equals("ok") ? answer.getString(1) : integrity;
            }
        }
        Set<String> planned = new HashSet<>();
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(DATABASES.get(0)));
                Statement statement = file.createStatement();
                ResultSet answer = statement.executeQuery("SELECT s.value || '-' || m.id FROM messages m, settings s"
                        + " WHERE s.name = 'workspace.id' AND m.state = 'PLANNED' AND m.plan_id = " + plan)) {
            while (answer.next()) {
                planned.add(answer.getString(1));
            }
        }
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(DATABASES.get(0)));
                Statement statement = file.createStatement();
                ResultSet answer = statement.executeQuery("SELECT count(*) FROM messages WHERE plan_id = " + plan)) {
            return new Examined(integrity, planned, answer.getLong(1) == PEOPLE);
        }
    }

    private static void quickly(LiveWorld world) {
        world.mailroom.settings.put("delivery.heartbeat_ms", "200");
        world.mailroom.settings.put("delivery.stale_after_ms", "1500");
        world.mailroom.settings.put("plan.every", "1");
    }

    private static boolean isDatabase(String name) {
        return DATABASES.stream().anyMatch(name::startsWith) && !name.endsWith("-shm") && !name.endsWith(".lock");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(name -> isDatabase(name.getFileName().toString()))
                    .toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
