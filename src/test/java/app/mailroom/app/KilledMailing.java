package app.mailroom.app;

import app.mailroom.app.KillMoment.When;
import app.mailroom.evidence.Ground;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A live mailing that is sent by one process after the other, each killed at a moment that was drawn, until a last one may run to
 * the end.
 */
final class KilledMailing implements AutoCloseable {
    /**
     * What it came to.
     *
     * @param kills processes that were killed; one that had ended by itself was not
     * @param inDoubtByKill how many messages each had claimed when it was killed
     * @param secondsToFirstMail of each that lived long enough
     * @param secondsHeld how long what a process had claimed was held by it after its death
     */
    record Figures(
            int people,
            int kills,
            FaultVerdict verdict,
            List<Integer> inDoubtByKill,
            List<Double> secondsToFirstMail,
            List<Double> secondsHeld) {
        double leftByKill() {
            return kills == 0 ? 0 : verdict.decided() / (double) kills;
        }
    }

    private static final int RATE = 400;
    /** From this part of the mailing on events are late, so that the last processes have something to take in. */
    private static final double EVENTS_LATE_FROM = 0.85;

    private static final long AFTER_A_MAIL_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    /** How long a start is thought to take before one was seen. */
    private static final long FIRST_START_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Ground ground;
    private final int people;
    private final List<KillMoment> moments;
    private final FaultedMailing mailing;
    private final AtomicInteger takenOfThisProcess = new AtomicInteger();
    private final AtomicLong firstMailAt = new AtomicLong();
    private final List<Integer> inDoubtByKill = new ArrayList<>();
    private final List<Double> secondsToFirstMail = new ArrayList<>();
    private long startNanos = FIRST_START_NANOS;
    private int settlingLeft;

    KilledMailing(FastStart program, Ground ground, int people, int kills) throws IOException {
        this.ground = ground;
        this.people = people;
        Random random = new Random(ground.seed() + people);
        moments = KillMoment.draw(random, kills, people);
        settlingLeft = (int) moments.stream()
                .filter(moment -> moment.when() == When.SETTLING)
                .count();
        mailing = new FaultedMailing(program, ground, "kills-" + kills, people, RATE, random.nextLong());
        mailing.world.ses.onAccepted(mail -> {
            // What was on its way already when the process before was killed arrives a moment later.
            if (!mailing.isInDoubt(mail)) {
                takenOfThisProcess.incrementAndGet();
                firstMailAt.compareAndSet(0, mail.nanoTime());
            }
        });
    }

    /** Starts and kills a process for each moment; returns the last process, which nobody kills. */
    MailroomProcess killAll() throws IOException, InterruptedException {
        for (KillMoment moment : moments) {
            mailing.world.holdEvents(moment.when() != When.SETTLING && mailing.taken() >= people * EVENTS_LATE_FROM);
            startAndKill(moment);
            if (inDoubtByKill.size() % 10 == 0) {
                ground.say("%,d people: %d kills, %,d mails taken", people, inDoubtByKill.size(), mailing.taken());
            }
        }
        return mailing.start();
    }

    private void startAndKill(KillMoment moment) throws IOException, InterruptedException {
        takenOfThisProcess.set(0);
        firstMailAt.set(0);
        long started = System.nanoTime();
        MailroomProcess process = mailing.start();
        try {
            await(process, moment, started);
        } finally {
            if (process.isAlive()) {
                inDoubtByKill.add(mailing.kill(process));
            }
        }
        if (firstMailAt.get() != 0) {
            startNanos = firstMailAt.get() - started;
            secondsToFirstMail.add(startNanos / 1e9);
        }
    }

    private void await(MailroomProcess process, KillMoment moment, long started) {
        BooleanSupplier ended = () -> !process.isAlive();
        switch (moment.when()) {
            case STARTING -> mailing.awaitNanos(ended, started, (long) (startNanos * 1.1 * moment.share()));
            case FIRST_MAILS ->
                mailing.await(ended, () -> takenOfThisProcess.get() >= moment.mails() || mailing.nothingToSend());
            case SENDING -> mailing.await(ended, () -> mailing.taken() >= moment.mails() || mailing.nothingToSend());
            case LAST_MAILS -> mailing.await(ended, mailing::nothingToSend);
            case SETTLING -> {
                long before = mailing.dead.events();
                long waiting = mailing.world.eventsMade() - before;
                long enough = before + (long) (waiting * moment.share() / settlingLeft--);
                mailing.await(ended, () -> mailing.dead.events() >= enough);
            }
        }
        if (moment.when() != When.STARTING) {
            mailing.awaitNanos(ended, System.nanoTime(), (long) (AFTER_A_MAIL_NANOS * moment.share()));
        }
    }

    /** Waits for the end of the mailing; see {@link FaultedMailing#end}. */
    Figures end(MailroomProcess last) throws IOException, InterruptedException {
        FaultVerdict verdict = mailing.end(List.of(last));
        return new Figures(
                people,
                inDoubtByKill.size(),
                verdict,
                List.copyOf(inDoubtByKill),
                List.copyOf(secondsToFirstMail),
                mailing.dead.seconds());
    }

    @Override
    public void close() {
        mailing.close();
    }
}
