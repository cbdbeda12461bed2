package app.mailroom.ui.results;

import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.Texts;
import javafx.scene.chart.NumberAxis;

/** The axis of a chart of rates: from nothing to all, in quarters. */
final class RateAxis {
    private static final double QUARTER = 0.25;

    private RateAxis() {}

    static NumberAxis of(Texts texts) {
        NumberAxis axis = new NumberAxis(0, 1, QUARTER);
        axis.setMinorTickVisible(false);
        axis.setTickLabelFormatter(new Naming<>(rate -> texts.percent(Math.round(rate.doubleValue() * 100), 100)));
        return axis;
    }
}
