package app.mailroom.model;

/** What may be wrong with a row of a sheet. A row can have several marks; a blank one has none. */
public enum SheetMark {
    /** Its address cannot be mailed. */
    INVALID,
    /** A row further up has the same address. */
    DUPLICATE,
    /** Its address is suppressed in the world in which new mailings go out. */
    SUPPRESSED,
    /** A variable of the list's template has no value and no fallback. */
    MISSING,
    /** Its address is likely mistyped. */
    MISTYPED
}
