package app.mailroom.model;

import java.util.List;
import java.util.Optional;

/**
 * Which rows of a sheet are shown, and in which order.
 *
 * @param search only rows with this somewhere in a column's value, without regard to case (of ASCII letters at least);
 *     all for an empty one
 * @param mark only rows with this mark
 * @param filters only rows that pass all of them
 * @param order by a column's value; as the rows stand where it is absent
 */
public record SheetQuery(
        String search, Optional<SheetMark> mark, List<ColumnFilter> filters, Optional<ColumnOrder> order) {
    /** All rows as they stand. */
    public static final SheetQuery ALL = new SheetQuery("", Optional.empty(), List.of(), Optional.empty());

    /** What a filter compares. */
    public enum Comparison {
        /** The value is this one, without regard to blanks around it. */
        IS,
        /** This is in the value, without regard to case (of ASCII letters at least). */
        CONTAINS,
        /** There is no value. */
        EMPTY,
        /** There is one. */
        FILLED
    }

    /** A condition on one column; text is empty where the comparison needs none. */
    public record ColumnFilter(int slot, Comparison comparison, String text) {}

    /** Empty values stand last; numbers are compared as numbers and stand before words; equals as the rows stand. */
    public record ColumnOrder(int slot, boolean descending) {}

    /** Whether all rows are shown. */
    public boolean showsAll() {
        return search.isEmpty() && mark.isEmpty() && filters.isEmpty();
    }
}
