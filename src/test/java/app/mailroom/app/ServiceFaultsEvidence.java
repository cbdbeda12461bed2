package app.mailroom.app;

import app.mailroom.aws.SesStub;
import app.mailroom.aws.SesStub.Answer;
import app.mailroom.delivery.Dispatch;
import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.plan.PlanControl;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A mail service that fails in every way that a mail service can. */
public final class ServiceFaultsEvidence implements EvidencePart {
    private static final int PEOPLE = 400;
    private static final int RATE = 200;
    private static final List<Integer> SIZES = List.of(250, 1_000, 4_000);
    private static final int RATE_OF_SIZES = 400;
    private static final Duration LATENCY = Duration.ofMillis(15);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /**
     * How a mailing went.
     *
     * @param hits requests that met the fault; one, if the service was away
     * @param parked why the mailing was parked on its way
     * @param longestPause seconds from one mail to the next
     */
    private record Figures(
            String fault, int people, int hits, FaultVerdict verdict, Set<String> parked, double longestPause) {}

    @Override
    public String title() {
        return "A mail service that fails";
    }

    @Override
    public String question() {
        return """
                SES fails in one way for each mailing: a tenth of the requests, drawn, or all of them for some seconds. The program waits a
                second for an answer here. Events are kept back until the mailing is sent, so that everything shows that is in doubt without
                them; what they leave open is decided by a person. Promised: nobody gets it twice, nobody is forgotten, nothing that SES took
                stays uncertain, and the mailing goes on by itself.""";
    }

    @Override
    public boolean measuresSpeed() {
        return false;
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        List<ServiceFault> faults = new ArrayList<>(List.of(ServiceFault.NONE));
        faults.addAll(ServiceFault.each());
        List<Figures> kinds = new ArrayList<>();
        for (ServiceFault fault : faults) {
            kinds.add(mail(ground, fault, PEOPLE, RATE));
        }
        List<Figures> sizes = new ArrayList<>();
        for (int people : SIZES) {
            sizes.add(mail(ground, ServiceFault.mix(), people, RATE_OF_SIZES));
        }
        report.note("Each to %,d people at %d a second:".formatted(PEOPLE, RATE));
        report.table(
                columns("the service"),
                kinds.stream().map(of -> row(of.fault(), of)).toList());
        report.note("A service that %s, at %d a second:"
                .formatted(ServiceFault.mix().name(), RATE_OF_SIZES));
        report.table(
                columns("people"),
                sizes.stream().map(of -> row("%,d".formatted(of.people()), of)).toList());
        report.chart(
                "service",
                Chart.plain("A tenth of the requests fail", "people in the mailing", "of 1,000 messages")
                        .line(
                                "in doubt until events came",
                                SIZES,
                                sizes.stream()
                                        .map(of -> of.verdict().inDoubt() * 1_000.0 / of.people())
                                        .toList())
                        .line(
                                "left for a person",
                                SIZES,
                                sizes.stream()
                                        .map(of -> of.verdict().decided() * 1_000.0 / of.people())
                                        .toList()));
        kinds.forEach(of -> check(report, of));
        sizes.forEach(of -> check(report, of));
        report.note(
                "The longest pause is between two mails that SES took, an outage included; a mailing that is parked because SES is"
                        + " away tries again after 5 s, and later after longer.");
    }

    private static Figures mail(Ground ground, ServiceFault fault, int people, int rate) throws IOException {
        try (LiveWorld world = new LiveWorld(ground.folder("service"))) {
            AtomicInteger hits = new AtomicInteger();
            world.ses.account(rate, 10_000_000, false);
            world.ses.latency(LATENCY);
            world.ses.behave(fault.kind()
                    .of(world.ses, ground.seed() * 1_000_003 + fault.name().hashCode() + people, hits));
            world.mailroom.settings.put("aws.answer_timeout_ms", Long.toString(ServiceFault.TIME_OUT.toMillis()));
            world.mailroom.settings.put("plan.every", "1");
            world.holdEvents(true);
            long plan = world.plan(people);
            try (Dispatch dispatch = world.mailroom.dispatch()) {
                dispatch.start();
                PlanControl control = world.mailroom.control(dispatch::wake);
                control.start(plan);
                Set<String> parked = new TreeSet<>();
                await(() -> isSent(world, plan, parked));
                int inDoubt = FaultTally.of(world, plan).uncertain();
                double longestPause = longestPause(world.ses.accepted());
                world.holdEvents(false);
                await(world::allEventsTaken);
                FaultTally undecided = FaultTally.of(world, plan);
                boolean keptRight = world.keptEqualsRecount(plan);
                world.ses.behave(Answer.ACCEPT);
                long decided = control.sendAllAgain(plan);
                await(() -> isSent(world, plan, parked) && world.allEventsTaken());
                ground.say(
                        "%-50s %,5d people, %,4d in doubt, %,4d left for a person",
                        fault.name(), people, inDoubt, decided);
                FaultVerdict verdict = new FaultVerdict(
                        undecided,
                        FaultTally.of(world, plan),
                        inDoubt,
                        inDoubt - undecided.uncertain(),
                        decided,
                        world.everyEventOnce(plan),
                        world.mailroom.plans.totals(plan).awaitingOutcome() == 0,
                        keptRight && world.keptEqualsRecount(plan));
                return new Figures(fault.name(), people, hits.get(), verdict, parked, longestPause);
            }
        }
    }

    /** Whether the mailing is sent; notes why it is parked if it is. */
    private static boolean isSent(LiveWorld world, long planId, Set<String> parked) {
        Plan plan = world.mailroom.plans.find(planId).orElseThrow();
        String problem = plan.problem();
        if (plan.state() == PlanState.PARKED && problem != null) {
            parked.add(problem);
        }
        return plan.state() == PlanState.SENT;
    }

    private static double longestPause(List<SesStub.Accepted> mails) {
        long[] moments =
                mails.stream().mapToLong(SesStub.Accepted::nanoTime).sorted().toArray();
        long longest = 0;
        for (int i = 1; i < moments.length; i++) {
            longest = Math.max(longest, moments[i] - moments[i - 1]);
        }
        return longest / 1e9;
    }

    private static void await(BooleanSupplier moment) {
        long from = System.nanoTime();
        while (!moment.getAsBoolean()) {
            if (System.nanoTime() - from > PATIENCE.toNanos()) {
                throw new AssertionError("the mailing did not go on");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static List<String> columns(String first) {
        return List.of(
                first,
                "requests",
                "of these failed",
                "accepted",
                "sent twice",
                "lost",
                "uncertain",
                "settled by events",
                "left for a person",
                "parked",
                "longest pause, s");
    }

    private static List<String> row(String first, Figures of) {
        FaultTally end = of.verdict().end();
        return List.of(
                first,
                count(end.requests()),
                count(of.hits()),
                count(end.accepted()),
                count(end.sentTwice()),
                count(end.lost()),
                count(of.verdict().inDoubt()),
                count(of.verdict().settled()),
                count(of.verdict().decided()),
                of.parked().isEmpty() ? "no" : String.join(", ", of.parked()),
                Report.number(of.longestPause()));
    }

    private static void check(Report report, Figures of) {
        of.verdict().checkBriefly(report, "A service that %s, %,d people".formatted(of.fault(), of.people()));
    }

    private static String count(long number) {
        return "%,d".formatted(number);
    }
}
