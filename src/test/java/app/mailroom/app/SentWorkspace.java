package app.mailroom.app;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SendingRules;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.PlanStore;
import app.mailroom.store.ResultsStore;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** A workspace with one mailing of any size that has been delivered, written past the stores in seconds. */
final class SentWorkspace {
    private static final Instant SENT = Instant.parse("2026-03-02T00:00:00Z");

    private SentWorkspace() {}

    /** Makes it in an empty folder, which it returns. No messages: no mailing either. */
    static Path make(Path folder, int messages) throws IOException, SQLException {
        Workspace workspace = Workspace.in(folder);
        Clock clock = Clock.systemUTC();
        try (Mailroom mailroom = Mailroom.open(workspace, clock, Surroundings.EMPTY, id -> new SessionSecrets())) {
            mailroom.settings.put("ui.language", "en");
            if (messages > 0) {
                long plan = plan(mailroom);
                fill(workspace.database(), plan, messages);
                try (Database database = Database.open(workspace.database(), Database.Schema.WORKSPACE, clock)) {
                    new ResultsStore(database).recount(plan);
                }
            }
        }
        return folder;
    }

    private static long plan(Mailroom mailroom) {
        List<RecipientColumn> columns = List.of(new RecipientColumn(0, 0, "email", "email"));
        long list = mailroom.recipients.begin("Readers", "test", columns);
        mailroom.recipients.finish(list);
        long template = mailroom.templates.create("Letter", new TemplateContent("News", "", "<p>News</p>"), "test");
        return mailroom.plans.create(
                new PlanStore.NewPlan(
                        "Newsletter",
                        mailroom.templates.find(template).orElseThrow().newest().id(),
                        list,
                        "Readers",
                        "news@shop.example",
                        "Shop",
                        "",
                        new PlanTiming(SENT, "UTC", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()),
                columns,
                List.of());
    }

    private static void fill(Path file, long plan, int messages) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA synchronous = OFF");
            sql.execute("PRAGMA cache_size = -400000");
            sql.execute("BEGIN");
            sql.execute("""
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
                    INSERT INTO messages (plan_id, address, address_key, field_values, state, not_before, attempts, provider_id,
                        claimed_at, accepted_at, delivered_at, updated_at)
                    SELECT %d, printf('reader%%07d@example.com', n), printf('reader%%07d@example.com', n), '["x"]', 'DELIVERED',
                        %3$d, 1, printf('0102%%016x', n), %3$d + n, %3$d + n, %3$d + n + 900, %3$d + n + 900 FROM numbers
                    """.formatted(messages, plan, SENT.toEpochMilli()));
            sql.execute(
                    "UPDATE plans SET state = 'SENT', frozen_at = %1$d, started_at = %1$d, finished_at = %1$d WHERE id = %2$d"
                            .formatted(SENT.toEpochMilli(), plan));
            sql.execute("COMMIT");
        }
    }
}
