package app.mailroom.ui.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.World;
import app.mailroom.store.FieldValues;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.StagedRow;
import app.mailroom.ui.OpenWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The window about a person, opened from the suppression list of the real window. */
class PersonWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MINA = "mina@example.com";

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();

    @Test
    void aPersonIsLookedForAndErased() throws Exception {
        try (OpenWindow window = new OpenWindow(folder, robot, PATIENCE)) {
            RecipientStore lists = window.features().stores().recipients();
            long list = lists.begin(
                    "guests",
                    "test",
                    List.of(new RecipientColumn(0, 0, "email", "email"), new RecipientColumn(1, 1, "name", "name")));
            lists.append(list, List.of(row(MINA, "Mina"), row("jun@example.com", "Jun")));
            lists.finish(list);
            window.features().stores().suppressions().add(World.LIVE, MINA, "UNSUBSCRIBE", "");
            robot.clickOn("#nav-suppressions");
            robot.clickOn("#suppressions-person");
            type("#person-address", "mina");
            robot.clickOn("#person-look");
            await().atMost(PATIENCE)
                    .until(() -> on(() -> label("#person-problem").contains("@")));
            type("#person-address", MINA);
            robot.type(KeyCode.ENTER);
            await().atMost(PATIENCE)
                    .until(() -> on(() ->
                            !robot.lookup("#person-erase").queryAs(Button.class).isDisabled()));
            assertThat(on(() -> shown())).contains("Rows of recipient lists");
            assertThat(on(() ->
                            robot.lookup("#person-keep").queryAs(CheckBox.class).isSelected()))
                    .isTrue();

            Platform.runLater(
                    () -> robot.lookup("#person-erase").queryAs(Button.class).fire());
            await().atMost(PATIENCE)
                    .until(() -> on(
                            () -> robot.lookup("Erase").tryQueryAs(Button.class).isPresent()));
            robot.clickOn("Erase");
            await().atMost(PATIENCE).until(() -> on(() -> shown().contains("Still kept")));

            assertThat(lists.rows(list, 0L, 10))
                    .extracting(row -> row.address())
                    .containsExactly("jun@example.com");
            assertThat(window.features().stores().suppressions().holds(MINA)).isTrue();
            robot.type(KeyCode.ESCAPE);
        }
    }

    private void type(String field, String text) {
        robot.interact(() -> robot.lookup(field).queryAs(TextField.class).setText(text));
        robot.clickOn(field);
    }

    private String label(String id) {
        return robot.lookup(id).queryAs(Label.class).getText();
    }

    private String shown() {
        StringBuilder all = new StringBuilder();
        for (Node node : robot.from(robot.lookup("#person-found").queryAs(VBox.class))
                .lookup(".label")
                .queryAll()) {
            if (node instanceof Label label) {
                all.append(label.getText()).append('\n');
            }
        }
        return all.toString();
    }

    private static <T> T on(java.util.concurrent.Callable<T> look) {
        return WaitForAsyncUtils.waitForAsyncFx(5_000, look);
    }

    private static StagedRow row(String address, String name) {
        return new StagedRow(address, address, FieldValues.toJson(List.of(address, name)));
    }
}
