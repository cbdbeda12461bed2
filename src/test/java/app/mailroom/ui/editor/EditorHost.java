package app.mailroom.ui.editor;

import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.web.WebView;
import javafx.stage.Stage;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** A window with nothing in it but the visual editor, and hands to work in it. */
final class EditorHost implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    final FxRobot robot = new FxRobot();
    final List<String> changes = new ArrayList<>();
    final List<String> saves = new ArrayList<>();
    final List<Boolean> fullScreens = new ArrayList<>();
    private final WindowedWorkspace workspace;
    private final AtomicReference<RichEditor> editor = new AtomicReference<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>();

    EditorHost(Path folder, Locale language) throws Exception {
        FxToolkit.registerPrimaryStage();
        workspace = new WindowedWorkspace(folder);
        Texts texts = Texts.in(language);
        Notices notices = new Notices(texts);
        Background background = new Background("editor-test", 2, notices::failed);
        ScreenContext context = new ScreenContext(
                workspace.features(), texts, background, background, notices, Runnable::run, place -> {});
        robot.interact(() -> {
            RichEditor made = new RichEditor(context, false);
            made.onChange(() -> changes.add("changed"));
            made.onSave(() -> saves.add("saved"));
            made.onFullScreen(fullScreens::add);
            editor.set(made);
            Stage window = new Stage();
            window.setScene(new Scene(new StackPane(made.node(), notices.node()), 1000, 640));
            window.show();
            stage.set(window);
        });
        await().atMost(PATIENCE).until(() -> made().readyProperty().get());
    }

    RichEditor made() {
        return Objects.requireNonNull(editor.get());
    }

    /** Shows a template and waits until it can be edited. */
    List<Damage> show(TemplateContent content, String... variables) {
        AtomicReference<List<Damage>> damage = new AtomicReference<>();
        robot.interact(() -> made().show(content, List.of(variables), damage::set));
        await().atMost(PATIENCE).until(() -> damage.get() != null);
        WaitForAsyncUtils.waitForFxEvents();
        changes.clear();
        return Objects.requireNonNull(damage.get());
    }

    List<Damage> show(String html, String... variables) {
        return show(new TemplateContent("", "", html), variables);
    }

    String html() {
        return on(() -> made().html());
    }

    boolean touched() {
        return on(() -> made().isTouched());
    }

    /** Runs a script in the editor's page; what it gives as text. */
    String js(String script) {
        return on(() -> String.valueOf(web().getEngine().executeScript(script)));
    }

    <T> T on(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(30_000, work);
    }

    void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    /** Presses the mouse on the first element of the page's own that fits; waits for it first. */
    void click(String selector) {
        clickElement("document.querySelector(" + quoted(selector) + ")", false, 1);
    }

    /** The same with the element of a list whose text is this. */
    void clickText(String selector, String text) {
        clickElement(
                "Array.from(document.querySelectorAll(" + quoted(selector) + ")).find(e => e.textContent.trim() === "
                        + quoted(text) + ")",
                false,
                1);
    }

    /** Presses the mouse on something in the edited text. */
    void clickContent(String selector, int times) {
        clickElement("tinymce.activeEditor.getBody().querySelector(" + quoted(selector) + ")", true, times);
    }

    /** Puts the caret behind the text of an element. */
    void caretBehind(String selector) {
        js("(function () { const e = tinymce.activeEditor; e.focus(); const p = e.getBody().querySelector("
                + quoted(selector)
                + "); const r = e.dom.createRng(); r.selectNodeContents(p); r.collapse(false);"
                + " e.selection.setRng(r); e.nodeChanged(); }())");
        robot.interact(() -> web().requestFocus());
    }

    private void clickElement(String element, boolean content, int times) {
        String place =
                "(function () { const e = " + element + "; if (!e || e.getClientRects().length === 0) { return ''; }"
                        + " const r = e.getBoundingClientRect();"
                        + (content
                                ? " const f = tinymce.activeEditor.iframeElement.getBoundingClientRect();"
                                : " const f = { left: 0, top: 0 };")
                        + " return (f.left + r.left + r.width / 2) + ' ' + (f.top + r.top + r.height / 2); }())";
        // Drawers and dialogs move when they open.
        AtomicReference<String> before = new AtomicReference<>("");
        until(() -> {
            String now = js(place);
            return now.equals(before.getAndSet(now)) && !now.isEmpty();
        });
        String[] at = js(place).split(" ", -1);
        Point2D point = on(() -> web().localToScreen(Double.parseDouble(at[0]), Double.parseDouble(at[1])));
        if (times == 2) {
            robot.doubleClickOn(point);
        } else {
            robot.clickOn(point);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    WebView web() {
        return (WebView) made().node();
    }

    static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    @Override
    public void close() {
        robot.interact(() -> Objects.requireNonNull(stage.get()).close());
        workspace.close();
    }
}
