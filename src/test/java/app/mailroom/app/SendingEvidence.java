package app.mailroom.app;

import app.mailroom.aws.BareSending;
import app.mailroom.aws.SesProcess;
import app.mailroom.delivery.Dispatch;
import app.mailroom.delivery.Letters;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import app.mailroom.evidence.Rounds;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTotals;
import app.mailroom.template.RenderException;
import app.mailroom.template.TemplateException;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How fast mail goes out where no rate limits it, beside a bare loop and beside nodemailer. */
public final class SendingEvidence implements EvidencePart {
    private static final List<Integer> SIZES = List.of(1_000, 3_000, 9_000);
    /** Others are too slow for more. */
    private static final int MOST_FOR_NODE = 3_000;

    private static final int ROUNDS = 3;
    /** The compilers of the Java machine take more of the processor than sending does for about so many mails. */
    private static final int WARM_UP = 9_000;

    private static final int WARM_UPS = 6;
    private static final int HANDS = 128;
    private static final int NO_LIMIT = 1_000_000;
    private static final double GOAL = 0.8;
    private static final String LETTER = "<html><body><h1>News for {{name}}</h1>"
            + "<p style=\"margin:0 0 12px 0\">Dear {{name}}, this is what is new with us.</p>".repeat(240)
            + "</body></html>";
    /** What a call to SES takes at the least from far away, and nothing at all: then only processors count. */
    private static final List<Duration> LATENCIES = List.of(Duration.ofMillis(50), Duration.ZERO);

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private enum Way {
        POOL("Mailroom"),
        BARE("bare loop"),
        NODE("nodemailer 10"),
        NODE_WITH_RATE("nodemailer 6, its own limit on");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        boolean isNode() {
            return this == NODE || this == NODE_WITH_RATE;
        }
    }

    /** What was measured of one way at one size and latency. */
    private record Figures(Rounds perSecond, Rounds cpuMicros) {
        private Figures() {
            this(new Rounds(), new Rounds());
        }
    }

    /** Sends so many mails and returns how many microseconds of the processor each took. */
    @FunctionalInterface
    private interface Sending {
        double send(int mails) throws Exception;
    }

    @Override
    public String title() {
        return "Sending without a limit";
    }

    @Override
    public String question() {
        return """
                Mailroom writes to the disk that it is about to send a mail, before it asks the mail service, and what came of it \
                after that. What does this cost? The live pipeline sends 20 KB of HTML with a name in it, at a rate that is never \
                reached. Beside it: a loop of as many threads (%d) around the same client of the AWS SDK, which sends a mail \
                that is ready, and nodemailer with as many connections. All of them send to one stub of SES in a process of its own, \
                in turns, %d rounds. What counts is the time from the first arrival to the last at the stub.""".formatted(HANDS, ROUNDS);
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Optional<NodeMailer> node = NodeMailer.install(ground, report);
        try (SesProcess ses = SesProcess.start(ground);
                LiveWorld world = new LiveWorld(ground.folder("workspace"), false);
                BareSending bare = new BareSending(ses.endpoint(), HANDS);
                Dispatch dispatch = world.mailroom.dispatch()) {
            ses.rate(NO_LIMIT);
            world.mailroom.settings.put("aws.endpoint_ses", ses.endpoint());
            dispatch.start();
            List<Long> plans = new ArrayList<>();
            Map<Way, Sending> ways = new EnumMap<>(Way.class);
            ways.put(Way.POOL, mails -> {
                long plan = world.plan(mails, true, LETTER, List.of());
                plans.add(plan);
                return ofThisProcess(mails, () -> sendAll(world, dispatch, plan));
            });
            OutgoingMail mail = mail(world);
            ways.put(Way.BARE, mails -> ofThisProcess(mails, () -> bare.send(mail, mails)));
            node.ifPresent(mailer -> {
                ways.put(
                        Way.NODE,
                        mails -> mailer.send(NodeMailer.Version.PRESENT, ses.endpoint(), mail, mails, HANDS, 0, 0));
                ways.put(
                        Way.NODE_WITH_RATE,
                        mails -> mailer.send(
                                NodeMailer.Version.WITH_RATE, ses.endpoint(), mail, mails, HANDS, NO_LIMIT, 0));
            });
            report.note(warmUp(ground, ses, ways));
            for (Duration latency : LATENCIES) {
                ses.latency(latency);
                compare(ground, report, ses, ways, latency);
            }
            check(report, world, ses, plans);
            report.note(
                    "Of the processor the stub of SES takes its part too, as it shares this computer. What the pool needs"
                            + " more than the loop goes, by a profile, to rendering and handing each mail to a hand (about a third),"
                            + " to claims, and to results (about a third each); their statements are written by jOOQ and forced to the"
                            + " disk. At the rates that SES grants, and over a network, the processor has time for that. Claims made"
                            + " ahead of free hands would spare waking one for each mail, but what is claimed when a process is killed is"
                            + " in doubt, so more mails would be left for a person; that is not worth a few hundred mails a second.");
        }
    }

    /** Until both run at their full speed, in turns, so that neither is compiled for what only the other one does. */
    private static String warmUp(Ground ground, SesProcess ses, Map<Way, Sending> ways) throws Exception {
        Figures coldPool = new Figures();
        Figures coldBare = new Figures();
        for (int round = 1; round <= WARM_UPS; round++) {
            measure(ses, way(ways, Way.POOL), WARM_UP, round == 1 ? coldPool : new Figures());
            measure(ses, way(ways, Way.BARE), WARM_UP, round == 1 ? coldBare : new Figures());
            ground.say("warming up, round %d of %d", round, WARM_UPS);
        }
        return "The first %,d mails of a process, while Java still compiles it, go out at %s a second, those of the loop after them at %s."
                        .formatted(WARM_UP, coldPool.perSecond(), coldBare.perSecond())
                + " What follows was measured after %,d of each.".formatted(WARM_UP * WARM_UPS);
    }

    private static Sending way(Map<Way, Sending> ways, Way way) {
        return Optional.ofNullable(ways.get(way)).orElseThrow();
    }

    private static void compare(Ground ground, Report report, SesProcess ses, Map<Way, Sending> ways, Duration latency)
            throws Exception {
        Map<Way, Map<Integer, Figures>> all = new EnumMap<>(Way.class);
        for (int size : SIZES) {
            for (int round = 1; round <= ROUNDS; round++) {
                for (Map.Entry<Way, Sending> way : ways.entrySet()) {
                    // Latency changes nothing for what the processor holds up, and each of its rounds takes as long as
                    // ten of
                    // the others.
                    boolean forNode =
                            !latency.isZero() && (size < MOST_FOR_NODE || (size == MOST_FOR_NODE && round == 1));
                    if (!way.getKey().isNode() || forNode) {
                        Figures figures = all.computeIfAbsent(way.getKey(), ignored -> new TreeMap<>())
                                .computeIfAbsent(size, ignored -> new Figures());
                        measure(ses, way.getValue(), size, figures);
                    }
                }
                ground.say("%d ms, %,d mails, round %d", latency.toMillis(), size, round);
            }
        }
        tell(report, latency, all);
    }

    private static void tell(Report report, Duration latency, Map<Way, Map<Integer, Figures>> all) {
        String answers = latency.isZero() ? "at once" : "after " + latency.toMillis() + " ms";
        Chart chart = Chart.plain("Mails a second, answered " + answers, "mails", "mails a second");
        List<List<String>> rows = new ArrayList<>();
        all.forEach((way, sizes) -> {
            sizes.forEach((size, figures) -> rows.add(List.of(
                    way.title,
                    Report.number(size),
                    figures.perSecond().toString(),
                    figures.cpuMicros().toString(),
                    figures.perSecond().over(perSecond(all, Way.BARE, size)).toString())));
            chart.line(
                    way.title,
                    List.copyOf(sizes.keySet()),
                    sizes.values().stream()
                            .map(figures -> figures.perSecond().median())
                            .toList());
        });
        report.note("The service answers " + answers + ":");
        report.table(List.of("sent by", "mails", "a second", "µs of processor each", "over the bare loop"), rows);
        report.chart("sending-" + latency.toMillis(), chart);
        int most = SIZES.get(SIZES.size() - 1);
        Rounds ratio = perSecond(all, Way.POOL, most).over(perSecond(all, Way.BARE, most));
        report.goal(
                "%,d mails, answered %s: speed over that of the bare loop".formatted(most, answers),
                ratio.median(),
                Bound.AT_LEAST,
                GOAL);
    }

    private static Rounds perSecond(Map<Way, Map<Integer, Figures>> all, Way way, int mails) {
        return Optional.ofNullable(all.get(way))
                .map(sizes -> sizes.get(mails))
                .orElseThrow(() -> new IllegalStateException("nothing was measured of " + way + " with " + mails))
                .perSecond();
    }

    private static void measure(SesProcess ses, Sending sending, int mails, Figures figures) throws Exception {
        ses.arrivals();
        double cpu = sending.send(mails);
        long[] arrivals = ses.arrivals();
        if (arrivals.length != mails) {
            throw new IllegalStateException("%d requests for %d mails".formatted(arrivals.length, mails));
        }
        figures.perSecond().add((mails - 1) / ((arrivals[mails - 1] - arrivals[0]) / 1e9));
        figures.cpuMicros().add(cpu);
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double ofThisProcess(int mails, Work work) throws Exception {
        long before = SYSTEM.getProcessCpuTime();
        work.run();
        return (SYSTEM.getProcessCpuTime() - before) / 1e3 / mails;
    }

    private static void sendAll(LiveWorld world, Dispatch dispatch, long plan) {
        world.mailroom.control(dispatch::wake).start(plan);
        while (world.mailroom.plans.find(plan).orElseThrow().state() != PlanState.SENT) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** The mail that all others send, as the pipeline would write it. */
    private static OutgoingMail mail(LiveWorld world) throws RenderException, TemplateException {
        long plan = world.plan(1, true, LETTER, List.of());
        return new Letters(world.mailroom.plans, world.mailroom.templates, world.mailroom.workspaceId, Optional.empty())
                .write(new ClaimedMessage(1, plan, "reader@example.com", List.of("Reader"), 1));
    }

    private static void check(Report report, LiveWorld world, SesProcess ses, List<Long> plans) throws IOException {
        long accepted = 0;
        long planned = 0;
        for (long plan : plans) {
            PlanTotals totals = world.mailroom.plans.totals(plan);
            accepted += totals.in(MessageState.ACCEPTED);
            planned += totals.all();
        }
        report.check(
                "all %,d messages of %d mailings stand as accepted (%,d)".formatted(planned, plans.size(), accepted),
                accepted == planned);
        int repeated = ses.repeated();
        report.check("no message reached the service twice (%d)".formatted(repeated), repeated == 0);
    }
}
