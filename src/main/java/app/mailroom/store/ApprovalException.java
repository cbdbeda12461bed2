package app.mailroom.store;

/** A mailing cannot be approved as it stands. Nothing was changed. */
public final class ApprovalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Code {
        /** What goes out was changed since whoever approves it looked. */
        CHANGED_MEANWHILE,
        /** Not all its messages are made, so that nobody can have seen them. */
        BEING_MADE,
        /** It needs no approval, has it, or has ended. */
        NOT_WAITING
    }

    private final Code code;

    ApprovalException(Code code, long planId) {
        super(words(code, planId));
        this.code = code;
    }

    /** Why. */
    public Code code() {
        return code;
    }

    private static String words(Code code, long planId) {
        return switch (code) {
            case CHANGED_MEANWHILE ->
                "Mailing " + planId + " was changed after you looked at it. Look at it again before you approve it.";
            case BEING_MADE ->
                "The messages of mailing " + planId + " are still being made. Approve it when they all are.";
            case NOT_WAITING -> "Mailing " + planId + " does not wait for approval.";
        };
    }
}
