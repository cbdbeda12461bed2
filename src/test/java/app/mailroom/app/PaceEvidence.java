package app.mailroom.app;

import app.mailroom.aws.SesProcess;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import app.mailroom.model.PlanState;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** How much of a rate is used and how far it is exceeded, as measured where the requests arrive. */
public final class PaceEvidence implements EvidencePart {
    private static final List<Integer> RATES = List.of(14, 200, 1_000);
    private static final Duration LATENCY = Duration.ofMillis(50);
    /** Of sending, before and after the rest each. */
    private static final int SECONDS = 11;

    private static final Duration REST = Duration.ofSeconds(5);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    /** The pool takes more hands as answers come; what counts is what it does once it has them. */
    private static final long BEGINNING = 4 * SECOND;

    private static final double GOOD_SHARE = 0.97;
    private static final int CONNECTIONS = 128;

    private static final OutgoingMail MAIL = new OutgoingMail(
            "",
            "",
            "News <news@example.com>",
            "reader@example.com",
            "",
            "Hello Reader",
            "<html><body><p>Hello Reader</p></body></html>",
            "Hello Reader",
            List.of(new OutgoingMail.Header("List-Unsubscribe", "<mailto:news@example.com>")),
            List.of(),
            true);

    /** What arrived in two bouts with a rest between them. */
    @SuppressWarnings("ArrayRecordComponent") // No two are ever compared.
    private record Arrivals(long[] first, long[] second) {
        /** The share of the rate that was used once the first seconds were over. */
        double share(int rate) {
            long[] steady = Arrays.stream(first)
                    .filter(at -> at - first[0] >= BEGINNING)
                    .toArray();
            return (steady.length - 1) / ((steady[steady.length - 1] - steady[0]) / (double) SECOND) / rate;
        }

        int highest() {
            return SlidingSecond.most(LongStream.concat(Arrays.stream(first), Arrays.stream(second))
                    .boxed()
                    .toList());
        }

        int highestAfterRest() {
            return SlidingSecond.most(Arrays.stream(second).boxed().toList());
        }
    }

    @Override
    public String title() {
        return "Pace";
    }

    @Override
    public String question() {
        return """
                Amazon allows an account so many mails a second and refuses what is above it. How much of that is used, and is it \
                ever exceeded? The live pipeline sends for %d seconds, rests for %d, and sends again, to a stub of SES that answers \
                after %d ms; beside it nodemailer 6 with its own limit (`sendingRate`; later versions have none). Counted is when \
                the requests arrive: over every second that can be laid on the line of time, wherever it begins.""".formatted(SECONDS, REST.toSeconds(), LATENCY.toMillis());
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Optional<NodeMailer> node = NodeMailer.install(ground, report);
        List<List<String>> rows = new ArrayList<>();
        List<Runnable> goals = new ArrayList<>();
        try (SesProcess ses = SesProcess.start(ground)) {
            ses.latency(LATENCY);
            for (int rate : RATES) {
                Arrivals ours = ofPipeline(ground, ses, rate);
                rows.add(row("Mailroom", rate, ours));
                goals.add(() -> {
                    report.goal(
                            "highest count in a second at %,d a second".formatted(rate),
                            ours.highest(),
                            Bound.AT_MOST,
                            rate);
                    report.goal(
                            "share of %,d a second that is used".formatted(rate),
                            ours.share(rate),
                            Bound.AT_LEAST,
                            GOOD_SHARE);
                });
                ground.say("%,d a second: at most %,d", rate, ours.highest());
                if (node.isPresent()) {
                    Arrivals others = ofNode(node.get(), ses, rate);
                    rows.add(row("nodemailer 6", rate, others));
                    ground.say("%,d a second by nodemailer: at most %,d", rate, others.highest());
                }
            }
        }
        report.table(List.of("sent by", "rate", "share used", "highest count in a second", "after the rest"), rows);
        goals.forEach(Runnable::run);
    }

    private static List<String> row(String name, int rate, Arrivals arrivals) {
        return List.of(
                name,
                Report.number(rate),
                "%.1f %%".formatted(arrivals.share(rate) * 100),
                Report.number(arrivals.highest()),
                Report.number(arrivals.highestAfterRest()));
    }

    private static Arrivals ofPipeline(Ground ground, SesProcess ses, int rate) throws IOException {
        ses.rate(rate);
        ses.arrivals();
        try (LiveWorld world = new LiveWorld(ground.folder("workspace-" + rate), false)) {
            world.mailroom.settings.put("aws.endpoint_ses", ses.endpoint());
            long first = world.plan(rate * SECONDS);
            long second = world.plan(rate * SECONDS / 2);
            try (Dispatch dispatch = world.mailroom.dispatch()) {
                dispatch.start();
                send(world, dispatch, first);
                long[] before = ses.arrivals();
                LockSupport.parkNanos(REST.toNanos());
                send(world, dispatch, second);
                return new Arrivals(before, ses.arrivals());
            }
        }
    }

    private static void send(LiveWorld world, Dispatch dispatch, long plan) {
        world.mailroom.control(dispatch::wake).start(plan);
        while (world.mailroom.plans.find(plan).orElseThrow().state() != PlanState.SENT) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private static Arrivals ofNode(NodeMailer node, SesProcess ses, int rate) throws Exception {
        int half = rate * SECONDS;
        node.send(NodeMailer.Version.WITH_RATE, ses.endpoint(), MAIL, half * 2, CONNECTIONS, rate, REST.toMillis());
        long[] all = ses.arrivals();
        return new Arrivals(Arrays.copyOf(all, half), Arrays.copyOfRange(all, half, all.length));
    }
}
