package app.mailroom.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Figures of rounds in turn: the first of one thing was measured beside the first of another. */
public final class Rounds {
    private final List<Double> figures = new ArrayList<>();

    /** Adds what the next round gave. */
    public void add(double figure) {
        figures.add(figure);
    }

    /** The middle figure. */
    public double median() {
        return median(figures);
    }

    /** What these are to those, round by round. */
    public Rounds over(Rounds others) {
        Rounds result = new Rounds();
        IntStream.range(0, Math.min(figures.size(), others.figures.size()))
                .forEach(i -> result.add(figures.get(i) / others.figures.get(i)));
        return result;
    }

    /** The median with its range, as it stands in a table; the figure alone of a single round, a dash if nothing was measured. */
    @Override
    public String toString() {
        List<Double> sorted = figures.stream().sorted().toList();
        return switch (sorted.size()) {
            case 0 -> "–";
            case 1 -> Report.number(sorted.get(0));
            default ->
                "%s (%s to %s)"
                        .formatted(
                                Report.number(median()),
                                Report.number(sorted.get(0)),
                                Report.number(sorted.get(sorted.size() - 1)));
        };
    }

    /** The middle of some figures; of an even number of them the mean of the two in the middle. */
    public static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
