package app.mailroom.results;

import java.util.List;
import java.util.Locale;

/**
 * What stands on the page about one mailing, in words and numbers as they are to be read. Whatever is too long for its place
 * is cut there, so any text may be given.
 *
 * @param figures at most sixteen are shown
 * @param rankings at most three are shown: two beside each other, the third below them over the whole width
 * @param notes lines at the foot: how it is counted, and when the page was made
 */
public record ReportPage(
        Locale locale,
        Head head,
        List<Fact> facts,
        List<Figure> figures,
        Chart chart,
        List<Ranking> rankings,
        List<String> notes) {
    /** Keeps copies. */
    public ReportPage {
        facts = List.copyOf(facts);
        figures = List.copyOf(figures);
        rankings = List.copyOf(rankings);
        notes = List.copyOf(notes);
    }

    /**
     * The top of the page.
     *
     * @param kind what kind of page it is
     * @param mark a word that must not be missed, such as that it was practice; or empty
     */
    public record Head(String kind, String title, String mark) {}

    /** Something that is known of the mailing. */
    public record Fact(String name, String value) {}

    /**
     * A number.
     *
     * @param share of what it is which part; or empty
     */
    public record Figure(String name, String number, String share) {}

    /**
     * Counts over time, as bars.
     *
     * @param series names of what is counted, at most three
     * @param nothing stands there when there are no steps
     */
    public record Chart(String title, List<String> series, List<Step> steps, String nothing) {
        /** Keeps copies. */
        public Chart {
            series = List.copyOf(series);
            steps = List.copyOf(steps);
        }
    }

    /** What was counted in a step of time: a count for each series. */
    public record Step(String label, List<Long> counts) {
        /** Keeps a copy. */
        public Step {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Names with numbers, the greatest first.
     *
     * @param nothing stands there when there are no rows
     */
    public record Ranking(String title, List<Row> rows, String nothing) {
        /** Keeps a copy. */
        public Ranking {
            rows = List.copyOf(rows);
        }
    }

    /**
     * A row of a ranking.
     *
     * @param length of its bar, between 0 and 1
     */
    public record Row(String name, String number, double length) {}
}
