package app.mailroom.results;

import java.io.IOException;

/** A table or a value in it is too large for a workbook of Excel; the message says which one. Text files hold any. */
public final class UnfitForWorkbookException extends IOException {
    private static final long serialVersionUID = 1L;

    UnfitForWorkbookException(String message) {
        super(message);
    }
}
