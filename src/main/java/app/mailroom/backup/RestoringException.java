package app.mailroom.backup;

/** A copy cannot be restored; nothing was changed. */
public final class RestoringException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Code {
        /** The copy cannot be read in full. */
        COPY_DAMAGED,
        /** Another program has the workspace open. */
        IN_USE
    }

    private final Code code;

    RestoringException(Code code, String detail) {
        super(
                code == Code.IN_USE
                        ? "The workspace is open in another program. Close it there, and restore then: " + detail
                        : "The copy is damaged as well. Choose another: " + detail);
        this.code = code;
    }

    /** Why. */
    public Code code() {
        return code;
    }
}
