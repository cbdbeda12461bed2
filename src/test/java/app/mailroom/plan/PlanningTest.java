package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.PlanState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanningTest {
    private static final int MORE_THAN_ONE_STEP = 5_001;

    @TempDir
    Path folder;

    private PlanDesk desk;
    private Planning planning;

    @BeforeEach
    void open() {
        desk = new PlanDesk(folder);
        planning = new Planning(desk.templates, desk.recipients, desk.plans, desk.preflight());
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void aMailingWhoseMessagesCannotBeMadeNowIsPlannedAllTheSameSoThatNobodyAsksForItTwice() throws Exception {
        String[] rows = new String[MORE_THAN_ONE_STEP];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = "reader" + i + "@example.com,Reader";
        }
        PlanRequest request = desk.request(letter(), desk.list(rows));
        execute("CREATE TRIGGER full BEFORE INSERT ON messages BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        long plan = planning.plan(request);

        assertThat(desk.plans.find(plan).orElseThrow().state()).isEqualTo(PlanState.SCHEDULED);
        execute("DROP TRIGGER full");
        while (desk.plans.freezeSome(plan)) {
            // The planner's part.
        }
        assertThat(desk.plans.totals(plan).all()).isEqualTo(MORE_THAN_ONE_STEP);
    }

    @Test
    void aMailingThatCouldNotBeScheduledIsNotPlanned() throws Exception {
        PlanRequest request = desk.request(letter(), desk.list("ann@example.com,Ann"));
        execute("CREATE TRIGGER full BEFORE UPDATE ON plans BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        assertThatThrownBy(() -> planning.plan(request)).hasMessageContaining("disk full");

        assertThat(desk.plans.overviews())
                .allSatisfy(overview -> assertThat(overview.plan().state()).isEqualTo(PlanState.DRAFT));
    }

    private long letter() {
        return desk.template("News", "<p>Hello {{name}}, <a href=\"{{unsubscribe}}\">leave</a></p>");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("workspace.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
