package app.mailroom.store;

import java.util.List;

/** A list cannot be deleted because mailings still need it. */
public final class ListInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> titles;

    ListInUseException(List<String> titles) {
        super("the list is used by mailings: " + String.join(", ", titles));
        this.titles = List.copyOf(titles);
    }

    /** The titles of those mailings. */
    public List<String> titles() {
        return titles;
    }
}
