package app.mailroom.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class SourceEditorWindowIT {
    private static final String MAIL =
            "<table>\r\n  <tr><td class=\"a\">Hi {{name}} &amp; co</td></tr>\r\n</table>\r\n";

    private final FxRobot robot = new FxRobot();
    private final List<String> changes = new ArrayList<>();
    private final AtomicReference<SourceEditor> made = new AtomicReference<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>();

    @BeforeEach
    void open() throws Exception {
        FxToolkit.registerPrimaryStage();
        robot.interact(() -> {
            SourceEditor editor = new SourceEditor(Texts.in(Locale.ENGLISH));
            editor.onChange(() -> changes.add("changed"));
            made.set(editor);
            Stage window = new Stage();
            window.setScene(new Scene((javafx.scene.Parent) editor.node(), 800, 500));
            window.show();
            stage.set(window);
        });
    }

    @AfterEach
    void close() {
        robot.interact(() -> Objects.requireNonNull(stage.get()).close());
    }

    @Test
    void whatIsNotTouchedComesBackToTheByte() {
        for (String text : List.of(MAIL, "", "a\rb\nc\r\n", "\uD800 alone", "x\r\n\r\ny", "안녕\u2028\n")) {
            show(text);
            assertThat(html()).isEqualTo(text);
        }
        assertThat(changes).isEmpty();
    }

    @Test
    void whatIsTypedTakesTheLineEndsOfTheRest() {
        show(MAIL);
        robot.interact(() -> area().moveTo(7));
        robot.interact(() -> editor().focus());
        robot.push(KeyCode.ENTER).write("안녕 x");
        assertThat(html()).isEqualTo(MAIL.replaceFirst("<table>", "<table>\r\n안녕 x"));
        assertThat(changes).isNotEmpty();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        for (int i = 0; i < 10 && !html().equals(MAIL); i++) {
            robot.push(KeyCode.CONTROL, KeyCode.Z);
        }
        assertThat(html()).isEqualTo(MAIL);
    }

    @Test
    void enterKeepsTheIndentAndTabGivesTwoSpaces() {
        show("  <p>\n</p>");
        robot.interact(() -> {
            area().moveTo(5);
            editor().focus();
        });
        robot.push(KeyCode.ENTER).push(KeyCode.TAB).write("x");
        assertThat(html()).isEqualTo("  <p>\n    x\n</p>");
        robot.push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.SHIFT, KeyCode.TAB);
        assertThat(html()).isEqualTo("<p>\n  x\n</p>");
    }

    @Test
    void placesAreThoseOfTheTextWithItsOwnLineEnds() {
        show(MAIL);
        int at = MAIL.indexOf("{{name}}");
        robot.interact(() -> editor().select(at, at + 8));
        assertThat(area().getSelectedText()).isEqualTo("{{name}}");
        robot.interact(() -> editor().insert("{{city}}"));
        assertThat(html()).isEqualTo(MAIL.replace("{{name}}", "{{city}}"));
    }

    @Test
    void thePartsAreColored() {
        show(MAIL);
        int variable = area().getText().indexOf("{{name}}");
        await().atMost(EditorHost.PATIENCE)
                .untilAsserted(
                        () -> assertThat(area().getStyleOfChar(variable + 3)).containsExactly("token-variable"));
        assertThat(area().getStyleOfChar(1)).containsExactly("token-tag");
        assertThat(area().getStyleOfChar(area().getText().indexOf("class"))).containsExactly("token-attribute");
    }

    @Test
    void textIsFoundAndReplaced() {
        show("one Two two\ntwo");
        robot.interact(() -> editor().focus());
        robot.push(KeyCode.CONTROL, KeyCode.F);
        robot.clickOn("#source-find").write("two");
        assertThat(count()).isEqualTo("1 of 3");
        robot.push(KeyCode.ENTER);
        assertThat(count()).isEqualTo("2 of 3");
        robot.push(KeyCode.SHIFT, KeyCode.ENTER);
        assertThat(count()).isEqualTo("1 of 3");
        robot.clickOn("#source-case");
        assertThat(count()).endsWith("of 2");
        robot.clickOn("#source-replacement").write("3");
        robot.clickOn("#source-replace-all");
        assertThat(html()).isEqualTo("one Two 3\n3");
        robot.clickOn("#source-find").push(KeyCode.ESCAPE);
        assertThat(robot.lookup("#source-find").query().isVisible()
                        && robot.lookup("#source-find")
                                .query()
                                .getParent()
                                .getParent()
                                .isVisible())
                .isFalse();
        robot.push(KeyCode.CONTROL, KeyCode.Z);
        assertThat(html()).isEqualTo("one Two two\ntwo");
    }

    private SourceEditor editor() {
        return Objects.requireNonNull(made.get());
    }

    private CodeArea area() {
        return robot.lookup("#source-editor").queryAs(CodeArea.class);
    }

    private String count() {
        WaitForAsyncUtils.waitForFxEvents();
        return robot.lookup("#source-count").queryAs(Label.class).getText();
    }

    private void show(String text) {
        robot.interact(() -> editor().show(text));
        changes.clear();
    }

    private String html() {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, () -> editor().html());
    }
}
