package app.mailroom.model;

/** Something was refused because of who asked for it. Nothing was changed. */
public final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** With plain English for logs and the command line. */
    public NotAllowedException(Refusal refusal) {
        super(words(refusal));
        this.refusal = refusal;
    }

    /** What was refused and why. */
    public Refusal refusal() {
        return refusal;
    }

    private static String words(Refusal refusal) {
        String right = refusal.right().name();
        return switch (refusal.code()) {
            case ROLE ->
                "A person in the role "
                        + refusal.role().map(Role::name).orElse("of nobody")
                        + " may not do that: it takes the right " + right
                        + ". An owner of the workspace can give another role.";
            case SIGNED_OUT -> "Nobody is signed in, and this workspace asks who works with it. Sign in first.";
            case LOCKED -> "The program is locked, because nobody used it for a while. Sign in again first.";
            case REMOVED -> "You were taken out of this workspace. An owner of it can invite you again.";
            case LIVE_NEEDS_SIGN_IN ->
                "Mails that leave this computer need a name. Sign in with Google first, or have the"
                        + " owner of the workspace switch signing in off.";
            case OWN_MAILING -> "Somebody else has to approve this mailing: you planned it or changed it last.";
        };
    }
}
