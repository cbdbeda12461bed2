package app.mailroom.ui.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.Right;
import app.mailroom.model.Role;
import app.mailroom.ui.OpenWindow;
import atlantafx.base.controls.Notification;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** What a role does not allow cannot be pressed, on every page, and says why. */
class GreyedOutWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Of each page of the sidebar: controls that need nothing but the right, and the right. */
    private static final Map<String, Map<String, Right>> CONTROLS = Map.of(
            "#nav-mailings", Map.of("#new-mailing", Right.PREPARE_MAILINGS),
            "#nav-templates", Map.of("#new-template", Right.EDIT_TEMPLATES, "#import-template", Right.EDIT_TEMPLATES),
            "#nav-recipients", Map.of("#new-list", Right.EDIT_RECIPIENTS, "#import-list", Right.EDIT_RECIPIENTS),
            "#nav-suppressions", Map.of("#suppressions-add", Right.EDIT_SUPPRESSIONS),
            "#nav-settings", Map.of("#setting-delivery-rate_cap", Right.CHANGE_SETTINGS));

    /** Of the menu of the first list. */
    private static final Map<String, Right> ITEMS = Map.of(
            "list-menu-rename", Right.EDIT_RECIPIENTS,
            "list-menu-export", Right.EXPORT,
            "list-menu-delete", Right.EDIT_RECIPIENTS);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();

    @SuppressWarnings("NullAway.Init")
    private OpenWindow real;

    private void open(Role role) throws Exception {
        real = new OpenWindow(Seated.as(role, folder.resolve("workspace")), robot, PATIENCE);
    }

    @AfterEach
    void close() {
        real.close();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void everyPageOffersWhatTheRoleAllowsAndGreysOutTheRest(Role role) throws Exception {
        open(role);

        CONTROLS.forEach((page, controls) -> {
            robot.clickOn(page);
            controls.forEach((id, right) -> {
                until(() -> robot.lookup(id).tryQuery().isPresent());
                assertThat(on(() -> robot.lookup(id).query().isDisabled()))
                        .as(id)
                        .isEqualTo(!role.may(right));
            });
        });
        robot.clickOn("#nav-recipients");
        until(() -> table("#lists").getItems().size() == 1);
        robot.interact(() -> table("#lists").getSelectionModel().select(0));
        until(() -> robot.lookup("#list-more").tryQuery().isPresent());
        List<MenuItem> items = on(() ->
                List.copyOf(robot.lookup("#list-more").queryAs(MenuButton.class).getItems()));
        ITEMS.forEach((id, right) -> assertThat(items)
                .filteredOn(item -> id.equals(item.getId()))
                .as(id)
                .singleElement()
                .matches(item -> item.isDisable() == !role.may(right)));
    }

    @Test
    void theReasonStandsBeneathTheMouse() throws Exception {
        open(Role.VIEWER);
        robot.clickOn("#nav-templates");
        until(() -> robot.lookup("#new-template").tryQuery().isPresent());

        Bounds button = on(() -> {
            Node node = robot.lookup("#new-template").query();
            return node.localToScreen(node.getBoundsInLocal());
        });
        robot.moveTo(button.getCenterX() - 2, button.getCenterY());
        robot.moveTo(button.getCenterX(), button.getCenterY());

        until(() -> hint().filter("Your role: Viewer. This takes Owner, Sender or Editor."::equals)
                .isPresent());
        robot.moveTo("#nav-results");
        until(() -> hint().isEmpty());
    }

    @Test
    void aSheetCanBeReadAndNotWrittenInto() throws Exception {
        open(Role.VIEWER);
        robot.clickOn("#nav-recipients");
        until(() -> table("#lists").getItems().size() == 1);
        robot.interact(() -> table("#lists").getSelectionModel().select(0));
        until(() -> robot.lookup("#open-list").tryQuery().isPresent());
        robot.clickOn("#open-list");
        until(() -> robot.lookup("#sheet-typing").tryQuery().isPresent());
        TextArea typing = robot.lookup("#sheet-typing").queryAs(TextArea.class);
        until(typing::isFocused);

        robot.write("x");
        robot.type(KeyCode.DELETE);

        until(() -> notice("Your role: Viewer. This takes Owner, Sender or Editor."));
        String typed = on(typing::getText);
        assertThat(typed).isEmpty();
        assertThat(real.features().stores().sheets().undoable(1)).isEmpty();
    }

    @Test
    void aKeyThatWouldBeginAMailingSaysWhoMay() throws Exception {
        open(Role.VIEWER);
        until(() -> robot.lookup("#new-mailing").tryQuery().isPresent());

        robot.push(KeyCode.CONTROL, KeyCode.N);

        until(() -> notice("Your role: Viewer. This takes Owner, Sender or Editor."));
        assertThat(robot.lookup("#form-next").tryQuery()).isEmpty();
    }

    private TableView<?> table(String id) {
        return robot.lookup(id).queryAs(TableView.class);
    }

    private static Optional<String> hint() {
        return Window.getWindows().stream()
                .filter(window -> window instanceof Tooltip && window.isShowing())
                .map(window -> ((Tooltip) window).getText())
                .findFirst();
    }

    private boolean notice(String words) {
        return robot.lookup((Node node) -> node instanceof Notification notice && words.equals(notice.getMessage()))
                .tryQuery()
                .isPresent();
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> on(holds));
    }

    private static <T> T on(Callable<T> work) {
        try {
            return WaitForAsyncUtils.asyncFx(work).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
