package app.mailroom.app;

import app.mailroom.app.KillMoment.When;
import app.mailroom.aws.SesStub.Answer;
import app.mailroom.evidence.Ground;
import app.mailroom.model.PlanState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A live mailing that is sent by one process after the other, each killed at a moment that was drawn, until a last one may run to
 * the end.
 */
final class KilledMailing implements AutoCloseable {
    /** What became of it. */
    record Figures(
            int people,
            int kills,
            /** Before a person decided about what was left uncertain. */
            FaultTally undecided,
            FaultTally end,
            /** Messages in doubt at some kill. */
            int inDoubt,
            /** Those of them that the mail service had, and events said so. */
            int settled,
            /** Those that a person decided about. */
            long decided,
            List<Integer> inDoubtByKill,
            List<Double> secondsToFirstMail,
            List<Double> secondsToRecover,
            boolean everyEventOnce,
            boolean everyOutcomeKnown,
            boolean keptEqualsRecount) {}

    private static final int RATE = 400;
    private static final Duration SHORTEST_ANSWER = Duration.ofMillis(20);
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(50);
    /** From this part of the mailing on events are held back, so that the last processes have something to take in. */
    private static final double EVENTS_KEPT_FROM = 0.85;

    private static final long AFTER_A_MAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final long FIRST_START_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final FastStart program;
    private final Ground ground;
    private final Path output;
    private final int people;
    private final List<KillMoment> moments;
    private final LiveWorld world;
    private final Recoveries recoveries;
    private final long plan;

    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger takenOfThisProcess = new AtomicInteger();
    private final AtomicLong firstMailAt = new AtomicLong();
    private final Set<String> inDoubt = ConcurrentHashMap.newKeySet();
    private final List<Integer> inDoubtByKill = new ArrayList<>();
    private final List<Double> secondsToFirstMail = new ArrayList<>();
    private long startNanos = FIRST_START_NANOS;
    private int settlingLeft;
    private boolean eventsHeldBack;
    private int kills;

    KilledMailing(FastStart program, Ground ground, String name, int people, int kills) throws IOException {
        this.program = program;
        this.ground = ground;
        this.people = people;
        Random random = new Random(ground.seed() + people);
        moments = KillMoment.draw(random, kills, people);
        settlingLeft = (int) moments.stream()
                .filter(moment -> moment.when() == When.SETTLING)
                .count();
        Path folder = ground.folder(name);
        output = ground.folder().resolve(name + ".txt");
        world = new LiveWorld(folder);
        world.ses.account(RATE, 10_000_000, false);
        Random answers = new Random(random.nextLong());
        world.ses.behave(request -> {
            synchronized (answers) {
                long more = answers.nextInt((int) LONGEST_ANSWER.minus(SHORTEST_ANSWER).toMillis());
                return Answer.slow(Duration.ofMillis(more));
            }
        });
        world.ses.latency(SHORTEST_ANSWER);
        beQuickToBury(world);
        world.ses.onAccepted(mail -> {
            taken.incrementAndGet();
            // What was on its way already when the process before was killed arrives a moment later.
            if (!inDoubt.contains(mail.messageTag())) {
                takenOfThisProcess.incrementAndGet();
                firstMailAt.compareAndSet(0, mail.nanoTime());
            }
        });
        plan = world.plan(people);
        world.mailroom.control(() -> {}).start(plan);
        recoveries = new Recoveries(Workspace.in(folder).database());
    }

    /** Has processes say often that they live, and be taken for dead soon, so that a hundred of them fit into minutes. */
    static void beQuickToBury(LiveWorld world) {
        world.mailroom.settings.put("delivery.heartbeat_ms", "200");
        world.mailroom.settings.put("delivery.stale_after_ms", "1500");
        world.mailroom.settings.put("plan.every", "1");
    }

    /** Starts and kills a process for each moment. */
    void killAll() throws IOException, InterruptedException {
        for (KillMoment moment : moments) {
            holdEventsBack(moment.when() != When.SETTLING && taken.get() >= people * EVENTS_KEPT_FROM);
            startAndKill(moment);
            if (kills % 10 == 0) {
                ground.say("%,d people: %d kills, %,d mails taken", people, kills, taken.get());
            }
        }
    }

    private void holdEventsBack(boolean hold) {
        if (hold && !eventsHeldBack) {
            world.lineToSqs.cut();
        } else if (!hold && eventsHeldBack) {
            world.lineToSqs.mend();
        }
        eventsHeldBack = hold;
    }

    private void startAndKill(KillMoment moment) throws IOException, InterruptedException {
        takenOfThisProcess.set(0);
        firstMailAt.set(0);
        long started = System.nanoTime();
        MailroomProcess process = program.run(world, output);
        try {
            await(process, moment, started);
        } finally {
            if (process.isAlive()) {
                process.kill();
                kills++;
            }
        }
        Set<String> now = FaultTally.inDoubt(world.mailroom, plan);
        now.removeAll(inDoubt);
        inDoubt.addAll(now);
        inDoubtByKill.add(now.size());
        recoveries.killed(process.pid());
        if (firstMailAt.get() != 0) {
            startNanos = firstMailAt.get() - started;
            secondsToFirstMail.add(startNanos / 1e9);
        }
    }

    private void await(MailroomProcess process, KillMoment moment, long started) {
        switch (moment.when()) {
            case STARTING -> awaitNanos(process, started, (long) (startNanos * 1.1 * moment.share()));
            case FIRST_MAILS -> {
                await(process, () -> takenOfThisProcess.get() >= moment.mails() || nothingToSend());
                awaitNanos(process, System.nanoTime(), (long) (AFTER_A_MAIL_NANOS * moment.share()));
            }
            case SENDING -> {
                await(process, () -> taken.get() >= moment.mails() || nothingToSend());
                awaitNanos(process, System.nanoTime(), (long) (AFTER_A_MAIL_NANOS * moment.share()));
            }
            case LAST_MAILS -> {
                await(process, this::nothingToSend);
                awaitNanos(process, System.nanoTime(), (long) (AFTER_A_MAIL_NANOS * moment.share()));
            }
            case SETTLING -> {
                long before = recoveries.events();
                long waiting = world.eventsMade() - before;
                long enough = before + (long) (waiting * moment.share() / settlingLeft--);
                await(process, () -> recoveries.events() >= enough);
            }
        }
    }

    private boolean nothingToSend() {
        return world.mailroom.plans.totals(plan).unsent() == 0;
    }

    private void awaitNanos(MailroomProcess process, long from, long nanos) {
        await(process, () -> System.nanoTime() - from >= nanos);
    }

    private void await(MailroomProcess process, BooleanSupplier moment) {
        long from = System.nanoTime();
        while (process.isAlive() && !moment.getAsBoolean()) {
            if (System.nanoTime() - from > PATIENCE.toNanos()) {
                throw new AssertionError("what a process was to do did not come; see " + output);
            }
            recoveries.look();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Starts the last process, which nobody kills. */
    MailroomProcess startLast() throws IOException {
        return program.run(world, output);
    }

    /** Waits until that has taken in every event, decides about what is left uncertain, and follows it to its end. */
    Figures end(MailroomProcess last) throws IOException, InterruptedException {
        await(
                last,
                () -> world.mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT
                        && recoveries.over()
                        && world.allEventsTaken());
        last.terminate();
        last.waitFor();
        FaultTally undecided = FaultTally.of(world, plan);
        boolean everyEventOnce = world.eventsStored(plan) == world.eventsMade()
                && world.mailroom.outcomes.quarantined(1).isEmpty();
        boolean keptRight = world.keptEqualsRecount(plan);
        Set<String> left = FaultTally.inDoubt(world.mailroom, plan);
        Set<String> settled = new HashSet<>(inDoubt);
        settled.removeAll(left);
        ground.say("%,d people: %d uncertain messages are left for a person", people, left.size());
        long decided = world.mailroom.control(() -> {}).sendAllAgain(plan);
        int exit = program.run(world, output).waitFor();
        return new Figures(
                people,
                kills,
                undecided,
                FaultTally.of(world, plan),
                inDoubt.size(),
                settled.size(),
                decided,
                List.copyOf(inDoubtByKill),
                List.copyOf(secondsToFirstMail),
                recoveries.seconds(),
                everyEventOnce,
                exit == 0 && world.mailroom.plans.totals(plan).awaitingOutcome() == 0,
                keptRight && world.keptEqualsRecount(plan));
    }

    @Override
    public void close() {
        recoveries.close();
        world.close();
    }
}
