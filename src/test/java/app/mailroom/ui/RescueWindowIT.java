package app.mailroom.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.backup.BackupFolder;
import app.mailroom.backup.Restoring;
import app.mailroom.model.Actor;
import app.mailroom.model.FileDamage;
import app.mailroom.store.DamagedException;
import app.mailroom.store.Database;
import app.mailroom.store.DatabaseFile;
import app.mailroom.ui.rescue.Rescue;
import app.mailroom.ui.shell.RescueWindow;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;

/** What a person sees and does whose database is damaged. */
@ExtendWith(ApplicationExtension.class)
class RescueWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final AtomicReference<Boolean> closed = new AtomicReference<>();

    @SuppressWarnings("NullAway.Init")
    private Path database;

    @SuppressWarnings("NullAway.Init")
    private BackupFolder copies;

    @BeforeEach
    void damagedWorkspaceWithACopy() throws Exception {
        try (WindowedWorkspace workspace = new WindowedWorkspace(folder)) {
            workspace.features().stores().settings().put("ui.language", "en");
            workspace.features().stores().settings().put("ui.theme", "light");
        }
        database = folder.resolve("mailroom.sqlite");
        copies = new BackupFolder(database, folder.resolve("backups"));
        Files.createDirectories(copies.folder());
        Files.copy(database, copies.folder().resolve("mailroom-2026-03-01.sqlite"));
        Files.writeString(copies.folder().resolve("mailroom-2026-03-02.sqlite"), "no database");
        try (RandomAccessFile bytes = new RandomAccessFile(database.toFile(), "rw")) {
            bytes.write(new byte[100]);
        }
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
    }

    private void open(FxRobot robot) throws Exception {
        FileDamage damage =
                new DatabaseFile(database, Database.Schema.WORKSPACE).look().orElseThrow();
        Clock clock = Clock.systemUTC();
        Rescue rescue = new Rescue(damage, copies, new Restoring(copies, clock), Actor.local("mina"));
        robot.interact(RescueWindow.prepare(rescue, closed::set));
        await().atMost(PATIENCE)
                .until(() -> robot.lookup("#rescue-copies")
                                .queryAs(ListView.class)
                                .getItems()
                                .size()
                        == 2);
    }

    @Test
    void theNewestCopyThatIsWellIsChosenAndRestoredByTheKeyboard(FxRobot robot) throws Exception {
        open(robot);
        assertThat(robot.lookup("#rescue-what").queryAs(Label.class).getText()).contains("not a database any more");
        assertThat(robot.lookup("#rescue-file").queryAs(Label.class).getText()).contains("mailroom.sqlite");
        Rescue.Checked chosen = (Rescue.Checked) robot.lookup("#rescue-copies")
                .queryAs(ListView.class)
                .getSelectionModel()
                .getSelectedItem();
        assertThat(chosen.copy().name()).isEqualTo("mailroom-2026-03-01.sqlite");
        assertThat(chosen.well()).isTrue();

        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        await().atMost(PATIENCE)
                .until(() -> robot.lookup("#rescue-open").tryQuery().isPresent());
        assertThat(new DatabaseFile(database, Database.Schema.WORKSPACE).look()).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("damaged-")))
                    .hasSize(1);
        }
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        await().atMost(PATIENCE).untilAtomic(closed, org.hamcrest.Matchers.equalTo(true));
    }

    @Test
    void damageThatIsFoundWhileTheWindowIsOpenIsSaidInIt(FxRobot robot, @TempDir Path well) throws Exception {
        OpenWindow window = new OpenWindow(well, robot, PATIENCE);
        assertThat(robot.lookup("#database-stopped").tryQuery()).isEmpty();
        window.workspace().damage(new FileDamage(FileDamage.Kind.BROKEN, well.resolve("mailroom.sqlite"), "page 7"));
        await().atMost(PATIENCE)
                .until(() -> robot.lookup("#database-stopped").tryQuery().isPresent());
        assertThat(robot.lookup("#database-stopped").queryAs(Label.class).getText())
                .contains("damaged");
        // By this the program knows that it has to offer the copies.
        assertThatThrownBy(window::close).isInstanceOf(DamagedException.class);
    }

    @Test
    void aDamagedCopyCannotBeRestoredAndLeavingChangesNothing(FxRobot robot) throws Exception {
        open(robot);
        ListView<?> list = robot.lookup("#rescue-copies").queryAs(ListView.class);
        for (int i = 0; i < 2; i++) {
            int at = i;
            robot.interact(() -> list.getSelectionModel().select(at));
            boolean well = ((Rescue.Checked) list.getItems().get(at)).well();
            assertThat(robot.lookup("#rescue-restore").queryAs(Button.class).isDisabled())
                    .isEqualTo(!well);
        }
        robot.interact(() -> robot.lookup("#language-ko")
                .queryAs(javafx.scene.control.ToggleButton.class)
                .fire());
        await().atMost(PATIENCE)
                .until(() -> robot.lookup("#rescue-quit")
                        .queryAs(Button.class)
                        .getText()
                        .equals("끝내기"));
        robot.interact(() -> robot.lookup("#rescue-quit").queryButton().fire());
        await().atMost(PATIENCE).untilAtomic(closed, org.hamcrest.Matchers.equalTo(false));
        assertThat(new DatabaseFile(database, Database.Schema.WORKSPACE).look()).isPresent();
    }
}
