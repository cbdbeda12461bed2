package app.mailroom.aws;

/** Keeps this workspace's suppressions and the account's suppression list equal. */
@SuppressWarnings("DoNotCallSuggester")
public final class SuppressionSync {
    SuppressionSync(Amazon amazon) {}

    /** What a round changed. */
    public record Changes(int takenIn, int handedOut, int lifted) {}

    /** One round: takes in, hands out, and passes on what a person lifted. */
    public Changes syncOnce() throws AmazonException {
        throw new UnsupportedOperationException();
    }
}
