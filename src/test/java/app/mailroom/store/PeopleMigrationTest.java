package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.Somebody;
import app.mailroom.model.Actor;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.PlanState;
import app.mailroom.model.Role;
import app.mailroom.model.SendResult;
import app.mailroom.model.SentResult;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace from before there were people, with mailings on their way. */
class PeopleMigrationTest {
    private static final long RUNNING = 1;
    private static final long SCHEDULED = 2;
    private static final long PAUSED = 3;
    private static final Actor MINA = Actor.local("mina");

    @Test
    void liveMailingsThatWereOnTheirWayGoOnAndNobodyHasToApproveThem(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("workspace.sqlite");
        leaveMailings(OlderWorkspace.make(file, 10));
        SettableClock clock = new SettableClock();

        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            PlanStore plans = new PlanStore(database, clock, () -> true);
            DeliveryStore delivery = new DeliveryStore(database, clock, World.LIVE);
            for (long id : List.of(RUNNING, SCHEDULED, PAUSED)) {
                assertThat(plans.find(id)).get().satisfies(plan -> {
                    assertThat(plan.approval().needed()).isFalse();
                    assertThat(plan.approval().plannedBy()).isEqualTo(MINA);
                    assertThat(plan.approval().changedBy()).isEqualTo(MINA);
                });
            }

            delivery.record(List.of(new SentResult(
                    1, RUNNING, 1, new SendResult.Accepted("provider-1"), clock.instant(), clock.instant())));
            assertThat(plans.due(World.LIVE)).containsExactly(SCHEDULED);
            assertThat(plans.begin(SCHEDULED)).isTrue();
            assertThat(delivery.sendablePlans()).containsExactly(RUNNING, SCHEDULED);
            long sender = delivery.register("this process");
            assertThat(delivery.claim(sender, RUNNING, 10))
                    .extracting(ClaimedMessage::address)
                    .containsExactly("b@example.com");
            assertThat(delivery.claim(sender, SCHEDULED, 10)).hasSize(1);

            new PlanStore(database.usedBy(Somebody.called("kim", Role.SENDER)), clock, () -> true).resume(PAUSED);
            assertThat(plans.find(PAUSED)).get().satisfies(plan -> {
                assertThat(plan.state()).isEqualTo(PlanState.RUNNING);
                assertThat(plan.awaitsApproval()).isFalse();
            });
            assertThat(new AuditStore(database, clock).newest(10))
                    .extracting(AuditEntry::action)
                    .containsExactly("MAILING_RESUMED", "MAILING_BEGUN", "CHECKED");
            assertThat(new MemberStore(database, clock).owned()).isFalse();
        }
    }

    private static void leaveMailings(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO audit (at, actor, action, subject, detail) VALUES (1, 'mina', 'CHECKED', '', '')");
            statement.execute("INSERT INTO templates (id, name, created_at, updated_at) VALUES (1, 'letter', 1, 1)");
            statement.execute("INSERT INTO template_versions (id, template_id, number, subject, preheader, html,"
                    + " created_at, created_by) VALUES (1, 1, 1, 'Hello', '', '<p>Hello</p>', 1, 'mina')");
            statement.execute(
                    "INSERT INTO senders (id, name, world, started_at, heartbeat_at) VALUES (1, 'before', 'LIVE', 1, 1)");
            plan(statement, RUNNING, "RUNNING", "4");
            plan(statement, SCHEDULED, "SCHEDULED", "NULL");
            plan(statement, PAUSED, "PAUSED", "4");
            message(statement, RUNNING, "a@example.com", "CLAIMED", "1");
            message(statement, RUNNING, "b@example.com", "PLANNED", "NULL");
            message(statement, SCHEDULED, "c@example.com", "PLANNED", "NULL");
            message(statement, PAUSED, "d@example.com", "PLANNED", "NULL");
        }
    }

    private static void plan(Statement statement, long id, String state, String startedAt) throws SQLException {
        statement.execute(
                "INSERT INTO plans (id, title, template_version_id, list_name, from_address, from_name, reply_to,"
                        + " state, not_before, zone, park_count, created_at, created_by, world, frozen_at, time_set_at, started_at,"
                        + " tracked) VALUES (" + id + ", 'Spring', 1, 'people', 'news@example.com', 'News', '', '"
                        + state
                        + "', 5, 'UTC', 0, 1, 'mina', 'LIVE', 4, 3, " + startedAt + ", 0)");
    }

    private static void message(Statement statement, long plan, String address, String state, String sender)
            throws SQLException {
        statement.execute(
                "INSERT INTO messages (plan_id, address, address_key, field_values, state, not_before, attempts,"
                        + " updated_at, sender_id) VALUES (" + plan + ", '" + address + "', '" + address + "', '[]', '"
                        + state
                        + "', 5, 1, 1, " + sender + ")");
    }
}
