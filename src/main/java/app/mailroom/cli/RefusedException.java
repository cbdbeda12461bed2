package app.mailroom.cli;

/** The input cannot be taken; the message says what is wrong and what to do. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }
}
