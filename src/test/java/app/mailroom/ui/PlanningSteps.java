package app.mailroom.ui;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.input.KeyCode;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** The page on which a mailing is planned, as a person walks through its steps. */
final class PlanningSteps {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final FxRobot robot;

    PlanningSteps(FxRobot robot) {
        this.robot = robot;
    }

    /** Opens an empty form, and waits until it knows which templates and lists there are. */
    void open() {
        robot.push(KeyCode.CONTROL, KeyCode.N);
        filled();
    }

    /** Waits until the form knows which templates and lists there are. */
    void filled() {
        until(() -> robot.lookup("#form-template").queryAs(ComboBox.class).getValue() != null);
    }

    /** Goes to a step by its button: content, recipients, sender, time or check. */
    void go(String step) {
        robot.clickOn("#step-" + step);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Goes to the last step and plans as soon as the checks let it. */
    void plan() {
        go("check");
        mayPlan();
        robot.clickOn("#form-plan");
    }

    /** Waits until nothing keeps the mailing from being planned. */
    void mayPlan() {
        until(() -> {
            Button plan = robot.lookup("#form-plan").queryButton();
            return plan.isVisible() && !plan.isDisabled();
        });
    }

    /** Waits for something that holds on the JavaFX thread. */
    static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> WaitForAsyncUtils.waitForAsyncFx(5_000, condition));
    }
}
