package app.mailroom.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How figures grow with a size: a few lines on two axes, the lower of which grows by factors. Written as SVG whose words are
 * words, so that they can be searched and read aloud, and which takes a few kilobytes.
 */
public final class Chart {
    private static final int WIDTH = 480;
    private static final int LEFT = 72;
    private static final int RIGHT = 456;
    private static final int TOP = 40;
    private static final int BOTTOM = 212;
    private static final int LEGEND = BOTTOM + 58;
    private static final int LEGEND_ROW = 18;
    private static final int FEWEST_TICKS = 3;
    private static final int USUAL_TICKS = 5;
    private static final List<String> COLOURS = List.of("#0969da", "#cf222e", "#1a7f37", "#8250df");

    private record Point(double size, double figure) {}

    private record Line(String name, List<Point> points) {}

    private final String title;
    private final String x;
    private final String y;
    private final boolean logarithmic;
    private final List<Line> lines = new ArrayList<>();

    private Chart(String title, String x, String y, boolean logarithmic) {
        this.title = title;
        this.x = x;
        this.y = y;
        this.logarithmic = logarithmic;
    }

    /** One whose axes grow by factors, so that what grows evenly with the size is a straight line. */
    public static Chart logarithmic(String title, String x, String y) {
        return new Chart(title, x, y, true);
    }

    /** One whose upright axis begins at zero; the sizes still grow by factors. */
    public static Chart plain(String title, String x, String y) {
        return new Chart(title, x, y, false);
    }

    /** Adds a line through points. */
    public Chart line(String name, List<? extends Number> sizes, List<? extends Number> figures) {
        if (sizes.size() != figures.size() || sizes.isEmpty()) {
            throw new IllegalArgumentException(sizes.size() + " sizes for " + figures.size() + " figures");
        }
        lines.add(new Line(
                name,
                IntStream.range(0, sizes.size())
                        .mapToObj(i -> new Point(
                                sizes.get(i).doubleValue(), figures.get(i).doubleValue()))
                        .toList()));
        return this;
    }

    String title() {
        return title;
    }

    /** Writes it as SVG. */
    void write(Path file) throws IOException {
        Files.writeString(file, svg());
    }

    private String svg() {
        Scale across = Scale.growing(all(Point::size), LEFT, RIGHT);
        Scale up = logarithmic
                ? Scale.growing(all(Point::figure), BOTTOM, TOP)
                : Scale.fromZero(all(Point::figure), BOTTOM, TOP);
        int height = LEGEND + (lines.size() + 1) / 2 * LEGEND_ROW;
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d' height='%d' role='img'"
                        + " font-family='sans-serif' font-size='11' fill='#1f2328'>",
                WIDTH,
                height,
                WIDTH,
                height);
        add(svg, "<title>%s</title><rect width='100%%' height='100%%' fill='#fff'/>", escaped(title));
        add(
                svg,
                "<text x='%d' y='22' text-anchor='middle' font-size='13' font-weight='bold'>%s</text>",
                WIDTH / 2,
                escaped(title));
        for (double tick : up.ticks()) {
            double at = up.place(tick);
            add(svg, "<path d='M%d %.1fH%d' stroke='#d1d9e0'/>", LEFT, at, RIGHT);
            add(svg, "<text x='%d' y='%.1f' text-anchor='end'>%s</text>", LEFT - 8, at + 4, round(tick));
        }
        for (double tick : all(Point::size).stream().distinct().sorted().toList()) {
            double at = across.place(tick);
            add(svg, "<path d='M%.1f %dv5' stroke='#59636e'/>", at, BOTTOM);
            add(svg, "<text x='%.1f' y='%d' text-anchor='middle'>%s</text>", at, BOTTOM + 18, round(tick));
        }
        add(svg, "<path d='M%d %dV%dH%d' stroke='#59636e' fill='none'/>", LEFT, TOP, BOTTOM, RIGHT);
        add(svg, "<text x='%d' y='%d' text-anchor='middle'>%s</text>", (LEFT + RIGHT) / 2, BOTTOM + 38, escaped(x));
        int middle = (TOP + BOTTOM) / 2;
        add(
                svg,
                "<text x='16' y='%d' text-anchor='middle' transform='rotate(-90 16 %d)'>%s</text>",
                middle,
                middle,
                escaped(y));
        drawLines(svg, across, up);
        return svg.append("</svg>\n").toString();
    }

    private void drawLines(StringBuilder svg, Scale across, Scale up) {
        for (int i = 0; i < lines.size(); i++) {
            String colour = COLOURS.get(i % COLOURS.size());
            StringBuilder path = new StringBuilder();
            StringBuilder dots = new StringBuilder();
            for (Point point : lines.get(i).points()) {
                double left = across.place(point.size());
                double top = up.place(point.figure());
                path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", left, top));
                dots.append(String.format(Locale.ROOT, "<circle cx='%.1f' cy='%.1f' r='3'/>", left, top));
            }
            add(svg, "<path d='%s' stroke='%s' stroke-width='2' fill='none'/>", path, colour);
            add(svg, "<g fill='%s'>%s</g>", colour, dots);
            int column = LEFT + i % 2 * (RIGHT - LEFT) / 2;
            int row = LEGEND + i / 2 * LEGEND_ROW;
            add(svg, "<circle cx='%d' cy='%d' r='4' fill='%s'/>", column, row, colour);
            add(
                    svg,
                    "<text x='%d' y='%d'>%s</text>",
                    column + 10,
                    row + 4,
                    escaped(lines.get(i).name()));
        }
    }

    private List<Double> all(ToDoubleFunction<Point> figure) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .map(figure::applyAsDouble)
                .toList();
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append("\n");
    }

    private static String round(double figure) {
        return new DecimalFormat("#,##0.####", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(figure);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** From figures to places on the paper. */
    private record Scale(double least, double most, boolean growing, int from, int to) {
        /** What is drawn for nothing where an axis grows by factors. */
        private static final double NEARLY_NOTHING = 1e-4;

        static Scale growing(List<Double> figures, int from, int to) {
            double least = figures.stream().mapToDouble(Scale::positive).min().orElse(1);
            double most = figures.stream().mapToDouble(Scale::positive).max().orElse(1);
            return new Scale(least / 1.15, most * 1.15, true, from, to);
        }

        static Scale fromZero(List<Double> figures, int from, int to) {
            double most =
                    figures.stream().mapToDouble(Double::doubleValue).max().orElse(1);
            return new Scale(0, most <= 0 ? 1 : most * 1.05, false, from, to);
        }

        private static double positive(double figure) {
            return Math.max(figure, NEARLY_NOTHING);
        }

        double place(double figure) {
            double share = growing
                    ? Math.log(positive(figure) / least) / Math.log(most / least)
                    : (figure - least) / (most - least);
            return from + share * (to - from);
        }

        /** Round figures: powers of ten where there are enough of them, and 2 and 5 times those otherwise. */
        List<Double> ticks() {
            if (!growing) {
                return even();
            }
            List<Double> tens = ticks(List.of(1));
            return tens.size() >= FEWEST_TICKS ? tens : ticks(List.of(1, 2, 5));
        }

        private List<Double> ticks(List<Integer> times) {
            List<Double> ticks = new ArrayList<>();
            for (int power = (int) Math.floor(Math.log10(least)); Math.pow(10, power) <= most; power++) {
                for (int factor : times) {
                    double tick = factor * Math.pow(10, power);
                    if (tick >= least && tick <= most) {
                        ticks.add(tick);
                    }
                }
            }
            return ticks;
        }

        private List<Double> even() {
            double step = Math.pow(10, Math.floor(Math.log10(most / USUAL_TICKS)));
            for (int factor : List.of(2, 5, 10)) {
                if (most / step > USUAL_TICKS + 1) {
                    step = factor * Math.pow(10, Math.floor(Math.log10(most / USUAL_TICKS)));
                }
            }
            List<Double> ticks = new ArrayList<>();
            for (int i = 0; i * step <= most; i++) {
                ticks.add(i * step);
            }
            return ticks;
        }
    }
}
