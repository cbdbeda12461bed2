package app.mailroom.recipients;

/** A file cannot be read as a recipient list; the message says what was found and what to do. */
public final class RecipientFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RecipientFileFault code;
    private final long line;

    RecipientFileException(RecipientFileFault code, String message) {
        this(code, message, 0);
    }

    RecipientFileException(RecipientFileFault code, String message, long line) {
        super(message);
        this.code = code;
        this.line = line;
    }

    /** What is wrong. */
    public RecipientFileFault code() {
        return code;
    }

    /** The line of a text, or row of a sheet, near which it is; 0 where it is no one line. */
    public long line() {
        return line;
    }
}
