package app.mailroom.ui.templates;

import app.mailroom.authoring.TextComparison.Change;
import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.templates.Comparison.Row;
import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.Modality;
import javafx.stage.Stage;

/** Shows in a window what has changed between two states of a template. */
final class CompareDialog {
    /** One of the two, with what it is called. */
    record Side(String name, TemplateContent content) {}

    private static final double WIDTH = 960;
    private static final double HEIGHT = 680;
    private static final double LINE = 24;

    private final Texts texts;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ListView<Row> list = new ListView<>(rows);
    private final VBox words = new VBox(8);
    private final Label count = Look.muted("");
    private final Button previous;
    private final Button next;
    private final Stage stage = new Stage();

    private CompareDialog(Node owner, ScreenContext context, Side before, Side after) {
        this.texts = context.texts();
        this.previous = Look.iconButton(texts.get("compare.previous"), "fth-arrow-up", () -> step(-1));
        this.next = Look.iconButton(texts.get("compare.next"), "fth-arrow-down", () -> step(1));
        String title = texts.get("compare.title", before.name(), after.name());
        Label head = new Label(title);
        head.getStyleClass().add(Styles.TITLE_4);
        head.setMinWidth(0);
        count.setId("compare-count");
        count.setWrapText(false);
        count.setMinWidth(Label.USE_PREF_SIZE);
        previous.setId("compare-previous");
        next.setId("compare-next");
        previous.setDisable(true);
        next.setDisable(true);
        HBox bar = new HBox(8, head, Look.gap(), count, previous, next);
        bar.setAlignment(Pos.CENTER_LEFT);
        words.managedProperty().bind(words.visibleProperty());
        words.setVisible(false);
        list.setId("compare-lines");
        list.getStyleClass().add("comparison");
        list.setFixedCellSize(LINE);
        list.setCellFactory(any -> new ComparisonCell(texts, this::unfold));
        list.setPlaceholder(new Label());
        list.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                event.consume();
                if (list.getSelectionModel().getSelectedItem() instanceof Row.Fold fold) {
                    unfold(fold);
                }
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.NONE);
        stage.setTitle(title);
        Scene scene = new Scene(Look.page(bar, words, list), WIDTH, HEIGHT);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        stage.setScene(scene);
        context.background().get(() -> Comparison.of(before.content(), after.content()), this::show);
    }

    /** Opens the window, the earlier state first. */
    static void show(Node owner, ScreenContext context, Side before, Side after) {
        CompareDialog dialog = new CompareDialog(owner, context, before, after);
        dialog.stage.show();
        dialog.list.requestFocus();
    }

    private void show(Comparison comparison) {
        count.setText(
                switch (comparison.changes()) {
                    case 0 -> texts.get("compare.none");
                    case 1 -> texts.get("compare.one");
                    default -> texts.get("compare.count", texts.number(comparison.changes()));
                });
        for (Comparison.Words change : comparison.words()) {
            words.getChildren()
                    .add(new VBox(
                            2,
                            name(texts.code("part", change.part())),
                            piece(Change.REMOVED, change.before()),
                            piece(Change.ADDED, change.after())));
        }
        if (!comparison.images().isEmpty()) {
            VBox images = new VBox(2, name(texts.get("compare.images")));
            comparison.images().forEach(image -> images.getChildren().add(piece(image.change(), image.name())));
            words.getChildren().add(images);
        }
        words.setVisible(!words.getChildren().isEmpty());
        rows.setAll(comparison.rows());
        boolean steps = rows.stream().anyMatch(CompareDialog::changed);
        previous.setDisable(!steps);
        next.setDisable(!steps);
        if (steps) {
            step(1);
        }
    }

    private static Label name(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("field-name");
        return label;
    }

    private Label piece(Change change, String text) {
        boolean added = change == Change.ADDED;
        Label label = new Label((added ? "+ " : "− ") + (text.isEmpty() ? texts.get("compare.empty") : text));
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().addAll("comparison-piece", added ? "comparison-added" : "comparison-removed");
        return label;
    }

    private void unfold(Row.Fold fold) {
        int at = rows.indexOf(fold);
        if (at >= 0) {
            List<Row> lines = fold.lines();
            rows.remove(at);
            rows.addAll(at, lines);
            list.getSelectionModel().clearAndSelect(at);
        }
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.F7) {
            event.consume();
            step(event.isShiftDown() ? -1 : 1);
        } else if (event.isAltDown() && event.getCode() == KeyCode.DOWN) {
            event.consume();
            step(1);
        } else if (event.isAltDown() && event.getCode() == KeyCode.UP) {
            event.consume();
            step(-1);
        } else if (event.getCode() == KeyCode.ESCAPE) {
            event.consume();
            stage.close();
        }
    }

    /** Goes to the first line of the next or previous change, round the end. */
    private void step(int direction) {
        int size = rows.size();
        int from = list.getSelectionModel().getSelectedIndex();
        int at = from < 0 ? (direction > 0 ? -1 : size) : from;
        for (int steps = 0; steps < size; steps++) {
            at = Math.floorMod(at + direction, size);
            if (changed(rows.get(at)) && (at == 0 || !changed(rows.get(at - 1)))) {
                list.getSelectionModel().clearAndSelect(at);
                list.scrollTo(Math.max(0, at - 3));
                return;
            }
        }
    }

    private static boolean changed(Row row) {
        return row instanceof Row.Text text && text.changed();
    }
}
