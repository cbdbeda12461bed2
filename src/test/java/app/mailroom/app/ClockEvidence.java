package app.mailroom.app;

import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** The time of day jumps, and the computer sleeps, in the middle of a mailing. */
public final class ClockEvidence implements EvidencePart {
    private static final int PEOPLE = 300;
    private static final int RATE = 50;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofMinutes(15);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Longer than that nobody hears of a sender before it is taken for dead. */
    private static final Duration STALE = Duration.ofMillis(1_500);

    /** So long nothing may go out where nothing is allowed to. */
    private static final Duration WATCHED = Duration.ofMillis(1_500);

    private static final List<String> SMALL = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final List<List<String>> rows = new ArrayList<>();

    @Override
    public String title() {
        return "Clocks that jump and computers that sleep";
    }

    @Override
    public String question() {
        return """
                What if the time of day is set back an hour, or forward an hour or a day, while a mailing goes out? What if the computer \
                sleeps for hours, or one of two senders does? A library beneath the processes moves their time of day, and leaves the \
                clock that only counts as it is, which is what setting a clock and waking up do. Nobody may get a mail twice or be \
                forgotten, nothing may be stored up for the moment after, and hours, caps and missed times keep their word.""";
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
        Random random = ground.random();
        jumps(ground, report, faults.get(), random);
        sleep(ground, report, faults.get(), random);
        missed(ground, report, faults.get(), random);
        caps(ground, report, faults.get());
        window(ground, report, faults.get(), random);
        report.table(
                List.of(
                        "trial",
                        "people",
                        "requests",
                        "highest in any second",
                        "allowed",
                        "twice",
                        "lost",
                        "uncertain"),
                rows);
        report.note("A real SES also refuses requests that are signed with a wrong time; the stub here does not look.");
    }

    private void jumps(Ground ground, Report report, MachineFaults faults, Random random) throws Exception {
        try (Trial trial = new Trial(ground, faults, "jumps")) {
            long plan = trial.plan(PEOPLE, SendingRules.NONE);
            trial.start();
            for (Duration ahead :
                    List.of(Duration.ofHours(-1), Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1))) {
                trial.awaitMore(25 + random.nextInt(25));
                trial.time.set(ahead);
            }
            trial.awaitMore(25);
            // The last one back: whatever is left has a time that is a day ahead.
            trial.time.set(Duration.ZERO);
            int exit = trial.senders.get(0).waitFor();
            FaultTally tally = trial.judge(report, "back and forward by hours and a day", plan);
            report.check(
                    "the mailing came to its end by itself, though the clock was set back twice (exit code %d, %d of %d)"
                            .formatted(exit, tally.accepted(), tally.people()),
                    exit == 0 && tally.accepted() == tally.people());
        }
    }

    private void sleep(Ground ground, Report report, MachineFaults faults, Random random) throws Exception {
        try (Trial trial = new Trial(ground, faults, "sleep")) {
            long plan = trial.plan(PEOPLE, SendingRules.NONE);
            trial.start();
            trial.start();
            trial.awaitMore(60 + random.nextInt(30));
            for (MailroomProcess sender : trial.senders) {
                signal(sender, "STOP");
            }
            trial.time.set(Duration.ofHours(3));
            LockSupport.parkNanos(WATCHED.toNanos());
            for (MailroomProcess sender : trial.senders) {
                signal(sender, "CONT");
            }
            trial.awaitMore(30 + random.nextInt(30));
            MailroomProcess one = trial.senders.get(1);
            signal(one, "STOP");
            LockSupport.parkNanos(STALE.multipliedBy(3).toNanos());
            signal(one, "CONT");
            List<Integer> exits = new ArrayList<>();
            for (MailroomProcess sender : trial.senders) {
                exits.add(sender.waitFor());
            }
            FaultTally tally = trial.judge(report, "asleep for three hours, then one of two senders", plan);
            report.check(
                    "after sleeping both senders went on (exit codes %s, %d of %d accepted, %d uncertain)"
                            .formatted(exits, tally.accepted(), tally.people(), tally.uncertain()),
                    tally.accepted() + tally.uncertain() == tally.people() && tally.unsent() == 0);
        }
    }

    private void missed(Ground ground, Report report, MachineFaults faults, Random random) throws Exception {
        try (Trial trial = new Trial(ground, faults, "missed")) {
            Duration jump = Duration.ofHours(3);
            long running = trial.plan(150, SendingRules.NONE);
            long missed = trial.planned(30, Duration.ofHours(1));
            long late = trial.planned(30, jump.minus(GRACE.dividedBy(3)));
            trial.start();
            trial.awaitMore(30 + random.nextInt(30));
            trial.time.set(jump);
            trial.await(() -> trial.isSent(late));
            trial.time.set(Duration.ZERO);
            int exit = trial.senders.get(0).waitFor();
            trial.judge(report, "planned times within a jump of three hours", running);
            FaultTally tally = FaultTally.of(trial.world, late);
            // Who bounced in the first mailing gets no other.
            long suppressed = trial.world.mailroom.plans.totals(late).in(MessageState.SUPPRESSED);
            Plan parked = trial.world.mailroom.plans.find(missed).orElseThrow();
            report.check(
                    "a mailing whose time lay two hours within the jump was not sent (%d mails) and waits for a person (%s, %s, exit code %d)"
                            .formatted(trial.taken(missed), parked.state(), parked.problem(), exit),
                    trial.taken(missed) == 0 && parked.missed() && exit == 4);
            report.check(
                    "one that was %d minutes late began by itself, and not again when the clock went back (%d of %d, %d suppressed, %d twice)"
                            .formatted(
                                    GRACE.dividedBy(3).toMinutes(),
                                    tally.accepted(),
                                    tally.people(),
                                    suppressed,
                                    tally.sentTwice()),
                    tally.accepted() + suppressed == tally.people() && tally.sentTwice() == 0 && trial.isSent(late));
        }
    }

    private void caps(Ground ground, Report report, MachineFaults faults) throws Exception {
        try (Trial trial = new Trial(ground, faults, "caps")) {
            int anHour = 40;
            int aDay = 90;
            long plan =
                    trial.plan(100, new SendingRules(Optional.empty(), OptionalLong.of(anHour), OptionalLong.of(aDay)));
            trial.start();
            List<Integer> taken = new ArrayList<>();
            taken.add(trial.settledAt(anHour));
            trial.time.set(Duration.ofHours(-1));
            taken.add(trial.settledAt(anHour));
            trial.time.set(Duration.ofMinutes(61));
            taken.add(trial.settledAt(2 * anHour));
            trial.time.set(Duration.ofMinutes(122));
            taken.add(trial.settledAt(aDay));
            trial.time.set(Duration.ofMinutes(122).plusHours(24));
            int exit = trial.senders.get(0).waitFor();
            FaultTally tally = trial.judge(report, "caps of 40 an hour and 90 a day", plan);
            report.check(
                    "caps hold by the clock as it is: %s sent at first, an hour back, 61 and 122 minutes ahead; the rest a day later (exit code %d, %d)"
                            .formatted(taken, exit, tally.accepted()),
                    taken.equals(List.of(anHour, anHour, 2 * anHour, aDay)) && exit == 0 && tally.accepted() == 100);
        }
    }

    private void window(Ground ground, Report report, MachineFaults faults, Random random) throws Exception {
        try (Trial trial = new Trial(ground, faults, "window")) {
            Instant now = Instant.now();
            Instant ten = now.atZone(ZoneOffset.UTC).toLocalDate().atTime(10, 5).toInstant(ZoneOffset.UTC);
            Duration base = Duration.between(now, ten.isAfter(now) ? ten : ten.plus(Duration.ofDays(1)));
            SendingWindow hours =
                    new SendingWindow(EnumSet.allOf(DayOfWeek.class), LocalTime.of(10, 0), LocalTime.of(11, 0));
            long plan =
                    trial.plan(150, new SendingRules(Optional.of(hours), OptionalLong.empty(), OptionalLong.empty()));
            trial.time.set(base);
            trial.start();
            trial.awaitMore(30 + random.nextInt(30));
            trial.time.set(base.plusHours(2));
            int before = trial.settled();
            int after = trial.settled();
            trial.time.set(base.plusMinutes(10));
            int exit = trial.senders.get(0).waitFor();
            FaultTally tally = trial.judge(report, "hours from ten to eleven", plan);
            report.check(
                    "outside its hours nothing goes out (%d when the clock had jumped to noon, %d later), and back in them the rest (exit code %d, %d)"
                            .formatted(before, after, exit, tally.accepted()),
                    before == after && before < 150 && exit == 0 && tally.accepted() == 150);
        }
    }

    private static void signal(MailroomProcess process, String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("the process could not be told " + signal);
        }
    }

    /** A workspace, the world around it, and senders that live in a time of their own. */
    private final class Trial implements AutoCloseable {
        private final Ground ground;
        private final String name;
        private final LiveWorld world;
        private final MachineFaults.TimeOfDay time;
        private final List<MailroomProcess> senders = new ArrayList<>();

        private Trial(Ground ground, MachineFaults faults, String name) throws IOException {
            this.ground = ground;
            this.name = name;
            this.world = new LiveWorld(ground.folder(name));
            this.time = faults.timeOfDay(ground.folder().resolve(name + ".clock"));
            world.ses.account(RATE, 1_000_000, false);
            world.ses.latency(LATENCY);
            world.mailroom.settings.put("delivery.heartbeat_ms", "200");
            world.mailroom.settings.put("delivery.stale_after_ms", String.valueOf(STALE.toMillis()));
            world.mailroom.settings.put("plan.every", "1");
            world.mailroom.settings.put("plan.grace", String.valueOf(GRACE.toMinutes()));
        }

        private long plan(int people, SendingRules rules) {
            long plan = world.plan(people);
            Plan made = world.mailroom.plans.find(plan).orElseThrow();
            world.mailroom.control(() -> {}).edit(plan, new PlanTiming(made.notBefore(), "UTC", rules));
            world.mailroom.control(() -> {}).start(plan);
            return plan;
        }

        /** One that is to begin some time from now. */
        private long planned(int people, Duration in) {
            long plan = world.plan(people);
            world.mailroom
                    .control(() -> {})
                    .edit(plan, new PlanTiming(Instant.now().plus(in), "UTC", SendingRules.NONE));
            world.mailroom.control(() -> {}).start(plan);
            return plan;
        }

        private void start() throws IOException {
            Path output = ground.folder().resolve(name + (senders.size() + 1) + ".txt");
            senders.add(world.startSender(output, SMALL, time.environment(), "run", "--settle", "20"));
        }

        private void awaitMore(int mails) {
            int before = world.ses.accepted().size();
            await(() -> world.ses.accepted().size() >= before + mails);
        }

        private void await(BooleanSupplier condition) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> condition.getAsBoolean() || senders.stream().noneMatch(MailroomProcess::isAlive));
            if (!condition.getAsBoolean()) {
                throw new AssertionError("the senders of " + name + " ended before their time");
            }
        }

        /** How many were taken once so many were, and some time has passed in which more could have been. */
        private int settledAt(int mails) {
            await(() -> world.ses.accepted().size() >= mails);
            return settled();
        }

        private int settled() {
            LockSupport.parkNanos(WATCHED.toNanos());
            return world.ses.accepted().size();
        }

        private boolean isSent(long plan) {
            return world.mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT;
        }

        private long taken(long plan) {
            String tag = world.mailroom.workspaceId.tag(plan);
            return world.ses.accepted().stream()
                    .filter(mail -> mail.planTag().equals(tag))
                    .count();
        }

        private FaultTally judge(Report report, String what, long plan) throws IOException {
            FaultTally tally = FaultTally.of(world, plan);
            tally.check(report, what);
            int highest = SlidingSecond.most(world.ses.arrivals());
            rows.add(List.of(
                    what,
                    "" + tally.people(),
                    "" + tally.requests(),
                    "" + highest,
                    "" + RATE,
                    "" + tally.sentTwice(),
                    "" + tally.lost(),
                    "" + tally.uncertain()));
            report.check(
                    "%s: no second held more than the rate (%d of %d)".formatted(what, highest, RATE), highest <= RATE);
            for (int i = 1; i <= senders.size(); i++) {
                String words = Files.readString(ground.folder().resolve(name + i + ".txt"));
                report.check("%s: no stack trace on the console".formatted(what), !words.contains("\tat "));
            }
            return tally;
        }

        @Override
        public void close() {
            try (world) {
                for (MailroomProcess sender : senders) {
                    sender.kill();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
