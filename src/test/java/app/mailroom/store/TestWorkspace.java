package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SentResult;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.outcome.HitJudge;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A workspace database in a file, with all its stores, and a look at it by plain JDBC that passes the stores by. */
public final class TestWorkspace implements AutoCloseable {
    static final Duration RETRY = Duration.ofSeconds(7);

    final Path file;
    public final SettableClock clock = new SettableClock();
    public final Database database;
    final RecipientStore recipients;
    public final PlanStore plans;
    public final DeliveryStore delivery;
    public final OutcomeStore outcomes;
    public final SuppressionStore suppressions;
    public final MessageStore messages;
    public final ProbeStore probes;
    public final ResultsStore results;
    private final Connection plain;
    private int made;

    public TestWorkspace(Path directory) {
        file = directory.resolve("workspace.db");
        database = Database.open(file, Database.Schema.WORKSPACE, clock);
        recipients = new RecipientStore(database, clock);
        plans = new PlanStore(database, clock);
        delivery = new DeliveryStore(database, clock, World.PRACTICE);
        outcomes = new OutcomeStore(database, clock, HitJudge.RULES);
        suppressions = new SuppressionStore(database, clock);
        messages = new MessageStore(database, clock);
        probes = new ProbeStore(database, clock);
        results = new ResultsStore(database);
        try {
            plain = DriverManager.getConnection("jdbc:sqlite:" + file);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A draft to the given addresses. */
    long draft(Instant notBefore, List<String> addresses) {
        made++;
        List<RecipientColumn> columns = List.of(new RecipientColumn(0, 0, "E-Mail", "email"));
        long list = recipients.begin("list " + made, "test", columns);
        recipients.append(
                list,
                addresses.stream()
                        .map(a -> new StagedRow(a, a.toLowerCase(Locale.ROOT), FieldValues.toJson(List.of(a))))
                        .toList());
        recipients.finish(list);
        TemplateStore templates = new TemplateStore(database, clock);
        long template = templates.create("template " + made, new TemplateContent("Hello", "", "<p>Hello</p>"), "test");
        long version = templates.find(template).orElseThrow().newest().id();
        return plans.create(
                new PlanStore.NewPlan(
                        "plan " + made,
                        version,
                        list,
                        "list " + made,
                        "news@example.com",
                        "News",
                        "",
                        new PlanTiming(notBefore, "Asia/Seoul", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()),
                columns,
                List.of());
    }

    /** A running plan to the given addresses, all of them due. */
    public long running(List<String> addresses) {
        long plan = draft(clock.instant(), addresses);
        plans.start(plan);
        plans.begin(plan);
        return plan;
    }

    public long running(int messagesInIt) {
        return running(addresses(messagesInIt));
    }

    public static List<String> addresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "reader" + i + "@example.com")
                .toList();
    }

    public ClaimedMessage claimOne(long sender, long plan) {
        List<ClaimedMessage> claimed = delivery.claim(sender, plan, 1);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    SentResult result(ClaimedMessage message, long sender, SendResult result) {
        return new SentResult(
                message.id(),
                message.planId(),
                sender,
                result,
                clock.instant(),
                clock.instant().plus(RETRY));
    }

    public void record(ClaimedMessage message, long sender, SendResult result) {
        delivery.record(List.of(result(message, sender, result)));
        assertTotalsEqualRecount();
    }

    Plan plan(long id) {
        return plans.find(id).orElseThrow();
    }

    /** The state of a plan. */
    public PlanState planState(long id) {
        return plan(id).state();
    }

    public MessageState state(long message) {
        return MessageState.valueOf(text("SELECT state FROM messages WHERE id = " + message));
    }

    public @Nullable String column(long message, String name) {
        return first("SELECT " + name + " FROM messages WHERE id = " + message);
    }

    public String text(String sql) {
        String text = first(sql);
        if (text == null) {
            throw new AssertionError("nothing there: " + sql);
        }
        return text;
    }

    public long number(String sql) {
        return Long.parseLong(text(sql));
    }

    @Nullable String first(String sql) {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = plain.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String value = rows.getString(1);
                found.add(value == null ? "" : value);
                if (value == null) {
                    return null;
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    public void execute(String sql) {
        try (PreparedStatement statement = plain.prepareStatement(sql)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Everything that is kept of a plan's results. */
    record Kept(PlanResults whole, ResultsStore.Domains domains, List<OfHour> hours, List<OfLink> links) {}

    Kept kept(long plan) {
        return new Kept(
                results.of(plan).orElseThrow(),
                results.domains(plan, Integer.MAX_VALUE),
                results.hours(plan),
                results.links(plan));
    }

    /** Counts every plan anew from its messages and events and compares that with what was kept while they changed. */
    public void assertTotalsEqualRecount() {
        long plansInAll = number("SELECT count(*) FROM plans");
        for (long plan = 1; plan <= plansInAll; plan++) {
            Map<MessageState, Long> counted = new EnumMap<>(MessageState.class);
            for (MessageState state : MessageState.values()) {
                long count = number(
                        "SELECT count(*) FROM messages WHERE plan_id = " + plan + " AND state = '" + state + "'");
                if (count > 0) {
                    counted.put(state, count);
                }
            }
            String in = " FROM messages WHERE plan_id = " + plan;
            PlanTotals totals = plans.totals(plan);
            assertThat(totals.byState()).as("states of plan %d", plan).isEqualTo(counted);
            assertThat(totals.opened()).isEqualTo(number("SELECT count(opened_at)" + in));
            assertThat(totals.clicked()).isEqualTo(number("SELECT count(clicked_at)" + in));
            assertThat(totals.unsubscribed()).isEqualTo(number("SELECT count(unsubscribed_at)" + in));
            Kept before = kept(plan);
            results.recount(plan);
            assertThat(before).as("what is kept of plan %d", plan).isEqualTo(kept(plan));
        }
    }

    @Override
    public void close() {
        database.close();
        try {
            plain.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
