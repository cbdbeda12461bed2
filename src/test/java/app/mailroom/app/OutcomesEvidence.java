package app.mailroom.app;

import app.mailroom.aws.SqsProcess;
import app.mailroom.evidence.Chart;
import app.mailroom.evidence.EvidencePart;
import app.mailroom.evidence.Ground;
import app.mailroom.evidence.Report;
import app.mailroom.evidence.Report.Bound;
import app.mailroom.evidence.Rounds;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.OutcomePoller;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.store.TestWorkspace;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** How fast what became of mails is taken from the queue and stored. */
public final class OutcomesEvidence implements EvidencePart {
    /** How many events, and in how many rounds: large ones vary less. */
    private record Size(int events, int rounds) {}

    private static final List<Size> SIZES = List.of(new Size(10_000, 3), new Size(30_000, 2), new Size(100_000, 1));
    /** The compilers of the Java machine take more of the processor than settling does for about so many events. */
    private static final int WARM_UP = 15_000;

    private static final int WARM_UPS = 4;
    /** As many as the program has when the queue is full. */
    private static final int HANDS = 8;

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final double TWICE = 0.05;
    private static final double BOUNCES = 0.02;
    private static final double GOAL = 0.8;
    private static final WorkspaceId WORKSPACE = new WorkspaceId("evidence1");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** What was measured of one way at one size. */
    private record Figures(Rounds perSecond, Rounds cpuMicros) {
        private Figures() {
            this(new Rounds(), new Rounds());
        }
    }

    private interface Draining {
        void drain() throws Exception;
    }

    @Override
    public String title() {
        return "Outcomes";
    }

    @Override
    public String question() {
        return """
                After a large mailing the queue is full of events. How fast are they taken from it, stored, counted and deleted? \
                The program's own poller drains an SQS queue (ElasticMQ, a process of its own) into a workspace in which the \
                messages stand. The events are SES's in SNS's envelope, two for each message, a twentieth of them there twice, \
                in no order. Beside it, in turns: %d threads that only receive and delete, by the same client of the AWS SDK and \
                with the same calls of ten.""".formatted(HANDS);
    }

    @Override
    public void run(Ground ground, Report report) throws Exception {
        Random random = ground.random();
        try (SqsProcess sqs = SqsProcess.start(ground, HANDS);
                TestWorkspace workspace = new TestWorkspace(ground.folder("workspace"))) {
            List<Figures> ours = new ArrayList<>();
            List<Figures> bare = new ArrayList<>();
            Settled settled = new Settled();
            List<Size> all = new ArrayList<>(SIZES);
            all.add(0, new Size(WARM_UP, WARM_UPS));
            for (Size size : all) {
                Figures ofOurs = new Figures();
                Figures ofBare = new Figures();
                for (int round = 1; round <= size.rounds(); round++) {
                    List<String> bodies = bodies(workspace, size.events(), random, settled);
                    // A poll that waited when the last round ended would still be given the first events of this one.
                    String queue = sqs.createQueue("outcomes-%d-%d".formatted(size.events(), round));
                    sqs.send(queue, bodies);
                    try (OutcomePoller poller = new OutcomePoller(
                            sqs.open(queue),
                            new SesEventParser(WORKSPACE),
                            workspace.outcomes,
                            workspace.probes,
                            workspace.clock)) {
                        measure(bodies, ofOurs, () -> drain(poller, bodies.size()));
                    }
                    settled.left += sqs.count(queue);
                    String bareQueue = sqs.createQueue("bare-%d-%d".formatted(size.events(), round));
                    sqs.send(bareQueue, bodies);
                    measure(bodies, ofBare, () -> sqs.drain(bareQueue, bodies.size()));
                    ground.say(
                            "%,d events, round %d: %s and %s a second",
                            size.events(), round, ofOurs.perSecond(), ofBare.perSecond());
                }
                ours.add(ofOurs);
                bare.add(ofBare);
            }
            tell(report, ours.subList(1, ours.size()), bare.subList(1, bare.size()));
            check(report, workspace, settled);
            report.note(
                    ("Measured after %,d events of each, which the compilers of Java needed. By a profile, storing an event takes"
                                    + " as much of the processor as receiving and deleting it does on the client's side, three tenths of it for"
                                    + " reading its JSON and seven tenths for SQLite; the queue takes more than both, and shares this computer.")
                            .formatted(WARM_UP * WARM_UPS));
        }
    }

    /** As the pipeline does: one thread polls, and a second one helps while there is a backlog. They end with the poller. */
    private static void drain(OutcomePoller poller, int events) throws IOException, InterruptedException {
        AtomicInteger left = new AtomicInteger(events);
        AtomicReference<Exception> failure = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        for (boolean helps : List.of(false, true)) {
            Thread thread = new Thread(() -> {
                try {
                    while (left.get() > 0) {
                        if (helps && !poller.hasBacklog()) {
                            LockSupport.parkNanos(LOOK_NANOS);
                        } else if (left.addAndGet(-poller.pollOnce()) <= 0) {
                            ended.countDown();
                        }
                    }
                } catch (IOException | InterruptedException | RuntimeException e) {
                    failure.set(e);
                    ended.countDown();
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
        ended.await();
        if (failure.get() != null) {
            throw new IOException("a poller failed", failure.get());
        }
    }

    private static void measure(List<String> bodies, Figures figures, Draining draining) throws Exception {
        long cpu = SYSTEM.getProcessCpuTime();
        long wall = System.nanoTime();
        draining.drain();
        wall = System.nanoTime() - wall;
        cpu = SYSTEM.getProcessCpuTime() - cpu;
        figures.perSecond().add(bodies.size() / (wall / 1e9));
        figures.cpuMicros().add(cpu / 1e3 / bodies.size());
    }

    private static void tell(Report report, List<Figures> ours, List<Figures> bare) {
        List<Integer> sizes = SIZES.stream().map(Size::events).toList();
        report.table(
                List.of(
                        "events",
                        "stored a second",
                        "only received and deleted",
                        "ratio",
                        "µs of processor each",
                        "of those that store nothing"),
                IntStream.range(0, sizes.size())
                        .mapToObj(i -> List.of(
                                Report.number(sizes.get(i)),
                                ours.get(i).perSecond().toString(),
                                bare.get(i).perSecond().toString(),
                                ours.get(i)
                                        .perSecond()
                                        .over(bare.get(i).perSecond())
                                        .toString(),
                                ours.get(i).cpuMicros().toString(),
                                bare.get(i).cpuMicros().toString()))
                        .toList());
        report.chart(
                "outcomes",
                Chart.plain("Outcomes a second", "events", "events a second")
                        .line("Mailroom", sizes, medians(ours))
                        .line("receive and delete only", sizes, medians(bare)));
        int last = sizes.size() - 1;
        report.goal(
                "%,d events: speed over that of a loop that stores nothing".formatted(sizes.get(last)),
                ours.get(last).perSecond().over(bare.get(last).perSecond()).median(),
                Bound.AT_LEAST,
                GOAL);
    }

    private static List<Double> medians(List<Figures> figures) {
        return figures.stream().map(each -> each.perSecond().median()).toList();
    }

    /** What has to stand in the workspace in the end. */
    private static final class Settled {
        private final List<Long> plans = new ArrayList<>();
        private long events;
        private long delivered;
        private long bounced;
        private long left;
    }

    private static void check(Report report, TestWorkspace workspace, Settled settled) {
        long stored = workspace.number("SELECT count(*) FROM message_events");
        report.check(
                "each of %,d events is stored once (%,d)".formatted(settled.events, stored), stored == settled.events);
        long delivered = workspace.number("SELECT count(*) FROM messages WHERE state = 'DELIVERED'");
        long bounced = workspace.number("SELECT count(*) FROM messages WHERE state = 'BOUNCED'");
        report.check(
                "%,d messages stand as delivered and %,d as bounced (%,d and %,d)"
                        .formatted(settled.delivered, settled.bounced, delivered, bounced),
                delivered == settled.delivered && bounced == settled.bounced);
        long quarantined = workspace.number("SELECT count(*) FROM quarantined_events");
        report.check(
                "nothing is in quarantine (%d) and nothing left in the queue (%d)".formatted(quarantined, settled.left),
                quarantined == 0 && settled.left == 0);
        boolean same = true;
        try {
            workspace.assertTotalsEqualRecount();
        } catch (AssertionError e) {
            report.note("```\n" + e.getMessage() + "\n```");
            same = false;
        }
        report.check("the counts kept for %d mailings are those of a recount".formatted(settled.plans.size()), same);
    }

    /** A mailing that was accepted, and the events of its messages: as many as asked for, repetitions among them. */
    private static List<String> bodies(TestWorkspace workspace, int events, Random random, Settled settled) {
        int different = (int) (events * (1 - TWICE));
        int messages = (different + 1) / 2;
        long first = workspace.number("SELECT coalesce(max(id), 0) + 1 FROM messages");
        long plan = workspace.running(messages);
        workspace.execute("UPDATE messages SET state = 'ACCEPTED', attempts = 1, claimed_at = 0, accepted_at = 0,"
                + " provider_id = printf('0107%032x-000000', id) WHERE plan_id = " + plan);
        workspace.results.recount(plan);
        settled.plans.add(plan);
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < different; i++) {
            long message = first + i / 2;
            if (i % 2 == 0) {
                bodies.add(body(message, plan, "Send", random));
            } else {
                boolean bounces = random.nextDouble() < BOUNCES;
                bodies.add(body(message, plan, bounces ? "Bounce" : "Delivery", random));
                settled.bounced += bounces ? 1 : 0;
                settled.delivered += bounces ? 0 : 1;
            }
        }
        settled.events += different;
        while (bodies.size() < events) {
            bodies.add(bodies.get(random.nextInt(different)));
        }
        Collections.shuffle(bodies, random);
        return bodies;
    }

    /** An event as SES publishes it through SNS, with the headers of a mail of ours. */
    private static String body(long message, long plan, String type, Random random) {
        String reader = "reader" + message + "@example.com";
        String at = Instant.ofEpochSecond(1_767_225_600 + message % 3_600).toString();
        ObjectNode event = MAPPER.createObjectNode().put("eventType", type);
        ObjectNode mail = event.putObject("mail")
                .put("timestamp", at)
                .put("source", "News <news@example.com>")
                .put("sourceArn", "arn:aws:ses:eu-central-1:123456789012:identity/example.com")
                .put("sendingAccountId", "123456789012")
                .put("messageId", "0107%032x-000000".formatted(message))
                .put("headersTruncated", false);
        mail.putArray("destination").add(reader);
        ArrayNode headers = mail.putArray("headers");
        header(headers, "From", "News <news@example.com>");
        header(headers, "To", reader);
        header(headers, "Subject", "What is new with us this month, and what is to come");
        header(headers, "MIME-Version", "1.0");
        header(
                headers,
                "Content-Type",
                "multipart/alternative; boundary=\"----=_Part_%x\"".formatted(random.nextLong()));
        header(
                headers,
                "List-Unsubscribe",
                "<https://links.example.com/u/%016x%016x>".formatted(random.nextLong(), random.nextLong()));
        header(headers, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        ObjectNode common = mail.putObject("commonHeaders")
                .put("messageId", "0107%032x-000000".formatted(message))
                .put("subject", "What is new with us this month, and what is to come");
        common.putArray("from").add("News <news@example.com>");
        common.putArray("to").add(reader);
        ObjectNode tags = mail.putObject("tags");
        tags.putArray("ses:operation").add("SendEmail");
        tags.putArray("ses:configuration-set").add("mailroom-evidence");
        tags.putArray("ses:source-ip").add("203.0.113.25");
        tags.putArray("ses:from-domain").add("example.com");
        tags.putArray("ses:caller-identity").add("mailroom");
        tags.putArray("ses:outgoing-ip").add("203.0.113.77");
        tags.putArray(SesEventParser.MESSAGE_TAG).add(WORKSPACE.tag(message));
        tags.putArray(SesEventParser.PLAN_TAG).add(WORKSPACE.tag(plan));
        switch (type) {
            case "Delivery" ->
                event.putObject("delivery")
                        .put("timestamp", at)
                        .put("processingTimeMillis", 546)
                        .put("smtpResponse", "250 2.6.0 Message received and queued for delivery")
                        .put("reportingMTA", "mta.example.net")
                        .putArray("recipients")
                        .add(reader);
            case "Bounce" ->
                event.putObject("bounce")
                        .put("timestamp", at)
                        .put("bounceType", "Permanent")
                        .put("bounceSubType", "General")
                        .put("feedbackId", "%032x".formatted(message))
                        .putArray("bouncedRecipients")
                        .addObject()
                        .put("emailAddress", reader)
                        .put("action", "failed")
                        .put("status", "5.1.1")
                        .put("diagnosticCode", "smtp; 550 5.1.1 user unknown");
            default -> event.putObject("send");
        }
        return MAPPER.createObjectNode()
                .put("Type", "Notification")
                .put("MessageId", "%016x-%016x".formatted(random.nextLong(), random.nextLong()))
                .put("TopicArn", "arn:aws:sns:eu-central-1:123456789012:mailroom-events")
                .put("Subject", "Amazon SES Email Event Notification")
                .put("Message", event.toString())
                .put("Timestamp", at)
                .put("SignatureVersion", "1")
                .put("Signature", "%0344x".formatted(0))
                .put("SigningCertURL", "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService.pem")
                .put("UnsubscribeURL", "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe")
                .toString();
    }

    private static void header(ArrayNode headers, String name, String value) {
        headers.addObject().put("name", name).put("value", value);
    }
}
