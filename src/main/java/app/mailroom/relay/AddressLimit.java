package app.mailroom.relay;

import app.mailroom.relay.RelayMetrics.Refusal;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.DoSHandler;

/**
 * Refuses what comes from one address too often, by Jetty's own leaking buckets. Memory is bounded: there are so many buckets and no
 * more, and one that was not used is taken away. Whoever comes while all are taken is let through, for otherwise a stranger with many
 * addresses, which in IPv6 cost nothing, could keep every reader out; what all of them together may ask is bounded by the server.
 */
final class AddressLimit extends DoSHandler {
    /** Some 15 MB, if each was used within the last seconds. */
    private static final int MOST_ADDRESSES = 50_000;

    private static final Duration IDLE = Duration.ofSeconds(10);

    AddressLimit(Handler next, RelaySettings.Limits limits, RelayMetrics metrics) {
        super(
                next,
                PeerAddress::client,
                new LeakingBucketTrackerFactory(limits.requestsPerSecond(), limits.burst(), IDLE),
                (request, response, callback) -> {
                    metrics.refused(Refusal.RATE);
                    metrics.answered(Answer.TOO_MANY.status());
                    Answer.TOO_MANY.send(response, callback);
                    return true;
                },
                MOST_ADDRESSES,
                false);
    }
}
