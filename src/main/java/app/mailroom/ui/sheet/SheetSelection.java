package app.mailroom.ui.sheet;

import app.mailroom.ui.sheet.SheetDeeds.Area;
import java.util.Optional;

/**
 * Which cells are selected: a block between the active cell and an end that moves when the selection is extended. Whole
 * rows and columns are remembered as such, so that a million selected rows are four numbers.
 */
final class SheetSelection {
    private enum Extent {
        CELLS,
        ROWS,
        COLUMNS,
        ALL
    }

    private int rows;
    private int columns;
    private int row;
    private int column;
    private int endRow;
    private int endColumn;
    private Extent extent = Extent.CELLS;

    /** The sheet has this size now; what no longer exists is not selected any more. */
    void resize(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        row = inRows(row);
        endRow = inRows(endRow);
        column = inColumns(column);
        endColumn = inColumns(endColumn);
    }

    boolean isNothing() {
        return rows == 0 || columns == 0;
    }

    /** The row of the active cell. */
    int row() {
        return row;
    }

    /** The column of the active cell. */
    int column() {
        return column;
    }

    /** The row of the corner that moves. */
    int endRow() {
        return endRow;
    }

    /** The column of the corner that moves. */
    int endColumn() {
        return endColumn;
    }

    Optional<Area> area() {
        return isNothing() ? Optional.empty() : Optional.of(block());
    }

    boolean wholeRows() {
        return extent == Extent.ROWS || extent == Extent.ALL;
    }

    boolean wholeColumns() {
        return extent == Extent.COLUMNS || extent == Extent.ALL;
    }

    boolean contains(int aRow, int aColumn) {
        return area().filter(area -> aRow >= area.top()
                        && aRow <= area.bottom()
                        && aColumn >= area.left()
                        && aColumn <= area.right())
                .isPresent();
    }

    private Area block() {
        boolean allRows = wholeColumns();
        boolean allColumns = wholeRows();
        return new Area(
                allRows ? 0 : Math.min(row, endRow),
                allColumns ? 0 : Math.min(column, endColumn),
                allRows ? rows - 1 : Math.max(row, endRow),
                allColumns ? columns - 1 : Math.max(column, endColumn));
    }

    /** Selects one cell; the nearest one there is. */
    void go(int toRow, int toColumn) {
        extent = Extent.CELLS;
        row = inRows(toRow);
        column = inColumns(toColumn);
        endRow = row;
        endColumn = column;
    }

    /** Selects what lies between the active cell and this one. Whole rows stay whole rows. */
    void extend(int toRow, int toColumn) {
        endRow = inRows(toRow);
        endColumn = inColumns(toColumn);
    }

    void select(Area area) {
        go(area.top(), area.left());
        extend(area.bottom(), area.right());
    }

    /** Selects whole rows; the active cell is in the first of them. */
    void selectRows(int from, int to) {
        go(from, 0);
        extent = Extent.ROWS;
        extend(to, 0);
    }

    void selectColumns(int from, int to) {
        go(0, from);
        extent = Extent.COLUMNS;
        extend(0, to);
    }

    /** Makes the rows of what is selected whole. */
    void wholeRowsOfSelection() {
        extent = extent == Extent.COLUMNS ? Extent.ALL : Extent.ROWS;
    }

    /** Makes the columns of what is selected whole. */
    void wholeColumnsOfSelection() {
        extent = extent == Extent.ROWS ? Extent.ALL : Extent.COLUMNS;
    }

    void selectAll() {
        extent = Extent.ALL;
    }

    /** The cell to the right; after the last one the first of the next row. */
    void next() {
        if (column + 1 < columns) {
            go(row, column + 1);
        } else if (row + 1 < rows) {
            go(row + 1, 0);
        } else {
            go(row, column);
        }
    }

    void previous() {
        if (column > 0) {
            go(row, column - 1);
        } else if (row > 0) {
            go(row - 1, columns - 1);
        } else {
            go(row, column);
        }
    }

    private int inRows(int wanted) {
        return Math.max(0, Math.min(wanted, rows - 1));
    }

    private int inColumns(int wanted) {
        return Math.max(0, Math.min(wanted, columns - 1));
    }
}
