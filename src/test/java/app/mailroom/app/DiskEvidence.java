package app.mailroom.app;

import app.mailroom.aws.SesStub;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A disk that is full, files that must not be written, and a database that another program keeps to itself. */
public final class DiskEvidence implements EvidencePart {
    private static final int RATE = 50;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int PEOPLE_FULL = 500;
    private static final int PEOPLE_LOCKED = 500;
    private static final String DISK_SIZE = "24m";
    private static final Duration SHORT_LOCK = Duration.ofSeconds(4);

    /** Longer than the minute for which a transaction waits. */
    private static final Duration LONG_LOCK = Duration.ofSeconds(66);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final List<String> COLUMNS =
            List.of("fault", "for", "taken when it came", "more taken meanwhile", "exit", "twice", "lost", "uncertain");

    @Override
    public String title() {
        return "Disks and files that refuse";
    }

    @Override
    public String question() {
        return """
                What does a mailing do when its workspace cannot be written? The disk is filled in the middle of sending and freed \
                again; the folder is made read-only; and another program keeps the database to itself, for a few seconds and for longer \
                than a transaction waits. Nobody may get it twice or be forgotten, what is wrong has to be said in plain words, and the \
                mailing has to go on by itself.""";
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        Random random = ground.random();
        List<Integer> moments = List.of(50 + random.nextInt(100), 50 + random.nextInt(100));
        ExecutorService aside = Executors.newSingleThreadExecutor();
        try {
            readOnly(ground, report);
            // Beside the other, since it mostly waits.
            Future<Locked> locked = aside.submit(() -> lock(ground, moments));
            fullDisk(ground, report, random, rows);
            locked.get().tell(report, rows);
        } finally {
            aside.shutdownNow();
        }
        report.table(COLUMNS, rows);
    }

    // The disk is full

    private static void fullDisk(Ground ground, Report report, Random random, List<List<String>> rows)
            throws Exception {
        Path place = ground.folder("small");
        Optional<SmallDisk> disk = SmallDisk.at(place, ground, report);
        if (disk.isEmpty()) {
            return;
        }
        try (SmallDisk small = disk.get();
                LiveWorld world = new LiveWorld(place.resolve("workspace"))) {
            long plan = begin(world, PEOPLE_FULL);
            Path output = ground.folder().resolve("full.txt");
            MailroomProcess process = start(place.resolve("workspace"), output, small.environment());
            try {
                for (int i = 1; i <= 2; i++) {
                    int moment = world.ses.accepted().size() + 20 + random.nextInt(60);
                    await(() -> world.ses.accepted().size() >= moment, process, output);
                    int before = world.ses.accepted().size();
                    long began = System.nanoTime();
                    small.fill();
                    int times = i;
                    await(() -> said(output, "disk of the workspace is full") == times, process, output);
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3L * i));
                    int meanwhile = world.ses.accepted().size() - before;
                    small.free();
                    String lasted = "%.0f s".formatted((System.nanoTime() - began) / 1e9);
                    await(() -> said(output, "It goes on.") >= times, process, output);
                    rows.add(row("disk full (" + small.how() + ")", lasted, before, meanwhile));
                    ground.say("full %d: %s", i, rows.get(rows.size() - 1));
                }
                int exit = process.waitFor();
                Judgement.of(place.resolve("workspace"), world.ses, plan, exit).tell(report, "disk full twice", rows);
            } finally {
                process.kill();
            }
            String words = Files.readString(output);
            report.check(
                    "disk full: the command says so and shows no stack trace",
                    words.contains(
                                    "Waiting: the disk of the workspace is full. Make room on it, and it goes on by itself.")
                            && !hasTrace(words));
        }
    }

    /** A disk with room for a workspace and little more. */
    private interface SmallDisk extends AutoCloseable {
        Map<String, String> environment();

        String how();

        void fill() throws IOException;

        void free() throws IOException;

        @Override
        void close() throws IOException;

        static Optional<SmallDisk> at(Path place, Ground ground, Report report)
                throws IOException, InterruptedException {
            if (command("mount", "-t", "tmpfs", "-o", "size=" + DISK_SIZE, "tmpfs", place.toString())) {
                return Optional.of(new Mounted(place));
            }
            Optional<MachineFaults> faults = MachineFaults.compile(ground, report, "a disk that is full");
            return faults.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Pretended(faults.get()
                            .fullDisk(
                                    place.resolve("workspace"), ground.folder().resolve("full"))));
        }
    }

    /** A real one in memory, which a large file fills. */
    private record Mounted(Path place) implements SmallDisk {
        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public String how() {
            return "a file system of " + DISK_SIZE + "B";
        }

        @Override
        public void fill() throws IOException {
            byte[] piece = new byte[4_096];
            try (OutputStream ballast = Files.newOutputStream(ballast())) {
                while (true) {
                    ballast.write(piece);
                }
            } catch (IOException full) {
                if (Files.size(ballast()) == 0) {
                    throw full;
                }
            }
        }

        @Override
        public void free() throws IOException {
            Files.delete(ballast());
        }

        @Override
        public void close() throws IOException {
            try {
                if (!command("umount", "-l", place.toString())) {
                    throw new IOException(place + " could not be unmounted");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(place + " may still be mounted");
            }
        }

        private Path ballast() {
            return place.resolve("ballast");
        }
    }

    /** Where nobody may mount one: a library beneath the process refuses what makes files grow. */
    private record Pretended(MachineFaults.FullDisk disk) implements SmallDisk {
        @Override
        public Map<String, String> environment() {
            return disk.environment();
        }

        @Override
        public String how() {
            return "writes that fail";
        }

        @Override
        public void fill() throws IOException {
            disk.full(true);
        }

        @Override
        public void free() throws IOException {
            disk.full(false);
        }

        @Override
        public void close() {
            // Nothing to take away: the library ends with its process.
        }
    }

    // Another program has the database

    /** What came of a mailing whose database was locked. */
    private record Locked(List<List<String>> rows, Judgement judgement, String words) {
        void tell(Report report, List<List<String>> all) {
            judgement.tell(report, "database locked twice", rows);
            all.addAll(rows);
            report.check(
                    "database locked: the command says so while it lasts, and then that it goes on, without a stack trace",
                    words.contains("Waiting: the workspace has stored nothing for some seconds;")
                            && words.contains("It goes on.")
                            && !hasTrace(words));
        }
    }

    private static Locked lock(Ground ground, List<Integer> moments) throws Exception {
        Path folder = ground.folder("locked");
        List<List<String>> rows = new ArrayList<>();
        try (LiveWorld world = new LiveWorld(folder)) {
            long plan = begin(world, PEOPLE_LOCKED);
            Path output = ground.folder().resolve("locked.txt");
            MailroomProcess process = start(folder, output, Map.of());
            try {
                for (int i = 0; i < moments.size(); i++) {
                    Duration lasts = i == 0 ? SHORT_LOCK : LONG_LOCK;
                    int moment = world.ses.accepted().size() + moments.get(i);
                    await(() -> world.ses.accepted().size() >= moment, process, output);
                    int before = world.ses.accepted().size();
                    try (Connection other =
                                    DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mailroom.sqlite"));
                            Statement statement = other.createStatement()) {
                        statement.execute("PRAGMA busy_timeout = 20000");
                        statement.execute("BEGIN " + (i == 0 ? "IMMEDIATE" : "EXCLUSIVE"));
                        LockSupport.parkNanos(lasts.toNanos());
                        statement.execute("ROLLBACK");
                    }
                    int meanwhile = world.ses.accepted().size() - before;
                    rows.add(row("database locked", lasts.toSeconds() + " s", before, meanwhile));
                    ground.say("locked: %s", rows.get(i));
                }
                int exit = process.waitFor();
                return new Locked(rows, Judgement.of(folder, world.ses, plan, exit), Files.readString(output));
            } finally {
                process.kill();
            }
        }
    }

    // The folder must not be written

    private static void readOnly(Ground ground, Report report) throws Exception {
        Path folder = ground.folder("readonly");
        try (LiveWorld world = new LiveWorld(folder)) {
            begin(world, 20);
            Path output = ground.folder().resolve("readonly.txt");
            boolean mounted = command("mount", "--bind", folder.toString(), folder.toString());
            if (mounted && !command("mount", "-o", "remount,bind,ro", folder.toString())) {
                throw new IOException(folder + " could not be made read-only");
            }
            if (!mounted) {
                permit(folder, "r--r--r--", "r-xr-xr-x");
            }
            try {
                if (!mounted && Files.isWritable(folder)) {
                    report.note(
                            "Left out on this computer: a folder that is read-only. Neither mounting nor permissions hold here.");
                    return;
                }
                MailroomProcess process = start(folder, output, Map.of());
                int exit = process.waitFor();
                String words = Files.readString(output);
                ground.say("read-only: exit %d, %s", exit, words.strip());
                report.check(
                        "read-only folder (%s): exit code %d, nothing sent (%d), and one sentence: “%s”"
                                .formatted(
                                        mounted ? "mounted so" : "by permissions",
                                        exit,
                                        world.ses.arrivals().size(),
                                        words.strip().replace(folder.toString(), "…")),
                        exit == 1
                                && world.ses.arrivals().isEmpty()
                                && words.strip().lines().count() == 1
                                && words.contains("its files must not be written"));
            } finally {
                if (mounted) {
                    command("umount", "-l", folder.toString());
                } else {
                    permit(folder, "rw-r--r--", "rwxr-xr-x");
                }
            }
        }
    }

    private static void permit(Path folder, String files, String folders) throws IOException {
        // A folder first when it opens, last when it closes: what is in a closed one cannot be changed.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.toList();
        }
        for (Path path : all) {
            if (!path.equals(folder)) {
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Files.isDirectory(path) ? folders : files));
            }
        }
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(folders));
    }

    // What they share

    /** Plans a mailing and closes the workspace, so that only the process under trial has its files open. */
    private static long begin(LiveWorld world, int people) {
        world.ses.account(RATE, 1_000_000, false);
        world.ses.latency(LATENCY);
        long plan = world.plan(people);
        world.mailroom.control(() -> {}).start(plan);
        world.mailroom.settings.put("aws.credentials", "DEFAULT_CHAIN");
        world.mailroom.close();
        return plan;
    }

    private static MailroomProcess start(Path folder, Path output, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(LiveWorld.KEYS);
        return MailroomProcess.start(folder, output, SMALL, all, "run", "--settle", "30");
    }

    private static List<String> row(String fault, String lasted, int before, int meanwhile) {
        return new ArrayList<>(List.of(fault, lasted, "" + before, "" + meanwhile, "", "", "", ""));
    }

    /** How a mailing ended. */
    private record Judgement(FaultTally tally, int exit) {
        static Judgement of(Path folder, SesStub ses, long plan, int exit) throws IOException {
            try (Mailroom mailroom = Mailroom.open(Workspace.in(folder), Clock.systemUTC())) {
                return new Judgement(FaultTally.of(mailroom, ses, plan), exit);
            }
        }

        /** Says it, and fills the last cells of the mailing's rows. */
        void tell(Report report, String fault, List<List<String>> rows) {
            tally.check(report, fault);
            report.check(
                    "%s: it went on by itself to its end (exit code %d, %d accepted, %d unsent, %d refused)"
                            .formatted(fault, exit, tally.accepted(), tally.unsent(), tally.refused()),
                    exit == 0 && tally.accepted() + tally.uncertain() == tally.people() && tally.refused() == 0);
            for (List<String> row : rows) {
                row.set(4, "" + exit);
                row.set(5, "" + tally.sentTwice());
                row.set(6, "" + tally.lost());
                row.set(7, "" + tally.uncertain());
            }
        }
    }

    private static void await(BooleanSupplier condition, MailroomProcess process, Path output) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> condition.getAsBoolean() || !process.isAlive());
        if (!condition.getAsBoolean()) {
            throw new AssertionError("the program ended; see " + output);
        }
    }

    private static long said(Path output, String words) {
        try (Stream<String> lines = Files.lines(output)) {
            return lines.filter(line -> line.contains(words)).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasTrace(String words) {
        return words.contains("\tat ") || words.contains("Exception");
    }

    private static boolean command(String... line) throws IOException, InterruptedException {
        if (Ground.program(line[0]).isEmpty()) {
            return false;
        }
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
