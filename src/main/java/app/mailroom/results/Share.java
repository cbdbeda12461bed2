package app.mailroom.results;

import java.util.OptionalDouble;

/**
 * Some messages of so many.
 *
 * @param counted whether they were counted at all; what was not is unknown, and both numbers are zero
 */
public record Share(long count, long among, boolean counted) {
    private static final Share UNKNOWN = new Share(0, 0, false);

    /** Some of so many. */
    public static Share of(long count, long among) {
        return new Share(count, among, true);
    }

    /** What nobody counted. */
    public static Share notCounted() {
        return UNKNOWN;
    }

    /** Between 0 and 1; nothing when there is no whole, or when it was not counted. */
    public OptionalDouble rate() {
        return among == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) count / among);
    }

    /** Both together. What was not counted adds nothing, neither to the part nor to the whole. */
    Share plus(Share other) {
        return new Share(count + other.count, among + other.among, counted || other.counted);
    }
}
