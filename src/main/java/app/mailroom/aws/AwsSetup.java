package app.mailroom.aws;

import java.util.List;
import java.util.function.Consumer;

/**
 * Sets up the way of events from SES into this program: configuration set, event destination, SNS topic, SQS queue
 * with a dead-letter queue, the two policies and the subscription. Looking changes nothing; applying twice changes
 * nothing the second time.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class AwsSetup {
    AwsSetup(Amazon amazon) {}

    /** The parts, in the order in which they are made. */
    public enum Part {
        DEAD_LETTER_QUEUE,
        QUEUE,
        TOPIC,
        TOPIC_POLICY,
        QUEUE_POLICY,
        SUBSCRIPTION,
        CONFIGURATION_SET,
        EVENT_DESTINATION
    }

    /** How a part stands. */
    public enum State {
        MISSING,
        DIFFERS,
        PRESENT
    }

    /** A part as found. name is what Amazon calls it; detail says, in plain English, what differs. */
    public record Finding(Part part, State state, String name, String detail) {}

    /** What exists and what would be made or mended, in order. */
    public List<Finding> inspect() throws AmazonException {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes and mends, and keeps the chain in the settings. progress is told of each part once it is done.
     *
     * @return what was found afterwards
     */
    public List<Finding> apply(Consumer<Finding> progress) throws AmazonException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Takes away what {@link #apply} made, in reverse order, and forgets the chain. Events still in the queue are lost. */
    public List<Finding> remove(Consumer<Finding> progress) throws AmazonException {
        throw new UnsupportedOperationException();
    }
}
