package app.mailroom.ui.recipients;

import app.mailroom.recipients.ImportResult;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/** Shows how a file was understood before it is imported, and then how far it is. */
final class ImportDialog {
    private final Texts texts;
    private final ScreenContext context;
    private final ImportViewModel model;
    private final LongConsumer done;
    private final Stage stage = new Stage();

    /**
     * For one file.
     *
     * @param done is told the id of the new list
     */
    ImportDialog(ScreenContext context, Node owner, Path file, LongConsumer done) {
        this.context = context;
        this.texts = context.texts();
        this.model = new ImportViewModel(context, file);
        this.done = done;
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("import.title", file.getFileName()));
        Scene scene = new Scene(content(), 560, 480);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setOnCloseRequest(event -> model.cancel());
    }

    void open() {
        model.look();
        stage.show();
    }

    private VBox content() {
        TextField name = new TextField();
        name.setId("import-name");
        name.textProperty().bindBidirectional(model.name);
        ComboBox<Charset> charset = choice(ImportViewModel.CHARSETS, model.charset, Charset::displayName);
        ComboBox<Character> delimiter = choice(
                ImportViewModel.DELIMITERS,
                model.delimiter,
                sign -> sign == '\t' ? texts.get("import.tab") : sign.toString());
        HBox form = new HBox(
                16,
                Look.field(texts.get("import.charset"), charset),
                Look.field(texts.get("import.delimiter"), delimiter));
        Label columns = new Label();
        columns.setWrapText(true);
        columns.setMinHeight(Region.USE_PREF_SIZE);
        columns.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> model.file.get() == null
                                ? ""
                                : texts.get("import.columns", model.columns(), model.addressColumn()),
                        model.file));
        Label problem = new Label();
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().addAll("finding", "finding-blocks");
        problem.textProperty().bind(model.problem);
        problem.visibleProperty().bind(model.problem.isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(model.progress);
        bar.setMaxWidth(Double.MAX_VALUE);
        Label reached = Look.muted("");
        reached.textProperty().bind(model.reached);
        VBox progress = new VBox(4, bar, reached);
        progress.visibleProperty().bind(model.running);
        Button run = Look.primary(
                texts.get("import.run"),
                "fth-upload",
                () -> model.run(result -> {
                    stage.close();
                    result.ifPresent(this::finished);
                }));
        run.setId("import-run");
        run.setDefaultButton(true);
        run.disableProperty().bind(model.file.isNull().or(model.running).or(model.name.isEmpty()));
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", () -> {
            model.cancel();
            if (!model.running.get()) {
                stage.close();
            }
        });
        cancel.setCancelButton(true);
        HBox buttons = new HBox(8, Look.gap(), cancel, run);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        VBox box = new VBox(
                16,
                Look.field(texts.get("recipients.name"), name),
                form,
                columns,
                problem,
                progress,
                Look.gap(),
                buttons);
        box.setPadding(new Insets(24));
        box.getStyleClass().add("page");
        return box;
    }

    private void finished(ImportResult result) {
        context.notices()
                .done(texts.get(
                        "import.done",
                        texts.number(result.rows()),
                        texts.number(result.duplicates()),
                        texts.number(result.refused())));
        done.accept(result.listId());
    }

    private static <T> ComboBox<T> choice(
            List<T> values, ObjectProperty<@Nullable T> property, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>();
        box.getItems().setAll(values);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : name.apply(value);
            }

            @Override
            public @Nullable T fromString(String text) {
                return null;
            }
        });
        box.valueProperty().bindBidirectional(property);
        return box;
    }
}
