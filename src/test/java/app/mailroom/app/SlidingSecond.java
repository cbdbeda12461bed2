package app.mailroom.app;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sliding seconds over moments of {@link System#nanoTime()}. */
final class SlidingSecond {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private SlidingSecond() {}

    /** The most of these moments that any second holds, wherever it begins. */
    static int most(List<Long> rising) {
        int most = 0;
        int from = 0;
        for (int to = 0; to < rising.size(); to++) {
            while (rising.get(to) - rising.get(from) >= SECOND) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** How many seconds begin at one of these moments and hold more than so many. */
    static long over(List<Long> rising, int limit) {
        long over = 0;
        int to = 0;
        for (int from = 0; from < rising.size(); from++) {
            while (to < rising.size() && rising.get(to) - rising.get(from) < SECOND) {
                to++;
            }
            over += to - from > limit ? 1 : 0;
        }
        return over;
    }
}
