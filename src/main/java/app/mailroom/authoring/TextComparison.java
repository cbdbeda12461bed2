package app.mailroom.authoring;

import java.util.List;

/** Two states of a text, line by line. */
public final class TextComparison {
    private TextComparison() {}

    /** What happened to a line. */
    public enum Change {
        SAME,
        ADDED,
        REMOVED
    }

    /**
     * A line of the comparison.
     *
     * @param before its number in the earlier text from 1, 0 where it is not there
     * @param after its number in the later text from 1, 0 where it is not there
     */
    public record Line(Change change, int before, int after, String text) {}

    /** All lines of both texts in order; a changed line is removed and added. */
    public static List<Line> of(String before, String after) {
        throw new UnsupportedOperationException();
    }
}
