package app.mailroom.store;

/** Nobody would own the workspace any more. Nothing was changed. */
public final class LastOwnerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With plain English for logs and the command line. */
    public LastOwnerException() {
        super("This is the only owner. Make somebody else an owner first, so that somebody can let people in.");
    }
}
