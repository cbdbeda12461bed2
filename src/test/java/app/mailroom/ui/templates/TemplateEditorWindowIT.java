package app.mailroom.ui.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.TemplateFinding;
import app.mailroom.ui.OpenWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.web.WebView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The page of one template in the real window, with the real TinyMCE. */
class TemplateEditorWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SAMPLE = "Sample: an invitation";

    /** A list within a table cell that nothing closes is what the visual editor would rearrange. */
    private static final String DAMAGED = "<body><table width=600><form><tr><td>Dear {{name}}</td></tr></form></table>"
            + "<custom-tag>x</custom-tag><p>end</p></body>";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();
    private OpenWindow real;
    private TemplateStore store;

    @BeforeEach
    void open() throws Exception {
        real = new OpenWindow(folder, robot, PATIENCE);
        store = real.features().stores().templates();
    }

    @AfterEach
    void close() {
        real.close();
    }

    @Test
    void aLetterIsWrittenKeptSavedAndOpenedAgain() {
        openTemplate(SAMPLE);
        Template before = template(SAMPLE);
        assertThat(standing()).isEqualTo("Saved as version 1");
        caretAtEnd("p");
        robot.write(" and so on ");
        until(() -> draft().map(html -> html.contains("and so on")).orElse(false));
        until(() -> standing().startsWith("Draft kept"));
        tab("Variables");
        until(() -> variables().getItems().size() >= 4);
        caretAtEnd("p");
        robot.interact(() -> variables().getSelectionModel().select(1));
        robot.clickOn("#variable-insert");
        until(() -> draft().map(html -> html.contains("and so on {{")).orElse(false));
        robot.push(KeyCode.CONTROL, KeyCode.S);
        until(() -> standing().equals("Saved as version 2"));
        TemplateVersion saved = template(SAMPLE).newest();
        assertThat(saved.html()).contains("and so on {{city}}");
        assertThat(saved.subject()).isEqualTo(before.newest().subject());
        assertThat(draft()).isEmpty();

        robot.clickOn("#template-back");
        until(() -> robot.lookup("#templates").tryQuery().isPresent());
        openTemplate(SAMPLE);
        assertThat(standing()).isEqualTo("Saved as version 2");
        robot.clickOn("#mode-html");
        robot.push(KeyCode.CONTROL, KeyCode.S);
        assertThat(store.versions(template(SAMPLE).id())).hasSize(2);
        assertThat(template(SAMPLE).newest().html()).isEqualTo(saved.html());
    }

    @Test
    void openingAndLookingAroundChangesNothing() {
        String html = "<!DOCTYPE html>\r\n<html><head><style>p { color: red }</style></head>"
                + "<body><!--[if mso]>x<![endif]--><P>Hello&nbsp;{{ name | you }}</P></body></html>";
        long id = store.create("Untouched", new TemplateContent("s", "", html), "test");
        openTemplate("Untouched");
        robot.clickOn("#mode-html");
        robot.clickOn("#mode-design");
        robot.clickOn("#mode-html");
        robot.clickOn("#template-back");
        until(() -> robot.lookup("#templates").tryQuery().isPresent());
        assertThat(store.draft(id)).isEmpty();
        assertThat(template("Untouched").newest().html()).isEqualTo(html);
        assertThat(store.versions(id)).hasSize(1);
    }

    @Test
    void aCheckLeadsToItsPlace() {
        long id = store.create(
                "Faulty",
                new TemplateContent("Hello", "", "<p>One <a href=\"\">nowhere</a></p>\n<p>two {{unknown</p>"),
                "test");
        openTemplate("Faulty");
        tab("Checks");
        until(() -> !checks().getItems().isEmpty());
        assertThat(checks().getItems().get(0).blocks()).isTrue();
        robot.clickOn("#mode-html");
        robot.interact(() -> checks().getSelectionModel().selectFirst());
        robot.interact(() -> checks().requestFocus());
        robot.push(KeyCode.ENTER);
        until(() -> toggle("#mode-html").isSelected()
                && !robot.lookup("#checks").query().isFocused());
        // Where it leads is where what is typed next goes: the opened variable is replaced.
        robot.write("gone");
        until(() -> store.draft(id)
                .map(draft -> draft.content().html().contains("gone"))
                .orElse(false));
        until(() -> checks().getItems().stream().noneMatch(TemplateFinding::blocks));
    }

    @Test
    void aTemplateThatTheEditorWouldDamageComesUpAsHtml() {
        store.create("Odd", new TemplateContent("Hello", "", DAMAGED), "test");
        openTemplate("Odd");
        until(() -> robot.lookup("#damage-keep").tryQuery().isPresent());
        assertThat(toggle("#mode-html").isSelected()).isTrue();
        robot.clickOn("#damage-anyway");
        until(() -> toggle("#mode-design").isSelected());
        robot.clickOn("#template-back");
        until(() -> robot.lookup("#templates").tryQuery().isPresent());
        assertThat(template("Odd").newest().html()).isEqualTo(DAMAGED);
        assertThat(template("Odd").hasDraft()).isFalse();
    }

    @Test
    void thePreviewIsWrittenToARecipientOfTheList() {
        openTemplate(SAMPLE);
        until(() -> label("#row-place").equals("1 of 240"));
        until(() -> label("#inbox-subject").startsWith("Mina,"));
        robot.clickOn("#row-forth");
        until(() -> label("#inbox-subject").startsWith("Jonas,"));
        robot.clickOn("#row-search").write("guest010").push(KeyCode.ENTER);
        until(() -> label("#row-address").equals("guest010@example.com"));
        assertThat(label("#row-place")).isEqualTo("11 of 240");
    }

    @Test
    void escapeLeavesTheFullPreviewFirstAndThenThePage() {
        openTemplate(SAMPLE);
        robot.clickOn("#preview-full");
        until(() -> robot.lookup("#preview-back").tryQuery().isPresent());
        robot.push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#preview-back").tryQuery().isEmpty());
        assertThat(robot.lookup("#template-title").tryQuery()).isPresent();
        robot.clickOn("#rich-editor").push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#template-title").tryQuery()).isPresent();
        robot.clickOn("#template-subject").push(KeyCode.ESCAPE);
        until(() -> robot.lookup("#templates").tryQuery().isPresent());
    }

    @Test
    void theNameIsChangedInPlace() {
        openTemplate(SAMPLE);
        robot.clickOn("#template-title");
        robot.push(KeyCode.CONTROL, KeyCode.A).write("Evening").push(KeyCode.ENTER);
        until(() -> store.findByName("Evening").isPresent());
        until(() -> label("#template-title").equals("Evening"));
    }

    @Test
    void whatIsTypedAsTheWindowClosesIsThereAgain() {
        openTemplate(SAMPLE);
        robot.clickOn("#template-subject").push(KeyCode.END).write("!!");
        real.hide();
        assertThat(store.draft(template(SAMPLE).id()).orElseThrow().content().subject())
                .endsWith("!!");
        real.show();
        openTemplate(SAMPLE);
        until(() -> robot.lookup("#draft-discard").tryQuery().isPresent());
        assertThat(robot.lookup("#template-subject").queryAs(TextField.class).getText())
                .endsWith("!!");
    }

    @Test
    void theVersionsSayWhetherWhatIsWrittenIsSaved() {
        openTemplate(SAMPLE);
        tab("Versions");
        until(() -> versions().getItems().size() == 1);
        assertThat(isUnsavedTold()).isFalse();
        robot.clickOn("#template-subject").push(KeyCode.END).write("!");
        until(this::isUnsavedTold);
        robot.push(KeyCode.BACK_SPACE);
        until(() -> !isUnsavedTold());
    }

    private boolean isUnsavedTold() {
        return robot.lookup((Label label) -> label.isVisible()
                        && "What is being written now is not saved as a version yet.".equals(label.getText()))
                .tryQuery()
                .isPresent();
    }

    private ListView<?> versions() {
        return robot.lookup("#versions").queryListView();
    }

    private void openTemplate(String name) {
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT2);
        until(() -> robot.lookup("#templates").tryQuery().isPresent());
        until(() -> templates().getItems().stream().anyMatch(one -> one.name().equals(name)));
        // The list may be read anew between choosing and opening, which takes the choice away.
        until(() -> {
            if (robot.lookup("#templates").tryQuery().isPresent()) {
                robot.interact(() -> templates().getItems().stream()
                        .filter(one -> one.name().equals(name))
                        .findFirst()
                        .ifPresent(one -> templates().getSelectionModel().select(one)));
                robot.interact(() -> templates().requestFocus());
                robot.push(KeyCode.ENTER);
            }
            return robot.lookup("#template-title").tryQuery().isPresent()
                    && label("#template-title").equals(name);
        });
        until(() -> !standing().equals("Opening…"));
        until(() -> robot.lookup("#rich-editor").tryQuery().isEmpty()
                || script("!!(window.tinymce && tinymce.activeEditor && tinymce.activeEditor.initialized"
                                + " && tinymce.activeEditor.getBody().textContent.trim())")
                        .equals("true"));
    }

    private void caretAtEnd(String selector) {
        script("(function () { const e = tinymce.activeEditor; e.focus(); const p = e.getBody().querySelector('"
                + selector + "'); const r = e.dom.createRng(); r.selectNodeContents(p); r.collapse(false);"
                + " e.selection.setRng(r); e.nodeChanged(); }())");
        robot.interact(() -> robot.lookup("#rich-editor").query().requestFocus());
    }

    private String script(String script) {
        return on(() -> {
            WebView web = robot.lookup("#rich-editor").queryAs(WebView.class);
            return String.valueOf(web.getEngine().executeScript(script));
        });
    }

    private void tab(String name) {
        Node tab = robot.lookup(".tab-label").<Node>queryAll().stream()
                .filter(node -> node instanceof Label label && name.equals(label.getText()))
                .findFirst()
                .orElseThrow();
        robot.clickOn(tab);
    }

    private Optional<String> draft() {
        return store.draft(template(SAMPLE).id()).map(draft -> draft.content().html());
    }

    private Template template(String name) {
        return store.findByName(name).orElseThrow();
    }

    private String standing() {
        return label("#template-standing");
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private ToggleButton toggle(String id) {
        return robot.lookup(id).queryAs(ToggleButton.class);
    }

    private TableView<Template> templates() {
        return robot.lookup("#templates").queryTableView();
    }

    private TableView<?> variables() {
        return robot.lookup("#variables").queryTableView();
    }

    private ListView<TemplateFinding> checks() {
        return robot.lookup("#checks").queryListView();
    }

    private static <T> T on(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, work);
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }
}
