package app.mailroom.store;

/** A name that must be unique is in use. */
public final class NameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NameTakenException(String name) {
        super("the name “" + name + "” is already in use");
    }
}
