package app.mailroom.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/** Time is simulated: nanoseconds that pass because the test says so. */
class PaceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    @Property(tries = 150)
    void neverMoreThanTheRateInAnySlidingSecond(
            @ForAll @DoubleRange(min = 0.5, max = 2000) double rate, @ForAll long seed) {
        Random random = new Random(seed);
        Pace pace = new Pace(rate, 0);
        List<Long> taken = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 4 * rate + 10; i++) {
            now += lateness(random);
            now = waitAndTake(pace, now, random, taken);
        }
        assertNeverMoreThan(limit(rate), taken);
    }

    @Property(tries = 150)
    void neverMoreThanTheNewRateInTheSecondBeforeAnyPermitOnceTheRateWasLowered(
            @ForAll @DoubleRange(min = 2, max = 1000) double before,
            @ForAll @DoubleRange(min = 0.05, max = 1) double share,
            @ForAll long seed) {
        Random random = new Random(seed);
        double after = Math.max(0.5, before * share);
        Pace pace = new Pace(before, 0);
        List<Long> taken = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 2 * before; i++) {
            now = waitAndTake(pace, now, random, taken);
        }
        int fast = taken.size();
        pace.setRate(after);
        for (int i = 0; i < 3 * after + 3; i++) {
            now += lateness(random);
            now = waitAndTake(pace, now, random, taken);
        }
        for (int i = fast; i < taken.size(); i++) {
            assertThat(inTheSecondBefore(taken, i)).as("permit %d", i).isLessThanOrEqualTo(limit(after));
        }
    }

    @Property(tries = 100)
    void neverMoreThanTheHigherRateHoweverOftenTheRateChanges(
            @ForAll @DoubleRange(min = 1, max = 500) double one,
            @ForAll @DoubleRange(min = 1, max = 500) double other,
            @ForAll long seed) {
        Random random = new Random(seed);
        Pace pace = new Pace(one, 0);
        List<Long> taken = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 3 * Math.max(one, other); i++) {
            if (random.nextInt(20) == 0) {
                pace.setRate(random.nextBoolean() ? one : other);
            }
            now = waitAndTake(pace, now, random, taken);
        }
        assertNeverMoreThan(limit(Math.max(one, other)), taken);
    }

    @Property(tries = 100)
    void almostAllOfTheRateIsReachedBySomebodyWhoIsAlwaysReadyAndALittleLate(
            @ForAll @DoubleRange(min = 1, max = 2000) double rate, @ForAll long seed) {
        Random random = new Random(seed);
        Pace pace = new Pace(rate, 0);
        long end = 30 * SECOND;
        long now = 0;
        long count = 0;
        while (now < end) {
            long wait = pace.waitNanos(now);
            if (wait == 0) {
                pace.take(now);
                pace.leave(now);
                count++;
            } else {
                now += wait + random.nextInt((int) MILLI);
            }
        }
        assertThat(count).isGreaterThanOrEqualTo((long) (0.97 * Math.floor(rate) * 30));
    }

    /** The first message of a program takes long to leave; what was let go after it must not catch up with it. */
    @Property(tries = 150)
    void neverMoreThanTheRateLeavesInAnySlidingSecondHoweverLongMessagesAreHeldUp(
            @ForAll @DoubleRange(min = 1, max = 500) double rate, @ForAll long seed) {
        Random random = new Random(seed);
        Pace pace = new Pace(rate, 0);
        List<Long> departures = new ArrayList<>();
        PriorityQueue<Long> heldUp = new PriorityQueue<>();
        long now = 0;
        int letGo = 0;
        while (letGo < 4 * rate + 10) {
            while (!heldUp.isEmpty() && heldUp.peek() <= now) {
                heldUp.remove();
                pace.leave(now);
                departures.add(now);
            }
            long wait = pace.waitNanos(now);
            if (wait == 0) {
                pace.take(now);
                letGo++;
                heldUp.add(
                        now + (random.nextInt(10) == 0 ? random.nextInt((int) SECOND) : random.nextInt((int) MILLI)));
            } else {
                now += heldUp.isEmpty() ? wait : Math.max(1, Math.min(wait, heldUp.peek() - now));
            }
        }
        assertNeverMoreThan(limit(rate), departures);
    }

    @Example
    void whatNeverLeavesDoesNotCount() {
        Pace pace = new Pace(1, 0);
        pace.take(0);
        pace.giveBack();

        assertThat(pace.waitNanos(SECOND)).isZero();
    }

    @Example
    void nothingGoesBeforeTheBeginning() {
        Pace pace = new Pace(10, 5 * SECOND);

        assertThat(pace.waitNanos(2 * SECOND)).isEqualTo(3 * SECOND);
        assertThat(pace.waitNanos(5 * SECOND)).isZero();
    }

    @Example
    void anIdleMinuteStoresNothingUp() {
        Pace pace = new Pace(10, 0);
        long now = 60 * SECOND;
        int atOnce = 0;
        while (pace.waitNanos(now) == 0) {
            pace.take(now);
            pace.leave(now);
            atOnce++;
        }
        assertThat(atOnce).isLessThanOrEqualTo(2);
    }

    @Example
    void aThrottlingAnswerLowersThePaceAndQuietSecondsGiveItBack() {
        Pace pace = new Pace(100, 0);
        pace.slowDown(SECOND);
        double slowed = pace.current(SECOND);
        assertThat(slowed).isLessThan(100).isPositive();

        double before = slowed;
        long now = SECOND;
        for (int second = 0; second < 60; second++) {
            now += SECOND;
            assertThat(pace.current(now)).isGreaterThanOrEqualTo(before);
            before = pace.current(now);
        }
        assertThat(pace.current(now)).isCloseTo(100, within(1e-9));
    }

    @Example
    void severalThrottlingAnswersAtOnceCountOnce() {
        Pace pace = new Pace(100, 0);
        pace.slowDown(SECOND);
        double once = pace.current(SECOND);
        pace.slowDown(SECOND + MILLI);
        pace.slowDown(SECOND + 2 * MILLI);

        assertThat(pace.current(SECOND + 2 * MILLI)).isEqualTo(once);
    }

    @Example
    void howeverOftenItIsThrottledItNeverStands() {
        Pace pace = new Pace(100, 0);
        for (int i = 1; i < 100; i++) {
            pace.slowDown(i * SECOND);
        }

        assertThat(pace.current(99 * SECOND)).isGreaterThanOrEqualTo(5);
        assertThat(pace.waitNanos(99 * SECOND)).isLessThanOrEqualTo(SECOND);
    }

    @Example
    void aRateIsPositive() {
        Pace pace = new Pace(1, 0);

        assertThatThrownBy(() -> pace.setRate(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> pace.setRate(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Waits as long as it is told, wakes up late now and then, and takes as soon as it may. */
    private static long waitAndTake(Pace pace, long start, Random random, List<Long> taken) {
        long now = start;
        long wait = pace.waitNanos(now);
        while (wait > 0) {
            now += wait + (random.nextInt(5) == 0 ? random.nextInt((int) (3 * MILLI)) : 0);
            wait = pace.waitNanos(now);
        }
        pace.take(now);
        pace.leave(now);
        taken.add(now);
        return now;
    }

    private static long lateness(Random random) {
        return switch (random.nextInt(40)) {
            case 0 -> random.nextInt((int) SECOND);
            case 1 -> random.nextInt((int) (50 * MILLI));
            default -> 0;
        };
    }

    private static int limit(double rate) {
        return Math.max(1, (int) rate);
    }

    private static void assertNeverMoreThan(int limit, List<Long> taken) {
        int first = 0;
        for (int last = 0; last < taken.size(); last++) {
            while (taken.get(first) <= taken.get(last) - SECOND) {
                first++;
            }
            assertThat(last - first + 1).as("permit %d", last).isLessThanOrEqualTo(limit);
        }
    }

    private static int inTheSecondBefore(List<Long> taken, int last) {
        int first = last;
        while (first > 0 && taken.get(first - 1) > taken.get(last) - SECOND) {
            first--;
        }
        return last - first + 1;
    }
}
