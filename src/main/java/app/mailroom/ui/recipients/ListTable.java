package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.recipients.RecipientsViewModel.Line;
import app.mailroom.ui.recipients.RecipientsViewModel.Order;
import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
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

/** The table of lists: sorted by its headers, any number of rows chosen, which stay chosen when it is read anew. */
final class ListTable {
    private final Texts texts;
    private final ObservableList<Line> rows = FXCollections.observableArrayList();
    private final TableView<Line> table = Look.table();
    private final Consumer<List<Line>> chosen;
    private boolean filling;
    private boolean ordering;
    private long wanted;

    /**
     * An empty one.
     *
     * @param chosen is told which lists are chosen whenever that changes
     * @param open is run by a double click on a row
     * @param ordered is told when a person orders them by a column
     */
    ListTable(Texts texts, Consumer<List<Line>> chosen, Runnable open, Consumer<Order> ordered) {
        this.texts = texts;
        this.chosen = chosen;
        table.setId("lists");
        SortedList<Line> sorted = new SortedList<>(rows);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        columns();
        table.setPlaceholder(new Label());
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<Line>) change -> {
            if (!filling) {
                chosen.accept(selected());
            }
        });
        table.setRowFactory(any -> {
            TableRow<Line> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !row.isEmpty()) {
                    open.run();
                }
            });
            return row;
        });
        InvalidationListener tell = property -> {
            if (!ordering && !table.getSortOrder().isEmpty()) {
                TableColumn<Line, ?> by = table.getSortOrder().get(0);
                ordered.accept(new Order(by.getId(), by.getSortType() == TableColumn.SortType.DESCENDING));
            }
        };
        table.getSortOrder().addListener(tell);
        table.getColumns().forEach(column -> column.sortTypeProperty().addListener(tell));
    }

    private void columns() {
        Collator alphabet = Collator.getInstance(texts.locale());
        TableColumn<Line, Line> name = column(
                "name",
                232,
                this::name,
                (a, b) -> alphabet.compare(a.list().name(), b.list().name()));
        name.setMinWidth(176);
        number("mailed", 92, RecipientList::rowCount);
        number("rows", 76, RecipientList::sheetCount);
        number("left_out", 80, RecipientList::problemCount);
        column(
                "template",
                152,
                line -> new Label(line.template().orElse("")),
                (a, b) -> alphabet.compare(a.template().orElse(""), b.template().orElse("")));
        TableColumn<Line, Line> changed = column(
                "changed",
                120,
                line -> new Label(texts.date(line.list().changedAt())),
                Comparator.comparing(line -> line.list().changedAt()));
        changed.setMinWidth(120);
    }

    private TableColumn<Line, Line> column(
            String id, double width, Function<Line, Node> picture, Comparator<Line> order) {
        TableColumn<Line, Line> column = Look.drawn(texts.code("recipients.column", id), width, picture);
        column.setId(id);
        column.setSortable(true);
        column.setComparator(order);
        table.getColumns().add(column);
        return column;
    }

    private void number(String id, double width, Function<RecipientList, Long> count) {
        TableColumn<Line, Line> column = column(
                id,
                width,
                line -> new Label(texts.number(count.apply(line.list()))),
                Comparator.comparing(line -> count.apply(line.list())));
        column.getStyleClass().add("numeric");
        column.setMinWidth(width);
    }

    private Node name(Line line) {
        Label name = new Label(line.list().name());
        name.setMinWidth(0);
        HBox box = new HBox(8, name);
        box.setAlignment(Pos.CENTER_LEFT);
        if (line.list().mendsListId().isPresent()) {
            box.getChildren().add(Look.badge(texts.get("recipients.mending"), "warning"));
        }
        return box;
    }

    TableView<Line> node() {
        return table;
    }

    /** Orders them as it was remembered. */
    void order(Order order) {
        table.getColumns().stream()
                .filter(column -> Objects.equals(column.getId(), order.column()))
                .findFirst()
                .ifPresent(column -> {
                    ordering = true;
                    column.setSortType(
                            order.descending() ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
                    table.getSortOrder().setAll(List.of(column));
                    ordering = false;
                });
    }

    /** The chosen ones, from top to bottom. */
    List<Line> selected() {
        return table.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
    }

    /** Shows these. What was chosen stays so, as far as it is still there. */
    void show(List<Line> lines) {
        Set<Long> before = selected().stream().map(line -> line.list().id()).collect(Collectors.toSet());
        int index = table.getSelectionModel().getSelectedIndex();
        filling = true;
        Rows.update(rows, lines, line -> line.list().id());
        table.getSelectionModel().clearSelection();
        for (int i = 0; i < table.getItems().size(); i++) {
            long id = table.getItems().get(i).list().id();
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

    /** Chooses this list as soon as it is there. */
    void choose(long id) {
        wanted = id;
        if (rows.stream().anyMatch(line -> line.list().id() == id)) {
            show(List.copyOf(rows));
        }
    }
}
