package app.mailroom.relay;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * Cuts connections on which bytes arrive that become no request: handshakes and heads that trickle so as to be never silent (“slow
 * loris”), and readers that take an answer byte by byte. Jetty knows how long a connection was silent, which neither of them is.
 * Called by one thread.
 */
final class StalledConnections {
    private final Duration patience;
    private final Duration crowdedPatience;
    private Map<EndPoint, Progress> known = new HashMap<>();

    /**
     * @param patience how long a head may be under way; an answer may take twice as long
     * @param crowdedPatience how long a connection may be of no use when there is hardly room for others; an answer may take twice as
     *     long then, too
     */
    StalledConnections(Duration patience, Duration crowdedPatience) {
        this.patience = patience;
        this.crowdedPatience = crowdedPatience;
    }

    /** Looks at all connections there are, and closes those that stand still; returns how many. */
    int close(Collection<EndPoint> connected, boolean crowded) {
        Map<EndPoint, Progress> seen = new HashMap<>(connected.size() * 2);
        int closed = 0;
        for (EndPoint endPoint : connected) {
            Progress progress = Progress.of(endPoint, known.get(endPoint));
            if (NanoTime.since(progress.since()) > allowed(progress, crowded)) {
                endPoint.close();
                closed++;
            } else {
                seen.put(endPoint, progress);
            }
        }
        known = seen;
        return closed;
    }

    private long allowed(Progress progress, boolean crowded) {
        if (progress.answering()) {
            return (crowded ? crowdedPatience : patience).multipliedBy(2).toNanos();
        }
        if (crowded) {
            return crowdedPatience.toNanos();
        }
        // A silent one is left to the idle time-out.
        return progress.trickling() ? patience.toNanos() : Long.MAX_VALUE;
    }

    /**
     * How far a connection has come.
     *
     * @param stage what speaks on it: a handshake, HTTP/1.1, HTTP/2
     * @param begun requests whose head is complete
     * @param answered requests that are over
     * @param bytes that had come when one of these last changed
     * @param since when that was, on the clock of {@link NanoTime}
     * @param trickling whether more bytes have come since
     */
    private record Progress(
            @Nullable Connection stage, long begun, long answered, long bytes, long since, boolean trickling) {
        static Progress of(EndPoint endPoint, @Nullable Progress before) {
            Connection outer = endPoint.getConnection();
            Connection stage =
                    outer instanceof SslConnection tls ? tls.getSslEndPoint().getConnection() : outer;
            long begun = stage == null ? 0 : stage.getMessagesIn();
            long answered = stage == null ? 0 : stage.getMessagesOut();
            long bytes = outer == null ? 0 : outer.getBytesIn();
            if (before == null || stage != before.stage || begun != before.begun || answered != before.answered) {
                // New here, its first bytes may already be those of a head that trickles.
                return new Progress(stage, begun, answered, before == null ? 0 : bytes, NanoTime.now(), false);
            }
            return new Progress(stage, begun, answered, before.bytes, before.since, bytes != before.bytes);
        }

        boolean answering() {
            return begun > answered;
        }
    }
}
