package app.mailroom.aws;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Proves the event chain link by link, from the queue upwards, and says at which link it stops and why. */
@SuppressWarnings("DoNotCallSuggester")
public final class ChainProof {
    ChainProof(Amazon amazon) {}

    /** The links, in the order in which they are tried. */
    public enum Link {
        /** A message put straight into the queue is received. */
        QUEUE,
        /** A message published on the topic arrives in the queue. */
        TOPIC,
        /** SES accepts three mails to its mailbox simulator. */
        SENDING,
        /** SES's own events of those mails arrive. */
        SEND,
        DELIVERY,
        BOUNCE,
        COMPLAINT
    }

    /** How a link stands. */
    public enum State {
        WAITING,
        PROVEN,
        FAILED,
        /** Not tried, for an earlier link failed. */
        SKIPPED
    }

    /** A link as it stands; detail says, in plain English, why it failed and what to do. */
    public record Step(Link link, State state, String detail) {}

    /**
     * Runs the proof.
     *
     * @param from a verified address
     * @param patience how long to wait for each sign of life
     * @param progress is told of all links whenever one has changed
     */
    public List<Step> run(String from, Duration patience, Consumer<List<Step>> progress)
            throws AmazonException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
