package app.mailroom.relay;

import java.io.IOException;
import java.time.Clock;

/** A relay at work: server, spool and forwarder, built by hand and closed in the order in which nothing is lost. */
@SuppressWarnings("DoNotCallSuggester")
public final class Relay implements AutoCloseable {
    private Relay() {}

    /**
     * Starts a relay that hands its hits to the given queue, which it closes with itself.
     *
     * @throws IOException when it cannot listen or has no room for hits; the message says what to do
     */
    public static Relay start(RelaySettings settings, HitQueue queue, Clock clock) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The port on which it listens. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Ends: first the server, then what is spooled goes to the queue as far as it takes it. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
