package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.model.PlanState;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.Share;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.VBox;

/** The table of mailings with their figures: the rate, by which is sorted, and under it the count. */
final class ResultsTable extends ChoiceTable<PlanResults> {
    /** The rates that have a column. */
    static final List<Rate> RATES = List.of(
            Rate.ACCEPTED, Rate.DELIVERED, Rate.BOUNCED, Rate.COMPLAINED, Rate.OPENED, Rate.CLICKED, Rate.UNSUBSCRIBED);

    private static final double ROW = 44;
    private static final double NARROWEST = 76;
    private static final double WIDEST = 136;

    /** So that a number of seven digits can be read. */
    private static final double MILLIONS = 90;

    private final Texts texts;
    private final RateWords words;

    /**
     * An empty one.
     *
     * @param open is run by a double click on a row, and by Enter
     */
    ResultsTable(Texts texts, RateWords words, Runnable open) {
        super("results", results -> results.plan().id(), texts.locale(), open);
        this.texts = texts;
        this.words = words;
        node().setFixedCellSize(ROW);
        node().setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        columns();
    }

    private void columns() {
        column(
                        texts.get("mailing.title"),
                        200,
                        this::title,
                        alphabetically(results -> results.plan().title()))
                .setMinWidth(132);
        TableColumn<PlanResults, PlanResults> begun = column(
                texts.get("results.begun"),
                114,
                results -> new Label(begun(results).map(texts::date).orElse("–")),
                Comparator.comparing(results -> begun(results).orElse(Instant.EPOCH)));
        begun.setId("column-begun");
        begun.setMinWidth(112);
        begun.setMaxWidth(WIDEST);
        begun.setSortType(TableColumn.SortType.DESCENDING);
        numeric(
                        "PLANNED",
                        texts.get("results.planned"),
                        texts.get("results.planned.hint"),
                        results -> new Label(texts.number(Rate.Whole.PLANNED.of(results))),
                        Comparator.comparingLong(Rate.Whole.PLANNED::of))
                .setMinWidth(MILLIONS);
        RATES.forEach(rate -> numeric(
                        rate.name(),
                        words.name(rate),
                        words.header(rate) + "\n\n" + words.definition(rate),
                        results -> share(rate, results),
                        Comparator.<PlanResults>comparingDouble(
                                        results -> rate.of(results).rate().orElse(-1))
                                .thenComparingLong(results -> rate.of(results).count()))
                .setMinWidth(width(rate)));
        node().getSortOrder().add(begun);
    }

    /** So that the head of the column can be read. */
    private static double width(Rate rate) {
        return switch (rate) {
            case UNSUBSCRIBED -> 114;
            case COMPLAINED -> 100;
            case DELIVERED, OPENED, CLICKED -> 84;
            default -> NARROWEST;
        };
    }

    private static Optional<Instant> begun(PlanResults results) {
        return Optional.ofNullable(results.plan().startedAt());
    }

    private TableColumn<PlanResults, PlanResults> numeric(
            String id, String title, String hint, Function<PlanResults, Node> picture, Comparator<PlanResults> order) {
        TableColumn<PlanResults, PlanResults> column = column("", 84, picture, order);
        column.setId("column-" + id);
        column.getStyleClass().add("numeric");
        Label head = new Label(title);
        Tooltip tip = new Tooltip(hint);
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        head.setTooltip(tip);
        head.getStyleClass().add("results-head");
        column.setGraphic(head);
        column.setMinWidth(NARROWEST);
        column.setMaxWidth(WIDEST);
        return column;
    }

    private Node title(PlanResults results) {
        Label title = new Label(results.plan().title());
        title.setMinWidth(0);
        PlanState state = results.plan().state();
        String list = results.plan().listName();
        Label under = new Label(state == PlanState.SENT ? list : texts.code("plan", state) + " · " + list);
        under.getStyleClass().add("cell-under");
        under.setMinWidth(0);
        VBox box = new VBox(title, under);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private Node share(Rate rate, PlanResults results) {
        Share share = rate.of(results);
        RateLabels labels = new RateLabels(texts, words);
        if (!share.counted()) {
            return labels.notCounted();
        }
        Label count = new Label(texts.number(share.count()));
        count.getStyleClass().add("cell-under");
        Rate judged = RateWords.judged(rate);
        Label percent = labels.percent(share, judged, judged.of(results));
        VBox box = new VBox(percent, count);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    /** These mailings with all their figures, in this order. */
    static ResultTable written(Texts texts, RateWords words, List<PlanResults> mailings) {
        List<String> heads = new ArrayList<>(List.of(
                texts.get("mailing.title"),
                texts.get("results.begun"),
                texts.get("mailing.list"),
                texts.get("results.planned")));
        for (Rate rate : RATES) {
            heads.add(words.name(rate));
            heads.add(words.header(rate));
        }
        List<List<Object>> rows = mailings.stream()
                .map(results -> {
                    List<Object> row = new ArrayList<>(List.of(
                            results.plan().title(),
                            begun(results).<Object>map(Function.identity()).orElse(""),
                            results.plan().listName(),
                            Rate.Whole.PLANNED.of(results)));
                    for (Rate rate : RATES) {
                        Share share = rate.of(results);
                        row.add(share.counted() ? (Object) share.count() : texts.get("rate.not_counted"));
                        row.add(share.rate().isPresent() ? (Object) share.rate().getAsDouble() : "");
                    }
                    return row;
                })
                .toList();
        return new ResultTable(texts.get("page.RESULTS"), heads, rows);
    }

    /** All that are shown, in the order shown. */
    List<PlanResults> shown() {
        return node().getItems().stream().filter(Objects::nonNull).toList();
    }
}
