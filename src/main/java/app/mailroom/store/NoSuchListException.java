package app.mailroom.store;

/** The list does not exist, or an import of it was abandoned, perhaps by another process. */
public final class NoSuchListException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of this id. */
    public NoSuchListException(long listId) {
        super("there is no such list: " + listId);
    }
}
