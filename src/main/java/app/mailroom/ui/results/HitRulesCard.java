package app.mailroom.ui.results;

import app.mailroom.model.HitVerdict.By;
import app.mailroom.model.RuleCount;
import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.MailingResultsViewModel.Hits;
import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Openings and clicks by people and by machines apart, each with the rule that says so and the rule's reason. */
final class HitRulesCard {
    private final Texts texts;
    private final GridPane rows = new GridPane();
    private final ProgressBar progress = new ProgressBar(0);
    private final Label state = Look.muted("");
    private final Node node;
    private @Nullable Hits shown;

    HitRulesCard(MailingCards cards) {
        this.texts = cards.texts();
        rows.setId("hit-rules");
        rows.setHgap(16);
        rows.setVgap(8);
        ColumnConstraints words = new ColumnConstraints();
        words.setHgrow(Priority.ALWAYS);
        words.setMinWidth(0);
        rows.getColumnConstraints().setAll(words, number(), number());
        progress.setMaxWidth(Double.MAX_VALUE);
        progress.managedProperty().bind(progress.visibleProperty());
        progress.setVisible(false);
        state.managedProperty().bind(state.visibleProperty());
        state.setText(texts.get("hits.none"));
        VBox content = new VBox(8, progress, rows, state);
        node = cards.card("hits.title", "hits.hint", content, this::table);
    }

    private static ColumnConstraints number() {
        ColumnConstraints column = new ColumnConstraints();
        column.setHalignment(HPos.RIGHT);
        column.setMinWidth(Region.USE_PREF_SIZE);
        return column;
    }

    Node node() {
        return node;
    }

    void show(Hits now) {
        if (now.equals(shown)) {
            return;
        }
        shown = now;
        progress.setVisible(!now.complete());
        progress.setProgress(now.share());
        rows.getChildren().clear();
        boolean none = now.counts().isEmpty();
        state.setVisible(none || !now.complete());
        state.setText(texts.get(now.complete() ? "hits.none" : "hits.counting"));
        if (none) {
            return;
        }
        Label openings = Look.muted(texts.get("hits.column.openings"));
        Label clicks = Look.muted(texts.get("hits.column.clicks"));
        openings.setMinWidth(Region.USE_PREF_SIZE);
        clicks.setMinWidth(Region.USE_PREF_SIZE);
        rows.addRow(0, new Label(), openings, clicks);
        int row = 1;
        for (By by : By.values()) {
            List<RuleCount> counts = of(by);
            if (!counts.isEmpty()) {
                head(row++, by, counts);
                for (RuleCount count : counts) {
                    rule(row++, count);
                }
            }
        }
    }

    private List<RuleCount> of(By by) {
        Hits now = shown;
        return now == null
                ? List.of()
                : now.counts().stream()
                        .filter(count -> count.verdict().by() == by)
                        .toList();
    }

    private void head(int row, By by, List<RuleCount> counts) {
        Label name = new Label(texts.code("hits.by", by));
        name.getStyleClass().add(Styles.TEXT_BOLD);
        long openings = counts.stream().mapToLong(RuleCount::openings).sum();
        long clicks = counts.stream().mapToLong(RuleCount::clicks).sum();
        Label opened = new Label(texts.number(openings));
        Label clicked = new Label(texts.number(clicks));
        opened.setId("hits-openings-" + by);
        clicked.setId("hits-clicks-" + by);
        opened.getStyleClass().add(Styles.TEXT_BOLD);
        clicked.getStyleClass().add(Styles.TEXT_BOLD);
        rows.addRow(row, name, opened, clicked);
    }

    private void rule(int row, RuleCount count) {
        String rule = count.verdict().rule();
        Label name = new Label(texts.code("rule", rule));
        name.setWrapText(true);
        Label why = Look.muted(texts.code("rule.why", rule));
        why.getStyleClass().add(Styles.TEXT_SMALL);
        VBox words = new VBox(0, name, why);
        words.setMinHeight(Region.USE_PREF_SIZE);
        words.setId("rule-" + rule);
        words.getStyleClass().add("hit-rule");
        Label openings = new Label(texts.number(count.openings()));
        Label clicks = new Label(texts.number(count.clicks()));
        rows.addRow(row, words, openings, clicks);
        GridPane.setValignment(openings, VPos.TOP);
        GridPane.setValignment(clicks, VPos.TOP);
    }

    private ResultTable table() {
        Hits now = shown;
        return new ResultTable(
                texts.get("hits.title"),
                List.of(
                        texts.get("hits.column.by"),
                        texts.get("hits.column.rule"),
                        texts.get("hits.column.why"),
                        texts.get("hits.column.openings"),
                        texts.get("hits.column.clicks")),
                now == null
                        ? List.of()
                        : now.counts().stream()
                                .map(count -> List.<Object>of(
                                        texts.code("hits.by", count.verdict().by()),
                                        texts.code("rule", count.verdict().rule()),
                                        texts.code("rule.why", count.verdict().rule()),
                                        count.openings(),
                                        count.clicks()))
                                .toList());
    }
}
