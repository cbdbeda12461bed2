package app.mailroom.model;

/** A link of a proof, as it stands. Links are tried in order, and each needs those before it. */
public interface ProofStep {
    /** Which one it is. */
    Enum<?> link();

    /** How it stands. */
    ProofState state();

    /** In plain English, why it failed and what to do; empty where there is nothing to say. */
    String detail();
}
