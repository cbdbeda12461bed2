package app.mailroom.ui;

import static app.mailroom.ui.PlanningSteps.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanState;
import app.mailroom.model.World;
import app.mailroom.results.Rate;
import app.mailroom.store.ResultsStore;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** The whole road of a mailing in practice: planned, sent, looked at, sent again to those who did not open, compared. */
class MailRoadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<Rate> RATES =
            List.of(Rate.ACCEPTED, Rate.DELIVERED, Rate.BOUNCED, Rate.OPENED, Rate.OPENED_BY_MACHINES, Rate.CLICKED);
    private static final Set<MessageState> UNDER_WAY =
            Set.of(MessageState.PLANNED, MessageState.CLAIMED, MessageState.ACCEPTED, MessageState.DELAYED);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private final PlanningSteps steps = new PlanningSteps(robot);
    private final Texts texts = Texts.in(Locale.ENGLISH);
    private OpenWindow real;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder, robot, PATIENCE);
        // What takes hours in earnest is over in seconds.
        stores().settings().put("practice.outcome_speed", "1000");
        stores().settings().put("practice.rate", "200");
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aMailingIsPlannedSentLookedAtSentAgainToThoseWhoDidNotOpenAndCompared() {
        plan();
        long first = sent("Spring news");
        everythingCameBack(first);
        figuresAreThoseOfTheStore(first);
        messagesAreFiltered(first);

        long again = sendAgainToThoseWhoDidNotOpen(first);

        everythingCameBack(again);
        figuresAreThoseOfTheStore(again);
        assertThat(robot.lookup("#family-" + first).queryAs(Hyperlink.class).getText())
                .contains("Spring news");
        compare(first, again);
    }

    /** With the mouse from step to step, and by keys where hands are at the keyboard. */
    private void plan() {
        robot.clickOn("#new-mailing");
        steps.filled();
        until(() -> robot.lookup("#form-title").query().isFocused());
        robot.write("Spring news").push(KeyCode.ENTER);
        until(() -> robot.lookup("#form-list").query().isFocused());
        robot.clickOn("#form-next");
        until(() -> robot.lookup("#form-from-name").query().isFocused());
        robot.write("Dana").push(KeyCode.TAB);
        robot.write("news@example.com").push(KeyCode.CONTROL, KeyCode.PAGE_DOWN);
        until(() -> robot.lookup("#form-now").query().isFocused());
        steps.go("check");
        steps.mayPlan();
        until(() -> label("#sample-whose").contains("@"));
        robot.push(KeyCode.CONTROL, KeyCode.ENTER);
    }

    /** Watches the mailing in view to its end, and gives its number. */
    private long sent(String title) {
        until(() -> label("#mailing-title").equals(title));
        long plan = stores().plans().overviews().stream()
                .filter(overview -> overview.plan().title().equals(title))
                .findFirst()
                .orElseThrow()
                .plan()
                .id();
        until(() -> stores().plans().find(plan).orElseThrow().state() == PlanState.SENT);
        until(() -> label("#mailing-done").startsWith(all(plan) + " of " + all(plan)));
        return plan;
    }

    private void everythingCameBack(long plan) {
        until(() -> UNDER_WAY.stream()
                .allMatch(state -> stores().plans().totals(plan).in(state) == 0));
    }

    private void figuresAreThoseOfTheStore(long plan) {
        robot.clickOn("#tab-RESULTS");
        until(() -> robot.lookup("#mailing-results").query().isVisible());
        // Openings go on coming in; the page has them a moment later than the store.
        until(() -> RATES.stream().allMatch(rate -> labels("#figure-" + rate).contains(count(rate, plan))));
        until(() -> labels("#figure-PLANNED").contains(texts.number(all(plan))));
    }

    private void messagesAreFiltered(long plan) {
        long bounced = stores().plans().totals(plan).in(MessageState.BOUNCED);
        assertThat(bounced).isPositive();
        robot.clickOn("#tab-MESSAGES");
        until(() -> !messages().isEmpty());

        robot.clickOn("#tile-" + MessageState.BOUNCED);

        until(() -> messages().size() == bounced
                && messages().stream().allMatch(message -> message.state() == MessageState.BOUNCED));
        robot.clickOn("#message-search").write("no such reader");
        until(() -> messages().isEmpty());
    }

    private long sendAgainToThoseWhoDidNotOpen(long first) {
        robot.clickOn("#send-again");
        until(() -> robot.lookup("#again-NOT_OPENED").query().isVisible());
        robot.clickOn("#again-NOT_OPENED");
        until(() -> !robot.lookup("#again-send").queryButton().isDisabled());
        robot.clickOn("#again-title");
        robot.push(KeyCode.CONTROL, KeyCode.A).write("Spring news, once more");
        robot.clickOn("#again-send");

        long again = sent("Spring news, once more");
        Set<String> later = addresses(again);
        assertThat(later).isNotEmpty().isSubsetOf(addresses(first));
        assertThat(results().messages(MessageFilter.all(first), MessageOrder.LIST, null, 1_000))
                .filteredOn(message -> later.contains(message.address()))
                .allSatisfy(message -> assertThat(message.state()).isEqualTo(MessageState.DELIVERED));
        assertThat(results().family(again).first().map(ResultsStore.Named::planId))
                .isEqualTo(Optional.of(first));
        assertThat(stores().plans().find(again).orElseThrow().world()).isEqualTo(World.PRACTICE);
        return again;
    }

    private void compare(long first, long again) {
        robot.clickOn("#nav-results");
        until(() -> table("#results").getItems().size() == 2);
        robot.interact(() -> {
            table("#results").requestFocus();
            table("#results").getSelectionModel().selectAll();
        });
        robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        until(() -> robot.lookup("#side-open-" + first).tryQuery().isPresent());
        until(() -> robot.lookup("#side-open-" + again).tryQuery().isPresent());
        for (long plan : new long[] {first, again}) {
            for (Rate rate : List.of(Rate.DELIVERED, Rate.BOUNCED)) {
                assertThat(compared(rate, plan)).contains(count(rate, plan));
            }
        }
    }

    private String count(Rate rate, long plan) {
        PlanResults now = results().of(plan).orElseThrow();
        return texts.number(rate.of(now).count());
    }

    private long all(long plan) {
        return stores().plans().totals(plan).all();
    }

    private Set<String> addresses(long plan) {
        return results().messages(MessageFilter.all(plan), MessageOrder.LIST, null, 1_000).stream()
                .map(Message::address)
                .collect(Collectors.toSet());
    }

    /** What a figure's button says. */
    private List<String> labels(String id) {
        Node figure = robot.lookup(id).queryAs(Button.class).getGraphic();
        return words(robot.from(figure).lookup(".label").queryAllAs(Label.class));
    }

    /** What stands in the cell of a rate. */
    private List<String> compared(Rate rate, long plan) {
        Node percent = robot.lookup("#side-" + rate + "-" + plan).query();
        return words(
                robot.from(percent.getParent().getParent()).lookup(".label").queryAllAs(Label.class));
    }

    private static List<String> words(Collection<Label> labels) {
        return labels.stream().map(Label::getText).toList();
    }

    private List<Message> messages() {
        return robot.lookup("#messages").<Message>queryTableView().getItems();
    }

    private TableView<?> table(String id) {
        return robot.lookup(id).queryTableView();
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private ResultsStore results() {
        return stores().results();
    }

    private Features.Stores stores() {
        return real.features().stores();
    }
}
