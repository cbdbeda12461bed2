package app.mailroom.relay;

import app.mailroom.tracking.HitTokens;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** A relay at work: server, spool and forwarder, built by hand and closed in the order in which nothing is lost. */
public final class Relay implements AutoCloseable {
    private static final Duration FLUSH = Duration.ofSeconds(10);

    private final HitQueue queue;
    private final HitSpool spool;
    private final HitForwarder forwarder;
    private final RelayServer server;

    private Relay(HitQueue queue, HitSpool spool, HitForwarder forwarder, RelayServer server) {
        this.queue = queue;
        this.spool = spool;
        this.forwarder = forwarder;
        this.server = server;
    }

    /**
     * Starts a relay that hands its hits to the given queue, which it closes with itself, and also if it cannot start.
     *
     * @throws IOException when it cannot listen or has no room for hits; the message says what to do
     */
    public static Relay start(RelaySettings settings, HitQueue queue, Clock clock) throws IOException {
        HitSpool spool;
        try {
            spool = HitSpool.open(settings.spool(), settings.spoolLimits());
        } catch (IOException | RuntimeException e) {
            queue.close();
            throw e;
        }
        HitForwarder forwarder = new HitForwarder(spool, queue);
        RelayMetrics metrics = new RelayMetrics();
        RelayHandler handler = new RelayHandler(new HitTokens(settings.keys()), spool, settings, metrics, clock);
        Relay relay = new Relay(queue, spool, forwarder, new RelayServer(settings, handler, metrics));
        try {
            relay.server.start();
        } catch (IOException | RuntimeException e) {
            relay.closeStore();
            throw e;
        }
        forwarder.start();
        return relay;
    }

    /** The port on which it listens. */
    public int port() {
        return server.port();
    }

    /** Ends: first the server, then what is spooled goes to the queue as far as it takes it. */
    @Override
    public void close() {
        server.close();
        forwarder.flush(FLUSH);
        closeStore();
    }

    private void closeStore() {
        forwarder.close();
        queue.close();
        spool.close();
    }
}
