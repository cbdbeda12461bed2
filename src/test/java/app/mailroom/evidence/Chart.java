package app.mailroom.evidence;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How figures grow with a size: a few lines on two logarithmic or plain axes. */
public final class Chart {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 280;
    private static final List<Color> COLOURS =
            List.of(new Color(0x0969da), new Color(0xcf222e), new Color(0x1a7f37), new Color(0x8250df));

    private record Line(String name, List<Double> x, List<Double> y) {}

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
        lines.add(new Line(
                name,
                sizes.stream().map(Number::doubleValue).toList(),
                figures.stream().map(Number::doubleValue).toList()));
        return this;
    }

    String title() {
        return title;
    }

    /** Writes it as SVG. */
    void write(Path file) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        Font text = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(logarithmic)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13))
                .setLegendFont(text)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendBorderColor(Color.WHITE);
        chart.getStyler().setAxisTitleFont(text).setAxisTickLabelsFont(text).setMarkerSize(6);
        if (!logarithmic) {
            chart.getStyler().setYAxisMin(0.0);
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            chart.addSeries(line.name, line.x, line.y)
                    .setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(COLOURS.get(i % COLOURS.size()))
                    .setLineColor(COLOURS.get(i % COLOURS.size()));
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }
}
