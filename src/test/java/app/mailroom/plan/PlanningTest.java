package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.PlanState;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
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
        PlanRequest request = desk.request(letter(), desk.list(many()));
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

    @Test
    void oneThatIsStoppedWhileItIsMadeLeavesNothing() throws Exception {
        PlanRequest request = desk.request(letter(), desk.list(many()));
        Progress stopping = new Progress() {
            @Override
            public void at(long rows, long done, long inAll) {}

            @Override
            public boolean cancelled() {
                return !desk.plans.overviews().isEmpty();
            }
        };

        assertThatThrownBy(() -> planning.plan(request, warning -> true, stopping))
                .isInstanceOf(ImportCancelledException.class);

        assertThat(desk.plans.overviews()).isEmpty();
        assertThat(messages()).isZero();
    }

    private static String[] many() {
        return IntStream.range(0, MORE_THAN_ONE_STEP)
                .mapToObj(i -> "reader" + i + "@example.com,Reader")
                .toArray(String[]::new);
    }

    private long letter() {
        return desk.template("News", "<p>Hello {{name}}, <a href=\"{{unsubscribe}}\">leave</a></p>");
    }

    private int messages() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("workspace.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("SELECT COUNT(*) FROM messages")) {
            counted.next();
            return counted.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("workspace.sqlite"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
