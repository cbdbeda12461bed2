package app.mailroom.ui.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.RecipientList;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.RecipientFile;
import app.mailroom.store.RecipientStore;
import app.mailroom.ui.OpenWindow;
import app.mailroom.ui.recipients.RecipientsViewModel.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The page of lists in the real window. */
class RecipientsWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String SAMPLE = "Sample: friends of the shop";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;
    private RecipientStore store;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder.resolve("workspace"), robot, PATIENCE);
        store = real.features().stores().recipients();
        Path file = folder.resolve("guests.csv");
        Files.writeString(
                file, "email,city\na@x.org,Seoul\nb@x.org,Busan\nnobody,Seoul\nA@x.org,Seoul\nc@x.org,Seoul\n");
        real.features()
                .lists()
                .imports()
                .run(RecipientFile.inspect(file, Optional.empty(), Optional.empty()), "guests", Progress.NONE);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        until(() -> names().size() == 2);
        choose("guests");
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aCopyGetsAFreeNameAndIsChosen() {
        robot.push(KeyCode.CONTROL, KeyCode.D);
        until(() -> names().contains("guests (2)"));
        until(() -> "guests (2)".equals(chosen().name()));
        assertThat(chosen().rowCount()).isEqualTo(3);
    }

    @Test
    void aTakenNameIsAskedForAgainWithWhatWasTyped() {
        robot.push(KeyCode.F2);
        until(() -> dialogField().getText().equals("guests"));
        robot.interact(() -> dialogField().setText(SAMPLE));
        press("OK");
        until(() -> robot.lookup(".dialog-pane .label").queryAllAs(Label.class).stream()
                .anyMatch(label -> label.getText().startsWith("Another list has this name")));
        assertThat(dialogField().getText()).isEqualTo(SAMPLE);
        robot.interact(() -> dialogField().setText("visitors"));
        press("OK");
        until(() -> names().contains("visitors"));
    }

    @Test
    void deletingAsksFirstAndTheNeighbourIsChosenAfterwards() {
        robot.push(KeyCode.DELETE);
        until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
        press("Cancel");
        assertThat(store.findByName("guests")).isPresent();
        robot.push(KeyCode.DELETE);
        until(() -> robot.lookup(".dialog-pane").tryQuery().isPresent());
        press("Delete");
        until(() -> names().equals(List.of(SAMPLE)));
        until(() -> SAMPLE.equals(chosen().name()));
    }

    @Test
    void theSearchFindsNames() {
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.write("GUE");
        until(() -> names().equals(List.of("guests")));
    }

    @Test
    void theOrderIsRemembered() throws Exception {
        TableColumn<Line, ?> rows = table().getColumns().get(2);
        robot.interact(() -> {
            rows.setSortType(TableColumn.SortType.DESCENDING);
            table().getSortOrder().setAll(List.of(rows));
        });
        until(() -> names().equals(List.of(SAMPLE, "guests")));
        until(() ->
                real.features().stores().settings().get("ui.recipients.order").equals(Optional.of("rows down")));
        real.hide();
        real.show();
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT3);
        until(() -> names().equals(List.of(SAMPLE, "guests")));
    }

    @Test
    void whatWasLeftOutIsToldByReasonAndOpensAsASheet() {
        until(() -> labels("*").contains("No @"));
        assertThat(labels("*")).contains("2 rows were left out by the import");
        robot.interact(() -> button("#show-problems").fire());
        until(() ->
                robot.lookup("#problems").queryAs(TableView.class).getItems().size() == 2);
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#problems").tryQuery().isEmpty());
        robot.interact(() -> button("#mend-list").fire());
        until(() -> store.findByName("guests – left out").isPresent());
        RecipientList mending = store.findByName("guests – left out").orElseThrow();
        assertThat(mending.sheetCount()).isEqualTo(2);
        assertThat(mending.mendsListId()).isPresent();
    }

    @Test
    void aListIsSplitAfterALookAtTheParts() {
        more("list-menu-split");
        until(() -> robot.lookup("#split-values")
                        .queryAs(TableView.class)
                        .getItems()
                        .size()
                == 2);
        robot.interact(() -> button("#split-run").fire());
        until(() -> names().containsAll(List.of("guests – Seoul", "guests – Busan")));
        assertThat(store.findByName("guests – Seoul").orElseThrow().rowCount()).isEqualTo(2);
    }

    @Test
    void chosenListsAreMergedIntoANewOne() {
        robot.interact(() -> table().getSelectionModel().selectAll());
        robot.interact(() -> {
            var menu = table().getContextMenu();
            menu.getItems().stream()
                    .filter(item -> "list-menu-merge".equals(item.getId()))
                    .findFirst()
                    .orElseThrow()
                    .fire();
        });
        until(() -> robot.lookup("#merge-run").tryQuery().isPresent());
        assertThat(button("#merge-run").isDisabled()).isTrue();
        robot.interact(
                () -> robot.lookup("#merge-name").queryAs(TextField.class).setText(SAMPLE));
        robot.interact(() -> button("#merge-run").fire());
        until(() -> labels(".finding").stream().anyMatch(text -> text.contains("NAME_TAKEN")));
        robot.interact(
                () -> robot.lookup("#merge-name").queryAs(TextField.class).setText("both"));
        robot.interact(() -> button("#merge-run").fire());
        until(() -> names().contains("both"));
        assertThat(store.findByName("both").orElseThrow().rowCount()).isEqualTo(243);
    }

    @Test
    void anEmptyListHasTheColumnsOfItsTemplate() {
        robot.interact(() -> button("#new-list").fire());
        until(() -> robot.lookup("#new-list-name").tryQuery().isPresent());
        robot.interact(() -> {
            robot.lookup("#new-list-name").queryAs(TextField.class).setText("by hand");
            ComboBox<?> template = robot.lookup("#new-list-template").queryAs(ComboBox.class);
            template.getSelectionModel().select(1);
        });
        robot.interact(() -> button("#new-list-run").fire());
        until(() -> store.findByName("by hand").isPresent());
        RecipientList made = store.findByName("by hand").orElseThrow();
        assertThat(made.templateId()).isPresent();
        assertThat(store.columns(made.id()).get(0).variable()).isEqualTo("email");
        assertThat(store.columns(made.id())).hasSizeGreaterThan(1);
    }

    @Test
    void theExportOffersEncodingsOnlyForText() {
        more("list-menu-export");
        until(() -> robot.lookup("#export-run").tryQuery().isPresent());
        assertThat(robot.lookup("#export-encoding").queryAs(ComboBox.class).isDisabled())
                .isTrue();
        robot.interact(
                () -> robot.lookup("#export-text").queryAs(RadioButton.class).setSelected(true));
        assertThat(robot.lookup("#export-encoding").queryAs(ComboBox.class).isDisabled())
                .isFalse();
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#export-run").tryQuery().isEmpty());
    }

    private void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(10_000, condition));
    }

    private TableView<Line> table() {
        return robot.lookup("#lists").queryTableView();
    }

    private List<String> names() {
        return table().getItems().stream().map(line -> line.list().name()).toList();
    }

    private RecipientList chosen() {
        return table().getSelectionModel().getSelectedItem().list();
    }

    private void choose(String name) {
        robot.interact(() -> {
            table().getSelectionModel().clearAndSelect(names().indexOf(name));
            table().requestFocus();
        });
        until(() -> robot.lookup("#list-name").queryAs(Label.class).getText().equals(name));
    }

    private void more(String id) {
        robot.interact(() -> robot.lookup("#list-more").queryAs(MenuButton.class).getItems().stream()
                .filter(item -> id.equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
    }

    private Button button(String query) {
        return robot.lookup(query).queryAs(Button.class);
    }

    private TextField dialogField() {
        return robot.lookup(".dialog-pane .text-field").queryAs(TextField.class);
    }

    private List<String> labels(String query) {
        return robot.lookup(query).queryAllAs(javafx.scene.Node.class).stream()
                .filter(Label.class::isInstance)
                .map(label -> ((Label) label).getText())
                .toList();
    }

    private void press(String text) {
        robot.clickOn(robot.lookup(".dialog-pane .button").queryAllAs(Button.class).stream()
                .filter(button -> text.equals(button.getText()))
                .findFirst()
                .orElseThrow());
    }
}
