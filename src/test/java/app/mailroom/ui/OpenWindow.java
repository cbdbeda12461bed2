package app.mailroom.ui;

import static org.awaitility.Awaitility.await;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.shell.MainWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** The real window over a real workspace, in English and light. */
public final class OpenWindow implements AutoCloseable {
    private final FxRobot robot;
    private final Duration patience;
    private final WindowedWorkspace workspace;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Opens the workspace in this folder, and the window. patience is for its closing. */
    public OpenWindow(Path folder, FxRobot robot, Duration patience) throws Exception {
        this(new WindowedWorkspace(folder), robot, patience);
    }

    /** Opens the window over a workspace that is open already, which it closes in the end. */
    public OpenWindow(WindowedWorkspace workspace, FxRobot robot, Duration patience) throws Exception {
        this.robot = robot;
        this.patience = patience;
        this.workspace = workspace;
        FxToolkit.registerPrimaryStage();
        Platform.setImplicitExit(false);
        features().stores().settings().put("ui.language", "en");
        features().stores().settings().put("ui.theme", "light");
        show();
    }

    /** What the window works with. */
    public Features features() {
        return workspace.features();
    }

    /** The workspace that it is over. */
    public WindowedWorkspace workspace() {
        return workspace;
    }

    /** Shows the window, again if it was closed. */
    public void show() {
        closed.set(false);
        Runnable window = MainWindow.prepare(features(), () -> closed.set(true));
        robot.interact(window);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Closes the window as a person does; the workspace stays open. */
    public void hide() {
        robot.interact(() -> List.copyOf(Window.getWindows()).forEach(window -> {
            if (window instanceof Stage stage
                    && String.valueOf(stage.getTitle()).endsWith("Mailroom")) {
                stage.close();
            }
        }));
        await().atMost(patience).untilTrue(closed);
    }

    @Override
    public void close() {
        hide();
        workspace.close();
    }
}
