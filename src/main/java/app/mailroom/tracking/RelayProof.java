package app.mailroom.tracking;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Proves a relay from outside, as a reader's program would meet it, and then that what it noticed arrives in the workspace's queue.
 * The probe is a message that does not exist.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RelayProof {
    /** What is tried, in order. */
    public enum Link {
        /** The relay answers at its address, with a certificate that is trusted. */
        REACHED,
        /** It refuses an address that nobody signed. */
        FORGERY,
        /** It gives the picture for an opening. */
        OPEN,
        /** It leads on to where a link leads. */
        CLICK,
        /** It shows the page to unsubscribe, and takes the request. */
        UNSUBSCRIBE,
        /** The opening arrived in the queue. */
        OPEN_ARRIVED,
        /** The click arrived in the queue. */
        CLICK_ARRIVED,
        /** The request to unsubscribe arrived in the queue, and looking at the page brought none. */
        UNSUBSCRIBE_ARRIVED
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

    RelayProof() {}

    /**
     * Runs the proof. Whoever polls the queue must be at it meanwhile; see {@code app.mailroom.aws.Amazon#polling}.
     *
     * @param patience how long to wait for each sign of life
     * @param progress is told of all links whenever one has changed
     */
    public List<Step> run(Duration patience, Consumer<List<Step>> progress)
            throws InterruptedException, TrackingException {
        throw new UnsupportedOperationException();
    }
}
