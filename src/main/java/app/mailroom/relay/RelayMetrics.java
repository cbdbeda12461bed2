package app.mailroom.relay;

/** What the relay did and how it stands, for {@code /metrics} (Prometheus text format 0.0.4). Any thread. */
public final class RelayMetrics {
    /** All at nothing. */
    public RelayMetrics() {}
}
