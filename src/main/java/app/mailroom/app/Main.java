package app.mailroom.app;

/** Where the program starts. */
public final class Main {
    private Main() {}

    /** Starts the program. */
    public static void main(String[] args) {
        if (args.length > 0) {
            throw new IllegalArgumentException("no arguments are known yet");
        }
    }
}
