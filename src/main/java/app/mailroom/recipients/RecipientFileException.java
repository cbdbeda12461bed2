package app.mailroom.recipients;

/** A file cannot be read as a recipient list; the message says what was found and what to do. */
public final class RecipientFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RecipientFileFault code;

    RecipientFileException(RecipientFileFault code, String message) {
        super(message);
        this.code = code;
    }

    /** What is wrong. */
    public RecipientFileFault code() {
        return code;
    }
}
