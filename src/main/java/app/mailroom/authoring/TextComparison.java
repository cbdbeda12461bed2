package app.mailroom.authoring;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
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

    /**
     * All lines of both texts in order; a changed line is removed and added. How a line ends, and whether the last one
     * does, is no difference.
     */
    public static List<Line> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
            while (i < delta.getSource().getPosition()) {
                lines.add(new Line(Change.SAME, ++i, ++j, now.get(j - 1)));
            }
            for (String text : delta.getSource().getLines()) {
                lines.add(new Line(Change.REMOVED, ++i, 0, text));
            }
            for (String text : delta.getTarget().getLines()) {
                lines.add(new Line(Change.ADDED, 0, ++j, text));
            }
        }
        while (i < old.size()) {
            lines.add(new Line(Change.SAME, ++i, ++j, now.get(j - 1)));
        }
        return List.copyOf(lines);
    }
}
