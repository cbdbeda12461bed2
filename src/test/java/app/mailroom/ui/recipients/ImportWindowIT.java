package app.mailroom.ui.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientList;
import app.mailroom.store.RecipientStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The import window over a real workspace. */
class ImportWindowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final FxRobot robot = new FxRobot();

    @Test
    void aFileIsUnderstoodAndBecomesAList() throws Exception {
        Path file = folder.resolve("guests.csv");
        String rows = "이메일;이름\nmina@example.com;미나\nnobody;없음\nMINA@example.com;또 미나\njun@example.com;준\n";
        Files.write(file, rows.getBytes(Charset.forName("x-windows-949")));
        Stage owner = FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        AtomicLong done = new AtomicLong();
        Texts texts = Texts.in(Locale.ENGLISH);
        try (WindowedWorkspace real = new WindowedWorkspace(folder.resolve("workspace"))) {
            robot.interact(() -> {
                Notices notices = new Notices(texts);
                StackPane pane = new StackPane(notices.node());
                owner.setScene(new Scene(pane, 600, 400));
                owner.show();
                Background background = new Background("window-work", 3, notices::failed);
                ScreenContext context = new ScreenContext(
                        real.features(), texts, background, background, notices, work -> {}, place -> {});
                new ImportDialog(context, pane, file, done::set).open();
            });
            await().atMost(PATIENCE)
                    .until(() -> WaitForAsyncUtils.waitForAsyncFx(
                            5_000,
                            () -> !robot.lookup("#import-run")
                                    .queryAs(Button.class)
                                    .isDisabled()));
            robot.clickOn("#import-run");
            await().atMost(PATIENCE).until(() -> done.get() != 0);

            RecipientStore store = real.features().stores().recipients();
            RecipientList list = store.find(done.get()).orElseThrow();
            assertThat(list.name()).isEqualTo("guests");
            assertThat(list.rowCount()).isEqualTo(2);
            List<ImportProblem> problems = store.problems(list.id(), 0, 10);
            assertThat(problems).extracting(ImportProblem::reason).containsExactlyInAnyOrder("NO_AT", "DUPLICATE");
            assertThat(store.rows(list.id(), 0L, 10).get(0).values()).contains("미나");
        } finally {
            robot.interact(owner::hide);
        }
    }
}
