package app.mailroom.ui.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.plan.PlanRequest;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.OpenWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The list of templates in the real window. */
class TemplatesWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SAMPLE = "Sample: an invitation";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;
    private TemplateStore store;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder, robot, PATIENCE);
        store = real.features().stores().templates();
        store.create("Autumn", new TemplateContent("Leaves for {{name|you}}", "", "<p>Leaves</p>"), "test");
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> names().size() == 2);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aCopyGetsAFreeNameAndIsChosen() {
        choose("Autumn");
        robot.push(KeyCode.CONTROL, KeyCode.D);
        until(() -> names().contains("Autumn (2)"));
        until(() -> "Autumn (2)".equals(chosen().name()));
        robot.push(KeyCode.CONTROL, KeyCode.D);
        until(() -> names().contains("Autumn (3)"));
        assertThat(store.findByName("Autumn (3)").orElseThrow().newest().html()).isEqualTo("<p>Leaves</p>");
    }

    @Test
    void aTakenNameIsAskedForAgainWithWhatWasTyped() {
        choose("Autumn");
        robot.push(KeyCode.F2);
        until(() -> dialogField().getText().equals("Autumn"));
        robot.interact(() -> dialogField().setText(SAMPLE));
        press("OK");
        until(() -> robot.lookup(".dialog-pane .label").queryAllAs(Label.class).stream()
                .anyMatch(label -> label.getText().startsWith("Another template has this name")));
        assertThat(dialogField().getText()).isEqualTo(SAMPLE);
        robot.interact(() -> dialogField().setText("Winter"));
        press("OK");
        until(() -> names().contains("Winter"));
        assertThat(store.findByName("Autumn")).isEmpty();
    }

    @Test
    void anArchivedTemplateComesBackByUndoAndFromTheArchive() {
        choose("Autumn");
        more("template-menu-archive");
        until(() -> names().equals(List.of(SAMPLE)));
        until(() -> robot.lookup("Undo").tryQuery().isPresent());
        robot.clickOn("Undo");
        until(() -> names().size() == 2);

        choose("Autumn");
        more("template-menu-archive");
        until(() -> store.findByName("Autumn").orElseThrow().archived());
        robot.clickOn("#templates-archived");
        until(() -> names().equals(List.of("Autumn")));
        choose("Autumn");
        // The notice with its way back lies over the button for a while.
        until(() -> robot.lookup("Undo").tryQuery().isEmpty());
        more("template-menu-archive");
        until(() -> names().isEmpty());
        assertThat(store.findByName("Autumn").orElseThrow().archived()).isFalse();
    }

    @Test
    void deletingAsksFirstAndTheNeighbourIsChosenAfterwards() {
        choose("Autumn");
        robot.push(KeyCode.DELETE);
        until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
        press("Cancel");
        assertThat(store.findByName("Autumn")).isPresent();
        robot.push(KeyCode.DELETE);
        until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
        press("Delete");
        until(() -> names().equals(List.of(SAMPLE)));
        until(() -> SAMPLE.equals(chosen().name()));
        assertThat(store.findByName("Autumn")).isEmpty();
    }

    @Test
    void aTemplateThatAMailingNeedsIsArchivedInstead() throws Exception {
        plan("Autumn", "Leaves in October");
        choose("Autumn");
        robot.push(KeyCode.DELETE);
        until(() -> robot.lookup(".dialog-pane .label").queryAllAs(Label.class).stream()
                .anyMatch(label -> label.getText().contains("“Leaves in October”")));
        press("Archive");
        until(() -> store.findByName("Autumn").orElseThrow().archived());
    }

    @Test
    void theSearchFindsNamesAndSubjects() {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("leaves");
        until(() -> names().equals(List.of("Autumn")));
        robot.interact(
                () -> robot.lookup("#template-search").queryAs(TextField.class).setText("INVITATION"));
        until(() -> names().equals(List.of(SAMPLE)));
    }

    private void plan(String template, String title) throws Exception {
        long list = real.features().stores().recipients().lists().get(0).id();
        real.features()
                .mailing()
                .planning()
                .plan(new PlanRequest(
                        title,
                        store.findByName(template).orElseThrow().newest().id(),
                        list,
                        "news@example.com",
                        "News",
                        "",
                        new PlanTiming(Instant.now().plus(Duration.ofDays(1)), "Asia/Seoul", SendingRules.NONE),
                        true,
                        World.PRACTICE,
                        List.of()));
    }

    private void more(String item) {
        robot.clickOn("#template-more");
        until(() -> robot.lookup("#" + item).tryQuery().isPresent());
        robot.clickOn("#" + item);
    }

    private void press(String button) {
        robot.clickOn(robot.lookup(".dialog-pane .button").queryAllAs(Button.class).stream()
                .filter(any -> any.getText().equals(button))
                .findFirst()
                .orElseThrow());
    }

    private TextField dialogField() {
        return robot.lookup(".dialog-pane .text-field").queryAs(TextField.class);
    }

    private void choose(String name) {
        robot.interact(() -> {
            table().requestFocus();
            for (int i = 0; i < table().getItems().size(); i++) {
                if (table().getItems().get(i).name().equals(name)) {
                    table().getSelectionModel().clearAndSelect(i);
                }
            }
        });
        assertThat(chosen().name()).isEqualTo(name);
    }

    private Template chosen() {
        return table().getSelectionModel().getSelectedItem();
    }

    private List<String> names() {
        return table().getItems().stream().map(Template::name).toList();
    }

    private TableView<Template> table() {
        return robot.lookup("#templates").queryTableView();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
