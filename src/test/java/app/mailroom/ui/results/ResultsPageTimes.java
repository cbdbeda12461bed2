package app.mailroom.ui.results;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.PlanResults;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.PrimerLight;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/**
 * Prints how long the results of all mailings, a comparison, and the results of the largest mailing take from the click
 * until their figures are drawn, over the workspace in the folder that {@code main} is given; for people, not for a build.
 * Each page is opened four times: the first time classes are loaded and styles are read.
 */
public final class ResultsPageTimes {
    private static final int TIMES = 4;

    private ResultsPageTimes() {}

    /** A folder, which should be a copy: it is opened as the program opens it. */
    public static void main(String[] folder) throws Exception {
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        Platform.startup(() -> started.complete(true));
        started.get();
        Platform.setImplicitExit(false);
        try (WindowedWorkspace real = new WindowedWorkspace(Path.of(folder[0]))) {
            var all = real.features().stores().results().all();
            PlanResults largest = all.stream()
                    .max(Comparator.comparingLong(results -> results.totals().all()))
                    .orElseThrow();
            long id = largest.plan().id();
            for (int i = 0; i < TIMES; i++) {
                open(real, "all " + all.size() + " mailings", ResultsView::new, "#figure-PLANNED");
                open(
                        real,
                        "a mailing of " + largest.totals().all() + " messages",
                        context -> new MailingResults(context, id, filter -> {}),
                        "#head-DELIVERED .big-figure-count");
                open(
                        real,
                        "a comparison",
                        context -> new CompareView(
                                context,
                                all.stream()
                                        .map(results -> results.plan().id())
                                        .limit(CompareViewModel.MOST)
                                        .toList(),
                                () -> {}),
                        ".compare-title");
            }
        }
        System.exit(0);
    }

    private static void open(
            WindowedWorkspace real, String what, Function<ScreenContext, Screen> page, String firstFigure)
            throws Exception {
        ExecutorService keeper = Executors.newSingleThreadExecutor();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Platform.runLater(() -> {
            Application.setUserAgentStylesheet(new PrimerLight().getUserAgentStylesheet());
            Texts texts = Texts.in(Locale.ENGLISH);
            Notices notices = new Notices(texts);
            Background background = new Background("window-work", 3, notices::failed);
            ScreenContext context = new ScreenContext(
                    real.features(), texts, background, background, notices, keeper::execute, place -> {});
            Stage stage = new Stage();
            Scene scene = new Scene(new StackPane(), 1064, 768);
            scene.getStylesheets()
                    .add(Objects.requireNonNull(ResultsView.class.getResource("/app/mailroom/ui/mailroom.css"))
                            .toExternalForm());
            stage.setScene(scene);
            stage.show();
            long began = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Screen screen = page.apply(context);
            scene.setRoot(new StackPane(screen.node(), notices.node()));
            screen.opened();
            when(scene, () -> reads(scene, firstFigure), () -> {
                System.out.printf(
                        Locale.ROOT,
                        "%s: figures drawn after %.0f ms, %.0f ms of it at work in the window%n",
                        what,
                        (System.nanoTime() - began) / 1e6,
                        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6);
                screen.left();
                background.close();
                stage.hide();
                done.complete(true);
            });
        });
        done.get();
        keeper.shutdown();
    }

    /** Whether there is something to read where the figure stands, and nothing hides it. */
    private static boolean reads(Scene scene, String figure) {
        Node node = scene.getRoot().lookup(figure);
        if (!(node instanceof Labeled label) || label.getText().isBlank() || label.getWidth() <= 0) {
            return false;
        }
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Looks after each pulse. */
    private static void when(Scene scene, BooleanSupplier condition, Runnable then) {
        Runnable[] listener = new Runnable[1];
        listener[0] = () -> {
            if (condition.getAsBoolean()) {
                scene.removePostLayoutPulseListener(listener[0]);
                Platform.runLater(then);
            } else {
                Platform.requestNextPulse();
            }
        };
        scene.addPostLayoutPulseListener(listener[0]);
        Platform.requestNextPulse();
    }
}
