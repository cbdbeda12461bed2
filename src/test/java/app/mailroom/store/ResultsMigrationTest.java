package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.PlanResults;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.model.ResultCounts.OfLink;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of what an older program had sent are counted by the migration as they would be today. */
class ResultsMigrationTest {
    private static final long HOUR = 3_600_000;

    private record Kept(PlanResults whole, ResultsStore.Domains domains, List<OfHour> hours, List<OfLink> links) {}

    @Test
    void countsWhatAnEarlierProgramHadSentAsItWouldBeCountedAnew(@TempDir Path folder) throws SQLException {
        Path file = folder.resolve("workspace.sqlite");
        String url = OlderWorkspace.make(file, 5);
        try (Connection connection = DriverManager.getConnection(url);
                Statement sql = connection.createStatement()) {
            fill(sql);
        }
        try (Database database = Database.open(file, Database.Schema.WORKSPACE, new SettableClock())) {
            ResultsStore results = new ResultsStore(database);
            for (long plan : List.of(1L, 2L)) {
                Kept migrated = kept(results, plan);

                results.recount(plan);

                assertThat(migrated).as("plan %d", plan).isEqualTo(kept(results, plan));
            }
            Kept first = kept(results, 1);
            assertThat(first.links()).extracting(OfLink::clicks).containsExactly(2L, 1L, 1L);
            assertThat(first.hours()).isNotEmpty();
            assertThat(first.whole().reasons()).hasSize(6);
            assertThat(first.domains().largest()).hasSize(4);
        }
    }

    private static Kept kept(ResultsStore results, long plan) {
        return new Kept(
                results.of(plan).orElseThrow(),
                results.domains(plan, Integer.MAX_VALUE),
                results.hours(plan),
                results.links(plan));
    }

    private static void fill(Statement sql) throws SQLException {
        sql.execute("INSERT INTO templates (id, name, created_at, updated_at) VALUES (1, 'letter', 1, 1)");
        sql.execute("INSERT INTO template_versions (id, template_id, number, subject, preheader, html, created_at,"
                + " created_by) VALUES (1, 1, 1, 'Hello', '', '<p>Hello</p>', 1, 'test')");
        for (int plan = 1; plan <= 2; plan++) {
            sql.execute(
                    "INSERT INTO plans (id, title, template_version_id, list_name, from_address, from_name, reply_to,"
                            + " state, not_before, zone, park_count, created_at, created_by, started_at) VALUES ("
                            + plan
                            + ", 'plan', 1, 'people', 'news@example.com', '', '', 'RUNNING', 1, 'UTC', 0, 1, 'test', 1)");
        }
        sql.execute("INSERT INTO links (plan_id, number, url) VALUES (1, 1, 'https://a.example/'),"
                + " (1, 2, 'https://b.example/'), (1, 3, 'https://a.example/')");
        // Number, plan, address, state, reason, accepted, unsubscribed; opened and clicked as the older program kept
        // them.
        message(sql, 1, 1, "a@gmail.com", "PLANNED", null, null, null, null, null);
        message(sql, 2, 1, "b@gmail.com", "ACCEPTED", null, HOUR, null, null, null);
        message(sql, 3, 1, "c@gmail.com", "DELIVERED", null, HOUR, 2 * HOUR, 3 * HOUR, null);
        message(sql, 4, 1, "d@naver.com", "DELIVERED", null, 2 * HOUR, null, 4 * HOUR, 5 * HOUR);
        message(sql, 5, 1, "e@naver.com", "BOUNCED", "Permanent.General", HOUR, null, null, null);
        message(sql, 6, 1, "f@naver.com", "BOUNCED", "Transient.MailboxFull", HOUR, 2 * HOUR, null, null);
        message(sql, 7, 1, "g@corp.example", "COMPLAINED", null, HOUR, null, null, null);
        message(
                sql,
                8,
                1,
                "h@corp.example",
                "COMPLAINED",
                "Complaint.OnAccountSuppressionList",
                HOUR,
                null,
                null,
                null);
        message(sql, 9, 1, "i@corp.example", "REJECTED", "RENDERING", null, null, null, null);
        message(sql, 10, 1, "j@corp.example", "UNCERTAIN", "SENDER_DIED", null, null, null, null);
        message(sql, 11, 1, "k@corp.example", "SUPPRESSED", "MANUAL", null, null, null, null);
        message(sql, 12, 1, "l@corp.example", "DELAYED", null, HOUR, null, null, null);
        message(sql, 13, 1, "erased-13", "DELIVERED", null, HOUR, null, null, null);
        message(sql, 14, 2, "a@gmail.com", "CANCELLED", "PLAN_CANCELLED", null, null, null, null);
        message(sql, 15, 2, "b@gmail.com", "DELIVERED", null, HOUR, null, null, null);
        event(sql, 2, "SEND", HOUR, null, null);
        event(sql, 3, "DELIVERY", HOUR, null, null);
        event(sql, 3, "OPEN", 2 * HOUR, null, null);
        event(sql, 3, "CLICK", 3 * HOUR, null, "https://a.example/");
        event(sql, 3, "CLICK", 3 * HOUR + 1, null, "https://a.example/");
        // A click that came before its delivery was reported, and one on what is no link of the mailing.
        event(sql, 4, "CLICK", 4 * HOUR, null, "https://b.example/");
        event(sql, 4, "CLICK", 4 * HOUR + 5, null, "https://elsewhere.example/");
        event(sql, 4, "UNSUBSCRIBE", 5 * HOUR, null, null);
        event(sql, 5, "BOUNCE", HOUR, "Permanent.General", null);
        event(sql, 6, "OPEN", 2 * HOUR, null, null);
        event(sql, 6, "BOUNCE", 3 * HOUR, "Transient.MailboxFull", null);
        event(sql, 7, "DELIVERY", HOUR, null, null);
        event(sql, 7, "COMPLAINT", 2 * HOUR, "abuse", null);
        event(sql, 8, "COMPLAINT", HOUR, "Complaint.OnAccountSuppressionList", null);
        event(sql, 9, "RENDERING_FAILURE", HOUR, "RENDERING", null);
        event(sql, 12, "DELIVERY_DELAY", HOUR, "MailboxFull", null);
        event(sql, 13, "DELIVERY", HOUR, null, null);
        event(sql, 15, "SUBSCRIPTION", HOUR, null, null);
        sql.execute("INSERT INTO plan_totals (plan_id, measure, count)"
                + " SELECT plan_id, state, COUNT(*) FROM messages GROUP BY plan_id, state");
        for (String column : List.of("opened", "clicked", "unsubscribed")) {
            sql.execute("INSERT INTO plan_totals (plan_id, measure, count) SELECT plan_id, upper('" + column
                    + "'), COUNT(*) FROM messages WHERE " + column + "_at IS NOT NULL GROUP BY plan_id");
        }
    }

    private static void message(
            Statement sql,
            long id,
            long plan,
            String address,
            String state,
            @Nullable String reason,
            @Nullable Long accepted,
            @Nullable Long opened,
            @Nullable Long clicked,
            @Nullable Long unsubscribed)
            throws SQLException {
        sql.execute(
                "INSERT INTO messages (id, plan_id, address, address_key, field_values, state, not_before, attempts,"
                        + " reason, accepted_at, opened_at, clicked_at, unsubscribed_at, updated_at) VALUES (" + id
                        + ", " + plan
                        + ", '" + address + "', '" + address + "', '[]', '" + state + "', 1, 1, " + text(reason) + ", "
                        + accepted
                        + ", " + opened + ", " + clicked + ", " + unsubscribed + ", 1)");
    }

    private static void event(
            Statement sql, long message, String kind, long at, @Nullable String reason, @Nullable String link)
            throws SQLException {
        sql.execute("INSERT INTO message_events (message_id, kind, fingerprint, occurred_at, received_at, reason, link,"
                + " body) VALUES (" + message + ", '" + kind + "', '" + kind + at + "', " + at + ", " + at + ", "
                + text(reason) + ", " + text(link) + ", '{}')");
    }

    private static String text(@Nullable String value) {
        return value == null ? "NULL" : "'" + value + "'";
    }
}
