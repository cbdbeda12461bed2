package app.mailroom.account;

/** Google has said who it is, and the workspace does not let them in. Nothing was changed. */
public final class NotAdmittedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why not; the windows have words for each. */
    public enum Code {
        /** Neither the address is invited nor the organisation allowed. */
        NOT_INVITED,
        /** They were taken out. */
        REMOVED,
        /** Somebody else than the one who locked the program. */
        SOMEBODY_ELSE
    }

    private final Code code;
    private final String email;

    /** With plain English for logs and the command line; email is whom Google named. */
    NotAdmittedException(Code code, String email, String message) {
        super(message);
        this.code = code;
        this.email = email;
    }

    /** Why not. */
    public Code code() {
        return code;
    }

    /** Whom Google named. */
    public String email() {
        return email;
    }
}
