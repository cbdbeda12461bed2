package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.recipients.RecipientsViewModel.Line;
import app.mailroom.ui.recipients.RecipientsViewModel.Order;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.layout.HBox;

/** The table of lists, whose order is remembered. */
final class ListTable extends ChoiceTable<Line> {
    private final Texts texts;
    private boolean ordering;

    /**
     * An empty one.
     *
     * @param open is run by a double click on a row, and by Enter
     * @param ordered is told when a person orders them by a column
     */
    ListTable(Texts texts, Runnable open, Consumer<Order> ordered) {
        super("lists", line -> line.list().id(), texts.locale(), open);
        this.texts = texts;
        columns();
        InvalidationListener tell = property -> {
            if (!ordering && !node().getSortOrder().isEmpty()) {
                TableColumn<Line, ?> by = node().getSortOrder().get(0);
                ordered.accept(new Order(by.getId(), by.getSortType() == TableColumn.SortType.DESCENDING));
            }
        };
        node().getSortOrder().addListener(tell);
        node().getColumns().forEach(column -> column.sortTypeProperty().addListener(tell));
    }

    private void columns() {
        remembered("name", 232, this::name, alphabetically(line -> line.list().name()))
                .setMinWidth(176);
        number("mailed", 92, RecipientList::rowCount);
        number("rows", 76, RecipientList::sheetCount);
        number("left_out", 80, RecipientList::problemCount);
        remembered(
                "template",
                152,
                line -> new Label(line.template().orElse("")),
                alphabetically(line -> line.template().orElse("")));
        remembered(
                        "changed",
                        120,
                        line -> new Label(texts.date(line.list().changedAt())),
                        Comparator.comparing(line -> line.list().changedAt()))
                .setMinWidth(120);
    }

    /** A column with the id that the order is remembered by. */
    private TableColumn<Line, Line> remembered(
            String id, double width, Function<Line, Node> picture, Comparator<Line> order) {
        TableColumn<Line, Line> column = column(texts.code("recipients.column", id), width, picture, order);
        column.setId(id);
        return column;
    }

    private void number(String id, double width, Function<RecipientList, Long> count) {
        TableColumn<Line, Line> column = remembered(
                id,
                width,
                line -> new Label(texts.number(count.apply(line.list()))),
                Comparator.comparing(line -> count.apply(line.list())));
        column.getStyleClass().add("numeric");
        column.setMinWidth(width);
    }

    private Node name(Line line) {
        HBox name = named(line.list().name());
        if (line.list().mendsListId().isPresent()) {
            name.getChildren().add(Look.badge(texts.get("recipients.mending"), "warning"));
        }
        return name;
    }

    /** Orders them as it was remembered. */
    void order(Order order) {
        node().getColumns().stream()
                .filter(column -> Objects.equals(column.getId(), order.column()))
                .findFirst()
                .ifPresent(column -> {
                    ordering = true;
                    column.setSortType(
                            order.descending() ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
                    node().getSortOrder().setAll(List.of(column));
                    ordering = false;
                });
    }
}
