package app.mailroom.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * Two things measured one after the other, round by round, so that whatever else the computer does meanwhile falls on both; and
 * how the first compares with the second in the same round.
 */
public final class InTurn {
    /** Measures once; the figure may have any unit, the same for both. */
    public interface Measuring {
        double measure() throws Exception;
    }

    private final List<Double> first = new ArrayList<>();
    private final List<Double> second = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();

    private InTurn() {}

    /** Measures both in each round. */
    public static InTurn measure(int rounds, Measuring first, Measuring second) throws Exception {
        InTurn both = new InTurn();
        for (int i = 0; i < rounds; i++) {
            double figure = first.measure();
            double beside = second.measure();
            both.first.add(figure);
            both.second.add(beside);
            both.ratios.add(figure / beside);
        }
        return both;
    }

    /** The middle figure of the first. */
    public double first() {
        return median(first);
    }

    /** The middle figure of the second. */
    public double second() {
        return median(second);
    }

    /** The middle of the rounds' ratios, each the first's figure divided by the second's. */
    public double ratio() {
        return median(ratios);
    }

    /** The middle ratio with the least and the greatest, as it stands in tables; of a single round that one. */
    public String ratioWithRange() {
        List<Double> sorted = ratios.stream().sorted().toList();
        return sorted.size() == 1
                ? Report.number(ratio())
                : "%s (%s to %s)"
                        .formatted(
                                Report.number(ratio()),
                                Report.number(sorted.get(0)),
                                Report.number(sorted.get(sorted.size() - 1)));
    }

    /** The middle of some figures; of an even number of them the mean of the two in the middle. */
    public static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
