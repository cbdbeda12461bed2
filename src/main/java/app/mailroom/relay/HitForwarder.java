package app.mailroom.relay;

import java.time.Duration;

/** Hands what lies in the spool to the queue, in order, ten at a time; waits while the queue is away. */
@SuppressWarnings("DoNotCallSuggester")
public final class HitForwarder implements AutoCloseable {
    /** Between a spool and a queue, neither of which it closes. Nothing runs before {@link #start}. */
    public HitForwarder(HitSpool spool, HitQueue queue) {
        throw new UnsupportedOperationException();
    }

    /** Begins. */
    public void start() {
        throw new UnsupportedOperationException();
    }

    /** Hands over what is there, as long as the queue takes it and the time lasts; what is left stays in the spool. */
    public void flush(Duration within) {
        throw new UnsupportedOperationException();
    }

    /** Ends after the calls that are under way. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
