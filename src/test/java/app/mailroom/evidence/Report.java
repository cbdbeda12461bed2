package app.mailroom.evidence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a part found, in the order in which it is to be read. Kept as Markdown, and printed as it is found. Used by one thread.
 */
public final class Report {
    /** Where a figure should lie, seen from the bound. */
    public enum Bound {
        AT_LEAST("≥"),
        AT_MOST("≤");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    private final List<String> blocks = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final Map<String, Chart> charts = new LinkedHashMap<>();

    /** Something to know before or after the figures; Markdown. */
    public void note(String text) {
        add(text);
    }

    /** A table; each row has as many cells as there are columns. The first column stands left, the others right. */
    public void table(List<String> columns, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "%d cells for %d columns: %s".formatted(row.size(), columns.size(), row));
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(columns));
        lines.add(columns.stream().skip(1).map(column -> "---:").collect(Collectors.joining("|", "|---|", "|")));
        rows.forEach(row -> lines.add(line(row)));
        add(String.join("\n", lines));
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |"));
    }

    /** What must hold. If it does not, the build fails once every part has run. */
    public void check(String what, boolean holds) {
        add((holds ? "- ✓ " : "- **✗ does not hold:** ") + what);
        if (!holds) {
            broken.add(what);
        }
    }

    /** What is aimed at. A goal that is missed fails no build. */
    public void goal(String what, double measured, Bound bound, double goal) {
        boolean met = bound == Bound.AT_LEAST ? measured >= goal : measured <= goal;
        String figure = number(measured) + " (goal " + bound.sign + " " + number(goal) + ")";
        add((met ? "- ✓ " : "- **missed:** ") + what + ": " + figure);
        if (!met) {
            missed.add(what + ": " + figure);
        }
    }

    /** How something grows; the name is part of a file's name. */
    public void chart(String name, Chart chart) {
        charts.put(name, chart);
        add("![" + chart.title() + "](" + Evidence.CHARTS + "/" + name + ".svg)");
    }

    /** A figure as it stands in tables: three digits that count, large ones whole and in groups. */
    public static String number(double value) {
        if (value == 0) {
            return "0";
        }
        if (Math.abs(value) >= 100) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : Math.abs(value) >= 0.01 ? "%.2f" : "%.2g", value);
    }

    /** What did not hold. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** Goals that were missed, with their figures. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    Map<String, Chart> charts() {
        return charts;
    }

    /** All of it, lists kept together. */
    String markdown() {
        StringBuilder all = new StringBuilder();
        String before = "";
        for (String block : blocks) {
            Function<String, Boolean> listed = text -> text.startsWith("- ");
            all.append(before.isEmpty() ? "" : listed.apply(before) && listed.apply(block) ? "\n" : "\n\n");
            all.append(block);
            before = block;
        }
        return all.toString();
    }

    private void add(String block) {
        blocks.add(block);
        System.out.println(block);
    }
}
