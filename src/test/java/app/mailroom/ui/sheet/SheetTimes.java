package app.mailroom.ui.sheet;

import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import atlantafx.base.theme.PrimerLight;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/** Prints how long a sheet takes to show and to scroll, and what it needs; for people, not for a build. */
public final class SheetTimes {
    private SheetTimes() {}

    /** Measures. */
    public static void main(String[] arguments) {
        Application.launch(Window.class, arguments);
    }

    /** The window that is measured. */
    public static final class Window extends Application {
        private static final int STEPS = 120;

        private final List<Double> steps = new ArrayList<>();

        @Override
        public void start(Stage stage) {
            setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            FakeSheet fake = new FakeSheet(1_000, 6);
            SheetGrid grid = new SheetGrid(Texts.in(Locale.ENGLISH), fake, fake);
            Scene scene = new Scene(new StackPane(grid.node()), 1100, 700);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(SheetGrid.class.getResource("/app/mailroom/ui/mailroom.css"))
                            .toExternalForm());
            stage.setScene(scene);
            stage.show();
            show(
                    grid,
                    fake,
                    scene,
                    1_000,
                    () -> show(
                            grid,
                            fake,
                            scene,
                            100_000,
                            () -> show(grid, fake, scene, 1_000_000, () -> scroll(grid, fake, scene, 0))));
        }

        private void show(SheetGrid grid, FakeSheet fake, Scene scene, int rows, Runnable then) {
            fake.size(rows);
            fake.asked = 0;
            long began = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            grid.reset();
            afterPulse(scene, () -> {
                System.out.printf(
                        "%,d rows: shown after %.0f ms, %.0f ms of it at work; %,d cells asked for; heap %,d MB%n",
                        rows,
                        (System.nanoTime() - began) / 1e6,
                        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6,
                        fake.asked,
                        heap());
                then.run();
            });
        }

        private void scroll(SheetGrid grid, FakeSheet fake, Scene scene, int step) {
            if (step == STEPS) {
                steps.sort(null);
                System.out.printf(
                        "scrolling by 20 rows: %.1f ms at work in the middle, %.1f ms at worst%n",
                        steps.get(STEPS / 2), steps.get(STEPS - 1));
                Platform.exit();
                return;
            }
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int row = 40 + step * 20;
            grid.select(new Area(row, 1, row, 1));
            afterPulse(scene, () -> {
                steps.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6);
                scroll(grid, fake, scene, step + 1);
            });
        }

        private static void afterPulse(Scene scene, Runnable work) {
            Runnable[] listener = new Runnable[1];
            listener[0] = () -> {
                scene.removePostLayoutPulseListener(listener[0]);
                Platform.runLater(work);
            };
            scene.addPostLayoutPulseListener(listener[0]);
            Platform.requestNextPulse();
        }

        private static long heap() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        }
    }
}
