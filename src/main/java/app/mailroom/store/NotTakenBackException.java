package app.mailroom.store;

import app.mailroom.model.SheetEdit;

/**
 * A change of a list that did not come to its end could not be taken back as a whole, because somebody changed the list
 * in between. What is left of it can be undone by hand, after what was done since.
 */
public final class NotTakenBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SheetEdit.Kind kind;

    /** For a change of this kind. */
    public NotTakenBackException(SheetEdit.Kind kind) {
        super("a part of the change stays, because the list was changed meanwhile: " + kind);
        this.kind = kind;
    }

    /** What it was. */
    public SheetEdit.Kind kind() {
        return kind;
    }
}
