package app.mailroom.model;

/** How a link of a proof stands. */
public enum ProofState {
    WAITING,
    PROVEN,
    FAILED,
    /** Not tried, for an earlier link failed. */
    SKIPPED
}
