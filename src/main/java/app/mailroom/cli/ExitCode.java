package app.mailroom.cli;

/** What the program's exit code says to a script. */
final class ExitCode {
    static final int DONE = 0;
    /** Something failed that the message on standard error explains. */
    static final int FAILED = 1;
    /** The command line was not understood. */
    static final int USAGE = 2;
    /** The input was refused: a faulty template, an unreadable file, a plan that checks block. */
    static final int REFUSED = 3;
    /** A mailing is parked, or waits for approval, and needs a person. */
    static final int PARKED = 4;
    /** Everything was sent, but some outcomes did not come in time. */
    static final int UNSETTLED = 5;
    /** The database is damaged; a copy of it can be restored. */
    static final int DAMAGED = 6;

    private ExitCode() {}
}
