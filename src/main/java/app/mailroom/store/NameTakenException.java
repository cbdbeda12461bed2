package app.mailroom.store;

/** There is already something of that kind with that name. */
public final class NameTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String name;

    /** Says which name. */
    public NameTakenException(String name) {
        super("the name is taken: " + name);
        this.name = name;
    }

    /** The name that is taken. */
    public String name() {
        return name;
    }
}
