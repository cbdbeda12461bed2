package app.mailroom.ui.common;

import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.util.Duration;

/** Work with lists that may take long: shows how far it is and can be stopped. JavaFX thread only. */
public final class LongWork {
    private static final Duration UNNOTICED = Duration.millis(500);

    /** What is done, in the background. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it, and stops with that exception when it is told to. */
        T run(Progress progress) throws Exception;
    }

    private record Reached(long rows, double share) {}

    private final ScreenContext context;
    private final BooleanProperty running = new SimpleBooleanProperty(false);
    private final ProgressBar bar = new ProgressBar(-1);
    private final Label reached = Look.muted("");
    private final VBox node;
    private AtomicBoolean stopped = new AtomicBoolean();

    /** Nothing is done yet. */
    public LongWork(ScreenContext context) {
        this.context = context;
        bar.setMaxWidth(Double.MAX_VALUE);
        node = new VBox(4, bar, reached);
        node.visibleProperty().bind(running);
    }

    /** How far it is; keeps its room while nothing is done. */
    public Node node() {
        return node;
    }

    /** Whether something is being done. */
    public BooleanProperty running() {
        return running;
    }

    /** Asks it to stop. */
    public void stop() {
        stopped.set(true);
    }

    /**
     * Starts it, unless something is being done already.
     *
     * @param done is told what came of it; nothing when it was stopped
     */
    public <T> void start(Work<T> work, Consumer<Optional<T>> done, Consumer<Throwable> failed) {
        if (running.get()) {
            return;
        }
        AtomicBoolean stop = new AtomicBoolean();
        stopped = stop;
        running.set(true);
        bar.setProgress(-1);
        reached.setText("");
        Consumer<Reached> show = UiThread.latest(now -> {
            bar.setProgress(now.share());
            reached.setText(context.texts().get("work.reached", context.texts().number(now.rows())));
        });
        Progress progress = new Progress() {
            @Override
            public void at(long rows, long done, long inAll) {
                show.accept(new Reached(rows, inAll <= 0 ? -1 : (double) done / inAll));
            }

            @Override
            public boolean cancelled() {
                return stop.get();
            }
        };
        context.background()
                .get(
                        () -> unlessStopped(work, progress),
                        result -> {
                            running.set(false);
                            done.accept(result);
                        },
                        failure -> {
                            running.set(false);
                            failed.accept(failure);
                        });
    }

    private static <T> Optional<T> unlessStopped(Work<T> work, Progress progress) throws Exception {
        try {
            return Optional.of(work.run(progress));
        } catch (ImportCancelledException e) {
            return Optional.empty();
        }
    }

    /**
     * Does it at once; a small window with a button to stop it comes up when it takes longer than one would not notice.
     *
     * @param done is told what came of it, unless it was stopped
     */
    public static <T> void inWindow(
            ScreenContext context,
            Node owner,
            String title,
            Work<T> work,
            Consumer<T> done,
            Consumer<Throwable> failed) {
        LongWork started = new LongWork(context);
        Stage stage = new Stage();
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(title);
        Button stop = Look.button(context.texts().get("action.cancel"), "fth-x", started::stop);
        stop.setCancelButton(true);
        HBox buttons = new HBox(stop);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox box = new VBox(16, new Label(title), started.node(), buttons);
        box.setPadding(new Insets(24));
        box.getStyleClass().add("page");
        Scene scene = new Scene(box, 400, 170);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setOnCloseRequest(event -> {
            event.consume();
            started.stop();
        });
        PauseTransition later = new PauseTransition(UNNOTICED);
        later.setOnFinished(event -> stage.show());
        later.play();
        Runnable over = () -> {
            later.stop();
            stage.close();
        };
        started.start(
                work,
                result -> {
                    over.run();
                    result.ifPresent(done);
                },
                failure -> {
                    over.run();
                    failed.accept(failure);
                });
    }
}
