package app.mailroom.ui.mailings;

import app.mailroom.model.AcceptedCount;
import app.mailroom.model.Plan;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import atlantafx.base.theme.Styles;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.chart.AreaChart;
import javafx.scene.chart.NumberAxis;
import javafx.scene.chart.XYChart;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/**
 * How many messages the mail service accepted a second over the last ten minutes, each point the mean of five seconds. It
 * stands still between two points, so that it is calm to look at.
 */
final class ThroughputChart {
    /** How far back it shows. */
    static final Duration SPAN = Duration.ofMinutes(10);

    private static final int STEP = 5;
    private static final int POINTS = (int) SPAN.toSeconds() / STEP;
    private static final double HEIGHT = 112;

    private final XYChart.Series<Number, Number> series = new XYChart.Series<>();
    private final NumberAxis height = new NumberAxis();
    private final VBox node;
    private long shownUntil;

    ThroughputChart(Texts texts) {
        NumberAxis time = new NumberAxis(-SPAN.toSeconds(), 0, 120);
        time.setMinorTickVisible(false);
        time.setTickLabelFormatter(new Naming<>(seconds -> {
            long minutes = -seconds.longValue() / 60;
            return minutes == 0 ? texts.get("chart.now") : texts.get("chart.ago", minutes);
        }));
        height.setMinorTickVisible(false);
        height.setAutoRanging(false);
        height.setLowerBound(0);
        AreaChart<Number, Number> chart = new AreaChart<>(time, height);
        chart.setAnimated(false);
        chart.setCreateSymbols(false);
        chart.setLegendVisible(false);
        chart.setVerticalGridLinesVisible(false);
        chart.setVerticalZeroLineVisible(false);
        chart.setHorizontalZeroLineVisible(false);
        chart.setMinHeight(HEIGHT);
        chart.setPrefHeight(HEIGHT);
        chart.setMaxHeight(HEIGHT);
        chart.getStyleClass().add("throughput");
        for (int i = 0; i < POINTS; i++) {
            series.getData().add(new XYChart.Data<>(-(POINTS - 1 - i) * STEP, 0));
        }
        chart.getData().add(series);
        Label title = Look.muted(texts.get("chart.title"));
        title.getStyleClass().add(Styles.TEXT_SMALL);
        chart.setAccessibleText(title.getText());
        node = new VBox(0, title, chart);
        node.managedProperty().bind(node.visibleProperty());
        node.setVisible(false);
    }

    /** Whether there is something to see: it has begun, and is not over. */
    static boolean shownFor(Plan plan) {
        return plan.startedAt() != null && !plan.state().isEnded();
    }

    Node node() {
        return node;
    }

    /** Shows what was accepted by second, up to the last five seconds that are over. */
    void show(List<AcceptedCount> seconds, Instant now) {
        long until = now.getEpochSecond() / STEP * STEP;
        if (until == shownUntil) {
            return;
        }
        shownUntil = until;
        double[] means = means(seconds, until);
        double most = 0;
        for (int i = 0; i < POINTS; i++) {
            series.getData().get(i).setYValue(means[i]);
            most = Math.max(most, means[i]);
        }
        double bound = roundedUp(most);
        height.setUpperBound(bound);
        height.setTickUnit(bound / 2);
    }

    /** The mean of each five seconds of the span that ends there. */
    static double[] means(List<AcceptedCount> seconds, long until) {
        double[] means = new double[POINTS];
        for (AcceptedCount count : seconds) {
            long before = until - 1 - count.begins().getEpochSecond();
            if (before >= 0 && before < SPAN.toSeconds()) {
                means[POINTS - 1 - (int) (before / STEP)] += (double) count.messages() / STEP;
            }
        }
        return means;
    }

    /** The next 1, 2 or 5 times a power of ten, times two, so that the middle has a round label too. */
    static double roundedUp(double most) {
        double power = 1;
        while (true) {
            for (double factor : new double[] {2, 4, 10}) {
                if (most <= factor * power) {
                    return factor * power;
                }
            }
            power *= 10;
        }
    }
}
