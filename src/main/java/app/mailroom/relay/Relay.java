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
        return start(settings, queue, clock, new MemoryWatch());
    }

    /** The same, which takes its memory for as short as it is told. */
    static Relay start(RelaySettings settings, HitQueue queue, Clock clock, MemoryWatch memory) throws IOException {
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
        measure(metrics, spool, forwarder, clock);
        Relay relay = new Relay(
                queue,
                spool,
                forwarder,
                new RelayServer(settings, new AddressLimit(handler, settings.limits(), metrics), metrics, memory));
        try {
            relay.server.start();
        } catch (IOException | RuntimeException e) {
            relay.closeStore();
            throw e;
        }
        forwarder.start();
        return relay;
    }

    private static void measure(RelayMetrics metrics, HitSpool spool, HitForwarder forwarder, Clock clock) {
        metrics.gauge("spool_bytes", "Hits on the disk that the queue does not have.", spool::bytesWaiting);
        metrics.gauge(
                "oldest_hit_age_seconds",
                "Since when the oldest of them waits.",
                () -> forwarder
                        .oldestWaiting()
                        .map(oldest -> Math.max(
                                0, Duration.between(oldest, clock.instant()).toSeconds()))
                        .orElse(0L));
        metrics.gauge("queue_away", "1 if the last call to the queue failed.", () -> forwarder.isQueueAway() ? 1 : 0);
        metrics.counter("hits_sent_total", "Hits that the queue took.", forwarder::sent);
        metrics.counter("hits_refused_total", "Hits that the queue refused for good.", forwarder::refused);
        metrics.counter("queue_failures_total", "Calls to the queue that failed.", forwarder::failures);
        metrics.counter("spool_damaged_bytes_total", "Bytes of the spool that could not be read.", forwarder::damaged);
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
        // What is left now stays in the spool: a call to a queue that does not answer would hold up the end.
        queue.close();
        forwarder.close();
        spool.close();
    }
}
