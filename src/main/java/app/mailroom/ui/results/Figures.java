package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.results.Rate;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/** The figures of several mailings together: how they went out, what people did, and what went wrong. */
final class Figures {
    private static final int COLUMNS = 3;
    private static final List<Rate> RATES = List.of(
            Rate.ACCEPTED,
            Rate.DELIVERED,
            Rate.OPENED,
            Rate.CLICKED,
            Rate.UNSUBSCRIBED,
            Rate.BOUNCED,
            Rate.COMPLAINED,
            Rate.UNCERTAIN);

    private final Texts texts;
    private final RateWords words;
    private final Map<Rate, Figure> figures = new EnumMap<>(Rate.class);
    private final Figure planned;
    private final GridPane node = new GridPane();

    Figures(Texts texts, RateWords words) {
        this.texts = texts;
        this.words = words;
        node.setHgap(8);
        node.setVgap(8);
        for (int i = 0; i < COLUMNS; i++) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / COLUMNS);
            RowConstraints row = new RowConstraints();
            row.setVgrow(Priority.ALWAYS);
            node.getColumnConstraints().add(column);
            node.getRowConstraints().add(row);
        }
        planned = new Figure("PLANNED", texts.get("results.planned"));
        node.add(planned.box, 0, 0);
        for (int i = 0; i < RATES.size(); i++) {
            Rate rate = RATES.get(i);
            Figure figure = new Figure(rate.name(), words.name(rate));
            figures.put(rate, figure);
            node.add(figure.box, (i + 1) % COLUMNS, (i + 1) / COLUMNS);
        }
    }

    Node node() {
        return node;
    }

    /** Shows what these mailings make together. */
    void show(List<PlanResults> mailings) {
        long all = mailings.stream().mapToLong(Rate.Whole.PLANNED::of).sum();
        planned.show(
                texts.number(all),
                mailings.size() == 1
                        ? texts.get("results.mailing")
                        : texts.get("results.mailings", texts.number(mailings.size())),
                "",
                texts.get("results.planned.hint"));
        figures.forEach((rate, figure) -> show(rate, figure, mailings));
    }

    private void show(Rate rate, Figure figure, List<PlanResults> mailings) {
        Share share = rate.of(mailings);
        if (mailings.isEmpty()) {
            figure.show("–", "", "", words.definition(rate));
            figure.mark(Optional.empty());
            return;
        }
        List<String> hint = new ArrayList<>(List.of(words.definition(rate)));
        long uncounted =
                mailings.stream().filter(results -> !rate.of(results).counted()).count();
        if (uncounted > 0) {
            hint.add(texts.get("results.some_not_counted", texts.number(uncounted)));
        }
        Rate judged = RateWords.judged(rate);
        words.warning(judged, judged.of(mailings)).ifPresent(hint::add);
        figure.show(
                share.counted() ? texts.number(share.count()) : "–",
                words.share(rate, share),
                more(rate, mailings),
                String.join("\n\n", hint));
        figure.mark(RateWords.tone(judged.verdict(judged.of(mailings))));
    }

    /** What stands smaller under a figure: machines beside people, kinds of bounces. */
    private String more(Rate rate, List<PlanResults> mailings) {
        return switch (rate) {
            case OPENED -> machines(Rate.OPENED_BY_MACHINES.of(mailings));
            case CLICKED -> machines(Rate.CLICKED_BY_MACHINES.of(mailings));
            case BOUNCED ->
                texts.get(
                        "results.bounces",
                        texts.number(Rate.BOUNCED_HARD.of(mailings).count()),
                        texts.number(Rate.BOUNCED_SOFT.of(mailings).count()));
            default -> "";
        };
    }

    private String machines(Share share) {
        return share.counted() ? texts.get("results.machines", texts.number(share.count())) : "";
    }

    /** A name, a count, the rate, and something smaller. */
    private static final class Figure {
        private final VBox box;
        private final Label count = new Label();
        private final Label rate = new Label();
        private final Label more = new Label();
        private final FontIcon alert = new FontIcon("fth-alert-triangle");
        private final Tooltip tip = new Tooltip();
        private final String title;

        Figure(String id, String title) {
            this.title = title;
            Label name = new Label(title);
            name.getStyleClass().add("tile-name");
            name.setMinWidth(0);
            alert.getStyleClass().add("figure-alert");
            alert.managedProperty().bind(alert.visibleProperty());
            alert.setVisible(false);
            HBox head = new HBox(4, name, Look.gap(), alert);
            head.setAlignment(Pos.CENTER_LEFT);
            count.getStyleClass().add("tile-count");
            count.setId("figure-" + id);
            rate.getStyleClass().add("figure-rate");
            rate.setId("figure-rate-" + id);
            more.getStyleClass().add("figure-more");
            more.setId("figure-more-" + id);
            more.managedProperty().bind(more.textProperty().isNotEmpty());
            box = new VBox(head, count, rate, more);
            box.getStyleClass().add("figure");
            box.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
            tip.setWrapText(true);
            tip.setMaxWidth(360);
            tip.setShowDuration(Duration.INDEFINITE);
            Tooltip.install(box, tip);
        }

        void show(String counted, String share, String smaller, String hint) {
            count.setText(counted);
            rate.setText(share);
            more.setText(smaller);
            tip.setText(hint);
            box.setAccessibleText(String.join(" ", title, counted, share, smaller));
            box.setAccessibleHelp(hint);
        }

        void mark(Optional<String> tone) {
            box.getStyleClass().removeAll("rate-warning", "rate-danger");
            tone.ifPresent(box.getStyleClass()::add);
            alert.setVisible(tone.isPresent());
        }
    }
}
