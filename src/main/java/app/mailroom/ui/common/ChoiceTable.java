package app.mailroom.ui.common;

import java.text.Collator;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/**
 * The table of a page on which one chooses what to work on: sorted by its headers, any number of rows chosen, which stay
 * chosen when it is read anew. Which columns it has is said by those that extend it.
 *
 * @param <T> what stands in a row
 */
public abstract class ChoiceTable<T> {
    /** Makes another of the chosen row. */
    public static final KeyCombination DUPLICATE = new KeyCodeCombination(KeyCode.D, KeyCombination.SHORTCUT_DOWN);

    /** Gives the chosen row another name. */
    public static final KeyCombination RENAME = new KeyCodeCombination(KeyCode.F2);

    /** Deletes the chosen rows. */
    public static final KeyCombination DELETE = new KeyCodeCombination(KeyCode.DELETE);

    private final ObservableList<T> rows = FXCollections.observableArrayList();
    private final TableView<T> table = Look.table();
    private final ObjectProperty<List<T>> chosen = new SimpleObjectProperty<>(List.of());
    private final ToLongFunction<T> id;
    private final Collator alphabet;
    private boolean filling;
    private long wanted;

    /**
     * An empty one without columns.
     *
     * @param name the id of its node
     * @param id tells a row from the others, and is never 0
     * @param locale whose alphabet texts are sorted by
     * @param open is run by a double click on a row, and by Enter
     */
    protected ChoiceTable(String name, ToLongFunction<T> id, Locale locale, Runnable open) {
        this.id = id;
        this.alphabet = Collator.getInstance(locale);
        table.setId(name);
        SortedList<T> sorted = new SortedList<>(rows);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setPlaceholder(new Label());
        table.getSelectionModel().getSelectedItems().addListener((ListChangeListener<T>) change -> {
            if (!filling) {
                chosen.set(selected());
            }
        });
        table.setRowFactory(any -> {
            TableRow<T> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !row.isEmpty()) {
                    open.run();
                }
            });
            return row;
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                open.run();
            }
        });
    }

    /** Adds a column that draws its rows itself and can be sorted by. */
    protected final TableColumn<T, T> column(
            String title, double width, Function<T, Node> picture, Comparator<T> order) {
        TableColumn<T, T> column = Look.drawn(title, width, picture);
        column.setSortable(true);
        column.setComparator(order);
        table.getColumns().add(column);
        return column;
    }

    /** The order of a column of texts, by the alphabet of the person's language. */
    protected final Comparator<T> alphabetically(Function<T, String> text) {
        return (a, b) -> alphabet.compare(text.apply(a), text.apply(b));
    }

    /** The name of a row; badges may follow it, which stay whole when the name has to be cut. */
    protected static HBox named(String text) {
        Label name = new Label(text);
        name.setMinWidth(0);
        HBox box = new HBox(8, name);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /** The table itself. */
    public final TableView<T> node() {
        return table;
    }

    /** The chosen ones, from top to bottom. */
    public final ReadOnlyObjectProperty<List<T>> chosen() {
        return chosen;
    }

    /** Does this to the chosen row; nothing unless it is the only one. */
    public final void withOne(Consumer<T> deed) {
        if (chosen.get().size() == 1) {
            deed.accept(chosen.get().get(0));
        }
    }

    /** Lets this be picked only while exactly one row is chosen. */
    public final void needsOne(MenuItem item) {
        item.disableProperty()
                .bind(Bindings.createBooleanBinding(() -> chosen.get().size() != 1, chosen));
    }

    /** Gives it a menu of these, which does not stay open when nothing is chosen. */
    public final void menu(List<MenuItem> items) {
        ContextMenu menu = new ContextMenu(items.toArray(MenuItem[]::new));
        menu.setOnShowing(event -> {
            if (chosen.get().isEmpty()) {
                UiThread.later(menu::hide);
            }
        });
        table.setContextMenu(menu);
    }

    /** Does this when these keys are pressed in the table. */
    public final void onKeys(KeyCombination keys, Runnable deed) {
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (keys.match(event)) {
                event.consume();
                deed.run();
            }
        });
    }

    /** Shows these. What was chosen stays so, as far as it is still there. */
    public final void show(List<T> now) {
        Set<Long> before = ids(selected());
        int index = table.getSelectionModel().getSelectedIndex();
        filling = true;
        Rows.update(rows, now, id);
        if (wanted == 0 && !before.isEmpty() && before.equals(ids(selected()))) {
            // Nothing moved, and choosing anew would take the place from which Shift and the arrows go on.
            filling = false;
            chosen.set(selected());
            return;
        }
        table.getSelectionModel().clearSelection();
        for (int i = 0; i < table.getItems().size(); i++) {
            long at = id.applyAsLong(table.getItems().get(i));
            if (wanted == 0 ? before.contains(at) : at == wanted) {
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
        chosen.set(selected());
    }

    /** Chooses the row of this id as soon as it is there. */
    public final void choose(long wantedId) {
        wanted = wantedId;
        if (rows.stream().anyMatch(row -> id.applyAsLong(row) == wantedId)) {
            show(List.copyOf(rows));
        }
    }

    private Set<Long> ids(List<T> some) {
        return some.stream().map(id::applyAsLong).collect(Collectors.toSet());
    }

    private List<T> selected() {
        return table.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
    }
}
