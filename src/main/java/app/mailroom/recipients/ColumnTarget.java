package app.mailroom.recipients;

/** What becomes of a column of a file that is imported. */
public sealed interface ColumnTarget {
    /** It holds the addresses. */
    record Address() implements ColumnTarget {}

    /** Its values go into the column of the list that has this slot. */
    record Existing(int slot) implements ColumnTarget {}

    /** It becomes a column that the list does not have yet; templates call it by the variable. */
    record New(String name, String variable) implements ColumnTarget {}

    /** It is left out. */
    record LeftOut() implements ColumnTarget {}
}
