package app.mailroom.ui;

import static app.mailroom.ui.PlanningSteps.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Attachment;
import app.mailroom.model.PlanDraft;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanRequest;
import app.mailroom.store.FieldValues;
import app.mailroom.store.SheetChange;
import app.mailroom.store.StagedRow;
import app.mailroom.ui.common.Features;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The page on which a mailing is planned, in the real window on a real workspace. */
class PlanningPageWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final PlanningSteps steps = new PlanningSteps(robot);
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
    void itIsSaidWhoCountsAndWhereNobodyDoesTheGuideIsOffered() {
        steps.open();
        steps.go("time");
        until(() -> label("#form-tracked-meaning").contains("built-in relay"));
        assertThat(robot.lookup("#form-tracked-guide").query().isVisible()).isFalse();
        stores().settings().put("mode", "LIVE");
        robot.push(KeyCode.F5);
        until(() -> label("#form-tracked-meaning").contains("Nobody counts yet"));
        stores().settings().put("relay.on", "true");
        robot.push(KeyCode.F5);
        until(() -> label("#form-tracked-meaning").contains("Your tracking relay counts"));
        assertThat(robot.lookup("#form-tracked-guide").query().isVisible()).isFalse();
        stores().settings().put("aws.ses_tracking", "true");
        robot.push(KeyCode.F5);
        until(() -> label("#form-tracked-meaning").contains("counted twice"));
        stores().settings().put("relay.on", "false");
        robot.push(KeyCode.F5);
        until(() -> label("#form-tracked-meaning").startsWith("Amazon counts"));
        stores().settings().put("aws.ses_tracking", "false");
        robot.push(KeyCode.F5);
        until(() -> robot.lookup("#form-tracked-guide").query().isVisible());
        robot.clickOn("#form-tracked-guide");
        until(() -> robot.lookup("#amazon").tryQuery().isPresent());
    }

    @Test
    void aMailingIsPlannedByKeysAloneAndItsDraftIsGoneAfterwards() {
        steps.open();
        until(() -> field("#form-title").isFocused());
        robot.write("By keys");
        robot.push(KeyCode.ENTER);
        until(() -> robot.lookup("#form-list").query().isFocused());
        robot.push(KeyCode.CONTROL, KeyCode.PAGE_DOWN);
        until(() -> field("#form-from-name").isFocused());
        robot.push(KeyCode.TAB);
        until(() -> field("#form-from-address").isFocused());
        robot.write("news@example.com");
        robot.push(KeyCode.ENTER);
        until(() -> robot.lookup("#form-now").query().isFocused());
        robot.push(KeyCode.ALT, KeyCode.LEFT);
        until(() -> field("#form-from-name").isFocused());
        robot.push(KeyCode.ALT, KeyCode.RIGHT);
        until(() -> robot.lookup("#form-now").query().isFocused());
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
        steps.mayPlan();
        until(() -> drafts().size() == 1);
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);

        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
        until(() -> stores().plans().overviews().size() == 1);
        until(() -> drafts().isEmpty());
    }

    @Test
    void whatIsTypedIsThereAgainAfterTheWindowWasClosed() {
        steps.open();
        robot.clickOn("#form-title").write("Half done");
        steps.go("time");
        robot.clickOn("#form-later");
        robot.doubleClickOn("#form-time").write("quarter past");
        real.hide();
        PlanDraft kept = drafts().get(0);
        assertThat(kept.title()).isEqualTo("Half done");

        real.show();
        openTheDraft();

        until(() -> field("#form-time").getText().contains("quarter past"));
        steps.go("content");
        until(() -> field("#form-title").getText().equals("Half done"));
        assertThat(robot.lookup("#draft-kept").queryAs(Label.class).getText()).isEqualTo("Draft kept");
    }

    @Test
    void whoTypesNothingLeavesNoDraft() {
        steps.open();
        steps.go("sender");
        steps.go("time");
        real.hide();
        assertThat(drafts()).isEmpty();
        real.show();
    }

    @Test
    void aListThatIsGoneBlocksAndItsFindingLeadsToTheListsStep() {
        RecipientList list = stores().recipients().lists().get(0);
        steps.open();
        robot.clickOn("#form-title").write("To nobody");
        steps.go("sender");
        robot.clickOn("#form-from-address").write("news@example.com");
        robot.push(KeyCode.ESCAPE);
        until(() -> drafts().size() == 1);
        stores().recipients().delete(list.id());
        openTheDraft();
        until(() -> robot.lookup("#form-from-name").tryQuery().isPresent());
        steps.go("check");
        until(() -> robot.lookup("#mend-FORM_LIST").tryQuery().isPresent());
        assertThat(robot.lookup("#form-plan").queryButton().isDisabled()).isTrue();

        robot.clickOn("#mend-FORM_LIST");

        until(() -> robot.lookup("#form-list").query().isFocused());
        until(() -> robot.lookup((Label label) ->
                        label.getText() != null && label.getText().contains(list.name()))
                .tryQuery()
                .isPresent());
    }

    @Test
    void aDraftThatIsThrownAwayComesBackByUndo() {
        stores().drafts().create("Thrown away", Map.of());
        robot.clickOn("#nav-results").clickOn("#nav-mailings");
        until(() -> mailings().getItems().size() == 1);
        until(() -> mailings().isFocused());
        robot.push(KeyCode.DELETE);
        until(() -> drafts().isEmpty() && mailings().getItems().isEmpty());

        robot.clickOn("Undo");

        until(() -> mailings().getItems().size() == 1);
        assertThat(drafts().get(0).title()).isEqualTo("Thrown away");
    }

    @Test
    void theFirstMailsAreShownAndTheirLinksAreFollowed() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/there") ? 200 : 404, -1);
            exchange.close();
        });
        server.start();
        try {
            String site = "http://localhost:" + server.getAddress().getPort();
            String html = "<html><body><p>Hello {{name|you}}</p><a href=\"" + site + "/there\">one</a> <a href=\""
                    + site + "/gone\">two</a></body></html>";
            stores().templates().create("Linked", new TemplateContent("For {{name|you}}", "", html), "test");
            shortList();
            robot.push(KeyCode.CONTROL, KeyCode.N);
            until(() ->
                    robot.lookup("#form-template").queryComboBox().getItems().size() == 2);
            choose("#form-template", "Linked");
            robot.clickOn("#form-title").write("Links");
            steps.go("recipients");
            choose("#form-list", "Two people");
            steps.go("sender");
            robot.clickOn("#form-from-address").write("news@example.com");
            steps.go("check");
            until(() -> label("#sample-whose").contains("ann@example.com"));
            robot.clickOn("#sample-after");
            until(() -> label("#sample-whose").contains("bob@example.com"));

            robot.clickOn("#tab-links");
            robot.clickOn("#check-links");

            until(() -> table("#links").getItems().size() == 2
                    && !robot.lookup("#check-links-stop").query().isVisible());
            assertThat(label("#links-state")).startsWith("1 of 2");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void thePageOpensInKorean() {
        stores().settings().put("ui.language", "ko");
        real.hide();
        real.show();
        steps.open();
        robot.clickOn("#form-title").write("Korean");
        steps.go("check");
        until(() -> !label("#check-state").isBlank());
        assertThat(robot.lookup("#form-previous").queryAs(Button.class).getText())
                .isEqualTo("이전");
    }

    @Test
    void anotherMailingIsPlannedLikeOneThatThereIs() {
        steps.open();
        robot.clickOn("#form-title").write("Spring");
        steps.go("sender");
        robot.clickOn("#form-from-address").write("news@example.com");
        steps.plan();
        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
        robot.clickOn("#nav-mailings");
        until(() -> mailings().isFocused() && mailings().getSelectionModel().getSelectedItem() != null);

        robot.push(KeyCode.CONTROL, KeyCode.D);

        until(() -> field("#form-title").getText().equals("Spring (2)"));
        steps.filled();
        steps.go("sender");
        until(() -> field("#form-from-address").getText().equals("news@example.com"));
        assertThat(stores().plans().overviews().get(0).plan().state()).isNotEqualTo(PlanState.DRAFT);
    }

    @Test
    void aWarningThatTurnsUpOnlyWhenPlanningIsShownBeforeThereIsAMailing() throws Exception {
        shortList();
        stores().templates().create("No way out", new TemplateContent("News", "What is new", "<p>Hello</p>"), "test");
        robot.push(KeyCode.CONTROL, KeyCode.N);
        until(() -> robot.lookup("#form-template").queryComboBox().getItems().size() == 2);
        choose("#form-template", "No way out");
        robot.clickOn("#form-title").write("Seen first");
        steps.go("recipients");
        choose("#form-list", "Two people");
        steps.go("sender");
        robot.clickOn("#form-from-address").write("news@example.com");
        steps.go("check");
        steps.mayPlan();
        int seen = warnings();
        assertThat(seen).isPositive();
        // Another person plans a mailing of that name meanwhile.
        real.features().mailing().planning().plan(request("Seen first", later()));

        robot.clickOn("#form-plan");

        until(() -> warnings() > seen);
        assertThat(stores().plans().overviews()).hasSize(1);
        steps.mayPlan();
        robot.clickOn("#form-plan");
        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
        assertThat(stores().plans().overviews()).hasSize(2);
    }

    @Test
    void filesStayWithADraftThatIsChangedAndOneThatIsTakenAwayIsGone() {
        long draft = stores().drafts().create("With files", Map.of());
        Attachment prices = new Attachment("prices.txt", "text/plain", new byte[] {1, 2});
        Attachment terms = new Attachment("terms.txt", "text/plain", new byte[] {3});
        stores().drafts().saveAttachments(draft, List.of(prices, terms));
        robot.clickOn("#nav-results").clickOn("#nav-mailings");
        openTheDraft();
        until(() -> attached().size() == 2);
        robot.clickOn("#form-title").write(", and words");
        robot.clickOn(robot.from(attached().get(0)).lookup(".button").queryButton());
        until(() -> attached().size() == 1);

        real.hide();

        PlanDraft kept = drafts().get(0);
        assertThat(kept.title()).contains("With files", ", and words");
        assertThat(stores().drafts().find(draft).orElseThrow().attachments()).containsExactly(terms);
        real.show();
        openTheDraft();
        until(() -> attached().size() == 1);
    }

    @Test
    void whatIsTypedAsADateAndIsNoneStaysAndIsSaidToBeNone() {
        steps.open();
        steps.go("time");
        robot.clickOn("#form-later");
        robot.clickOn("#form-date .text-field");
        robot.push(KeyCode.CONTROL, KeyCode.A).write("next Tuesday").push(KeyCode.TAB);

        until(() -> date().getText().equals("next Tuesday"));
        until(() -> robot.lookup((Label label) -> "next Tuesday".equals(label.getText()))
                .tryQuery()
                .isPresent());
        real.hide();
        real.show();
        openTheDraft();
        until(() -> date().getText().equals("next Tuesday"));

        robot.clickOn("#form-date .text-field");
        robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.DELETE).push(KeyCode.TAB);
        until(() -> robot.lookup("Choose a date.").tryQuery().isPresent());
        assertThat(date().getText()).isEmpty();
        robot.clickOn("#form-date .text-field").write("12/24/2098").push(KeyCode.TAB);
        until(() -> robot.lookup(".finding-blocks").queryAll().isEmpty());
    }

    @Test
    void aMailingWhoseMessagesAreBeingMadeSaysSo() throws Exception {
        shortList();
        RecipientList list = listNamed("Two people");
        long plan = real.features().mailing().planning().draft(request("Slow to make", later()));
        try (SheetChange change = stores().sheets().change(list.id(), SheetEdit.Kind.IMPORTED, "")) {
            change.delete(
                    List.of(stores().recipients().rows(list.id(), 0L, 1).get(0).id()));
            stores().plans().start(plan);
            robot.clickOn("#nav-results").clickOn("#nav-mailings");
            openTheDraft();
            until(() -> label("#mailing-waiting").startsWith("The messages of this mailing are being made"));
        }
        real.features().mailing().dispatch().wake();

        until(() -> !robot.lookup("#mailing-waiting").query().isVisible());
        assertThat(stores().plans().totals(plan).all()).isEqualTo(1);
    }

    @Test
    void aMailingThatIsStoppedWhileItIsMadeLeavesNothingButItsDraft() throws Exception {
        list(
                "Many people",
                IntStream.range(0, 6_000)
                        .mapToObj(i -> row("reader" + i + "@example.com", "Reader"))
                        .toList());
        steps.open();
        robot.clickOn("#form-title").write("To many");
        steps.go("recipients");
        choose("#form-list", "Many people");
        steps.go("sender");
        robot.clickOn("#form-from-address").write("news@example.com");
        steps.go("check");
        steps.mayPlan();
        until(() -> drafts().size() == 1);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("mailroom.sqlite"));
                Statement held = other.createStatement()) {
            // Nobody else can write meanwhile, so that it is surely still being made.
            held.execute("BEGIN IMMEDIATE");
            robot.clickOn("#form-plan");
            until(() -> robot.lookup("#stop-planning").query().isVisible());
            robot.clickOn("#stop-planning");
            held.execute("ROLLBACK");
        }

        until(() -> !robot.lookup("#stop-planning").query().isVisible());
        assertThat(stores().plans().overviews()).isEmpty();
        assertThat(drafts())
                .singleElement()
                .satisfies(draft -> assertThat(draft.title()).isEqualTo("To many"));
        steps.mayPlan();
    }

    @Test
    void theKeysThatLedToTheCheckDoNotPlanAsLongAsTheyAreHeld() {
        steps.open();
        robot.clickOn("#form-title").write("Held");
        steps.go("sender");
        robot.clickOn("#form-from-address").write("news@example.com");
        fire(KeyEvent.KEY_PRESSED);
        steps.mayPlan();

        fire(KeyEvent.KEY_PRESSED);
        assertThat(robot.lookup("#stop-planning").query().isVisible()).isFalse();
        fire(KeyEvent.KEY_RELEASED);
        fire(KeyEvent.KEY_PRESSED);

        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
        until(() -> stores().plans().overviews().size() == 1);
    }

    /** Ctrl+Enter where the focus is, as a keyboard that repeats it. */
    private void fire(EventType<KeyEvent> what) {
        robot.interact(() -> {
            Scene scene = robot.lookup("#step-check").query().getScene();
            Node focus = scene.getFocusOwner() == null ? scene.getRoot() : scene.getFocusOwner();
            focus.fireEvent(new KeyEvent(what, "", "", KeyCode.ENTER, false, true, false, false));
        });
    }

    private RecipientList listNamed(String name) {
        return stores().recipients().lists().stream()
                .filter(list -> list.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** So late that nothing is sent while this runs. */
    private static PlanTiming later() {
        return new PlanTiming(Instant.now().plus(Duration.ofDays(90)), "UTC", SendingRules.NONE);
    }

    /** With the newest template, to the two people. */
    private PlanRequest request(String title, PlanTiming timing) {
        List<Template> templates = stores().templates().list();
        return new PlanRequest(
                title,
                templates.get(0).newest().id(),
                listNamed("Two people").id(),
                "news@example.com",
                "",
                "",
                timing,
                true,
                World.PRACTICE,
                List.of());
    }

    private int warnings() {
        return robot.lookup(".finding-warns").queryAll().size();
    }

    private List<Node> attached() {
        return List.copyOf(robot.lookup("#form-attachments .attachment").queryAll());
    }

    private TextField date() {
        return robot.lookup("#form-date").queryAs(DatePicker.class).getEditor();
    }

    private void shortList() {
        list("Two people", List.of(row("ann@example.com", "Ann"), row("bob@example.com", "Bob")));
    }

    private void list(String name, List<StagedRow> rows) {
        long list = stores().recipients()
                .begin(
                        name,
                        "test",
                        List.of(
                                new RecipientColumn(0, 0, "email", "email"),
                                new RecipientColumn(1, 1, "name", "name")));
        stores().recipients().append(list, rows);
        stores().recipients().finish(list);
    }

    private static StagedRow row(String address, String name) {
        return new StagedRow(address, address, FieldValues.toJson(List.of(address, name)));
    }

    private void openTheDraft() {
        until(() -> mailings().getItems().size() == 1);
        until(() -> mailings().isFocused());
        robot.push(KeyCode.ENTER);
    }

    private void choose(String box, String name) {
        ComboBox<?> choices = robot.lookup(box).queryComboBox();
        robot.interact(() -> {
            for (int i = 0; i < choices.getItems().size(); i++) {
                if (String.valueOf(choices.getItems().get(i)).contains(name)) {
                    choices.getSelectionModel().select(i);
                }
            }
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private List<PlanDraft> drafts() {
        return stores().drafts().list();
    }

    private TableView<?> mailings() {
        return table("#mailings");
    }

    private TableView<?> table(String id) {
        Node node = robot.lookup(id).query();
        return (TableView<?>) node;
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private TextField field(String id) {
        return robot.lookup(id).queryAs(TextField.class);
    }

    private Features.Stores stores() {
        return real.features().stores();
    }
}
