package app.mailroom.ui.sheet;

import java.util.List;
import java.util.OptionalInt;

/** What a {@link SheetGrid} shows. Asked on the JavaFX thread, often, and must answer at once. */
public interface SheetContent {
    /** Rows that are shown, with the empty ones at the end into which a person may type. */
    int rowCount();

    /** The columns, from the left. */
    List<Column> columns();

    /** What stands in a cell. One that is not read yet is empty and {@link Cell#PENDING}; the grid is told later. */
    Cell cell(int row, int column);

    /** By what a row is known that is shown there now, also when other rows come to stand above it. */
    long rowKey(int row);

    /** Where the row of that key is shown now; nothing where it is not. */
    OptionalInt rowOf(long key);

    /** Whether it may be changed by whoever looks at it. */
    boolean mayChange();

    /** What stands at the left of a row. */
    String rowHeader(int row);

    /**
     * A column.
     *
     * @param id stays the same when columns are moved, so that widths follow
     * @param header its name
     * @param hint what is said when the mouse rests on the header; may be empty
     * @param kind how the header looks
     */
    record Column(int id, String header, String hint, Kind kind) {}

    /** What a column is. */
    enum Kind {
        /** The addresses; always the first. */
        ADDRESS,
        /** The template uses it. */
        USED,
        /** The template does not use it (any more). */
        UNUSED,
        /** There is no template. */
        PLAIN
    }

    /**
     * A cell.
     *
     * @param mark how it looks
     * @param hint what is said when the mouse rests on it; may be empty
     */
    record Cell(String text, Mark mark, String hint) {
        /** A cell that is not read yet. */
        public static final Cell PENDING = new Cell("", Mark.PENDING, "");
        /** A cell with nothing in it. */
        public static final Cell EMPTY = new Cell("", Mark.NONE, "");
    }

    /** How a cell looks. */
    enum Mark {
        NONE,
        PENDING,
        INVALID,
        DUPLICATE,
        SUPPRESSED,
        MISSING,
        MISTYPED
    }
}
