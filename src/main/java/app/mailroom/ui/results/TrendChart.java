package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.results.Rate;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.Trend.Column;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.ValueAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/**
 * Columns of a {@link Trend}, one behind the other: how much was delivered, how much of that people opened, and in how much
 * they clicked. All are rates, so that a small mailing can be seen beside a large one.
 */
final class TrendChart {
    /** Columns that can still be told apart where there is little room. */
    static final int MOST_COLUMNS = 40;

    private static final List<Rate> RATES = List.of(Rate.DELIVERED, Rate.OPENED, Rate.CLICKED);
    private static final double LABEL_WIDTH = 56;

    private final Texts texts;
    private final RateWords words;
    private final Consumer<PlanResults> choose;
    private final Places across = new Places();
    private final Bars bars;
    private final VBox node;
    private Trend trend = new Trend(Trend.Unit.MAILING, List.of());

    /**
     * Without columns.
     *
     * @param choose is given the mailing on whose column is pressed
     */
    TrendChart(Texts texts, RateWords words, Consumer<PlanResults> choose) {
        this.texts = texts;
        this.words = words;
        this.choose = choose;
        NumberAxis up = RateAxis.of(texts);
        bars = new Bars(across, up);
        bars.setMinHeight(96);
        bars.setPrefHeight(160);
        bars.setMaxHeight(Double.MAX_VALUE);
        bars.setMinWidth(0);
        bars.widthProperty().addListener((property, before, now) -> spread());
        HBox legend = new HBox(16);
        RATES.forEach(rate -> legend.getChildren().add(key(rate)));
        node = new VBox(4, legend, bars);
        VBox.setVgrow(bars, Priority.ALWAYS);
    }

    private Node key(Rate rate) {
        Region mark = new Region();
        mark.getStyleClass().addAll("trend-key", style(rate));
        Label name = new Label(words.name(rate), mark);
        name.getStyleClass().add("trend-legend");
        return name;
    }

    private static String style(Rate rate) {
        return switch (rate) {
            case OPENED -> "trend-opened";
            case CLICKED -> "trend-clicked";
            default -> "trend-delivered";
        };
    }

    Node node() {
        return node;
    }

    /** Shows these. */
    void show(Trend now) {
        trend = now;
        int count = now.columns().size();
        spread();
        List<XYChart.Series<Number, Number>> all = new ArrayList<>();
        for (Rate rate : RATES) {
            XYChart.Series<Number, Number> series = new XYChart.Series<>();
            for (int i = 0; i < count; i++) {
                Share share = rate.of(now.columns().get(i).mailings());
                if (share.rate().isPresent()) {
                    XYChart.Data<Number, Number> bar =
                            new XYChart.Data<>(i, share.rate().getAsDouble());
                    Region region = new Region();
                    region.getStyleClass().addAll("trend-bar", style(rate));
                    bar.setNode(region);
                    series.getData().add(bar);
                }
            }
            all.add(series);
        }
        bars.setData(FXCollections.observableArrayList(all));
        bars.cover(now.columns().stream().map(this::cover).toList());
        bars.setAccessibleText(texts.get("results.trend"));
    }

    /** An invisible column over the bars that tells what they are, and can be pressed. */
    private Region cover(Column column) {
        Region cover = new Region();
        cover.getStyleClass().add("trend-cover");
        if (!column.mailings().isEmpty()) {
            Tooltip tip = new Tooltip(told(column));
            tip.setShowDelay(Duration.millis(150));
            tip.setShowDuration(Duration.INDEFINITE);
            Tooltip.install(cover, tip);
        }
        PlanResults only = Trend.only(column);
        if (only != null) {
            cover.setCursor(Cursor.HAND);
            cover.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY) {
                    choose.accept(only);
                }
            });
        }
        return cover;
    }

    private String told(Column column) {
        PlanResults only = Trend.only(column);
        List<String> lines = new ArrayList<>();
        lines.add(
                only == null
                        ? texts.get(
                                "results.mailings",
                                texts.number(column.mailings().size()))
                        : only.plan().title());
        lines.add(day(column));
        for (Rate rate : RATES) {
            Share share = rate.of(column.mailings());
            String count = share.counted() ? words.count(share) + " · " : "";
            lines.add(words.name(rate) + ": " + count + words.share(rate, share));
        }
        return String.join("\n", lines);
    }

    /** When what stands in a column began. */
    String day(Column column) {
        return switch (trend.unit()) {
            case MAILING, DAY -> written(texts.get("results.trend.day"), column);
            case WEEK -> texts.get("results.trend.week", written(texts.get("results.trend.day"), column));
            case MONTH -> written(texts.get("results.trend.month"), column);
        };
    }

    private String written(String pattern, Column column) {
        return DateTimeFormatter.ofPattern(pattern, texts.locale()).format(column.from());
    }

    /** The days under the columns, left out where they would stand too close. */
    private void spread() {
        int count = trend.columns().size();
        int room = (int) Math.max(1, (bars.getWidth() - LABEL_WIDTH) / LABEL_WIDTH);
        String pattern =
                trend.unit() == Trend.Unit.MONTH ? texts.get("results.trend.month") : texts.get("results.trend.short");
        across.show(
                trend.columns().stream().map(column -> written(pattern, column)).toList(),
                Math.max(1, (count + room - 1) / room));
    }

    /** An axis of places from 0 on, each in the middle of its column, every so many with a label. */
    private static final class Places extends ValueAxis<Number> {
        private List<String> labels = List.of();
        private int each = 1;

        Places() {
            super(-0.5, 0.5);
            setMinorTickVisible(false);
        }

        void show(List<String> now, int labelEach) {
            labels = now;
            each = labelEach;
            setUpperBound(Math.max(now.size(), 1) - 0.5);
            invalidateRange();
            requestAxisLayout();
        }

        @Override
        protected List<Number> calculateMinorTickMarks() {
            return List.of();
        }

        @Override
        protected List<Number> calculateTickValues(double length, Object range) {
            return IntStream.iterate(0, at -> at < labels.size(), at -> at + each)
                    .<Number>mapToObj(at -> at)
                    .toList();
        }

        @Override
        protected String getTickMarkLabel(Number at) {
            return labels.get(at.intValue());
        }

        @Override
        protected Object getRange() {
            return labels.size();
        }

        @Override
        protected void setRange(Object range, boolean animate) {
            currentLowerBound.set(getLowerBound());
        }
    }

    /** Bars that stand one behind the other at the same place. */
    private static final class Bars extends XYChart<Number, Number> {
        private static final double WIDEST = 48;
        private static final double FILLED = 0.72;

        private final List<Region> covers = new ArrayList<>();

        Bars(Places across, NumberAxis up) {
            super(across, up);
            setAnimated(false);
            setLegendVisible(false);
            setVerticalGridLinesVisible(false);
            setVerticalZeroLineVisible(false);
            setHorizontalZeroLineVisible(false);
            setAlternativeRowFillVisible(false);
            getStyleClass().add("trend");
            setData(FXCollections.observableArrayList());
        }

        void cover(List<Region> columns) {
            getPlotChildren().removeAll(covers);
            covers.clear();
            covers.addAll(columns);
            getPlotChildren().addAll(covers);
            requestChartLayout();
        }

        @Override
        protected void dataItemAdded(Series<Number, Number> series, int index, Data<Number, Number> item) {
            getPlotChildren().add(item.getNode());
        }

        @Override
        protected void dataItemRemoved(Data<Number, Number> item, Series<Number, Number> series) {
            getPlotChildren().remove(item.getNode());
            removeDataItemFromDisplay(series, item);
        }

        @Override
        protected void dataItemChanged(Data<Number, Number> item) {
            requestChartLayout();
        }

        @Override
        protected void seriesAdded(Series<Number, Number> series, int index) {
            series.getData().forEach(item -> getPlotChildren().add(item.getNode()));
        }

        @Override
        protected void seriesRemoved(Series<Number, Number> series) {
            series.getData().forEach(item -> getPlotChildren().remove(item.getNode()));
            removeSeriesFromDisplay(series);
        }

        @Override
        protected void layoutPlotChildren() {
            double each = getXAxis().getDisplayPosition(1) - getXAxis().getDisplayPosition(0);
            double width = Math.max(1, Math.min(WIDEST, each * FILLED));
            double floor = getYAxis().getDisplayPosition(0);
            for (Series<Number, Number> series : getData()) {
                for (Data<Number, Number> item : series.getData()) {
                    double top = getYAxis().getDisplayPosition(item.getYValue());
                    double middle = getXAxis().getDisplayPosition(item.getXValue());
                    item.getNode().resizeRelocate(middle - width / 2, top, width, Math.max(1, floor - top));
                }
            }
            for (int i = 0; i < covers.size(); i++) {
                double middle = getXAxis().getDisplayPosition(i);
                covers.get(i).resizeRelocate(middle - each / 2, 0, each, floor);
            }
        }
    }
}
