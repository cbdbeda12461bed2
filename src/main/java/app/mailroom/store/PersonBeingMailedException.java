package app.mailroom.store;

/** A mail to the person is on its way this very moment, so that nothing of it may be lost yet. Nothing was changed by this step. */
public final class PersonBeingMailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PersonBeingMailedException() {
        super("A mail to this address is being sent this moment. Try again in a minute.");
    }
}
