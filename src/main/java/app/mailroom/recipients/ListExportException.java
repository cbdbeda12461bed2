package app.mailroom.recipients;

import java.io.IOException;

/** A value cannot stand in a file of the wanted kind; the message says which one and what to do. */
public final class ListExportException extends IOException {
    private static final long serialVersionUID = 1L;

    ListExportException(long row, String column, String why) {
        super("Row " + row + ", column “" + column + "”: " + why);
    }
}
