package app.mailroom.recipients;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of each column of a file, in the file's order. No two columns have the same target. */
public record ColumnMapping(List<ColumnTarget> targets) {
    /**
     * Keeps the targets.
     *
     * @throws IllegalArgumentException when two columns go to the same place
     */
    public ColumnMapping {
        targets = List.copyOf(targets);
        for (int i = 0; i < targets.size(); i++) {
            for (int j = i + 1; j < targets.size(); j++) {
                if (meet(targets.get(i), targets.get(j))) {
                    throw new IllegalArgumentException("two columns go to " + targets.get(i));
                }
            }
        }
    }

    /** Which column of the file holds the addresses. */
    public Optional<Integer> address() {
        int at = targets.indexOf(new ColumnTarget.Address());
        return at < 0 ? Optional.empty() : Optional.of(at);
    }

    /** The same with another target for a column; a column that had this target before is left out. */
    public ColumnMapping with(int column, ColumnTarget target) {
        List<ColumnTarget> changed = new ArrayList<>(targets);
        changed.replaceAll(other -> meet(other, target) ? new ColumnTarget.LeftOut() : other);
        changed.set(column, target);
        return new ColumnMapping(changed);
    }

    private static boolean meet(ColumnTarget one, ColumnTarget other) {
        if (one instanceof ColumnTarget.New left && other instanceof ColumnTarget.New right) {
            return left.variable().equals(right.variable());
        }
        return !(one instanceof ColumnTarget.LeftOut) && one.equals(other);
    }
}
