package app.mailroom.app;

import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Two processes on one workspace, which are killed in turn, or taken for dead and live. */
public final class TwoSendersEvidence implements EvidencePart {
    private static final int PEOPLE = 5_000;
    private static final int RATE = 80;
    private static final int KILLS = 18;
    /** After so many kills a process is stopped once. */
    private static final int KILLS_A_STOP = 3;
    /** This part of the kills waits until both processes have sent something. */
    private static final double WHILE_BOTH_SEND = 0.5;

    private static final int MOST_MAILS_BETWEEN = 60;
    private static final long AFTER_A_MAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    /** Twice as long as a process may be silent here. */
    private static final long STOPPED_NANOS = TimeUnit.SECONDS.toNanos(3);

    /**
     * A process was stopped.
     *
     * @param held messages that it had claimed
     * @param byTheOther mails that were taken meanwhile
     * @param withinAWrite it was writing just then, so that the other could not
     */
    private record Stop(int held, int byTheOther, boolean withinAWrite) {}

    @Override
    public String title() {
        return "Two senders on one workspace";
    }

    @Override
    public String question() {
        return """
                Two `mailroom run` send one live mailing at the same time. They are killed in turn at drawn moments, half of them while both
                send, and started again at once. After every third kill one is stopped (SIGSTOP) for twice as long as it takes to be taken for
                dead, and goes on (SIGCONT). Promised: what holds for one process holds for two, and together they never exceed the rate that SES allows.""";
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        FastStart program = FastStart.prepare(ground);
        Random random = ground.random();
        try (FaultedMailing mailing = new FaultedMailing(program, ground, "senders", PEOPLE, RATE, random.nextLong())) {
            List<MailroomProcess> two = new ArrayList<>(List.of(mailing.start(), mailing.start()));
            try {
                Optional<Path> shell = Ground.program("sh");
                List<Integer> inDoubt = new ArrayList<>();
                List<Stop> stops = new ArrayList<>();
                while (inDoubt.size() < KILLS) {
                    inDoubt.add(kill(mailing, two, random));
                    boolean isDue = inDoubt.size() % KILLS_A_STOP == 0 && mailing.taken() < PEOPLE - RATE;
                    if (isDue && shell.isPresent()) {
                        stops.add(stopAndContinue(mailing, two.get(stops.size() % 2), shell.get()));
                    }
                }
                ground.say("%d kills and %d stops, %,d mails taken", inDoubt.size(), stops.size(), mailing.taken());
                tell(report, mailing, mailing.end(two), inDoubt, stops);
                if (shell.isEmpty()) {
                    report.note(
                            "Left out: a process that is taken for dead and lives. It takes signals that only Unix has.");
                }
            } finally {
                for (MailroomProcess process : two) {
                    process.kill();
                }
            }
        }
    }

    /** Kills one of the two and starts another in its place; returns how many messages it had claimed. */
    private static int kill(FaultedMailing mailing, List<MailroomProcess> two, Random random)
            throws IOException, InterruptedException {
        boolean both = random.nextDouble() < WHILE_BOTH_SEND;
        int victim = random.nextInt(2);
        int mails = random.nextInt(MOST_MAILS_BETWEEN);
        long nanos = (long) (AFTER_A_MAIL_NANOS * random.nextDouble());
        BooleanSupplier ended = () -> two.stream().noneMatch(MailroomProcess::isAlive);
        if (both) {
            mailing.await(ended, () -> bothSend(mailing, two));
        }
        int enough = mailing.taken() + 1 + mails;
        mailing.await(ended, () -> mailing.taken() >= enough || mailing.nothingToSend());
        mailing.awaitNanos(ended, System.nanoTime(), nanos);
        int inDoubt = mailing.kill(two.get(victim));
        two.set(victim, mailing.start());
        return inDoubt;
    }

    private static boolean bothSend(FaultedMailing mailing, List<MailroomProcess> two) {
        return mailing.nothingToSend() || two.stream().allMatch(process -> mailing.dead.sentBy(process.pid()) > 0);
    }

    /** Stops a process that is sending, and lets it go on when it has long been taken for dead. */
    private static Stop stopAndContinue(FaultedMailing mailing, MailroomProcess process, Path shell)
            throws IOException, InterruptedException {
        long sent = mailing.dead.sentBy(process.pid());
        BooleanSupplier ended = () -> !process.isAlive() || mailing.nothingToSend();
        mailing.await(ended, () -> mailing.dead.sentBy(process.pid()) > sent);
        signal(shell, "STOP", process);
        try {
            int before = mailing.taken();
            int held = mailing.doubt(process);
            mailing.awaitNanos(ended, System.nanoTime(), STOPPED_NANOS);
            return new Stop(held, mailing.taken() - before, mailing.dead.fileIsHeld());
        } finally {
            signal(shell, "CONT", process);
        }
    }

    private static void signal(Path shell, String signal, MailroomProcess process)
            throws IOException, InterruptedException {
        int exit = new ProcessBuilder(shell.toString(), "-c", "kill -" + signal + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0 && process.isAlive()) {
            throw new IOException("the signal " + signal + " did not reach its process");
        }
    }

    private static void tell(
            Report report, FaultedMailing mailing, FaultVerdict verdict, List<Integer> inDoubt, List<Stop> stops) {
        FaultTally end = verdict.end();
        List<Long> arrivals = mailing.world.ses.arrivals();
        report.table(
                List.of("of %,d people, rate %d a second".formatted(PEOPLE, RATE), "figure"),
                List.of(
                        List.of("kills", count(inDoubt.size())),
                        List.of("stopped and taken for dead", count(stops.size())),
                        List.of("requests", count(end.requests())),
                        List.of("accepted", count(end.accepted())),
                        List.of("sent twice", count(end.sentTwice())),
                        List.of("lost", count(end.lost())),
                        List.of("in doubt at a kill or stop", count(verdict.inDoubt())),
                        List.of(
                                "of these at a stop",
                                count(stops.stream().mapToInt(Stop::held).sum())),
                        List.of("settled without a person", count(verdict.settled())),
                        List.of("left for a person", count(verdict.decided())),
                        List.of(
                                "in doubt at one kill, median / highest",
                                Spread.of(inDoubt).medianAndHighest()),
                        List.of(
                                "until nothing is held by the dead, s, median / highest",
                                Spread.of(mailing.dead.seconds()).medianAndHighest()),
                        List.of(
                                "mails by the other while one was stopped for 3 s, median / highest",
                                Spread.of(stops.stream().map(Stop::byTheOther).toList())
                                        .medianAndHighest()),
                        List.of(
                                "stopped in the middle of a write",
                                count(stops.stream().filter(Stop::withinAWrite).count())),
                        List.of("highest count in a sliding second", count(SlidingSecond.most(arrivals))),
                        List.of("sliding seconds over the rate", count(SlidingSecond.over(arrivals, RATE)))));
        report.note(
                "A process that is stopped in the middle of a write keeps the file, and the other waits until it goes on; one that"
                        + " is killed does not.");
        verdict.check(report, "Two senders, %d kills, %d stops".formatted(inDoubt.size(), stops.size()));
        report.goal(
                "highest count in any sliding second, where requests arrive, against the rate",
                SlidingSecond.most(arrivals),
                Bound.AT_MOST,
                RATE);
    }

    private static String count(long number) {
        return "%,d".formatted(number);
    }
}
