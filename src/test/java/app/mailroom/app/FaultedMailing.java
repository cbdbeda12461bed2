package app.mailroom.app;

import app.mailroom.aws.SesStub;
import app.mailroom.aws.SesStub.Answer;
import app.mailroom.evidence.Ground;
import app.mailroom.model.PlanState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A live mailing that is sent by processes to which something happens. */
final class FaultedMailing implements AutoCloseable {
    private static final Duration SHORTEST_ANSWER = Duration.ofMillis(20);
    private static final Duration LONGEST_ANSWER = Duration.ofMillis(50);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    final LiveWorld world;
    final long plan;
    final HeldByDead dead;
    private final FastStart program;
    private final Path output;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<String> inDoubt = ConcurrentHashMap.newKeySet();

    /** To so many people, at a rate, by a mail service that takes its time. */
    FaultedMailing(FastStart program, Ground ground, String name, int people, int rate, long seed) throws IOException {
        this.program = program;
        output = ground.folder().resolve(name + ".txt");
        Path folder = ground.folder(name);
        world = new LiveWorld(folder);
        world.ses.account(rate, 10_000_000, false);
        Random random = new Random(seed);
        world.ses.latency(SHORTEST_ANSWER);
        world.ses.behave(request -> {
            synchronized (random) {
                return Answer.slow(Duration.ofMillis(random.nextInt(
                        (int) LONGEST_ANSWER.minus(SHORTEST_ANSWER).toMillis())));
            }
        });
        // A dead process is known to be dead soon, so that a hundred deaths fit into minutes.
        world.mailroom.settings.put("delivery.heartbeat_ms", "200");
        world.mailroom.settings.put("delivery.stale_after_ms", "1500");
        world.mailroom.settings.put("plan.every", "1");
        world.ses.onAccepted(mail -> taken.incrementAndGet());
        plan = world.plan(people);
        world.mailroom.control(() -> {}).start(plan);
        dead = new HeldByDead(Workspace.in(folder).database());
    }

    /** Starts a process that sends. */
    MailroomProcess start() throws IOException {
        return program.run(world, output);
    }

    /** How many mails the mail service has taken. */
    int taken() {
        return taken.get();
    }

    /** Whether a mail may be one that a process which was killed had asked for. */
    boolean isInDoubt(SesStub.Accepted mail) {
        return inDoubt.contains(mail.messageTag());
    }

    boolean nothingToSend() {
        return world.mailroom.plans.totals(plan).unsent() == 0;
    }

    /** Kills a process; returns how many messages it had claimed. */
    int kill(MailroomProcess process) throws InterruptedException {
        process.kill();
        dead.died(process.pid());
        return doubt(process);
    }

    /** Notes that nobody will know for a while what became of what a process has claimed; returns how many messages that are. */
    int doubt(MailroomProcess process) {
        List<Long> held = dead.heldBy(process.pid());
        held.forEach(id -> inDoubt.add(world.mailroom.workspaceId.tag(id)));
        return held.size();
    }

    /** Waits for a moment, or until there is no point in waiting any more. */
    void await(BooleanSupplier pointless, BooleanSupplier moment) {
        long from = System.nanoTime();
        while (!moment.getAsBoolean() && !pointless.getAsBoolean()) {
            if (System.nanoTime() - from > PATIENCE.toNanos()) {
                throw new AssertionError("what the processes were to do did not come; see " + output);
            }
            dead.look();
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits for a time that began at a moment of {@link System#nanoTime()}. */
    void awaitNanos(BooleanSupplier pointless, long from, long nanos) {
        await(pointless, () -> System.nanoTime() - from >= nanos);
    }

    /**
     * Waits until the last processes, which nobody kills, have sent the rest and taken in every event, decides about what is left
     * uncertain, and has that sent.
     */
    FaultVerdict end(List<MailroomProcess> last) throws InterruptedException, IOException {
        await(
                () -> last.stream().noneMatch(MailroomProcess::isAlive),
                () -> world.mailroom.plans.find(plan).orElseThrow().state() == PlanState.SENT
                        && dead.holdNothing()
                        && world.allEventsTaken());
        for (MailroomProcess process : last) {
            process.terminate();
        }
        for (MailroomProcess process : last) {
            process.waitFor();
        }
        FaultTally undecided = FaultTally.of(world, plan);
        boolean everyEventOnce = world.everyEventOnce(plan);
        boolean keptRight = world.keptEqualsRecount(plan);
        Set<String> left = FaultTally.inDoubt(world.mailroom, plan);
        // A process that was too slow to say that it lives was taken for dead without having been killed.
        inDoubt.addAll(left);
        Set<String> settled = new HashSet<>(inDoubt);
        settled.removeAll(left);
        long decided = world.mailroom.control(() -> {}).sendAllAgain(plan);
        int exit = start().waitFor();
        return new FaultVerdict(
                undecided,
                FaultTally.of(world, plan),
                inDoubt.size(),
                settled.size(),
                decided,
                everyEventOnce,
                exit == 0 && world.mailroom.plans.totals(plan).awaitingOutcome() == 0,
                keptRight && world.keptEqualsRecount(plan));
    }

    @Override
    public void close() {
        dead.close();
        world.close();
    }
}
