package app.mailroom.ui.common;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.javafx.FontIcon;

/** Copying the chosen rows of a table and taking them away: by the menu of a row, and by keys. */
public final class RowActions {
    /** What copies everywhere. */
    public static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    /** Something that is done to the chosen rows. */
    public record Action(String text, String icon, Runnable deed) {
        /** The same as an item of a menu. */
        public MenuItem item() {
            MenuItem item = new MenuItem(text, new FontIcon(icon));
            item.setOnAction(event -> deed.run());
            return item;
        }

        /** The same with an id. */
        public MenuItem item(String id) {
            MenuItem item = item();
            item.setId(id);
            return item;
        }
    }

    private RowActions() {}

    /** Gives a table's rows a menu of both, {@link #COPY} for the one and the Delete key for the other. */
    public static <R> void copyAndTakeAway(TableView<R> table, Action copy, Action takeAway) {
        table.setRowFactory(any -> {
            TableRow<R> row = new TableRow<>();
            MenuItem copyItem = copy.item();
            copyItem.setAccelerator(COPY);
            ContextMenu menu = new ContextMenu(copyItem, takeAway.item());
            row.emptyProperty().addListener((property, before, empty) -> row.setContextMenu(empty ? null : menu));
            return row;
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (COPY.match(event)) {
                event.consume();
                copy.deed().run();
            } else if (event.getCode() == KeyCode.DELETE) {
                event.consume();
                takeAway.deed().run();
            }
        });
    }
}
