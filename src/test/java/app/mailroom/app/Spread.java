package app.mailroom.app;

import app.mailroom.evidence.Report;
import app.mailroom.evidence.Rounds;
import java.util.Collection;
import java.util.List;

/** How figures of one kind lie: the middle one and the ends; all 0 if there are none. */
record Spread(double lowest, double median, double highest) {
    static Spread of(Collection<? extends Number> figures) {
        List<Double> sorted = figures.stream().map(Number::doubleValue).sorted().toList();
        int size = sorted.size();
        return size == 0 ? new Spread(0, 0, 0) : new Spread(sorted.get(0), Rounds.median(sorted), sorted.get(size - 1));
    }

    /** The median and the highest, as they stand in a table. */
    String medianAndHighest() {
        return Report.number(median) + " / " + Report.number(highest);
    }
}
