package app.mailroom.app;

import app.mailroom.evidence.InTurn;
import app.mailroom.evidence.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Figures of rounds in turn: the first of one thing was measured beside the first of another. */
final class Rounds {
    private final List<Double> figures = new ArrayList<>();

    void add(double figure) {
        figures.add(figure);
    }

    double median() {
        return InTurn.median(figures);
    }

    /** What these are to those, round by round. */
    Rounds over(Rounds others) {
        Rounds result = new Rounds();
        IntStream.range(0, Math.min(figures.size(), others.figures.size()))
                .forEach(i -> result.add(figures.get(i) / others.figures.get(i)));
        return result;
    }

    /** The median with its range, as it stands in a table; a dash if nothing was measured. */
    @Override
    public String toString() {
        if (figures.isEmpty()) {
            return "–";
        }
        return "%s (%s to %s)"
                .formatted(
                        Report.number(median()),
                        Report.number(figures.stream().min(Double::compare).orElseThrow()),
                        Report.number(figures.stream().max(Double::compare).orElseThrow()));
    }
}
