package app.mailroom.ui.recipients;

import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;

/** A window in which a person says what is to be made of a list, and then sees how far it is. */
final class ListDialog {
    private final Texts texts;
    private final LongWork work;
    private final Stage stage = new Stage();
    private final Label problem = new Label();
    private final VBox choices = new VBox(16);
    private final VBox box = new VBox(16);

    ListDialog(ScreenContext context, Node owner, String title) {
        this.texts = context.texts();
        this.work = new LongWork(context);
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(title);
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().addAll("finding", "finding-blocks");
        problem.visibleProperty().bind(problem.textProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        choices.disableProperty().bind(work.running());
        VBox.setVgrow(choices, Priority.ALWAYS);
        box.setPadding(new Insets(24));
        box.getStyleClass().add("page");
        Scene scene = new Scene(box);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setOnCloseRequest(event -> {
            if (work.running().get()) {
                // What was begun has to be taken away first.
                event.consume();
                work.stop();
            }
        });
    }

    /** Shows what can be chosen, over the button that does it. */
    void show(Button deed, ObservableBooleanValue impossible, double width, double height, Node... parts) {
        choices.getChildren().setAll(parts);
        deed.setDefaultButton(true);
        deed.disableProperty().bind(work.running().or(Bindings.createBooleanBinding(impossible::get, impossible)));
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", () -> {
            if (work.running().get()) {
                work.stop();
            } else {
                stage.close();
            }
        });
        cancel.setCancelButton(true);
        HBox buttons = new HBox(8, Look.gap(), cancel, deed);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        box.getChildren().setAll(choices, problem, work.node(), buttons);
        stage.setWidth(width);
        stage.setHeight(height);
        stage.setMinWidth(width);
        stage.setMinHeight(height);
        stage.show();
    }

    Stage stage() {
        return stage;
    }

    /** Does it; closes when it is done, and stays with what was chosen when it fails or is stopped. */
    <T> void run(LongWork.Work<T> deed, Consumer<T> done) {
        problem.setText("");
        work.start(
                deed,
                (Optional<T> result) -> result.ifPresent(value -> {
                    stage.close();
                    done.accept(value);
                }),
                this::fail);
    }

    void fail(Throwable failure) {
        problem.setText(Failure.of(failure).in(texts));
    }
}
