package app.mailroom.ui.recipients;

import app.mailroom.recipients.ColumnMapping;
import app.mailroom.recipients.ColumnTarget;
import app.mailroom.recipients.RecipientFile;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The first rows of what is to be imported, and above each column where it goes. */
final class ImportPreview {
    private static final double COLUMN = 180;
    private static final PseudoClass LEFT_OUT = PseudoClass.getPseudoClass("left-out");

    private final ImportViewModel model;
    private final Texts texts;
    private final TableView<List<String>> table = Look.table();
    private final List<ComboBox<ColumnTarget>> boxes = new ArrayList<>();
    private boolean filling;

    ImportPreview(ImportViewModel model, Texts texts) {
        this.model = model;
        this.texts = texts;
        table.setId("import-preview");
        table.getStyleClass().add("import-preview");
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.setFixedCellSize(28);
        table.setPlaceholder(Look.muted(texts.get("import.no_rows")));
        model.file.addListener((property, before, now) -> show(now));
        model.mapping.addListener((property, before, now) -> showMapping());
    }

    Node node() {
        return table;
    }

    private void show(@Nullable RecipientFile file) {
        boxes.clear();
        if (file == null) {
            table.getColumns().clear();
            table.getItems().clear();
            return;
        }
        List<TableColumn<List<String>, ?>> columns = new ArrayList<>();
        for (int i = 0; i < file.header().size(); i++) {
            columns.add(column(file, i));
        }
        table.getColumns().setAll(columns);
        table.getItems().setAll(file.sample());
        showMapping();
    }

    private TableColumn<List<String>, String> column(RecipientFile file, int index) {
        ComboBox<ColumnTarget> box = new ComboBox<>();
        box.setId("import-map-" + index);
        box.getStyleClass().add("import-target");
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new Naming<>(model::says));
        box.valueProperty().addListener((property, before, now) -> {
            if (!filling && now != null) {
                model.map(index, now);
            }
        });
        boxes.add(box);
        String name = file.header().get(index);
        Label title = new Label(name.isBlank() ? file.placeholder(index) : name);
        title.getStyleClass().add("import-column");
        box.setAccessibleText(texts.get("import.to", title.getText()));
        VBox head = new VBox(4, title, box);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("import-head");
        TableColumn<List<String>, String> column = new TableColumn<>();
        column.setGraphic(head);
        column.setSortable(false);
        column.setReorderable(false);
        column.setPrefWidth(COLUMN);
        column.setMinWidth(120);
        head.prefWidthProperty().bind(column.widthProperty().subtract(16));
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(
                index < row.getValue().size() ? oneLine(row.getValue().get(index)) : ""));
        column.setCellFactory(any -> new PreviewCell(index));
        return column;
    }

    private void showMapping() {
        ColumnMapping mapping = model.mapping.get();
        if (mapping == null || mapping.targets().size() != boxes.size()) {
            return;
        }
        filling = true;
        for (int i = 0; i < boxes.size(); i++) {
            ComboBox<ColumnTarget> box = boxes.get(i);
            ColumnTarget target = mapping.targets().get(i);
            List<ColumnTarget> choices = model.choices(i);
            if (!box.getItems().equals(choices)) {
                box.getItems().setAll(choices);
            }
            box.setValue(target);
            box.pseudoClassStateChanged(LEFT_OUT, target instanceof ColumnTarget.LeftOut);
        }
        filling = false;
        table.refresh();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ⏎ ");
    }

    private final class PreviewCell extends TableCell<List<String>, String> {
        private final int index;

        PreviewCell(int index) {
            this.index = index;
        }

        @Override
        protected void updateItem(@Nullable String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            ColumnMapping mapping = model.mapping.get();
            boolean leftOut = mapping != null
                    && index < mapping.targets().size()
                    && mapping.targets().get(index) instanceof ColumnTarget.LeftOut;
            pseudoClassStateChanged(LEFT_OUT, leftOut && !empty);
        }
    }
}
