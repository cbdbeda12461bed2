package app.mailroom.ui.templates;

import app.mailroom.model.Template;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.Texts;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;

/** The table of templates: sorted by its headers, any number of rows chosen, which stay chosen when it is read anew. */
final class TemplateTable {
    private final Texts texts;
    private final ObservableList<Template> rows = FXCollections.observableArrayList();
    private final TableView<Template> table = Look.table();
    private final Consumer<List<Template>> chosen;
    private boolean filling;
    private long wanted;

    /**
     * An empty one.
     *
     * @param chosen is told which templates are chosen whenever that changes
     * @param open is run by a double click on a row
     */
    TemplateTable(Texts texts, Consumer<List<Template>> chosen, Runnable open) {
        this.texts = texts;
        this.chosen = chosen;
        table.setId("templates");
        SortedList<Template> sorted = new SortedList<>(rows);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        columns();
        table.setPlaceholder(new Label());
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<Template>) change -> {
            if (!filling) {
                chosen.accept(selected());
            }
        });
        table.setRowFactory(any -> {
            TableRow<Template> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !row.isEmpty()) {
                    open.run();
                }
            });
            return row;
        });
    }

    private void columns() {
        Collator alphabet = Collator.getInstance(texts.locale());
        TableColumn<Template, Template> name =
                sortable(texts.get("templates.name"), 260, this::name, (a, b) -> alphabet.compare(a.name(), b.name()));
        name.setMinWidth(208);
        table.getColumns().add(name);
        table.getColumns()
                .add(sortable(
                        texts.get("templates.subject"),
                        280,
                        template -> new Label(template.newest().subject()),
                        (a, b) -> alphabet.compare(
                                a.newest().subject(), b.newest().subject())));
        TableColumn<Template, String> version = Look.numbers(
                texts.get("templates.version"),
                72,
                template -> texts.number(template.newest().number()));
        version.setMinWidth(72);
        table.getColumns().add(version);
        TableColumn<Template, Template> changed = sortable(
                texts.get("templates.changed"),
                184,
                template -> new Label(texts.time(template.updatedAt())),
                Comparator.comparing(Template::updatedAt));
        changed.setMinWidth(184);
        table.getColumns().add(changed);
    }

    private static TableColumn<Template, Template> sortable(
            String title, double width, Function<Template, Node> picture, Comparator<Template> order) {
        TableColumn<Template, Template> column = Look.drawn(title, width, picture);
        column.setSortable(true);
        column.setComparator(order);
        return column;
    }

    private Node name(Template template) {
        Label name = new Label(template.name());
        name.setMinWidth(0);
        HBox box = new HBox(8, name);
        box.setAlignment(Pos.CENTER_LEFT);
        if (template.hasDraft()) {
            box.getChildren().add(Look.badge(texts.get("templates.draft"), "accent"));
        }
        return box;
    }

    TableView<Template> node() {
        return table;
    }

    /** The chosen ones, from top to bottom. */
    List<Template> selected() {
        return table.getSelectionModel().getSelectedItems().stream()
                .filter(template -> template != null)
                .toList();
    }

    /** Shows these. What was chosen stays so, as far as it is still there. */
    void show(List<Template> templates) {
        Set<Long> before = selected().stream().map(Template::id).collect(Collectors.toSet());
        int index = table.getSelectionModel().getSelectedIndex();
        filling = true;
        Rows.update(rows, templates, Template::id);
        table.getSelectionModel().clearSelection();
        for (int i = 0; i < table.getItems().size(); i++) {
            long id = table.getItems().get(i).id();
            if (wanted == 0 ? before.contains(id) : id == wanted) {
                table.getSelectionModel().select(i);
            }
        }
        if (!table.getSelectionModel().isEmpty()) {
            if (wanted != 0) {
                table.scrollTo(table.getSelectionModel().getSelectedIndex());
            }
            wanted = 0;
        } else if (!table.getItems().isEmpty()) {
            // What was chosen is gone: its neighbour takes its place, so that keys go on from there.
            table.getSelectionModel()
                    .select(Math.max(0, Math.min(index, table.getItems().size() - 1)));
        }
        filling = false;
        chosen.accept(selected());
    }

    /** Chooses this template as soon as it is there. */
    void choose(long id) {
        wanted = id;
        if (rows.stream().anyMatch(template -> template.id() == id)) {
            show(List.copyOf(rows));
        }
    }
}
