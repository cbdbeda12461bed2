package app.mailroom.ui.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.World;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.SheetEditing.Patch;
import app.mailroom.recipients.TextBlock;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.PrimerLight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The page of one list in the real window, over a real workspace. */
class SheetWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private WindowedWorkspace real;
    private Stage stage;
    private SheetView view;
    private ExecutorService keeper;
    private Background background;
    private RecipientStore recipients;
    private SheetStore sheets;
    private long list;

    @BeforeEach
    @SuppressWarnings("NullAway.Init")
    void open() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        real = new WindowedWorkspace(folder);
        keeper = Executors.newSingleThreadExecutor();
        recipients = real.features().stores().recipients();
        sheets = real.features().stores().sheets();
        list = recipients.begin(
                "guests",
                "test",
                List.of(new RecipientColumn(0, 0, "E-Mail", "email"), new RecipientColumn(1, 1, "City", "city")));
        recipients.finish(list);
    }

    @AfterEach
    void close() throws InterruptedException {
        leave();
        background.close();
        real.close();
        robot.interact(stage::hide);
    }

    /** As when the window closes: what is asked for until then is done before the workspace is closed. */
    private void leave() throws InterruptedException {
        robot.interact(view::left);
        keeper.shutdown();
        assertThat(keeper.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void whatIsTypedIsSavedInOrder() {
        openSheet();
        assertThat(robot.lookup("#sheet-empty").query().isVisible()).isTrue();
        type("mina@example.com", KeyCode.TAB);
        type("Seoul", KeyCode.ENTER);
        type("jun@example.com", KeyCode.TAB);
        type("Busan", KeyCode.ENTER);
        until(() -> lines().equals(List.of("mina@example.com,Seoul", "jun@example.com,Busan")));
        until(() -> standing().equals("Saved"));
        assertThat(robot.lookup("#sheet-empty").query().isVisible()).isFalse();
        until(() -> label("#sheet-rows").equals("2 rows · 2 can be mailed"));
    }

    @Test
    void aBlockFromTheClipboardBecomesRowsAndIsUndoneAndRedone() {
        openSheet();
        clipboard("Mail\tCity\tCode\nmina@example.com\tSeoul\t007\njun@example.com\t\"two\nlines\"\tx\n");
        robot.push(KeyCode.CONTROL, KeyCode.V);
        until(() -> lines().equals(List.of("mina@example.com,Seoul,007", "jun@example.com,two\nlines,x")));
        until(() -> undoWords().contains("paste of 2 rows"));
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        until(() -> lines().isEmpty() && recipients.columns(list).size() == 2);
        until(() -> !robot.lookup("#sheet-redo").queryAs(Button.class).isDisabled());
        robot.push(KeyCode.CONTROL, KeyCode.Y);
        until(() -> lines().size() == 2 && recipients.columns(list).size() == 3);
    }

    @Test
    void cellsAreFilledDownCopiedCutAndCleared() {
        fill("a@example.com,Seoul", "b@example.com,", "c@example.com,");
        openSheet();
        robot.push(KeyCode.RIGHT);
        robot.push(KeyCode.SHIFT, KeyCode.DOWN);
        robot.push(KeyCode.SHIFT, KeyCode.DOWN);
        robot.push(KeyCode.CONTROL, KeyCode.D);
        until(() -> lines().equals(List.of("a@example.com,Seoul", "b@example.com,Seoul", "c@example.com,Seoul")));
        robot.push(KeyCode.CONTROL, KeyCode.C);
        until(() -> on(() -> Clipboard.getSystemClipboard().getString())
                .lines()
                .toList()
                .equals(List.of("Seoul", "Seoul", "Seoul")));
        robot.push(KeyCode.DELETE);
        until(() -> lines().equals(List.of("a@example.com,", "b@example.com,", "c@example.com,")));
        robot.push(KeyCode.CONTROL, KeyCode.V);
        until(() -> lines().equals(List.of("a@example.com,Seoul", "b@example.com,Seoul", "c@example.com,Seoul")));
        robot.push(KeyCode.CONTROL, KeyCode.X);
        until(() -> lines().equals(List.of("a@example.com,", "b@example.com,", "c@example.com,")));
    }

    @Test
    void aMarkShowsItsRowsAndRemovesThem() {
        fill("a@example.com,1", "b@example.com,2", "A@example.com,3", "nobody,4");
        openSheet();
        until(() -> chip("duplicate").equals("Duplicates 1") && chip("invalid").equals("Invalid 1"));
        robot.clickOn("#mark-duplicate");
        until(() -> robot.lookup("#settle").tryQuery().isPresent());
        robot.clickOn("#settle");
        until(() -> lines().equals(List.of("a@example.com,1", "b@example.com,2", "nobody,4")));
        until(() -> chip("duplicate").equals("Duplicates 0"));
        until(() -> robot.lookup("#mark-all").queryAs(ToggleButton.class).isSelected());
        robot.clickOn("#sheet-undo");
        until(() -> lines().size() == 4);
        until(() -> chip("duplicate").equals("Duplicates 1"));
    }

    @Test
    void aTemplateBringsItsColumns() {
        long template = real.features()
                .stores()
                .templates()
                .create("Letter", new TemplateContent("Hello {{name}}", "", "<p>{{code|none}}</p>"), "test");
        fill("a@example.com,Seoul");
        openSheet();
        until(() -> !template().getItems().isEmpty());
        robot.interact(() -> template().getItems().stream()
                .filter(one -> one.template().map(Template::name).equals(Optional.of("Letter")))
                .findFirst()
                .ifPresent(template()::setValue));
        until(() -> recipients.find(list).orElseThrow().templateId().equals(Optional.of(template)));
        until(() -> recipients.columns(list).stream()
                .map(RecipientColumn::name)
                .toList()
                .equals(List.of("E-Mail", "City", "name", "code")));
        until(() -> chip("missing").equals("Missing values 1"));
        until(() -> undoWords().contains("choice of template"));
        robot.clickOn("#sheet-undo");
        until(() -> recipients.columns(list).size() == 2);
        until(() -> on(() -> template().getValue()).template().isEmpty());
    }

    @Test
    void textIsFoundAndReplaced() {
        fill("a@example.com,Seoul", "b@example.com,Busan", "c@example.com,Seoul");
        openSheet();
        robot.push(KeyCode.CONTROL, KeyCode.H);
        robot.write("seoul");
        robot.clickOn("#find-put").write("Jeju");
        robot.clickOn("#find-text").push(KeyCode.ENTER);
        robot.clickOn("#find-replace");
        until(() -> lines().equals(List.of("a@example.com,Jeju", "b@example.com,Busan", "c@example.com,Seoul")));
        robot.clickOn("#find-replace-all");
        until(() -> lines().equals(List.of("a@example.com,Jeju", "b@example.com,Busan", "c@example.com,Jeju")));
        until(() -> label("#find-outcome").equals("Replaced in 1 row"));
    }

    @Test
    void theSearchShowsFewerRowsAndEscapeShowsAllAgain() {
        fill("a@example.com,Seoul", "b@example.com,Busan");
        openSheet();
        robot.push(KeyCode.CONTROL, KeyCode.F).write("busan");
        until(() -> robot.lookup("#show-all").tryQuery().isPresent());
        until(() -> robot.lookup("1 row shown").tryQuery().isPresent());
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#show-all").tryQuery().isEmpty());
    }

    @Test
    void rowsAreOrderedByAColumnAndTheOrderIsRemembered() {
        fill("a@example.com,Seoul", "b@example.com,Busan", "c@example.com,");
        openSheet();
        Node arrow = robot.lookup(".sheet-header-menu").queryAll().stream()
                .max(Comparator.comparingDouble(
                        node -> node.localToScene(node.getBoundsInLocal()).getMinX()))
                .orElseThrow();
        robot.clickOn(arrow);
        robot.clickOn("Sort A to Z");
        until(() -> real.features()
                .stores()
                .settings()
                .get("list." + list + ".order")
                .equals(Optional.of("1 up")));
        until(() -> standing().equals("Saved"));
        // What is typed into the first row that is shown goes to the row that stands there now.
        robot.push(KeyCode.CONTROL, KeyCode.HOME);
        robot.push(KeyCode.RIGHT);
        type("Jeju", KeyCode.ENTER);
        until(() -> lines().equals(List.of("a@example.com,Seoul", "b@example.com,Jeju", "c@example.com,")));
    }

    @Test
    void whatIsTypedAsTheWindowClosesIsSaved() throws Exception {
        openSheet();
        robot.write("mina@example.com");
        leave();
        assertThat(lines()).containsExactly("mina@example.com,");
    }

    @Test
    void rowsFarBelowTheFirstAreReadAndChanged() {
        fill(IntStream.range(0, 3_000)
                .mapToObj(i -> "reader" + i + "@example.com,Seoul")
                .toArray(String[]::new));
        openSheet();
        robot.push(KeyCode.CONTROL, KeyCode.DOWN);
        // Past the empty rows, back to the last that is filled.
        until(() -> label("#sheet-rows").startsWith("3,000 rows"));
        robot.push(KeyCode.CONTROL, KeyCode.F).write("reader2999@");
        until(() -> robot.lookup("1 row shown").tryQuery().isPresent());
        robot.push(KeyCode.ENTER);
        robot.push(KeyCode.CONTROL, KeyCode.HOME);
        robot.push(KeyCode.RIGHT);
        type("Jeju", KeyCode.ENTER);
        until(() -> lines().get(2_999).equals("reader2999@example.com,Jeju"));
    }

    private void openSheet() {
        robot.interact(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            Texts texts = Texts.in(Locale.ENGLISH);
            Notices notices = new Notices(texts);
            background = new Background("window-work", 3, notices::failed);
            view = new SheetView(
                    new ScreenContext(
                            real.features(), texts, background, background, notices, keeper::execute, place -> {}),
                    list,
                    () -> {});
            StackPane whole = new StackPane(view.node(), notices.node());
            StackPane.setAlignment(notices.node(), Pos.TOP_RIGHT);
            Scene scene = new Scene(whole, 1064, 768);
            scene.getStylesheets()
                    .add(SheetView.class
                            .getResource("/app/mailroom/ui/mailroom.css")
                            .toExternalForm());
            scene.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
                if (event.isShortcutDown() && event.getCode() == KeyCode.F) {
                    event.consume();
                    view.search();
                }
            });
            stage.setScene(scene);
            stage.show();
            view.opened();
        });
        until(() -> robot.lookup("#sheet-page").tryQuery().isPresent());
        until(() -> standing().equals("Saved"));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void type(String text, KeyCode then) {
        robot.write(text);
        robot.push(then);
    }

    @SuppressWarnings("unchecked")
    private ComboBox<TemplateBox.Choice> template() {
        return robot.lookup("#sheet-template").queryAs(ComboBox.class);
    }

    private String chip(String mark) {
        return on(
                () -> robot.lookup("#mark-" + mark).queryAs(ToggleButton.class).getText());
    }

    private String standing() {
        return label("#sheet-standing");
    }

    private String undoWords() {
        return on(() -> robot.lookup("#sheet-undo").queryAs(Button.class).getAccessibleText());
    }

    private String label(String id) {
        return on(() -> robot.lookup(id).queryAs(Label.class).getText());
    }

    private void clipboard(String text) {
        robot.interact(() -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    private void fill(String... lines) {
        try {
            real.features()
                    .lists()
                    .editing()
                    .write(
                            list,
                            SheetEdit.Kind.PASTED,
                            new long[0],
                            new Patch(
                                    List.of(0, 1),
                                    TextBlock.of(Arrays.stream(lines)
                                            .map(line -> List.of(line.split(",", -1)))
                                            .toList()),
                                    0),
                            number -> "Column " + number,
                            Progress.NONE);
        } catch (ImportCancelledException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands in the columns, row by row. */
    private List<String> lines() {
        List<RecipientColumn> columns = recipients.columns(list);
        List<Long> ids = new ArrayList<>();
        for (long id : sheets.ids(list, SheetQuery.ALL, new SheetSituation(World.PRACTICE, Set.of()))) {
            ids.add(id);
        }
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += 200) {
            for (SheetRow row :
                    sheets.rows(list, ids.subList(from, Math.min(from + 200, ids.size())), World.PRACTICE)) {
                lines.add(String.join(
                        ",",
                        columns.stream().map(column -> row.value(column.slot())).toList()));
            }
        }
        return lines;
    }

    private static <T> T on(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, work);
    }

    private static void until(Callable<Boolean> condition) {
        // What is looked for may be in the middle of a change.
        await().atMost(PATIENCE).ignoreExceptions().until(condition);
    }
}
