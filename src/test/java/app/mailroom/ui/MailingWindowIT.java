package app.mailroom.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import app.mailroom.model.Template;
import app.mailroom.model.World;
import app.mailroom.plan.PlanRequest;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.PageId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The real window on a real workspace with its practice world. */
class MailingWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

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
    void everyPageOpensByItsKey() {
        for (PageId page : PageId.values()) {
            KeyCode digit = KeyCode.getKeyCode(Integer.toString(page.number()));
            robot.press(KeyCode.CONTROL).press(digit).release(digit).release(KeyCode.CONTROL);
            assertThat(selected(page)).as(page.name()).isTrue();
        }
    }

    @Test
    void everyPageOpensByTheMouse() {
        for (PageId page : PageId.values()) {
            robot.clickOn("#nav-" + page.name().toLowerCase(Locale.ROOT));
            assertThat(selected(page)).as(page.name()).isTrue();
        }
        robot.clickOn("#nav-mailings");
        assertThat(selected(PageId.MAILINGS)).isTrue();
    }

    @Test
    void aMailingIsPlannedAndFollowedToItsEnd() {
        robot.clickOn("#new-mailing");
        PlanningSteps steps = new PlanningSteps(robot);
        steps.filled();
        robot.clickOn("#form-title").write("Window mailing");
        steps.go("sender");
        robot.clickOn("#form-from-address").write("news@example.com");
        steps.plan();
        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
        until(() -> text("#mailing-title").equals("Window mailing"));
        until(() -> text("#mailing-done").startsWith("240 of 240"));
        PlanOverview overview = stores().plans().overviews().get(0);
        await().atMost(PATIENCE)
                .until(() -> stores().plans()
                                .find(overview.plan().id())
                                .orElseThrow()
                                .state()
                        == PlanState.SENT);
        until(() -> table("#messages").getItems().size() >= 200);
        until(() -> robot.lookup("#tile-" + MessageState.BOUNCED).tryQuery().isPresent());
        robot.clickOn("#tile-" + MessageState.BOUNCED);
        until(() -> !table("#messages").getItems().isEmpty()
                && table("#messages").getItems().size() < 100);
        robot.push(KeyCode.ESCAPE);
        until(() -> table("#mailings").getItems().size() == 1);
    }

    @Test
    void whatIsMissingStandsInTheForm() {
        PlanningSteps steps = new PlanningSteps(robot);
        steps.open();
        steps.go("check");
        until(() -> robot.lookup(".finding-blocks").queryAll().size() == 2);
        assertThat(robot.lookup("#form-plan").queryButton().isDisabled()).isTrue();
        assertThat(stores().plans().overviews()).isEmpty();
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#mailings").tryQuery().isPresent());
    }

    @Test
    void aTimeThatWasMissedIsAskedForAndMayBeMoved() throws Exception {
        long plan = scheduled("Late news");
        real.workspace().planner().parkMissed(World.PRACTICE, Duration.ofDays(-365));
        robot.clickOn("#nav-results").clickOn("#nav-mailings");
        until(() -> !table("#mailings").getItems().isEmpty());
        robot.clickOn("#mailings").type(KeyCode.DOWN).type(KeyCode.ENTER);
        until(() -> robot.lookup("#mailing-missed").tryQuery().isPresent());
        until(() -> robot.lookup("#missed-later").query().isVisible());

        robot.clickOn("#missed-later");
        until(() -> robot.lookup("#timing-keep").tryQuery().isPresent());
        robot.clickOn("#form-per-hour").write("0");
        robot.clickOn("#timing-keep");
        until(() -> robot.lookup("#timing-wrong").query().isVisible());
        robot.doubleClickOn("#form-per-hour").write("40");
        robot.clickOn("#form-hours");
        until(() -> robot.lookup("#form-day-6").tryQuery().isPresent());
        robot.clickOn("#form-day-6");
        robot.clickOn("#timing-keep");

        await().atMost(PATIENCE)
                .until(() -> stores().plans().find(plan).orElseThrow().state() == PlanState.SCHEDULED);
        SendingRules rules = stores().plans().find(plan).orElseThrow().rules();
        assertThat(rules.perHour()).hasValue(40);
        assertThat(rules.window()).contains(SendingWindow.parse("mon-sat 09:00-18:00"));
        until(() -> !robot.lookup("#missed-now").query().isVisible()
                || !robot.lookup("#missed-now").query().getParent().isVisible());
    }

    @Test
    void closingTheWindowWhileMailIsSentAsksWhatIsToBecomeOfIt() throws Exception {
        stores().settings().put("practice.rate", "4");
        planned("Slow news", Instant.now());
        real.features().mailing().dispatch().wake();
        await().atMost(PATIENCE)
                .until(() -> real.features().mailing().dispatch().snapshot().sentPerSecond() > 0);
        Window window = robot.lookup("#mailings").query().getScene().getWindow();
        // The question keeps whoever asks it, so the robot must not wait for it.
        Platform.runLater(() -> window.fireEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSE_REQUEST)));
        until(() -> robot.lookup("Go on in the background").tryQuery().isPresent());
        robot.clickOn("Keep open");

        until(() -> robot.lookup("Keep open").tryQuery().isEmpty());
        assertThat(window.isShowing()).isTrue();
    }

    private long scheduled(String title) throws Exception {
        return planned(title, Instant.now().plus(Duration.ofDays(90)));
    }

    private long planned(String title, Instant notBefore) throws Exception {
        Template template = stores().templates().list().get(0);
        RecipientList list = stores().recipients().lists().get(0);
        return real.features()
                .mailing()
                .planning()
                .plan(new PlanRequest(
                        title,
                        template.newest().id(),
                        list.id(),
                        "news@example.com",
                        "",
                        "",
                        new PlanTiming(notBefore, "UTC", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()));
    }

    @Test
    void theLanguageChangesAtOnceAndThePageIsRemembered() {
        robot.clickOn("#nav-settings");
        until(() -> robot.lookup("#language-ko").tryQuery().isPresent());
        robot.clickOn("#language-ko");
        until(() -> nav(PageId.SETTINGS).getText().equals("설정"));
        real.hide();
        real.show();
        until(() -> nav(PageId.SETTINGS).isSelected());
    }

    @Test
    void aSettingOfThePracticeWorldIsKept() {
        robot.clickOn("#nav-settings");
        until(() -> robot.lookup("#setting-practice-rate").tryQuery().isPresent());
        WaitForAsyncUtils.waitForFxEvents();
        TextField rate = robot.lookup("#setting-practice-rate").queryAs(TextField.class);
        robot.interact(() -> rate.setText("25"));
        await().atMost(PATIENCE)
                .until(() -> stores().settings().get("practice.rate").orElse("").equals("25"));
    }

    private Features.Stores stores() {
        return real.features().stores();
    }

    private boolean selected(PageId page) {
        WaitForAsyncUtils.waitForFxEvents();
        return nav(page).isSelected();
    }

    private ToggleButton nav(PageId page) {
        return robot.lookup("#nav-" + page.name().toLowerCase(Locale.ROOT)).queryAs(ToggleButton.class);
    }

    private String text(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private TableView<?> table(String id) {
        Node node = robot.lookup(id).query();
        return (TableView<?>) node;
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
