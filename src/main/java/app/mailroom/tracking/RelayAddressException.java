package app.mailroom.tracking;

/** What somebody typed is no address for a relay. */
public final class RelayAddressException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why not; the windows have words for each. */
    public enum Fault {
        /** Not a web address at all. */
        UNREADABLE,
        /** More than a host, or none: a name, a question or a fragment has no place in it. */
        NOT_A_HOST,
        /** Readers' programs would be asked over a line that anybody can read and change. */
        NOT_HTTPS
    }

    private final Fault fault;

    /** With plain English for the command line. */
    RelayAddressException(Fault fault, String message) {
        super(message);
        this.fault = fault;
    }

    /** Why not. */
    public Fault fault() {
        return fault;
    }
}
