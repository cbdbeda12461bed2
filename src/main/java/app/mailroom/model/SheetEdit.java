package app.mailroom.model;

import java.time.Instant;

/**
 * One thing that was done to a sheet, and is undone in one step.
 *
 * @param detail of what it was done to, such as a column's name; may be empty
 * @param rows how many rows it changed
 */
public record SheetEdit(long id, Kind kind, String detail, long rows, Instant madeAt) {
    /** What was done. */
    public enum Kind {
        TYPED,
        CLEARED,
        CUT,
        PASTED,
        FILLED_DOWN,
        REPLACED,
        ADDRESSES_MENDED,
        ROWS_INSERTED,
        ROWS_DELETED,
        DUPLICATES_REMOVED,
        SUPPRESSED_REMOVED,
        COLUMN_INSERTED,
        COLUMN_RENAMED,
        COLUMN_MOVED,
        COLUMN_DELETED,
        TEMPLATE_CHOSEN,
        IMPORTED,
        MERGED
    }
}
