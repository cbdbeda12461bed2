package app.mailroom.recipients;

/** A column has too many different values for a list to be made of each. */
public final class TooManyListsException extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyListsException(String column) {
        super("“" + column + "” has more than " + ListMaking.MOST_LISTS + " different values.");
    }
}
