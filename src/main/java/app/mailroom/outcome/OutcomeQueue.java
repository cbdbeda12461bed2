package app.mailroom.outcome;

import java.io.IOException;
import java.util.List;

/**
 * The queue that outcomes arrive in, with the manners of SQS standard queues: at least once, in any order, and what
 * is not deleted in time comes again.
 */
public interface OutcomeQueue extends AutoCloseable {
    /** A received body and what deletes it. */
    record Received(String handle, String body) {}

    /**
     * Waits a while for something to arrive; empty when nothing did, or when the queue was closed meanwhile. What it
     * returns stays hidden from other receivers until it is deleted or given back, however long that takes.
     *
     * @throws IOException when the queue cannot be reached
     */
    List<Received> receive() throws IOException, InterruptedException;

    /**
     * Deletes what is dealt with. What fails to be deleted comes again, which does no harm.
     *
     * @throws IOException when the queue cannot be reached
     */
    void delete(List<Received> received) throws IOException;

    /** Lets what could not be dealt with come again after a while. */
    void giveBack(List<Received> received);

    /** Ends a waiting receive, and everything else. */
    @Override
    void close();
}
