package app.mailroom.ui.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.OpenWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

/** What a person finds and changes in the settings. */
@ExtendWith(ApplicationExtension.class)
class SettingsWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();

    @SuppressWarnings("NullAway.Init")
    private Path workspace;

    @SuppressWarnings("NullAway.Init")
    private OpenWindow window;

    @BeforeEach
    void open() throws Exception {
        workspace = Files.createDirectory(folder.resolve("Forest shop"));
        window = new OpenWindow(workspace, robot, PATIENCE);
        robot.push(KeyCode.CONTROL, KeyCode.DIGIT6);
        until(() -> robot.lookup("#backups-state").tryQuery().isPresent());
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void aBackupIsMadeAndTold() throws Exception {
        until(() -> text("#backups-state").startsWith("There is no copy yet"));
        fire("#backup-make");
        until(() -> text("#backups-state").endsWith("1 in all."));
        assertThat(window.features().keeping().backups().folder().copies()).hasSize(1);
        assertThat(robot.lookup("#backup-make").queryAs(Button.class).isDisabled())
                .isFalse();
    }

    @Test
    void aBackupThatFailsIsToldAndCanBeTriedAgain() throws Exception {
        Files.writeString(workspace.resolve("backups"), "in the way");
        fire("#backup-make");
        until(() -> robot.lookup(".notification.danger").tryQuery().isPresent());
        until(() -> !robot.lookup("#backup-make").queryAs(Button.class).isDisabled());
        Files.delete(workspace.resolve("backups"));
        fire("#backup-make");
        until(() -> text("#backups-state").endsWith("1 in all."));
    }

    @Test
    void anotherWorkspaceOpensInAWindowOfItsOwn() throws Exception {
        fire("#open-other");
        until(() -> robot.lookup("#other-folder").tryQuery().isPresent());
        assertThat(opens()).isFalse();
        type(workspace.toString());
        until(() -> text("#other-standing").equals("This is the workspace of this window."));
        assertThat(opens()).isFalse();
        type("shop");
        until(() -> text("#other-standing").equals("This is no full path of a folder."));
        assertThat(opens()).isFalse();
        Path other = folder.resolve("Beach shop");
        type(other.toString());
        until(() -> text("#other-standing").startsWith("A new workspace will be made there"));
        robot.interact(() -> robot.lookup("#other-folder").query().requestFocus());
        robot.push(KeyCode.ENTER);
        until(() -> window.workspace().elsewhere().equals(List.of(other)));
        until(() -> robot.lookup("#other-folder").tryQuery().isEmpty());
    }

    @Test
    void numbersAreKeptOnceTheyMakeSense() {
        TextField cap = robot.lookup("#setting-delivery-rate_cap").queryAs(TextField.class);
        robot.interact(() -> cap.setText("12.5"));
        until(() -> setting("delivery.rate_cap").equals(Optional.of("12.5")));
        robot.interact(() -> cap.setText("much"));
        assertThat(cap.getPseudoClassStates())
                .anyMatch(state -> state.getPseudoClassName().equals("danger"));
        robot.interact(() -> cap.setText(""));
        until(() -> setting("delivery.rate_cap").orElse("").isEmpty());
    }

    @Test
    void anAddressForUpdatesThatIsNoneIsMarkedAndNotKept() {
        TextField address = robot.lookup("#setting-updates-address").queryAs(TextField.class);
        robot.interact(() -> address.setText("ftp://example.org"));
        assertThat(address.getPseudoClassStates())
                .anyMatch(state -> state.getPseudoClassName().equals("danger"));
        robot.interact(() -> address.setText("https://example.org/mailroom.json"));
        until(() -> setting(UpdateCheck.ADDRESS).equals(Optional.of("https://example.org/mailroom.json")));
    }

    private Optional<String> setting(String name) {
        return window.features().stores().settings().get(name);
    }

    private boolean opens() {
        return !robot.lookup("#other-open").queryAs(Button.class).isDisabled();
    }

    private void type(String path) {
        robot.interact(
                () -> robot.lookup("#other-folder").queryAs(TextField.class).setText(path));
    }

    private void fire(String id) {
        robot.interact(robot.lookup(id).queryAs(Button.class)::fire);
    }

    private String text(String id) {
        return robot.lookup(id).tryQueryAs(Labeled.class).map(Labeled::getText).orElse("");
    }

    private static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).until(holds);
    }
}
