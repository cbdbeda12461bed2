package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningMigrationTest {
    @Test
    void whatWasPlannedEarlierMayBeCountedAndNothingElseOfItChanges(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("workspace.sqlite");
        String url = OlderWorkspace.make(file, 6);
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            try (var columns =
                    statement.executeQuery("SELECT count(*) FROM pragma_table_info('plans') WHERE name = 'tracked'")) {
                assertThat(columns.getInt(1)).as("it is an earlier one").isZero();
            }
            statement.execute("INSERT INTO templates (id, name, created_at, updated_at) VALUES (1, 'letter', 1, 1)");
            statement.execute("INSERT INTO template_versions (id, template_id, number, subject, preheader, html,"
                    + " created_at, created_by) VALUES (1, 1, 1, 'Hello', '', '<p>Hello</p>', 1, 'mina')");
            for (PlanState state : new PlanState[] {PlanState.SENT, PlanState.RUNNING, PlanState.DRAFT}) {
                statement.execute("INSERT INTO plans (title, template_version_id, list_name, from_address, from_name,"
                        + " reply_to, state, not_before, zone, park_count, created_at, created_by, world, frozen_at,"
                        + " time_set_at) VALUES ('봄 " + state + "', 1, 'people', 'news@example.com', 'News', '', '"
                        + state + "', 5, 'Asia/Seoul', 0, 1, 'mina', 'LIVE', 4, 3)");
            }
            statement.execute("UPDATE plans SET resends_plan_id = 1 WHERE id = 2");
            statement.execute("INSERT INTO messages (plan_id, address, address_key, field_values, state, not_before,"
                    + " attempts, updated_at, delivered_at, opened_at) VALUES (1, 'A@x.com', 'a@x.com', '[\"A@x.com\"]',"
                    + " 'DELIVERED', 5, 1, 9, 7, 8)");
        }
        SettableClock clock = new SettableClock();

        try (Database database = Database.open(file, Database.Schema.WORKSPACE, clock)) {
            PlanStore plans = new PlanStore(database, clock);
            for (long id = 1; id <= 3; id++) {
                assertThat(plans.find(id)).get().extracting(Plan::tracked).isEqualTo(true);
            }
            Plan running = plans.find(2).orElseThrow();
            assertThat(running.title()).isEqualTo("봄 RUNNING");
            assertThat(running.state()).isEqualTo(PlanState.RUNNING);
            assertThat(running.timing().notBefore().toEpochMilli()).isEqualTo(5);
            ResultsStore results = new ResultsStore(database);
            results.recount(1);
            assertThat(results.of(1).orElseThrow().totals().opened()).isEqualTo(1);
            PlanDraftStore drafts = new PlanDraftStore(database, clock);
            assertThat(drafts.list()).isEmpty();
            assertThat(drafts.find(drafts.create("Spring", Map.of("title", "Spring"))))
                    .isPresent();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(found -> found.getFileName().toString()))
                    .as("a copy was kept before")
                    .anyMatch(name -> name.contains(Database.BEFORE_MIGRATION));
        }
    }
}
