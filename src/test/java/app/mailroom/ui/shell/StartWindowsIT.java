package app.mailroom.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.support.CrashReport;
import app.mailroom.support.CrashReports;
import app.mailroom.support.Redaction;
import app.mailroom.ui.common.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.StageStyle;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.framework.junit5.ApplicationExtension;

/** What a person sees before the program's window, or in its place. */
@ExtendWith(ApplicationExtension.class)
class StartWindowsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final Locale usual = Locale.getDefault();

    @BeforeEach
    void begin() throws Exception {
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
    }

    @AfterEach
    void end(FxRobot robot) {
        Locale.setDefault(usual);
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(Window::hide));
    }

    private String words(FxRobot robot) {
        return robot.lookup("#start-failed-words").queryAs(Label.class).getText();
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidWithWhatToDo(FxRobot robot) {
        Locale.setDefault(Locale.ENGLISH);
        Failure failure =
                Failure.ofStart(new UncheckedIOException(new IOException("/mnt/shop: Read-only file system")));
        robot.interact(FailedStartWindow.prepare(failure, Optional.empty(), () -> closed.set(true)));
        assertThat(words(robot))
                .contains("The folder of the workspace cannot be used", "Read-only file system", "(FOLDER)");
        robot.push(KeyCode.ESCAPE);
        await().atMost(PATIENCE).untilTrue(closed);
    }

    @Test
    void whatNobodyExpectedComesWithItsReportInTheLanguageOfTheComputer(FxRobot robot) {
        Locale.setDefault(Locale.KOREAN);
        CrashReports crashes = new CrashReports(List.of(folder), new Redaction(List.of()), Clock.systemUTC());
        IllegalStateException unexpected = new IllegalStateException("of mina@example.org");
        CrashReport report = crashes.keep("main", unexpected).orElseThrow();
        robot.interact(
                FailedStartWindow.prepare(Failure.ofStart(unexpected), Optional.of(report), () -> closed.set(true)));
        assertThat(words(robot)).contains("(UNEXPECTED)").containsPattern("[가-힣]");
        assertThat(robot.lookup("#crash-text").queryAs(TextArea.class).getText())
                .contains("IllegalStateException")
                .doesNotContain("mina");
        robot.push(KeyCode.ENTER);
        await().atMost(PATIENCE).untilTrue(closed);
    }

    @Test
    void aStartThatTakesLongShowsASignUntilTheWindowIsThere(FxRobot robot) {
        SlowStart slow = new SlowStart();
        robot.interact(slow::begin);
        await().atMost(PATIENCE).until(StartWindowsIT::isSignThere);
        robot.interact(slow::over);
        assertThat(isSignThere()).isFalse();
    }

    @Test
    void aStartThatIsOverShowsNone(FxRobot robot) {
        SlowStart slow = new SlowStart();
        robot.interact(slow::over);
        robot.interact(slow::begin);
        // A sign that was asked for later, and comes after the one that must not come.
        SlowStart later = new SlowStart();
        robot.interact(later::begin);
        await().atMost(PATIENCE).until(StartWindowsIT::isSignThere);
        robot.interact(later::over);
        assertThat(isSignThere()).isFalse();
    }

    private static boolean isSignThere() {
        return List.copyOf(Window.getWindows()).stream()
                .anyMatch(window -> window instanceof Stage stage
                        && stage.getStyle() == StageStyle.UNDECORATED
                        && "Mailroom".equals(stage.getTitle()));
    }
}
