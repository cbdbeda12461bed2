package app.mailroom.tracking;

import java.io.IOException;
import java.util.Optional;

/** The mail service that sends in earnest, as far as a relay has to do with it, and the queue in which events arrive. */
public interface EventSource {
    /** Whether the service itself counts openings and clicks of all that is sent. */
    boolean countsHits();

    /** The address of the queue to which the relay has to report; empty while none is set up. */
    String queueUrl();

    /**
     * Receives events until it is closed, beside whoever does so already.
     *
     * @throws IOException when no queue can be read
     */
    Polling polling() throws IOException;

    /** Somebody who receives. Closing it may take as long as what is being received. */
    interface Polling extends AutoCloseable {
        /** Why nothing could be received when it was last tried, in plain English. */
        Optional<String> trouble();

        /** Whether that is so in a way that no waiting mends. */
        boolean hopeless();

        @Override
        void close();
    }
}
