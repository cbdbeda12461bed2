package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.HitSign;
import app.mailroom.model.HitVerdict;
import app.mailroom.model.Measure;
import app.mailroom.model.Outcome;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.SendResult;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.HitJudge;
import app.mailroom.outcome.HitJudge.Rule;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.outcome.SesEventParser.Understood;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What our relay reports, from the text in the queue to the counts. */
class RelayHitsTest {
    private static final WorkspaceId ID = new WorkspaceId("workspace01");
    private static final String ONE = "https://a.example/";
    private static final String TWO = "https://b.example/";

    @TempDir
    Path folder;

    @Nested
    class OfAMailing {
        private final SesEventParser parser = new SesEventParser(ID);
        private TestWorkspace workspace;
        private long plan;
        private List<ClaimedMessage> messages;
        private int hits;

        @BeforeEach
        void open() {
            workspace = new TestWorkspace(folder);
            long sender = workspace.delivery.register("this one");
            plan = workspace.running(List.of("a@gmail.com", "b@gmail.com"));
            workspace.execute("INSERT INTO links (plan_id, number, url) VALUES (" + plan + ", 1, '" + ONE + "'), ("
                    + plan + ", 2, '" + TWO + "'), (" + plan + ", 3, '" + ONE + "')");
            messages = workspace.delivery.claim(sender, plan, 10);
            messages.forEach(
                    message -> workspace.record(message, sender, new SendResult.Accepted("ses-" + message.id())));
        }

        @AfterEach
        void recountAndClose() {
            workspace.assertTotalsEqualRecount();
            workspace.close();
        }

        private void reported(OutcomeStore outcomes, int message, String kind, String link, int number, String signs) {
            String body = "{\"mailroomEvent\":\"" + kind + "\",\"id\":\"hit-" + hits++ + "\",\"tag\":\""
                    + ID.tag(messages.get(message).id()) + "\",\"timestamp\":\"2026-03-01T10:00:00Z\",\"link\":\""
                    + link
                    + "\",\"number\":" + number
                    + ",\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0\",\"signs\":[" + signs + "]}";
            Outcome outcome = ((Understood) parser.read(body)).outcome();
            outcomes.settle(List.of(outcome), List.of());
        }

        private void reported(int message, String kind, String link, int number, String signs) {
            reported(workspace.outcomes, message, kind, link, number, signs);
        }

        private long count(Measure measure) {
            return workspace.plans.totals(plan).of(measure);
        }

        @Test
        void aClickCountsForTheLinkOfItsNumberAndOtherwiseByWhereItLeads() {
            reported(0, "Click", ONE, 3, "");
            reported(0, "Click", ONE, 9, "");
            reported(1, "Click", TWO, 0, "");

            assertThat(workspace.results.links(plan))
                    .containsExactlyInAnyOrder(
                            new OfLink(1, ONE, 1, 0, 1, 0),
                            new OfLink(2, TWO, 1, 0, 1, 0),
                            new OfLink(3, ONE, 1, 0, 1, 0));
        }

        @Test
        void signsAreKeptWithTheHitAndShowAMachine() {
            reported(0, "Open", "", 0, "\"HEAD\",\"NO_LANGUAGE\"");
            reported(1, "Open", "", 0, "");

            assertThat(workspace.messages.events(messages.get(0).id()))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.signs()).containsExactlyInAnyOrder(HitSign.HEAD, HitSign.NO_LANGUAGE);
                        assertThat(event.verdict()).isEqualTo(Rule.HEAD_REQUEST.verdict());
                    });
            assertThat(workspace.messages.events(messages.get(1).id()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.signs()).isEmpty());
            assertThat(count(Measure.OPENED)).isEqualTo(1);
            assertThat(count(Measure.OPENED_BY_MACHINES)).isEqualTo(1);
        }

        @Test
        void hitsThatOlderRulesJudgedAreJudgedAnewByTheirSignsAndKeepTheirLinks() {
            HitVerdict person = Rule.NO_SIGN_OF_A_MACHINE.verdict();
            OutcomeStore older = new OutcomeStore(
                    workspace.database,
                    workspace.clock,
                    new HitRules(
                            1, all -> all.hits().stream().map(hit -> person).toList()));
            reported(older, 0, "Click", ONE, 3, "\"PREFETCH\"");
            assertThat(count(Measure.CLICKED)).isEqualTo(1);

            assertThat(workspace.outcomes.judgeAnew(10)).isEqualTo(1);

            assertThat(count(Measure.CLICKED)).isZero();
            assertThat(count(Measure.CLICKED_BY_MACHINES)).isEqualTo(1);
            assertThat(workspace.results.links(plan)).contains(new OfLink(3, ONE, 0, 1, 0, 1));
        }

        @Test
        void whoLeavesIsNotMailedAgain() {
            reported(0, "Unsubscribe", "", 0, "");

            assertThat(workspace.suppressions.list("", 10)).singleElement().satisfies(suppression -> {
                assertThat(suppression.address()).isEqualTo(messages.get(0).address());
                assertThat(suppression.reason()).isEqualTo("UNSUBSCRIBE");
            });
            assertThat(count(Measure.UNSUBSCRIBED)).isEqualTo(1);
        }
    }

    @Test
    void whatWasKeptBeforeThereWasARelayHasNoSignsAndIsJudgedByTheNewRules() throws Exception {
        Path file = folder.resolve("older.sqlite");
        try (Connection connection = DriverManager.getConnection(OlderWorkspace.make(file, 9));
                Statement sql = connection.createStatement()) {
            sql.execute("INSERT INTO templates (id, name, created_at, updated_at) VALUES (1, 'letter', 1, 1)");
            sql.execute("INSERT INTO template_versions (id, template_id, number, subject, preheader, html, created_at,"
                    + " created_by) VALUES (1, 1, 1, 'Hello', '', '<p>Hello</p>', 1, 'mina')");
            sql.execute(
                    "INSERT INTO plans (id, title, template_version_id, list_name, from_address, from_name, reply_to,"
                            + " state, not_before, zone, park_count, created_at, created_by, world, frozen_at, time_set_at)"
                            + " VALUES (1, 'plan', 1, 'people', 'news@example.com', '', '', 'RUNNING', 5, 'UTC', 0, 1, 'mina',"
                            + " 'LIVE', 4, 3)");
            sql.execute("INSERT INTO messages (id, plan_id, address, address_key, field_values, state, not_before,"
                    + " attempts, updated_at, accepted_at, delivered_at, opened_at) VALUES (1, 1, 'a@x.com', 'a@x.com',"
                    + " '[]', 'DELIVERED', 5, 1, 9, 6, 7, 8)");
            sql.execute("INSERT INTO message_events (message_id, kind, fingerprint, occurred_at, received_at, detail,"
                    + " body, judged_as, rule, rules_version) VALUES (1, 'OPEN', 'f1', 99000, 99001, 'Firefox/140.0', '{}',"
                    + " 'PERSON', 'NO_SIGN_OF_A_MACHINE', 1)");
        }
        SettableClock clock = new SettableClock();

        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            OutcomeStore outcomes = new OutcomeStore(database, clock, HitJudge.RULES);
            assertThat(outcomes.judgeAnew(10)).isEqualTo(1);
            assertThat(outcomes.judgeAnew(10)).isZero();
            assertThat(new MessageStore(database, clock).events(1))
                    .singleElement()
                    .satisfies(event -> {
                        assertThat(event.signs()).isEqualTo(Set.of());
                        assertThat(event.detail()).isEqualTo("Firefox/140.0");
                        assertThat(event.verdict()).isEqualTo(Rule.NO_SIGN_OF_A_MACHINE.verdict());
                    });
        }
    }
}
