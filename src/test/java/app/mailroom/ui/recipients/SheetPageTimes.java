package app.mailroom.ui.recipients;

import app.mailroom.app.WindowedWorkspace;
import app.mailroom.model.RecipientColumn;
import app.mailroom.store.FieldValues;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.StagedRow;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Notices;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.PrimerLight;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/**
 * Prints how long the page of a list takes until its rows can be read, with lists of {@code main}'s numbers of rows, over
 * a real workspace; for people, not for a build. Each list is opened twice, after a small one has been looked at.
 */
public final class SheetPageTimes {
    private static final int COLUMNS = 6;
    private static final int BATCH = 50_000;

    private SheetPageTimes() {}

    /** For instance {@code 1000 100000 1000000}. */
    public static void main(String[] sizes) throws Exception {
        CompletableFuture<Boolean> started = new CompletableFuture<>();
        Platform.startup(() -> started.complete(true));
        started.get();
        Platform.setImplicitExit(false);
        try (WindowedWorkspace real = new WindowedWorkspace(Files.createTempDirectory("sheet-page"))) {
            RecipientStore store = real.features().stores().recipients();
            long small = fill(store, "small", 200);
            open(real, small, "a small one first", 200);
            for (String size : sizes) {
                int rows = Integer.parseInt(size);
                long list = fill(store, size, rows);
                open(real, list, size + " rows", rows);
                open(real, list, size + " rows again", rows);
            }
        }
        System.exit(0);
    }

    private static long fill(RecipientStore store, String name, int rows) {
        List<RecipientColumn> columns = IntStream.range(0, COLUMNS)
                .mapToObj(slot -> new RecipientColumn(
                        slot, slot, slot == 0 ? "email" : "c" + slot, slot == 0 ? "email" : "c" + slot))
                .toList();
        long list = store.begin(name, "", columns, Optional.empty(), 1);
        for (int from = 0; from < rows; from += BATCH) {
            List<StagedRow> batch = new ArrayList<>();
            for (int i = from; i < Math.min(rows, from + BATCH); i++) {
                String address = "reader" + i + "@example.com";
                batch.add(new StagedRow(
                        address,
                        address,
                        FieldValues.toJson(List.of(address, "Reader " + i, "City " + i % 977, "A" + i, "x", "y"))));
            }
            store.append(list, batch);
        }
        store.finish(list);
        return list;
    }

    private static void open(WindowedWorkspace real, long list, String what, int rows) throws Exception {
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
                    .add(Objects.requireNonNull(SheetView.class.getResource("/app/mailroom/ui/mailroom.css"))
                            .toExternalForm());
            stage.setScene(scene);
            stage.show();
            long began = System.nanoTime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            SheetView view = new SheetView(context, list, () -> {});
            scene.setRoot(new StackPane(view.node(), notices.node()));
            view.opened();
            when(scene, () -> shows(scene, "reader0@example.com"), () -> {
                double wall = (System.nanoTime() - began) / 1e6;
                double work = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e6;
                when(scene, () -> counted(scene, rows), () -> {
                    System.out.printf(
                            Locale.ROOT,
                            "%s: first rows after %.0f ms, %.0f ms of it at work in the window; saved and counted after %.0f ms; heap %,d MB%n",
                            what,
                            wall,
                            work,
                            (System.nanoTime() - began) / 1e6,
                            heap());
                    view.left();
                    background.close();
                    stage.hide();
                    done.complete(true);
                });
            });
        });
        done.get();
        keeper.shutdown();
    }

    private static boolean shows(Scene scene, String text) {
        for (Node cell : scene.getRoot().lookupAll(".spreadsheet-cell")) {
            if (cell instanceof Labeled labeled && text.equals(labeled.getText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean counted(Scene scene, int rows) {
        return scene.lookup("#sheet-standing") instanceof Label standing
                && standing.getText().equals("Saved")
                && scene.lookup("#mark-all") instanceof Labeled all
                && all.getText().replaceAll("\\D", "").equals(Integer.toString(rows));
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

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
