package app.mailroom.ui.sheet;

import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.scene.Node;

/**
 * A spreadsheet of any number of rows. It holds no text of its own: cells are asked for when they come into view, and
 * what a person does is handed on. JavaFX thread only.
 */
public final class SheetGrid {
    /** Empty until {@link #reset}. */
    public SheetGrid(Texts texts, SheetContent content, SheetDeeds deeds) {
        throw new UnsupportedOperationException();
    }

    /** The control. */
    public Node node() {
        throw new UnsupportedOperationException();
    }

    /** Rows or columns are not what they were: shows them anew, at the same place as far as there is one. */
    public void reset() {
        throw new UnsupportedOperationException();
    }

    /** The cells of these rows may have changed. */
    public void refresh(int fromRow, int toRow) {
        throw new UnsupportedOperationException();
    }

    /** What is selected: the smallest block around it. Nothing when nothing is. */
    public Optional<Area> selected() {
        throw new UnsupportedOperationException();
    }

    /** Is run when the selection changed. */
    public void onSelection(Runnable listener) {
        throw new UnsupportedOperationException();
    }

    /** Selects a block and brings its top left corner into view. */
    public void select(Area area) {
        throw new UnsupportedOperationException();
    }

    /** Shows by which column the rows are ordered. */
    public void showOrder(int column, SheetDeeds.Order order) {
        throw new UnsupportedOperationException();
    }

    /** The widths of columns by id, as remembered. */
    public void setWidths(Map<Integer, Double> widths) {
        throw new UnsupportedOperationException();
    }

    /** Is told the id and width of a column that a person made wider or narrower. */
    public void onWidth(BiConsumer<Integer, Double> listener) {
        throw new UnsupportedOperationException();
    }

    /** Opens the cell that has the focus for typing. */
    public void edit() {
        throw new UnsupportedOperationException();
    }

    /** Takes in what is being typed, if anything, so that it is not lost when the person goes elsewhere. */
    public void commit() {
        throw new UnsupportedOperationException();
    }
}
