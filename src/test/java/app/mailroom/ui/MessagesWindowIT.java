package app.mailroom.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.Message;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.plan.PlanRequests;
import app.mailroom.practice.PracticeRelayStanding;
import app.mailroom.ui.common.Features;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The messages of a mailing in the real window. */
class MessagesWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MANY = 2_000;

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder, robot, PATIENCE);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void messagesAreFilteredSearchedAndSortedByTheStore() throws Exception {
        long plan = ended(MANY);
        openMailing();
        robot.clickOn("#tab-MESSAGES");
        until(() -> rows().size() == 200);
        until(() -> count().startsWith("2,"));

        robot.clickOn("#tile-" + MessageState.BOUNCED);
        until(() -> rows().size() == 10 && rows().stream().allMatch(row -> row.state() == MessageState.BOUNCED));
        until(() -> count().equals("10 messages"));
        robot.interact(() -> choose("#reason-box", 2));
        until(() -> rows().size() == 4);
        robot.clickOn("#chip-reason");
        until(() -> rows().size() == 10);
        robot.clickOn("#chip-BOUNCED");
        until(() -> rows().size() == 200);

        robot.interact(() -> choose("#mark-box", 1));
        until(() -> count().equals("3 messages") && rows().size() == 3);
        robot.clickOn("#chip-mark");
        until(() -> rows().size() == 200);

        robot.clickOn("#message-search").write("reader01999");
        until(() -> rows().size() == 1);
        robot.clickOn("#chip-search");
        until(() -> rows().size() == 200);

        robot.clickOn("#column-ADDRESS");
        String least = text("SELECT min(address) FROM messages WHERE plan_id = " + plan);
        until(() -> rows().get(0).address().equals(least));
        scrollToEnd();
        assertSorted(1);
        robot.clickOn("#column-ADDRESS");
        String most = text("SELECT max(address) FROM messages WHERE plan_id = " + plan);
        until(() -> rows().get(0).address().equals(most));
        scrollToEnd();
        assertSorted(-1);
        assertThat(stores().plans().totals(plan).all()).isGreaterThan(MANY);

        robot.push(KeyCode.ESCAPE);
        openMailing();
        until(() -> rows().size() == 200 && rows().get(0).address().equals(most));
    }

    @Test
    void aFilterStaysWhenOneComesBackAndTabsAreTurnedByKeys() throws Exception {
        ended(20);
        openMailing();
        until(() -> robot.lookup("#mailing-tabs").query().isVisible());
        assertThat(robot.lookup("#messages").tryQuery()).isEmpty();

        robot.push(KeyCode.CONTROL, KeyCode.TAB);
        until(() -> !rows().isEmpty());
        robot.clickOn("#tile-" + MessageState.BOUNCED);
        until(() -> rows().size() == 10);
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.TAB);
        until(() -> robot.lookup("#mailing-results").query().isVisible() && tab() == 1);
        robot.push(KeyCode.CONTROL, KeyCode.TAB);
        until(() -> rows().size() == 10);
        robot.push(KeyCode.ESCAPE);
        openMailing();
        until(() -> rows().size() == 10);
        robot.push(KeyCode.F5);
        until(() -> rows().size() == 10);
    }

    @Test
    void thePaneTellsWhoOpenedAndWhatToDo() throws Exception {
        ended(20);
        openMailing();
        robot.clickOn("#tab-MESSAGES");
        until(() -> !rows().isEmpty());
        robot.clickOn("#tile-" + MessageState.BOUNCED);
        until(() -> rows().size() == 10);
        choseFirst();
        until(() -> robot.lookup("#message-why").tryQuery().isPresent());
        robot.clickOn("#chip-BOUNCED");
        until(() -> rows().size() > 10);
        robot.interact(() -> choose("#mark-box", 1));
        until(() -> rows().size() == 3);
        choseFirst();
        until(() -> robot.lookup("Person").tryQuery().isPresent());
        until(() -> robot.lookup("Nothing speaks against a person.").tryQuery().isPresent());
        execute("UPDATE message_events SET signs = 'PREFETCH'");
        until(() -> robot.lookup("Fetched in advance").tryQuery().isPresent());
    }

    @Test
    void uncertainMessagesAreDecided() throws Exception {
        long plan = ended(20);
        execute("UPDATE messages SET state = 'UNCERTAIN', reason = 'TIMEOUT', accepted_at = NULL WHERE id IN"
                + " (SELECT id FROM messages WHERE state = 'PLANNED' ORDER BY id LIMIT 3)");
        recount(plan);
        openMailing();
        until(() -> robot.lookup("#decide-uncertain").query().isVisible());
        robot.clickOn("#decide-uncertain");
        until(() -> robot.lookup("#uncertain-card").tryQuery().isPresent());
        press("#mark-sent");
        until(() -> stores().plans().totals(plan).in(MessageState.UNCERTAIN) == 2);
        until(() -> robot.lookup("#uncertain-card").tryQuery().isEmpty());

        robot.clickOn("#decide-uncertain");
        until(() -> robot.lookup("#send-uncertain").tryQuery().isPresent());
        press("#send-uncertain");
        until(() -> robot.lookup("Send at this risk").tryQuery().isPresent());
        robot.clickOn("Send at this risk");
        until(() -> stores().plans().totals(plan).in(MessageState.UNCERTAIN) == 1);
    }

    @Test
    void allUncertainMessagesAreDecidedAtOnce() throws Exception {
        long plan = ended(20);
        execute("UPDATE messages SET state = 'UNCERTAIN', reason = 'TIMEOUT', accepted_at = NULL WHERE id IN"
                + " (SELECT id FROM messages WHERE state = 'PLANNED' ORDER BY id LIMIT 3)");
        recount(plan);
        openMailing();
        until(() -> robot.lookup("#decide-uncertain").query().isVisible());
        robot.clickOn("#decide-uncertain");
        until(() -> robot.lookup("#mark-all-sent").tryQuery().isPresent());
        press("#mark-all-sent");
        until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
        robot.clickOn(answer("Mark as sent"));
        until(() -> stores().plans().totals(plan).in(MessageState.UNCERTAIN) == 0);
        until(() -> !robot.lookup("#uncertain-banner").query().isVisible());
        assertThat(number("SELECT count(*) FROM audit WHERE action = 'UNCERTAIN_MARKED_SENT'"))
                .isEqualTo(1);
    }

    @Test
    void chosenMessagesAreSentAgainInAMailingOfTheirOwn() throws Exception {
        ended(20);
        openMailing();
        robot.clickOn("#tab-MESSAGES");
        until(() -> !rows().isEmpty());
        robot.interact(() -> choose("#mark-box", 1));
        until(() -> rows().size() == 3);
        robot.interact(() -> {
            messages().getSelectionModel().clearSelection();
            messages().getSelectionModel().selectRange(0, 2);
        });
        robot.interact(() -> sendChosen().fire());
        until(() -> button("#again-send").getText().equals("Send to 2 people"));
        until(() -> robot.lookup(".finding-warns").tryQuery().isPresent());
        robot.doubleClickOn("#again-title").push(KeyCode.CONTROL, KeyCode.A).write("Twice");
        robot.clickOn("#again-send");
        until(() -> label("#mailing-title").equals("Twice"));
        assertThat(reached("Twice")).containsExactly("reader00010@example.com", "reader00011@example.com");
    }

    @Test
    void aMailingIsSentAgainToThoseWhomItDidNotReach() throws Exception {
        long plan = ended(20);
        openMailing();
        until(() -> robot.lookup("#send-again").query().isVisible());
        robot.clickOn("#send-again");
        until(() -> label("#again-count-FAILED").equals("4"));
        assertThat(robot.lookup("#again-SELECTION").tryQuery()).isEmpty();
        robot.clickOn("#again-FAILED");
        until(() -> button("#again-send").getText().equals("Send to 4 people"));
        robot.doubleClickOn("#again-title").push(KeyCode.CONTROL, KeyCode.A).write("Once more");
        robot.clickOn("#again-send");
        until(() -> label("#mailing-title").equals("Once more"));
        PlanOverview made = stores().plans().overviews().stream()
                .filter(overview -> overview.plan().title().equals("Once more"))
                .findFirst()
                .orElseThrow();
        assertThat(made.totals().all()).isEqualTo(4);
        assertThat(reached("Once more"))
                .containsExactly(
                        "reader00006@example.com",
                        "reader00007@example.com",
                        "reader00008@example.com",
                        "reader00009@example.com");
        assertThat(number("SELECT resends_plan_id FROM plans WHERE id = "
                        + made.plan().id()))
                .isEqualTo(plan);
    }

    @Test
    void aPracticeMailIsOpenedInTheBrowserAsItWasSent() throws Exception {
        Template template = stores().templates().list().get(0);
        RecipientList list = stores().recipients().lists().get(0);
        real.features()
                .mailing()
                .planning()
                .plan(PlanRequests.atOnce("Spring", template.newest().id(), list.id(), "news@example.com", ""));
        real.features().mailing().dispatch().wake();
        openMailing();
        robot.clickOn("#tab-MESSAGES");
        until(() -> rows().stream().anyMatch(row -> row.acceptedAt() != null));
        chooseAccepted();
        until(() -> robot.lookup("#open-in-browser").tryQuery().isPresent());
        press("#open-in-browser");
        until(() -> real.workspace().opened().size() == 1);
        Path page = Path.of(real.workspace().opened().get(0));
        assertThat(Files.readString(page))
                .contains("script-src 'none'", "http://127.0.0.1:", "/o/", "/u/")
                .doesNotContain("cid:");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(page)))
                .isEqualTo("rw-------");
        Files.delete(page);

        assertThat(browserHint()).contains("counts as if this recipient");
        real.workspace().practiceRelay(PracticeRelayStanding.NOT_REACHABLE);
        robot.push(KeyCode.ESCAPE);
        openMailing();
        robot.clickOn("#tab-MESSAGES");
        until(() -> rows().stream().anyMatch(row -> row.acceptedAt() != null));
        chooseAccepted();
        until(() -> browserHint().contains("another program has their port"));

        robot.push(KeyCode.ESCAPE);
        execute("UPDATE plans SET world = 'LIVE'");
        openMailing();
        robot.clickOn("#tab-MESSAGES");
        until(() -> !rows().isEmpty());
        choseFirst();
        until(() -> robot.lookup("#open-mail").tryQuery().isPresent());
        assertThat(robot.lookup("#open-in-browser").tryQuery()).isEmpty();
    }

    private void chooseAccepted() {
        robot.interact(() -> {
            Message accepted = rows().stream()
                    .filter(row -> row.acceptedAt() != null)
                    .findFirst()
                    .orElseThrow();
            messages().getSelectionModel().clearSelection();
            messages().getSelectionModel().select(accepted);
        });
    }

    /** What stands under the button; nothing while there is none. */
    private String browserHint() {
        return robot.lookup("#browser-hint")
                .tryQueryAs(Label.class)
                .map(Label::getText)
                .orElse("");
    }

    @Test
    void theKoreanPageOpens() throws Exception {
        ended(20);
        real.hide();
        stores().settings().put("ui.language", "ko");
        real.show();
        openMailing();
        robot.push(KeyCode.CONTROL, KeyCode.TAB);
        until(() -> !rows().isEmpty());
        until(() -> count().startsWith("메시지"));
    }

    /** A mailing that has ended, with ten bounces, of which four may pass, and three openings by people. */
    private long ended(int atLeast) throws Exception {
        Template template = stores().templates().list().get(0);
        RecipientList list = stores().recipients().lists().get(0);
        long plan = real.features()
                .mailing()
                .planning()
                .plan(PlanRequests.at(
                        Instant.now().plus(Duration.ofDays(90)),
                        "Spring",
                        template.newest().id(),
                        list.id(),
                        "news@example.com",
                        ""));
        execute("UPDATE plans SET state = 'SENT', frozen_at = 1, started_at = 1, finished_at = 1");
        execute("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (atLeast - 1) + ")"
                + " INSERT INTO messages (plan_id, address, address_key, field_values, state, not_before, attempts,"
                + " updated_at) SELECT " + plan + ", printf('reader%05d@example.com', i),"
                + " printf('reader%05d@example.com', i), '[]', 'PLANNED', 0, 1, 1000 + i FROM n");
        String some = " WHERE id IN (SELECT id FROM messages WHERE address LIKE 'reader%' ORDER BY id LIMIT ";
        execute("UPDATE messages SET state = 'BOUNCED', reason = 'Permanent.General', accepted_at = 5000" + some
                + "6)");
        execute("UPDATE messages SET state = 'BOUNCED', reason = 'Transient.MailboxFull', accepted_at = 5000" + some
                + "4 OFFSET 6)");
        execute("UPDATE messages SET state = 'DELIVERED', accepted_at = 5000, delivered_at = 6000, opened_at = 99000"
                + some + "3 OFFSET 10)");
        execute("INSERT INTO message_events (message_id, kind, fingerprint, occurred_at, received_at, body, judged_as,"
                + " rule, rules_version) SELECT id, 'OPEN', 'f' || id, 99000, 99000, '{}', 'PERSON',"
                + " 'NO_SIGN_OF_A_MACHINE', 1 FROM messages WHERE opened_at IS NOT NULL");
        recount(plan);
        return plan;
    }

    private void recount(long plan) throws Exception {
        execute("DELETE FROM plan_totals WHERE plan_id = " + plan);
        real.workspace().recount(plan);
    }

    private void openMailing() {
        robot.clickOn("#nav-results").clickOn("#nav-mailings");
        until(() -> !robot.lookup("#mailings").queryTableView().getItems().isEmpty());
        robot.clickOn("#mailings").type(KeyCode.DOWN).type(KeyCode.ENTER);
        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
        until(() -> robot.lookup("#mailing-tabs").query().isVisible());
    }

    private void choseFirst() {
        robot.interact(() -> {
            messages().requestFocus();
            messages().getSelectionModel().clearAndSelect(0);
        });
    }

    /** Presses a button that may be out of sight in the pane. */
    private void press(String id) {
        robot.interact(() -> button(id).requestFocus());
        robot.push(KeyCode.SPACE);
    }

    private void choose(String box, int index) {
        ComboBox<?> boxNode = robot.lookup(box).queryComboBox();
        boxNode.getSelectionModel().select(index);
    }

    private void scrollToEnd() {
        long all = stores().plans().overviews().get(0).totals().all();
        until(() -> {
            messages().scrollTo(messages().getItems().size() - 1);
            return messages().getItems().size() == all;
        });
    }

    private void assertSorted(int direction) {
        List<Message> shown = List.copyOf(rows());
        for (int i = 1; i < shown.size(); i++) {
            assertThat(direction
                            * shown.get(i - 1).address().compareTo(shown.get(i).address()))
                    .isNegative();
        }
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private MenuItem sendChosen() {
        return robot.lookup("#messages .table-row-cell").<TableRow<?>>queryAll().stream()
                .map(TableRow::getContextMenu)
                .filter(Objects::nonNull)
                .flatMap(menu -> menu.getItems().stream())
                .filter(item -> "send-chosen".equals(item.getId()))
                .findFirst()
                .orElseThrow();
    }

    private Button answer(String words) {
        return robot.lookup(".dialog-pane .button").<Button>queryAll().stream()
                .filter(button -> button.getText().equals(words))
                .findFirst()
                .orElseThrow();
    }

    private List<String> reached(String title) throws Exception {
        List<String> addresses = new ArrayList<>();
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT address FROM messages JOIN plans ON plans.id = plan_id"
                        + " WHERE title = '" + title + "' ORDER BY address")) {
            while (rows.next()) {
                addresses.add(rows.getString(1));
            }
        }
        return addresses;
    }

    private int tab() {
        return robot.lookup("#mailing-tabs")
                .queryAs(TabPane.class)
                .getSelectionModel()
                .getSelectedIndex();
    }

    private String text(String sql) throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private long number(String sql) throws Exception {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Connection connection() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mailroom.sqlite") + "?busy_timeout=20000");
    }

    private Features.Stores stores() {
        return real.features().stores();
    }

    @SuppressWarnings("unchecked")
    private TableView<Message> messages() {
        Node node = robot.lookup("#messages").query();
        return (TableView<Message>) node;
    }

    private List<Message> rows() {
        return messages().getItems();
    }

    private String count() {
        return label("#message-count");
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private Button button(String id) {
        return robot.lookup(id).queryButton();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
