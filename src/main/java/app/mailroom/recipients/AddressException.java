package app.mailroom.recipients;

/** A text is not an address that can be mailed. Carries no stack trace: a bad list throws one per row. */
public final class AddressException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AddressFault code;

    AddressException(AddressFault code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** What is wrong. */
    public AddressFault code() {
        return code;
    }
}
