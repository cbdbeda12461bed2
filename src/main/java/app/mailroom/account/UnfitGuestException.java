package app.mailroom.account;

/** Whoever was to be let in cannot be, as it was written. Nothing was changed. */
public final class UnfitGuestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Why not; the windows have words for each. */
    public enum Code {
        /** It is no address. */
        NO_ADDRESS,
        /** Somebody with this address works with the workspace already. */
        MEMBER_ALREADY,
        /** It is no domain. */
        NO_DOMAIN,
        /** Anybody can have an account at this domain. */
        OPEN_DOMAIN
    }

    private final Code code;

    /** With plain English for the command line. */
    UnfitGuestException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** Why not. */
    public Code code() {
        return code;
    }
}
