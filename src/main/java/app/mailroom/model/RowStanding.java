package app.mailroom.model;

/** Whether a row of a sheet is mailed. */
public enum RowStanding {
    /** It is, unless its address is suppressed. */
    MAILED,
    /** A row further up has the same address, and that one is mailed. */
    REPEATED,
    /** Its address cannot be mailed. */
    INVALID,
    /** All its cells are empty. */
    BLANK
}
