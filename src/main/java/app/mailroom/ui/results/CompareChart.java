package app.mailroom.ui.results;

import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.CompareViewModel.Side;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.chart.BarChart;
import javafx.scene.chart.CategoryAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** The rates of mailings as groups of bars, in the colours of their columns. */
final class CompareChart {
    private static final List<Rate> RATES =
            List.of(Rate.DELIVERED, Rate.OPENED, Rate.CLICKED, Rate.UNSUBSCRIBED, Rate.BOUNCED);

    private final Texts texts;
    private final RateWords words;
    private final BarChart<String, Number> chart;
    private final FlowPane legend = new FlowPane(16, 4);
    private final VBox node;
    private List<Side> sides = List.of();

    CompareChart(Texts texts, RateWords words) {
        this.texts = texts;
        this.words = words;
        CategoryAxis across = new CategoryAxis(FXCollections.observableArrayList(
                RATES.stream().map(words::name).toList()));
        chart = new BarChart<>(across, RateAxis.of(texts));
        chart.setAnimated(false);
        chart.setLegendVisible(false);
        chart.setVerticalGridLinesVisible(false);
        chart.setVerticalZeroLineVisible(false);
        chart.setHorizontalZeroLineVisible(false);
        chart.setAlternativeRowFillVisible(false);
        chart.setBarGap(2);
        chart.setCategoryGap(32);
        chart.setMinHeight(160);
        chart.setPrefHeight(240);
        chart.getStyleClass().addAll("trend", "compare-chart");
        chart.setAccessibleText(texts.get("compare.rates"));
        node = new VBox(4, legend, chart);
        VBox.setVgrow(chart, Priority.ALWAYS);
    }

    VBox node() {
        return node;
    }

    void show(List<Side> now) {
        sides = now;
        legend.getChildren().clear();
        List<XYChart.Series<String, Number>> all = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            Side side = now.get(i);
            Region mark = new Region();
            mark.getStyleClass().addAll("compare-key", "compare-key-" + i);
            Label name = new Label(side.results().plan().title(), mark);
            name.getStyleClass().add("trend-legend");
            legend.getChildren().add(name);
            XYChart.Series<String, Number> series = new XYChart.Series<>();
            for (Rate rate : RATES) {
                Share share = rate.of(side.results());
                if (share.rate().isPresent()) {
                    series.getData()
                            .add(new XYChart.Data<>(
                                    words.name(rate), share.rate().getAsDouble()));
                }
            }
            all.add(series);
        }
        chart.setData(FXCollections.observableArrayList(all));
        tips();
    }

    /** Bars are there once they are in the chart. */
    private void tips() {
        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            for (XYChart.Data<String, Number> bar : chart.getData().get(i).getData()) {
                RATES.stream()
                        .filter(rate -> words.name(rate).equals(bar.getXValue()))
                        .forEach(rate -> {
                            Tooltip tip = new Tooltip(side.results().plan().title() + "\n" + words.name(rate) + ": "
                                    + words.share(rate, rate.of(side.results())));
                            tip.setShowDelay(Duration.millis(150));
                            Tooltip.install(bar.getNode(), tip);
                        });
            }
        }
    }

    /** The rates that are drawn. */
    ResultTable table() {
        List<String> heads = new ArrayList<>(List.of(texts.get("compare.figure")));
        sides.forEach(side -> heads.add(side.results().plan().title()));
        List<List<Object>> rows = RATES.stream()
                .map(rate -> {
                    List<Object> row = new ArrayList<>(List.of(words.header(rate)));
                    for (Side side : sides) {
                        Share share = rate.of(side.results());
                        if (share.rate().isPresent()) {
                            row.add(share.rate().getAsDouble());
                        } else {
                            row.add(share.counted() ? "" : texts.get("rate.not_counted"));
                        }
                    }
                    return row;
                })
                .toList();
        return new ResultTable(texts.get("compare.rates"), heads, rows);
    }
}
