package app.mailroom.ui.sheet;

import java.util.List;
import javafx.scene.control.MenuItem;

/** What a person does in a {@link SheetGrid}. Called on the JavaFX thread; the work itself is done elsewhere. */
public interface SheetDeeds {
    /** Text was typed into a cell. */
    void type(int row, int column, String text);

    /** Text was typed into a cell that went out of the sheet while it was typed; the row and the column as they are known. */
    void typeUnseen(long rowKey, int columnId, String text);

    /** The cells of the areas are to be emptied. */
    void clear(List<Area> areas);

    /** The cells of an area are to go to the clipboard; with {@code cut} they are emptied after. */
    void copy(Area area, boolean cut);

    /** A block of text is to be written, its top left corner there. */
    void paste(Area target, List<List<String>> block);

    /** The first row of an area is to be repeated down to its last. */
    void fillDown(Area area);

    /** So many empty rows are to be put above a row. */
    void insertRows(int above, int count);

    /** Rows from one to another, both counted, are to be deleted. */
    void deleteRows(int from, int to);

    /** A column is to be put before this one; after the last when there are no more. */
    void insertColumn(int before);

    /** A column is to be renamed. */
    void renameColumn(int column);

    /** A column is to be deleted. */
    void deleteColumn(int column);

    /** A column was dragged to another place. */
    void moveColumn(int from, int to);

    /** Rows are to be ordered by a column, or not any more. */
    void sort(int column, Order order);

    /** What else the menu of a cell offers. */
    List<MenuItem> cellMenu(Area selected);

    /** What else the menu of a column's header offers. */
    List<MenuItem> columnMenu(int column);

    /** The last change is to be undone. */
    void undo();

    /** The change that was undone last is to be done again. */
    void redo();

    /** How rows are ordered by a column. */
    enum Order {
        AS_THEY_STAND,
        ASCENDING,
        DESCENDING
    }

    /** A block of cells; all numbers from 0, the last ones counted. */
    record Area(int top, int left, int bottom, int right) {
        /** How many rows it has. */
        public int height() {
            return bottom - top + 1;
        }

        /** How many columns it has. */
        public int width() {
            return right - left + 1;
        }
    }
}
