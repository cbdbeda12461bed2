package app.mailroom.ui.results;

import app.mailroom.model.Plan;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.CompareViewModel.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/** A column for each mailing with all its figures, the best of each line marked, each rate measured by the first's. */
final class CompareGrid {
    /** The rates that have a line. */
    private static final List<Rate> RATES = List.of(
            Rate.ACCEPTED,
            Rate.DELIVERED,
            Rate.BOUNCED,
            Rate.BOUNCED_HARD,
            Rate.BOUNCED_SOFT,
            Rate.COMPLAINED,
            Rate.OPENED,
            Rate.OPENED_BY_MACHINES,
            Rate.CLICKED,
            Rate.CLICKED_BY_MACHINES,
            Rate.UNSUBSCRIBED,
            Rate.UNCERTAIN);

    private static final Set<Rate> PARTS =
            Set.of(Rate.BOUNCED_HARD, Rate.BOUNCED_SOFT, Rate.OPENED_BY_MACHINES, Rate.CLICKED_BY_MACHINES);
    private static final double NAMES_WIDTH = 168;
    private static final double SIDE_WIDTH = 150;

    /** What can be done with a column: by the id of its mailing. */
    record Deeds(LongConsumer open, Move move, LongConsumer remove) {}

    /** Moves a column by so many places. */
    @FunctionalInterface
    interface Move {
        void by(long planId, int places);
    }

    private final Texts texts;
    private final RateWords words;
    private final Deeds deeds;
    private final GridPane node = new GridPane();
    private List<Side> sides = List.of();

    CompareGrid(Texts texts, RateWords words, Deeds deeds) {
        this.texts = texts;
        this.words = words;
        this.deeds = deeds;
        node.getStyleClass().add("compare");
        node.setId("compare-grid");
    }

    Node node() {
        return node;
    }

    /** Shows these in this order. */
    void show(List<Side> now) {
        sides = now;
        Optional<String> focused = focused();
        node.getChildren().clear();
        node.getColumnConstraints().setAll(new ColumnConstraints(NAMES_WIDTH));
        for (int i = 0; i < now.size(); i++) {
            ColumnConstraints column = new ColumnConstraints(SIDE_WIDTH, SIDE_WIDTH, Double.MAX_VALUE);
            column.setHgrow(Priority.ALWAYS);
            node.getColumnConstraints().add(column);
            add(head(i), i + 1, 0, "compare-head");
        }
        add(new Region(), 0, 0, "compare-head");
        line(
                1,
                texts.get("results.begun"),
                side -> texts.time(side.results().plan().startedAt()));
        line(2, texts.get("mailing.list"), side -> side.results().plan().listName());
        line(3, texts.get("mailing.template"), this::written);
        line(4, texts.get("results.planned"), side -> texts.number(Rate.Whole.PLANNED.of(side.results())));
        int row = 5;
        for (Rate rate : RATES) {
            rate(row++, rate);
        }
        focused.map(id -> node.lookup("#" + id)).ifPresent(Node::requestFocus);
    }

    /** The button of a column that has the focus, so that it keeps it while columns change their places. */
    private Optional<String> focused() {
        return node.getScene() == null
                ? Optional.empty()
                : Optional.ofNullable(node.getScene().getFocusOwner())
                        .map(Node::getId)
                        .filter(id -> id.startsWith("side-"));
    }

    private void add(Node cell, int column, int row, String style) {
        HBox box = new HBox(cell);
        HBox.setHgrow(cell, Priority.ALWAYS);
        box.getStyleClass().add(style);
        box.setAlignment(Pos.CENTER_LEFT);
        box.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        GridPane.setHalignment(box, HPos.LEFT);
        GridPane.setValignment(box, VPos.CENTER);
        node.add(box, column, row);
    }

    private Node head(int place) {
        Side side = sides.get(place);
        long id = side.id();
        Region key = new Region();
        key.getStyleClass().addAll("compare-key", "compare-key-" + place);
        Hyperlink title = new Hyperlink(side.results().plan().title());
        title.setId("side-open-" + id);
        title.getStyleClass().add("compare-title");
        title.setTooltip(new Tooltip(side.results().plan().title()));
        title.setMinWidth(0);
        title.setOnAction(event -> deeds.open().accept(id));
        HBox named = new HBox(6, key, title);
        named.setAlignment(Pos.CENTER_LEFT);
        Button left = Look.iconButton(
                texts.get("compare.left"),
                "fth-chevron-left",
                () -> deeds.move().by(id, -1));
        left.setId("side-left-" + id);
        left.setDisable(place == 0);
        Button right = Look.iconButton(
                texts.get("compare.right"),
                "fth-chevron-right",
                () -> deeds.move().by(id, 1));
        right.setId("side-right-" + id);
        right.setDisable(place == sides.size() - 1);
        Button remove = Look.iconButton(
                texts.get("compare.remove"), "fth-x", () -> deeds.remove().accept(id));
        remove.setId("side-remove-" + id);
        HBox buttons = new HBox(left, right, remove);
        List.of(left, right, remove).forEach(button -> button.getStyleClass().add("compare-button"));
        return new VBox(4, named, buttons);
    }

    private void line(int row, String name, Function<Side, String> text) {
        add(name(name), 0, row, "compare-line");
        for (int i = 0; i < sides.size(); i++) {
            Label value = new Label(text.apply(sides.get(i)));
            value.setWrapText(true);
            add(value, i + 1, row, "compare-line");
        }
    }

    private static Label name(String text) {
        Label name = new Label(text);
        name.getStyleClass().add("compare-name");
        name.setWrapText(true);
        return name;
    }

    private String written(Side side) {
        return side.written()
                .map(with -> texts.get("compare.version", with.template(), texts.number(with.version())))
                .orElse("–");
    }

    private void rate(int row, Rate rate) {
        Label name = name(words.header(rate));
        if (PARTS.contains(rate)) {
            name.getStyleClass().add("compare-part");
        }
        Tooltip tip = new Tooltip(words.definition(rate));
        tip.setWrapText(true);
        tip.setMaxWidth(360);
        name.setTooltip(tip);
        add(name, 0, row, "compare-line");
        List<Share> shares = shares(rate);
        Set<Integer> best = Best.of(rate, shares);
        for (int i = 0; i < shares.size(); i++) {
            add(cell(rate, i, shares, best.contains(i)), i + 1, row, "compare-line");
        }
    }

    private List<Share> shares(Rate rate) {
        return sides.stream().map(side -> rate.of(side.results())).toList();
    }

    private Node cell(Rate rate, int place, List<Share> shares, boolean best) {
        Share share = shares.get(place);
        RateLabels labels = new RateLabels(texts, words);
        if (!share.counted()) {
            return labels.notCounted();
        }
        Label percent = labels.percent(share, rate, share);
        percent.setId("side-" + rate + "-" + sides.get(place).id());
        HBox line = new HBox(6, percent);
        line.setAlignment(Pos.BASELINE_LEFT);
        if (best) {
            percent.getStyleClass().add("compare-best");
            FontIcon mark = new FontIcon("fth-check");
            mark.getStyleClass().add("compare-best-mark");
            percent.setGraphic(mark);
            percent.setContentDisplay(ContentDisplay.RIGHT);
            if (percent.getTooltip() == null) {
                percent.setTooltip(new Tooltip(texts.get("compare.best")));
            }
        }
        OptionalDouble first = shares.get(0).rate();
        if (place > 0 && first.isPresent() && share.rate().isPresent()) {
            words.points(share.rate().getAsDouble(), first.getAsDouble())
                    .ifPresent(points -> line.getChildren().add(under(points)));
        }
        return new VBox(line, under(texts.number(share.count())));
    }

    private static Label under(String text) {
        Label label = new Label(text);
        label.getStyleClass().add("cell-under");
        return label;
    }

    /** The same as a table with a count and a rate for each mailing. */
    ResultTable table() {
        List<String> heads = new ArrayList<>(List.of(texts.get("compare.figure")));
        sides.forEach(side -> {
            String title = side.results().plan().title();
            heads.add(title);
            heads.add(texts.get("compare.rate_of", title));
        });
        List<List<Object>> rows = new ArrayList<>();
        rows.add(plain(texts.get("results.begun"), side -> begun(side.results().plan())));
        rows.add(plain(texts.get("mailing.list"), side -> side.results().plan().listName()));
        rows.add(plain(texts.get("mailing.template"), this::written));
        rows.add(plain(texts.get("results.planned"), side -> Rate.Whole.PLANNED.of(side.results())));
        for (Rate rate : RATES) {
            List<Object> row = new ArrayList<>(List.of(words.header(rate)));
            for (Share share : shares(rate)) {
                row.add(share.counted() ? (Object) share.count() : texts.get("rate.not_counted"));
                row.add(share.rate().isPresent() ? (Object) share.rate().getAsDouble() : "");
            }
            rows.add(row);
        }
        return new ResultTable(texts.get("compare.title"), heads, rows);
    }

    private static Object begun(Plan plan) {
        Instant at = plan.startedAt();
        return at == null ? "" : at;
    }

    private List<Object> plain(String name, Function<Side, Object> value) {
        List<Object> row = new ArrayList<>(List.of(name));
        sides.forEach(side -> {
            row.add(value.apply(side));
            row.add("");
        });
        return row;
    }
}
