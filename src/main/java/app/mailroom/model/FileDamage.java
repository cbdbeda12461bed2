package app.mailroom.model;

import java.nio.file.Path;

/**
 * What is wrong with a database file, so that it must not be worked with.
 *
 * @param detail what was found, in the database's own words; for whoever helps
 */
public record FileDamage(Kind kind, Path file, String detail) {
    /** What was found. */
    public enum Kind {
        /** It is no database at all, or its beginning is destroyed. */
        NO_DATABASE,
        /** It is a database, but not one of this program. */
        FOREIGN,
        /** Its end is missing, or all of it. */
        CUT_SHORT,
        /** What was written last lay in a journal beside it, and that is gone. */
        JOURNAL_MISSING,
        /** Parts of it cannot be read or contradict each other. */
        BROKEN
    }
}
