package app.mailroom.ui.results;

import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageFilter.Mark;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanResults;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Texts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** Every figure of a mailing with its rate: the four that a mailing is judged by in large, all of them beneath. */
final class MailingFigures {
    private static final List<Rate> LARGE = List.of(Rate.DELIVERED, Rate.OPENED, Rate.CLICKED, Rate.UNSUBSCRIBED);

    /** They stand beneath what they are part of, or to be told apart from. */
    private static final Set<Rate> PARTS =
            Set.of(Rate.BOUNCED_HARD, Rate.BOUNCED_SOFT, Rate.OPENED_BY_MACHINES, Rate.CLICKED_BY_MACHINES);

    private static final Set<MessageState> TAKEN = Set.of(
            MessageState.ACCEPTED,
            MessageState.DELAYED,
            MessageState.DELIVERED,
            MessageState.BOUNCED,
            MessageState.COMPLAINED);

    private static final Set<MessageState> ARRIVED = Set.of(MessageState.DELIVERED, MessageState.COMPLAINED);

    /** A figure as it stands in one place of the page. */
    private record Figure(Label count, Label share, Label machines) {}

    private final Texts texts;
    private final RateWords words;
    private final long planId;
    private final Consumer<MessageFilter> showMessages;
    private final Label planned = new Label();
    private final Map<Rate, Figure> large = new EnumMap<>(Rate.class);
    private final Map<Rate, Figure> small = new EnumMap<>(Rate.class);
    private final Label hardWarning = warning();
    private final Label complaintWarning = warning();
    private final GridPane head;
    private final Node all;
    private @Nullable PlanResults shown;

    MailingFigures(MailingCards cards) {
        this.texts = cards.texts();
        this.words = new RateWords(texts);
        this.planId = cards.planId();
        this.showMessages = cards.showMessages();
        head = columns(LARGE.stream().map(this::tile).toArray(Node[]::new));
        GridPane groups = columns(
                group(
                        "figures.sending",
                        plannedRow(),
                        row(Rate.ACCEPTED),
                        row(Rate.DELIVERED),
                        row(Rate.DELAYED),
                        row(Rate.UNCERTAIN)),
                group(
                        "figures.unwell",
                        row(Rate.BOUNCED),
                        row(Rate.BOUNCED_HARD),
                        row(Rate.BOUNCED_SOFT),
                        row(Rate.REJECTED),
                        row(Rate.SUPPRESSED),
                        row(Rate.COMPLAINED)),
                group(
                        "figures.readers",
                        row(Rate.OPENED),
                        row(Rate.OPENED_BY_MACHINES),
                        row(Rate.CLICKED),
                        row(Rate.CLICKED_BY_MACHINES),
                        row(Rate.UNOPENED),
                        row(Rate.UNSUBSCRIBED)));
        groups.setHgap(32);
        VBox content = new VBox(8, groups, hardWarning, complaintWarning);
        all = cards.card("figures.title", "figures.hint", content, this::table);
    }

    private static Label warning() {
        Label warning = new Label();
        warning.setWrapText(true);
        warning.setMinHeight(Region.USE_PREF_SIZE);
        warning.setMaxWidth(Double.MAX_VALUE);
        warning.setGraphic(new FontIcon("fth-alert-triangle"));
        warning.getStyleClass().addAll("finding", "finding-warns");
        warning.managedProperty().bind(warning.visibleProperty());
        warning.setVisible(false);
        return warning;
    }

    private static GridPane columns(Node... parts) {
        GridPane grid = new GridPane();
        grid.setHgap(12);
        for (Node part : parts) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100.0 / parts.length);
            column.setHgrow(Priority.ALWAYS);
            grid.getColumnConstraints().add(column);
            grid.addRow(0, part);
        }
        return grid;
    }

    private VBox group(String title, Node... rows) {
        Label name = new Label(texts.get(title));
        name.getStyleClass().add("section");
        VBox box = new VBox(0, name);
        box.getChildren().addAll(rows);
        return box;
    }

    /** The large ones. */
    Node head() {
        return head;
    }

    /** All of them, in a card. */
    Node all() {
        return all;
    }

    private Node tile(Rate rate) {
        Figure figure = figure();
        large.put(rate, figure);
        figure.count().getStyleClass().add("big-figure-count");
        figure.share().getStyleClass().add("big-figure-share");
        figure.machines().getStyleClass().add("big-figure-share");
        Label name = new Label(words.name(rate));
        name.getStyleClass().add("big-figure-name");
        VBox lines = new VBox(2, name, figure.count(), figure.share());
        if (rate.needsTracking()) {
            lines.getChildren().add(figure.machines());
        }
        Button tile = button(rate, lines);
        tile.setMaxHeight(Double.MAX_VALUE);
        tile.setId("head-" + rate.name());
        tile.getStyleClass().setAll("tile", "big-figure");
        return tile;
    }

    private Node row(Rate rate) {
        Figure figure = figure();
        small.put(rate, figure);
        boolean part = PARTS.contains(rate);
        Label name = new Label(part ? texts.code("figure.part", rate) : words.name(rate));
        if (part) {
            name.getStyleClass().add("figure-part");
        }
        Button row = button(rate, line(name, figure.count(), figure.share()));
        row.setId("figure-" + rate.name());
        row.getStyleClass().setAll("figure-row");
        return row;
    }

    private Node plannedRow() {
        Label none = new Label();
        Button row = new Button(null, line(new Label(texts.get("results.planned")), planned, none));
        row.setId("figure-PLANNED");
        row.getStyleClass().setAll("figure-row");
        row.setMaxWidth(Double.MAX_VALUE);
        row.setOnAction(event -> showMessages.accept(MessageFilter.all(planId)));
        return row;
    }

    private static HBox line(Label name, Label count, Label share) {
        name.setMinWidth(0);
        HBox.setHgrow(name, Priority.ALWAYS);
        name.setMaxWidth(Double.MAX_VALUE);
        count.setMinWidth(Region.USE_PREF_SIZE);
        count.getStyleClass().add("figure-row-count");
        share.getStyleClass().add("figure-row-share");
        HBox line = new HBox(8, name, count, share);
        line.setAlignment(Pos.BASELINE_LEFT);
        return line;
    }

    private static Figure figure() {
        return new Figure(new Label(), new Label(), new Label());
    }

    private Button button(Rate rate, Node content) {
        Button button = new Button(null, content);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(words.name(rate));
        Tooltip definition = new Tooltip(words.header(rate) + "\n" + words.definition(rate));
        definition.setWrapText(true);
        definition.setMaxWidth(360);
        button.setTooltip(definition);
        button.setOnAction(event -> filter(rate).ifPresent(showMessages));
        return button;
    }

    /** Which messages a figure counts; nothing where it is not counted. */
    private Optional<MessageFilter> filter(Rate rate) {
        PlanResults now = shown;
        if (now == null || !rate.of(now).counted()) {
            return Optional.empty();
        }
        MessageFilter every = MessageFilter.all(planId);
        return Optional.of(
                switch (rate) {
                    case ACCEPTED -> in(TAKEN);
                    case DELIVERED -> in(ARRIVED);
                    case DELAYED -> every.in(MessageState.DELAYED);
                    case BOUNCED -> every.in(MessageState.BOUNCED);
                    case BOUNCED_HARD -> every.in(MessageState.BOUNCED).because(PlanResults.HARD);
                    case BOUNCED_SOFT -> every.in(MessageState.BOUNCED).because(PlanResults.SOFT);
                    case COMPLAINED -> every.in(MessageState.COMPLAINED);
                    case OPENED -> every.marked(Mark.OPENED);
                    case OPENED_BY_MACHINES -> every.marked(Mark.OPENED_BY_MACHINES);
                    case CLICKED -> every.marked(Mark.CLICKED);
                    case CLICKED_BY_MACHINES -> every.marked(Mark.CLICKED_BY_MACHINES);
                    case UNSUBSCRIBED -> every.marked(Mark.UNSUBSCRIBED);
                    case UNOPENED -> every.marked(Mark.NOT_OPENED);
                    case UNCLICKED -> every.marked(Mark.NOT_CLICKED);
                    case REJECTED -> every.in(MessageState.REJECTED);
                    case UNCERTAIN -> every.in(MessageState.UNCERTAIN);
                    case SUPPRESSED -> every.in(MessageState.SUPPRESSED);
                });
    }

    private MessageFilter in(Set<MessageState> states) {
        return new MessageFilter(planId, states, null, null, "", false);
    }

    void show(PlanResults now) {
        shown = now;
        planned.setText(texts.number(now.totals().all()));
        large.forEach((rate, figure) -> {
            Share share = rate.of(now);
            figure.count().setText(words.count(share));
            figure.share().setText(share.counted() ? words.share(rate, share) : texts.get("figures.untracked"));
            figure.count().getStyleClass().remove("big-figure-unknown");
            if (!share.counted()) {
                figure.count().getStyleClass().add("big-figure-unknown");
            }
        });
        machines(Rate.OPENED, Rate.OPENED_BY_MACHINES, now);
        machines(Rate.CLICKED, Rate.CLICKED_BY_MACHINES, now);
        small.forEach((rate, figure) -> {
            Share share = rate.of(now);
            figure.count().setText(words.count(share));
            figure.share().setText(share.counted() ? words.percent(share) : "");
        });
        warn(Rate.BOUNCED_HARD, hardWarning, now);
        warn(Rate.COMPLAINED, complaintWarning, now);
    }

    private void machines(Rate people, Rate machines, PlanResults now) {
        Figure figure = large.get(people);
        Share share = machines.of(now);
        if (figure != null) {
            figure.machines().setText(share.counted() ? texts.get("results.machines", words.count(share)) : "");
        }
    }

    private void warn(Rate rate, Label warning, PlanResults now) {
        Optional<String> said = words.warning(rate, rate.of(now));
        warning.setText(said.orElse(""));
        warning.setVisible(said.isPresent());
    }

    private ResultTable table() {
        List<List<Object>> rows = new ArrayList<>();
        PlanResults now = shown;
        if (now != null) {
            rows.add(List.of(texts.get("results.planned"), now.totals().all(), "", ""));
            for (Rate rate : Rate.values()) {
                Share share = rate.of(now);
                Object count = share.counted() ? (Object) share.count() : words.count(share);
                Object part = share.rate().isPresent() ? (Object) share.rate().getAsDouble() : "";
                rows.add(List.of(words.name(rate), count, part, words.header(rate)));
            }
        }
        return new ResultTable(
                texts.get("figures.title"),
                List.of(
                        texts.get("figures.column.what"),
                        texts.get("figures.column.messages"),
                        texts.get("figures.column.share"),
                        texts.get("figures.column.of")),
                rows);
    }
}
