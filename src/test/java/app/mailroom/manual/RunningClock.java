package app.mailroom.manual;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that shows a day of our choice, runs as fast as any other, and can be put on. */
final class RunningClock extends Clock {
    private final ZoneId zone;
    private volatile Instant shown;
    private volatile long since = System.nanoTime();

    RunningClock(Instant start, ZoneId zone) {
        this.shown = start;
        this.zone = zone;
    }

    /** Puts it on. */
    void putOnTo(Instant time) {
        shown = time;
        since = System.nanoTime();
    }

    @Override
    public Instant instant() {
        return shown.plusNanos(System.nanoTime() - since);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return Clock.fixed(instant(), other);
    }
}
