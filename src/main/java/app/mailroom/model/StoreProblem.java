package app.mailroom.model;

/** Why a workspace's files could not be read or written, as far as a person can do something about it. */
public enum StoreProblem {
    /** The disk has no room left. */
    FULL,
    /** The files or their folder must not be written. */
    READ_ONLY,
    /** Another program keeps the files to itself. */
    LOCKED,
    /** Nothing has been stored for some seconds, and nobody knows yet why. */
    HELD_UP,
    /** The files do not hold what they should. */
    DAMAGED,
    /** A newer program has changed them in ways that this one does not know. */
    NEWER,
    /** Anything else. */
    OTHER;

    /** Whether it may be over in a moment, so that trying again is all that has to be done. */
    public boolean mayPass() {
        return this == FULL || this == READ_ONLY || this == LOCKED;
    }
}
