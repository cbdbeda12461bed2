package app.mailroom.ui.results;

import app.mailroom.results.Rate;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Texts;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;

/** Rates as they stand in a cell. */
final class RateLabels {
    private static final double TIP_WIDTH = 360;

    private final Texts texts;
    private final RateWords words;

    RateLabels(Texts texts, RateWords words) {
        this.texts = texts;
        this.words = words;
    }

    /** Where nobody counted, which is not nothing. */
    Label notCounted() {
        Label none = new Label(texts.get("rate.not_counted"));
        none.getStyleClass().add("cell-none");
        none.setTooltip(new Tooltip(texts.get("rate.not_counted.hint")));
        return none;
    }

    /**
     * A rate, with what Amazon does at it.
     *
     * @param judged the rate by which Amazon judges it
     * @param weighed that rate's share
     */
    Label percent(Share share, Rate judged, Share weighed) {
        Label percent = new Label(words.percent(share));
        RateWords.tone(judged.verdict(weighed)).ifPresent(percent.getStyleClass()::add);
        words.warning(judged, weighed).ifPresent(why -> {
            Tooltip tip = new Tooltip(why);
            tip.setWrapText(true);
            tip.setMaxWidth(TIP_WIDTH);
            percent.setTooltip(tip);
        });
        return percent;
    }
}
