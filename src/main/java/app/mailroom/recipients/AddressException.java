package app.mailroom.recipients;

/** A text is not an address that can be mailed; the message says why, in plain English. */
public final class AddressException extends Exception {
    private static final long serialVersionUID = 1L;

    private final AddressFault fault;

    AddressException(AddressFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** What is wrong. */
    public AddressFault fault() {
        return fault;
    }
}
