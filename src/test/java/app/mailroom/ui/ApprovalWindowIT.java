package app.mailroom.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.Somebody;
import app.mailroom.model.Attachment;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Role;
import app.mailroom.model.SendingRules;
import app.mailroom.model.Template;
import app.mailroom.model.World;
import app.mailroom.plan.PlanRequest;
import app.mailroom.store.PlanStore;
import app.mailroom.ui.common.Features;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** Two people on one workspace, one of whom sits in front of the real window; practice is really sent by the pipeline. */
class ApprovalWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Somebody MINA = Somebody.called("mina@example.com", Role.SENDER);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder, robot, PATIENCE);
        real.features().account().people().settings().approval(true);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void nothingGoesOutBeforeThePersonHasLookedAtItAndApprovesIt() throws Exception {
        long plan = plannedByMina(Instant.now());
        long ownPlan = plannedHere("Own news");
        openNewest(2);
        until(() -> text("#approval-title").equals("Waits for approval"));
        assertThat(text("#approval-words")).contains("Planned by mina@example.com.");

        robot.clickOn("#approval-review");
        until(() -> text("#review-messages").startsWith("240 recipients of list"));
        until(() -> !text("#review-whose").isEmpty());
        String first = text("#review-whose");
        for (int i = 0; i < 25; i++) {
            robot.clickOn("#review-after");
        }
        until(() ->
                !text("#review-whose").equals(first) && !text("#review-whose").isEmpty());
        robot.clickOn("#review-search").write(first);
        until(() -> text("#review-whose").equals(first));
        assertThat(text("#review-sender")).isEqualTo("News <news@example.com>");
        assertThat(text("#review-begins")).startsWith("As soon as it is approved");
        assertThat(robot.lookup("#review-files .label").queryAll())
                .extracting(node -> ((Label) node).getText())
                .anyMatch(name -> name.startsWith("prices.txt"));
        assertThat(state(plan)).isEqualTo(PlanState.SCHEDULED);

        robot.clickOn("#review-approve");

        await().atMost(PATIENCE).until(() -> state(plan) == PlanState.SENT);
        until(() -> text("#approval-title").startsWith("Approved by "));
        assertThat(state(ownPlan)).isEqualTo(PlanState.SCHEDULED);
    }

    @Test
    void whoPlannedAMailingLooksAtItAndReadsWhySomebodyElseHasToApproveIt() throws Exception {
        long plan = plannedHere("Own news");
        openNewest(1);
        until(() -> text("#approval-words").contains("Somebody else has to approve this mailing"));

        robot.clickOn("#approval-review");
        until(() -> text("#review-reason").startsWith("Somebody else has to approve this mailing"));
        until(() -> !text("#review-whose").isEmpty());

        assertThat(robot.lookup("#review-approve").queryButton().isDisabled()).isTrue();
        assertThat(robot.lookup("#review-decline").queryButton().isDisabled()).isTrue();
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#review-approve").tryQuery().isEmpty());
        assertThat(stores().plans().find(plan).orElseThrow().awaitsApproval()).isTrue();
    }

    @Test
    void whatWasChangedWhileThePersonLookedIsShownAnewAndNotApproved() throws Exception {
        long plan = plannedByMina(Instant.now().plus(90, ChronoUnit.DAYS));
        openNewest(1);
        until(() -> robot.lookup("#approval-review").query().isVisible());
        robot.clickOn("#approval-review");
        until(() -> !robot.lookup("#review-approve").queryButton().isDisabled());
        assertThat(text("#review-rules")).isEqualTo("At any time, as fast as the service allows");
        Plan before = stores().plans().find(plan).orElseThrow();
        minas().retime(plan, new PlanTiming(before.notBefore().plusSeconds(60), "UTC", SendingRules.NONE));

        robot.clickOn("#review-approve");

        until(() -> robot.lookup("#review-changed").query().isVisible());
        assertThat(stores().plans().find(plan).orElseThrow().awaitsApproval()).isTrue();
        until(() -> !robot.lookup("#review-approve").queryButton().isDisabled());
        robot.clickOn("#review-approve");
        await().atMost(PATIENCE)
                .until(() -> !stores().plans().find(plan).orElseThrow().awaitsApproval());

        minas().retime(plan, new PlanTiming(before.notBefore(), "UTC", SendingRules.NONE));
        until(() -> text("#approval-words").contains("Changed since: time."));
    }

    @Test
    void whyItIsNotApprovedStandsOnItsPage() throws Exception {
        long plan = plannedByMina(Instant.now());
        openNewest(1);
        until(() -> robot.lookup("#approval-review").query().isVisible());
        robot.clickOn("#approval-review");
        until(() -> !robot.lookup("#review-decline").queryButton().isDisabled());
        robot.clickOn("#review-decline");
        robot.clickOn("#review-note").write("Wrong price");
        robot.clickOn("#review-note-keep");

        until(() -> text("#approval-words").contains("“Wrong price”"));
        assertThat(state(plan)).isEqualTo(PlanState.SCHEDULED);
        assertThat(text("#approval-title")).isEqualTo("Waits for approval");
    }

    @Test
    void beforePlanningThePageSaysThatSomebodyElseWillHaveToApprove() {
        PlanningSteps steps = new PlanningSteps(robot);
        steps.open();
        steps.go("check");

        until(() -> text("#check-approval").startsWith("After planning, it waits"));
    }

    @Test
    void whoLooksBeforeTheMessagesAreMadeCanApproveThemOnceTheyAre() {
        // Nobody makes messages but the test.
        real.features().mailing().dispatch().close();
        long plan = draftedByMina(Instant.now().plus(Duration.ofDays(1)));
        minas().schedule(plan);
        openNewest(1);
        until(() -> text("#approval-title").equals("Waits for approval"));
        robot.clickOn("#approval-review");
        until(() -> text("#review-reason").contains("being made"));
        Button approve = robot.lookup("#review-approve").queryButton();
        assertThat(approve.isDisabled()).isTrue();
        real.workspace().planner().freeze(plan);
        until(() -> !approve.isDisabled());
        robot.interact(approve::fire);
        until(() -> !stores().plans().find(plan).orElseThrow().awaitsApproval());
    }

    private PlanStore minas() {
        return real.workspace().plansOf(MINA);
    }

    private long plannedByMina(Instant notBefore) {
        long plan = draftedByMina(notBefore);
        minas().start(plan);
        return plan;
    }

    private long draftedByMina(Instant notBefore) {
        Template template = stores().templates().list().get(0);
        RecipientList list = stores().recipients().lists().get(0);
        return minas().create(
                        new PlanStore.NewPlan(
                                "Mina's news",
                                template.newest().id(),
                                list.id(),
                                list.name(),
                                "news@example.com",
                                "News",
                                "",
                                new PlanTiming(notBefore, "UTC", SendingRules.NONE),
                                true,
                                World.PRACTICE,
                                List.of(new Attachment(
                                        "prices.txt", "text/plain", "1".getBytes(StandardCharsets.UTF_8)))),
                        stores().recipients().columns(list.id()),
                        List.of("https://example.com/"));
    }

    private long plannedHere(String title) throws Exception {
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
                        new PlanTiming(Instant.now(), "UTC", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()));
    }

    /** Opens the page of the mailing in this row of the list, from 1. */
    private void openNewest(int row) {
        robot.clickOn("#nav-results").clickOn("#nav-mailings");
        until(() ->
                ((TableView<?>) robot.lookup("#mailings").query()).getItems().size() >= row);
        robot.clickOn("#mailings");
        robot.type(KeyCode.HOME);
        for (int i = 1; i < row; i++) {
            robot.type(KeyCode.DOWN);
        }
        robot.type(KeyCode.ENTER);
        until(() -> robot.lookup("#mailing-title").tryQuery().isPresent());
    }

    private PlanState state(long plan) {
        return stores().plans().find(plan).orElseThrow().state();
    }

    private Features.Stores stores() {
        return real.features().stores();
    }

    private String text(String id) {
        Node node = robot.lookup(id).query();
        return ((Label) node).getText();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
