package app.mailroom.delivery;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When the next message may go out: evenly spaced, and never more than the rate in any sliding second. A throttling
 * answer lowers the pace by a factor, and every quiet second gives some of it back.
 *
 * <p>Time is whatever nanosecond counter the caller passes in; it must not run backwards. Fractions of a rate above
 * one are not used: 4.7 a second are sent as 4. Safe for use by several threads.
 */
public final class Pace {
    private static final double SECOND = 1e9;
    /** The spare part of a second: a request that leaves in time may arrive a little late, and the next one early. */
    private static final double MARGIN = 1.012;

    private static final double SLOWER = 0.7;
    private static final double RECOVERY_A_SECOND = 0.05;
    private static final double SLOWEST_SHARE = 0.05;
    /** How far behind an even spacing may catch up, so that a late wake-up costs no throughput. */
    private static final long CATCH_UP_NANOS = 20_000_000;

    /** How often to look again while everything that the rate allows has been let go and none of it has left. */
    private static final long RECHECK_NANOS = 1_000_000;

    /** When messages left, rising. */
    private final Deque<Long> left = new ArrayDeque<>();
    /** How many were let go and have not left yet. */
    private int leaving;

    private double rate;
    private double brake = 1;
    private long next;
    private long brakeChanged;

    /** A pace that lets nothing go before {@code firstAt}, so that what another process just sent is over by then. */
    public Pace(double rate, long firstAt) {
        this.rate = rate;
        this.next = firstAt;
        this.brakeChanged = firstAt;
    }

    /** Sets the rate in messages a second. */
    public synchronized void setRate(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("a rate is positive: " + perSecond);
        }
        rate = perSecond;
    }

    /** The rate at which messages go out now, with the brake on it. */
    public synchronized double current(long now) {
        recover(now);
        return rate * brake;
    }

    /** How long to wait until a message may go; 0 when one may go at once. */
    public synchronized long waitNanos(long now) {
        recover(now);
        forget(now);
        long wait = next - now;
        if (left.size() + leaving >= window()) {
            wait = Math.max(wait, left.isEmpty() ? RECHECK_NANOS : oldest() + span() - now);
        }
        return Math.max(0, wait);
    }

    /**
     * Lets a message go. It counts from now on, and the second in which it counts begins when it {@link #leave
     * leaves}: what is held up on its way out must not meet the messages after it.
     */
    public synchronized void take(long now) {
        forget(now);
        leaving++;
        long interval = (long) (SECOND / (rate * brake));
        next = Math.max(next + interval, now + interval - Math.min(CATCH_UP_NANOS, interval * 4));
    }

    /** A message that was let go is on the wire now. */
    public synchronized void leave(long now) {
        leaving--;
        left.addLast(left.isEmpty() ? now : Math.max(now, left.peekLast()));
    }

    /** A message that was let go will not leave. */
    public synchronized void giveBack() {
        leaving--;
    }

    /** The mail service said that this was too fast. Several answers within a second count once. */
    public synchronized void slowDown(long now) {
        recover(now);
        if (brake == 1 || now - brakeChanged > SECOND / 2) {
            brake = Math.max(SLOWEST_SHARE, brake * SLOWER);
            brakeChanged = now;
        }
        next = Math.max(next, now + (long) (SECOND / (rate * brake)));
    }

    private void recover(long now) {
        if (brake < 1 && now - brakeChanged >= SECOND) {
            long seconds = (long) ((now - brakeChanged) / SECOND);
            brake = Math.min(1, brake + seconds * RECOVERY_A_SECOND);
            brakeChanged += (long) (seconds * SECOND);
        }
    }

    /** Drops what a sliding second does not reach any more; all else is kept, for the rate may change. */
    private void forget(long now) {
        while (!left.isEmpty() && oldest() + span() <= now) {
            left.removeFirst();
        }
    }

    private long span() {
        return (long) (Math.max(1, window() / rate) * MARGIN * SECOND);
    }

    private int window() {
        return Math.max(1, (int) rate);
    }

    private long oldest() {
        Long first = left.peekFirst();
        return first == null ? Long.MIN_VALUE : first;
    }
}
