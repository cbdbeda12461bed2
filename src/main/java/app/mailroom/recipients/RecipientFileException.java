package app.mailroom.recipients;

/** A file cannot be read as a recipient list; the message says why and what to do. */
public final class RecipientFileException extends Exception {
    private static final long serialVersionUID = 1L;

    RecipientFileException(String message) {
        super(message);
    }
}
