package app.mailroom.store;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.MessageHits;
import app.mailroom.model.MessageHits.Hit;
import app.mailroom.model.MessageState;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.outcome.HitJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a workspace as it looks after much mail was sent: one large mailing, ten small ones, and about three events a
 * message, always the same for the same seed. Messages and events are written past the stores, for that is a matter of a
 * minute or two, judged by the real rules, and counted by {@link ResultsStore#recount}. Bodies of events are a tenth as
 * long as those of Amazon. Run by {@code src/test/sh/results-workspace.sh}.
 */
public final class ResultsWorkspace {
    /** When the large mailing began. */
    static final Instant BEGUN = Instant.parse("2026-03-02T00:00:00Z");

    private static final int SMALL_MAILINGS = 10;
    private static final int BATCH = 20_000;
    private static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0 Safari/537.36";
    private static final String GMAIL =
            "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
    private static final String SCANNER = "Mozilla/5.0 (compatible; Barracuda Sentinel (EE))";
    private static final List<String> LINKS = List.of(
            "https://shop.example/spring",
            "https://shop.example/new",
            "https://shop.example/coupon?code={{code}}",
            "https://shop.example/spring",
            "https://shop.example/stores",
            "https://shop.example/about",
            "https://shop.example/terms");
    private static final String[] DOMAINS = {
        "gmail.com",
        "naver.com",
        "hanmail.net",
        "daum.net",
        "outlook.com",
        "yahoo.com",
        "icloud.com",
        "kakao.com",
        "nate.com"
    };
    private static final double[] SHARES = {0.34, 0.60, 0.65, 0.69, 0.74, 0.78, 0.82, 0.85, 0.87};
    private static final String[] NAMES = {
        "minjun", "seoyeon", "jihoon", "hayoon", "dohyun", "jiwoo", "anna", "peter", "maria", "john", "yuna", "sora"
    };

    private final Connection connection;
    private final SplittableRandom random;
    private long messageId;

    private ResultsWorkspace(Connection connection, long seed) {
        this.connection = connection;
        this.random = new SplittableRandom(seed);
    }

    /** Arguments: the folder, which must not exist; how many messages; the seed. */
    public static void main(String[] args) throws IOException, SQLException {
        long begun = System.nanoTime();
        Path folder = Path.of(args[0]);
        Files.createDirectory(folder);
        int messages = Integer.parseInt(args[1]);
        make(folder.resolve("mailroom.sqlite"), messages, Long.parseLong(args[2]));
        System.out.printf(
                "%,d messages in the large mailing, made in %d s%n",
                messages, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    /**
     * Makes the file.
     *
     * @param messages in the large mailing; the small ones have a thousandth of it each, at least ten
     * @return the id of the large mailing
     */
    static long make(Path file, int messages, long seed) throws SQLException {
        Clock clock = Clock.fixed(BEGUN.plus(Duration.ofDays(30)), java.time.ZoneOffset.UTC);
        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            List<Long> plans = new ArrayList<>();
            for (int i = 0; i <= SMALL_MAILINGS; i++) {
                plans.add(plan(database, clock, i));
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                try (var statement = connection.createStatement()) {
                    statement.execute("PRAGMA cache_size = -600000");
                    statement.execute("PRAGMA synchronous = OFF");
                }
                ResultsWorkspace workspace = new ResultsWorkspace(connection, seed);
                for (int i = 0; i <= SMALL_MAILINGS; i++) {
                    int size = i == SMALL_MAILINGS ? messages : Math.max(10, messages / 1_000);
                    workspace.fill(plans.get(i), size, BEGUN.minus(Duration.ofDays(3L * (SMALL_MAILINGS - i))));
                }
            }
            ResultsStore results = new ResultsStore(database);
            plans.forEach(results::recount);
            return plans.get(SMALL_MAILINGS);
        }
    }

    private static long plan(Database database, Clock clock, int number) {
        RecipientStore recipients = new RecipientStore(database, clock);
        List<RecipientColumn> columns = List.of(
                new RecipientColumn(0, 0, "E-Mail", "email"),
                new RecipientColumn(1, 1, "Name", "name"),
                new RecipientColumn(2, 2, "Code", "code"));
        long list = recipients.begin("Readers " + number, "generator", columns);
        recipients.finish(list);
        TemplateStore templates = new TemplateStore(database, clock);
        StringBuilder html = new StringBuilder("<p>Dear {{name}}</p>");
        LINKS.forEach(link -> html.append("<p><a href=\"").append(link).append("\">here</a></p>"));
        long template = templates.create(
                "Letter " + number, new TemplateContent("News " + number, "", html.toString()), "generator");
        return new PlanStore(database, clock)
                .create(
                        new PlanStore.NewPlan(
                                "Newsletter " + number,
                                templates.find(template).orElseThrow().newest().id(),
                                list,
                                "Readers " + number,
                                "news@shop.example",
                                "Shop",
                                "",
                                new PlanTiming(BEGUN, "Asia/Seoul", SendingRules.NONE),
                                true,
                                World.PRACTICE,
                                List.of()),
                        columns,
                        LINKS);
    }

    private void fill(long planId, int messages, Instant from) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement insertMessage = connection.prepareStatement(
                        "INSERT INTO messages (id, plan_id, address, address_key, field_values, state, not_before,"
                                + " attempts, provider_id, reason, detail, claimed_at, accepted_at, delivered_at,"
                                + " opened_at, clicked_at, machine_opened_at, machine_clicked_at, unsubscribed_at,"
                                + " updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
                PreparedStatement insertEvent = connection.prepareStatement(
                        "INSERT INTO message_events (message_id, kind, fingerprint, occurred_at, received_at, reason,"
                                + " detail, link, body, judged_as, rule, rules_version, link_number)"
                                + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)");
                PreparedStatement finish = connection.prepareStatement(
                        "UPDATE plans SET state = 'SENT', started_at = ?, finished_at = ? WHERE id = ?")) {
            Instant sentAt = from;
            for (int i = 0; i < messages; i++) {
                messageId++;
                sentAt = sentAt.plusMillis(random.nextInt(20));
                String address =
                        NAMES[random.nextInt(NAMES.length)] + (char) ('a' + random.nextInt(26)) + i + "@" + domain();
                Life life = new Life(sentAt);
                life.live();
                life.write(insertMessage, planId, address);
                life.writeEvents(insertEvent);
                if (i % BATCH == BATCH - 1) {
                    insertMessage.executeBatch();
                    insertEvent.executeBatch();
                }
            }
            insertMessage.executeBatch();
            insertEvent.executeBatch();
            finish.setLong(1, from.toEpochMilli());
            finish.setLong(2, sentAt.toEpochMilli());
            finish.setLong(3, planId);
            finish.executeUpdate();
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private String domain() {
        double share = random.nextDouble();
        for (int i = 0; i < SHARES.length; i++) {
            if (share < SHARES[i]) {
                return DOMAINS[i];
            }
        }
        return "company" + (int) (2_000 * random.nextDouble() * random.nextDouble()) + ".example";
    }

    private record Event(
            OutcomeKind kind,
            Instant at,
            @Nullable String reason,
            @Nullable String detail,
            @Nullable String link) {}

    /** What becomes of one message. */
    private final class Life {
        private final Instant sentAt;
        private final List<Event> events = new ArrayList<>();
        private MessageState state = MessageState.ACCEPTED;
        private @Nullable String reason;
        private @Nullable String detail;
        private @Nullable Instant deliveredAt;
        private @Nullable Instant unsubscribedAt;
        private Instant updatedAt;

        Life(Instant sentAt) {
            this.sentAt = sentAt;
            this.updatedAt = sentAt;
        }

        void live() {
            double fate = random.nextDouble();
            if (fate < 0.004) {
                become(MessageState.SUPPRESSED, fate < 0.002 ? "BOUNCE" : "UNSUBSCRIBE", null);
                return;
            }
            if (fate < 0.0042) {
                become(MessageState.UNCERTAIN, "TIMEOUT", "no answer within 10 s");
                return;
            }
            event(OutcomeKind.SEND, sentAt.plusMillis(200), null, null, null);
            Instant arrival = sentAt.plusMillis(500 + random.nextInt(4_000));
            if (fate < 0.0172) {
                bounced(arrival, "Permanent." + (fate < 0.010 ? "General" : "NoEmail"), "smtp; 550 5.1.1 user unknown");
            } else if (fate < 0.0252) {
                bounced(
                        arrival,
                        "Transient." + (fate < 0.022 ? "MailboxFull" : "ContentRejected"),
                        "smtp; 452 4.2.2 mailbox full");
            } else if (fate < 0.0254) {
                event(OutcomeKind.REJECT, arrival, "Reject.Bad content", null, null);
                become(MessageState.REJECTED, "Reject.Bad content", null);
            } else if (fate < 0.028) {
                event(OutcomeKind.DELIVERY_DELAY, arrival, "Delay.MailboxFull", "452 4.2.2", null);
                become(MessageState.DELAYED, "Delay.MailboxFull", "452 4.2.2");
            } else {
                delivered(arrival);
            }
        }

        private void delivered(Instant arrival) {
            event(OutcomeKind.DELIVERY, arrival, null, "250 2.0.0 OK", null);
            become(MessageState.DELIVERED, null, null);
            deliveredAt = arrival;
            if (random.nextDouble() < 0.20) {
                hit(OutcomeKind.OPEN, arrival.plusSeconds(20 + random.nextInt(40_000)), "Mozilla/5.0", null);
            }
            if (random.nextDouble() < 0.03) {
                for (int link : new int[] {0, 1, 4, 5}) {
                    hit(OutcomeKind.CLICK, arrival.plusMillis(900 + 150L * link), SCANNER, LINKS.get(link));
                }
            }
            if (random.nextDouble() < 0.31) {
                read(arrival);
            }
            if (random.nextDouble() < 0.0008) {
                Instant at = arrival.plusSeconds(600 + random.nextInt(200_000));
                event(OutcomeKind.COMPLAINT, at, "Complaint.abuse", null, null);
                become(MessageState.COMPLAINED, "Complaint.abuse", null);
            }
        }

        private void read(Instant arrival) {
            // Most read within a day; some take a week.
            Instant at = arrival.plusSeconds(60 + (long) (-40_000 * Math.log(1 - random.nextDouble())));
            String agent = random.nextDouble() < 0.4 ? GMAIL : BROWSER;
            for (int looks = 1 + random.nextInt(3); looks > 0; looks--) {
                hit(OutcomeKind.OPEN, at, agent, null);
                at = at.plusSeconds(30 + random.nextInt(90_000));
            }
            if (random.nextDouble() < 0.17) {
                int link = random.nextInt(LINKS.size());
                hit(OutcomeKind.CLICK, at, BROWSER, LINKS.get(link).replace("{{code}}", "C" + random.nextInt(90_000)));
                if (random.nextDouble() < 0.04) {
                    unsubscribedAt = at.plusSeconds(40);
                    event(OutcomeKind.UNSUBSCRIBE, at.plusSeconds(40), null, null, null);
                }
            }
        }

        private void bounced(Instant at, String why, String said) {
            event(OutcomeKind.BOUNCE, at, why, said, null);
            become(MessageState.BOUNCED, why, said);
        }

        private void become(MessageState to, @Nullable String why, @Nullable String said) {
            state = to;
            reason = why;
            detail = said;
        }

        private void hit(OutcomeKind kind, Instant at, String agent, @Nullable String link) {
            event(kind, at, null, agent, link);
        }

        private void event(
                OutcomeKind kind, Instant at, @Nullable String why, @Nullable String said, @Nullable String link) {
            events.add(new Event(kind, at, why, said, link));
            updatedAt = at;
        }

        private List<Event> hits() {
            return events.stream()
                    .filter(event -> event.kind() == OutcomeKind.OPEN || event.kind() == OutcomeKind.CLICK)
                    .toList();
        }

        private List<HitVerdict> verdicts() {
            return HitJudge.RULES
                    .judging()
                    .apply(new MessageHits(
                            Optional.ofNullable(deliveredAt),
                            hits().stream()
                                    .map(hit -> new Hit(hit.kind(), hit.at(), hit.detail(), hit.link(), Set.of()))
                                    .toList()));
        }

        private @Nullable Instant first(OutcomeKind kind, boolean machine) {
            List<Event> hits = hits();
            List<HitVerdict> verdicts = verdicts();
            Instant first = null;
            for (int i = 0; i < hits.size(); i++) {
                Instant at = hits.get(i).at();
                if (hits.get(i).kind() == kind
                        && (verdicts.get(i).by() == HitVerdict.By.MACHINE) == machine
                        && (first == null || at.isBefore(first))) {
                    first = at;
                }
            }
            return first;
        }

        void write(PreparedStatement row, long planId, String address) throws SQLException {
            boolean taken = !events.isEmpty();
            row.setLong(1, messageId);
            row.setLong(2, planId);
            row.setString(3, address);
            row.setString(4, address);
            row.setString(5, FieldValues.toJson(List.of(address, "Reader " + messageId, "C" + messageId)));
            row.setString(6, state.name());
            row.setLong(7, sentAt.toEpochMilli());
            row.setInt(8, state == MessageState.SUPPRESSED ? 0 : 1);
            row.setString(9, taken ? String.format("0102%016x", random.nextLong()) : null);
            row.setString(10, reason);
            row.setString(11, detail);
            time(row, 12, sentAt);
            time(row, 13, taken ? sentAt : null);
            time(row, 14, deliveredAt);
            time(row, 15, first(OutcomeKind.OPEN, false));
            time(row, 16, first(OutcomeKind.CLICK, false));
            time(row, 17, first(OutcomeKind.OPEN, true));
            time(row, 18, first(OutcomeKind.CLICK, true));
            time(row, 19, unsubscribedAt);
            time(row, 20, updatedAt);
            row.addBatch();
        }

        void writeEvents(PreparedStatement row) throws SQLException {
            List<Event> hits = hits();
            List<HitVerdict> verdicts = verdicts();
            for (Event event : events) {
                int hit = hits.indexOf(event);
                row.setLong(1, messageId);
                row.setString(2, event.kind().name());
                row.setString(3, String.format("%016x%016x", random.nextLong(), random.nextLong()));
                time(row, 4, event.at());
                time(row, 5, event.at().plusSeconds(1));
                row.setString(6, event.reason());
                row.setString(7, event.detail());
                row.setString(8, event.link());
                row.setString(9, body(event));
                row.setString(10, hit < 0 ? null : verdicts.get(hit).by().name());
                row.setString(11, hit < 0 ? null : verdicts.get(hit).rule());
                number(row, 12, hit < 0 ? null : HitJudge.RULES.version());
                number(row, 13, event.link() == null ? null : link(event.link()));
                row.addBatch();
            }
        }

        private String body(Event event) {
            return "{\"eventType\":\"" + event.kind() + "\",\"mail\":{\"timestamp\":\"" + sentAt
                    + "\",\"source\":\"news@shop.example\",\"tags\":{\"mailroom-message\":[\"" + messageId
                    + "\"]}},\"at\":\"" + event.at() + "\",\"made\":\"by the generator of results\"}";
        }
    }

    private static int link(String url) {
        return Stream.iterate(0, i -> i < LINKS.size(), i -> i + 1)
                        .filter(i -> LINKS.get(i).equals(url) || (i == 2 && url.contains("/coupon")))
                        .findFirst()
                        .orElse(-1)
                + 1;
    }

    private static void time(PreparedStatement row, int parameter, @Nullable Instant at) throws SQLException {
        if (at == null) {
            row.setNull(parameter, Types.INTEGER);
        } else {
            row.setLong(parameter, at.toEpochMilli());
        }
    }

    private static void number(PreparedStatement row, int parameter, @Nullable Integer number) throws SQLException {
        if (number == null) {
            row.setNull(parameter, Types.INTEGER);
        } else {
            row.setInt(parameter, number);
        }
    }
}
