package app.mailroom.outcome;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The queue that outcomes arrive in, with the manners of SQS standard queues: at least once, in any order, and what
 * is not deleted in time comes again.
 */
public interface OutcomeQueue {
    /** A received body and what deletes it. */
    record Received(String handle, String body) {}

    /**
     * Waits up to the given time for something to arrive; empty when nothing did.
     *
     * @throws IOException when the queue cannot be reached
     */
    List<Received> receive(Duration atMost) throws IOException, InterruptedException;

    /**
     * Deletes what is dealt with. What fails to be deleted comes again, which does no harm.
     *
     * @throws IOException when the queue cannot be reached
     */
    void delete(List<Received> received) throws IOException;
}
