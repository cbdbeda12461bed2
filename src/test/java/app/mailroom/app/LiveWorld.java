package app.mailroom.app;

import app.mailroom.aws.CutLine;
import app.mailroom.aws.LocalSqs;
import app.mailroom.aws.SesStub;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.FieldValues;
import app.mailroom.store.PlanStore;
import app.mailroom.store.ResultsStore;
import app.mailroom.store.StagedRow;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * A workspace in live mode with everything around it: a server that answers as SES does, a real server of the SQS
 * protocol, and in between what SNS would do: every accepted mail has its events, some of them twice, in no order,
 * some in an envelope.
 */
final class LiveWorld implements AutoCloseable {
    private static final int TWICE_IN_A_HUNDRED = 10;
    /** What stands in the environment of a process that sends here. */
    static final Map<String, String> KEYS =
            Map.of("AWS_ACCESS_KEY_ID", "AKIDTEST", "AWS_SECRET_ACCESS_KEY", "a secret that nobody sees");

    private static final ObjectMapper MAPPER = new ObjectMapper();

    final SesStub ses = SesStub.start();
    final LocalSqs sqs = LocalSqs.start();
    final CutLine lineToSqs;
    final Mailroom mailroom;
    final String queueUrl;
    private final Path folder;
    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final AtomicLong eventsMade = new AtomicLong();
    /** Of all events, repetitions among them: those on their way to the queue. */
    private final AtomicLong underWay = new AtomicLong();

    private final Random random = new Random(3);
    private final Object release = new Object();
    private boolean held;
    private final Thread chain = new Thread(this::carryEvents, "event-chain");

    /** A world with events. */
    LiveWorld(Path folder) throws IOException {
        this(folder, true);
    }

    LiveWorld(Path folder, boolean withEvents) throws IOException {
        this(folder, withEvents, new SessionSecrets());
    }

    /** The same, with a keychain of the test's own. */
    LiveWorld(Path folder, boolean withEvents, SecretStore secrets) throws IOException {
        this.folder = folder;
        lineToSqs = new CutLine(sqs.endpoint());
        queueUrl = sqs.createQueue("mailroom-test");
        mailroom = Mailroom.open(Workspace.in(folder), Clock.systemUTC(), Surroundings.EMPTY, id -> secrets);
        mailroom.settings.putAll(Map.of(
                "mode", "live",
                "account.sign_in", "off",
                "aws.region", "eu-central-1",
                "aws.endpoint_ses", ses.endpoint(),
                "aws.endpoint_sqs", lineToSqs.endpoint(),
                "aws.configuration_set", "mailroom-test",
                "aws.queue_url", queueUrl,
                "aws.answer_timeout_ms", "5000"));
        mailroom.amazon.keepKeys("AKIDTEST", "a secret that nobody sees");
        if (withEvents) {
            ses.onAccepted(this::makeEvents);
        }
        chain.setDaemon(true);
        chain.start();
    }

    /**
     * A process of its own that sends what is due here, with the keys in its environment. From the first one on this process
     * itself can no longer send.
     */
    MailroomProcess startSender(
            Path output, List<String> jvmArguments, Map<String, String> environment, String... command)
            throws IOException {
        mailroom.settings.put("aws.credentials", "DEFAULT_CHAIN");
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(KEYS);
        return MailroomProcess.start(folder, output, jvmArguments, all, command);
    }

    /** How many different events were made; some were sent twice. */
    long eventsMade() {
        return eventsMade.get();
    }

    /** Whether every event that was made has been taken from the queue. */
    boolean allEventsTaken() {
        return underWay.get() == 0 && sqs.count(queueUrl) == 0;
    }

    /** A running plan to so many people, without the checks that ask SES about the sender. */
    long plan(int people) {
        return plan(people, true);
    }

    /** The same, of which openings and clicks may be counted or not. */
    long plan(int people, boolean tracked) {
        return plan(people, tracked, "<html><body><p>Hello {{name}}</p></body></html>", List.of());
    }

    /** The same, with its HTML and the links in it. */
    long plan(int people, boolean tracked, String html, List<String> links) {
        String name = "people " + mailroom.recipients.lists().size();
        long list = mailroom.recipients.begin(name, "test", List.of(new RecipientColumn(0, 0, "name", "name")));
        mailroom.recipients.append(
                list,
                IntStream.range(0, people)
                        .mapToObj(i -> {
                            String address = (i % 50 == 7 ? "bounce" : "reader") + i + "@example.com";
                            return new StagedRow(address, address, FieldValues.toJson(List.of("Reader " + i)));
                        })
                        .toList());
        mailroom.recipients.finish(list);
        long template =
                mailroom.templates.create("letter to " + name, new TemplateContent("Hello {{name}}", "", html), "test");
        long version = mailroom.templates.find(template).orElseThrow().newest().id();
        return mailroom.plans.create(
                new PlanStore.NewPlan(
                        "live",
                        version,
                        list,
                        name,
                        "news@example.com",
                        "News",
                        "",
                        new PlanTiming(Instant.now(), "UTC", SendingRules.NONE),
                        tracked,
                        World.LIVE,
                        List.of()),
                mailroom.recipients.columns(list),
                links);
    }

    /** How many events of a plan are stored, by a look of its own at the file. */
    long eventsStored(long plan) {
        String question =
                "SELECT count(*) FROM message_events e JOIN messages m ON m.id = e.message_id WHERE m.plan_id = "
                        + plan;
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mailroom.sqlite"));
                Statement statement = file.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether what is kept of a plan equals what is counted from its messages and events. */
    boolean keptEqualsRecount(long plan) {
        List<Object> kept = kept(plan);
        try (Database database =
                Database.open(Workspace.in(folder).database(), Database.Schema.WORKSPACE, Clock.systemUTC())) {
            new ResultsStore(database).recount(plan);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return kept.equals(kept(plan));
    }

    private List<Object> kept(long plan) {
        ResultsStore results = mailroom.results;
        return List.of(
                results.of(plan).orElseThrow(),
                results.domains(plan, Integer.MAX_VALUE),
                results.hours(plan),
                results.links(plan));
    }

    /** Whether every event that was made is stored once, and none was put aside. */
    boolean everyEventOnce(long plan) {
        return eventsStored(plan) == eventsMade()
                && mailroom.outcomes.quarantined(1).isEmpty();
    }

    /** Keeps events on their way to the queue for now, or no longer. */
    void holdEvents(boolean hold) {
        synchronized (release) {
            held = hold;
            release.notifyAll();
        }
    }

    private void awaitRelease() throws InterruptedException {
        synchronized (release) {
            while (held) {
                release.wait();
            }
        }
    }

    /** Makes the events of an accepted mail, whether it had some before or not. */
    void makeEvents(SesStub.Accepted mail) {
        boolean bounces = mail.recipient().startsWith("bounce");
        make(mail, "Send");
        make(mail, bounces ? "Bounce" : "Delivery");
    }

    private void make(SesStub.Accepted mail, String type) {
        String body = event(mail, type);
        eventsMade.incrementAndGet();
        underWay.incrementAndGet();
        events.add(body);
        synchronized (random) {
            if (random.nextInt(100) < TWICE_IN_A_HUNDRED) {
                underWay.incrementAndGet();
                events.add(body);
            }
        }
    }

    private void carryEvents() {
        List<String> waiting = new ArrayList<>();
        while (!Thread.currentThread().isInterrupted()) {
            try {
                awaitRelease();
                String first = events.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    waiting.add(first);
                    events.drainTo(waiting, 300);
                    Collections.shuffle(waiting, random);
                    // Some stay behind, so that a mail's second event comes well before its first.
                    int now = Math.max(1, waiting.size() - 50);
                    send(waiting.subList(0, now));
                } else if (!waiting.isEmpty()) {
                    send(waiting);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void send(List<String> bodies) {
        sqs.send(queueUrl, bodies);
        underWay.addAndGet(-bodies.size());
        bodies.clear();
    }

    private String event(SesStub.Accepted mail, String type) {
        ObjectNode event = MAPPER.createObjectNode().put("eventType", type);
        ObjectNode about = event.putObject("mail");
        about.put("timestamp", Instant.now().toString()).put("messageId", mail.messageId());
        about.putArray("destination").add(mail.recipient());
        ObjectNode tags = about.putObject("tags");
        tags.putArray("mailroom-message").add(mail.messageTag());
        tags.putArray("mailroom-plan").add(mail.planTag());
        ObjectNode what = event.putObject(type.toLowerCase(Locale.ROOT));
        if (!type.equals("Send")) {
            what.put("timestamp", Instant.now().toString());
        }
        if (type.equals("Bounce")) {
            what.put("bounceType", "Permanent").put("bounceSubType", "General");
            what.putArray("bouncedRecipients").addObject().put("emailAddress", mail.recipient());
        }
        boolean enveloped;
        synchronized (random) {
            enveloped = random.nextInt(3) == 0;
        }
        return enveloped
                ? MAPPER.createObjectNode()
                        .put("Type", "Notification")
                        .put("MessageId", UUID.randomUUID().toString())
                        .put("TopicArn", "arn:aws:sns:eu-central-1:123456789012:mailroom-test")
                        .put("Message", event.toString())
                        .put("Timestamp", Instant.now().toString())
                        .toString()
                : event.toString();
    }

    @Override
    public void close() {
        chain.interrupt();
        mailroom.close();
        lineToSqs.close();
        ses.close();
        sqs.close();
    }
}
