package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.model.World;
import app.mailroom.results.Rate;
import app.mailroom.results.ResultTable;
import app.mailroom.results.Share;
import app.mailroom.results.TableText;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.results.ResultsViewModel.Period;
import app.mailroom.ui.sheet.TabSeparated;
import atlantafx.base.theme.Styles;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** What became of all mailings of a time: together, one after the other, and as a table from which some are compared. */
public final class ResultsView implements Screen {
    /** Puts the chosen mailings side by side. */
    static final KeyCombination COMPARE =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private static final double FIGURES_WIDTH = 500;
    private static final double OVERVIEW_HEIGHT = 260;

    private final Texts texts;
    private final ScreenContext context;
    private final ResultsViewModel model;
    private final RateWords words;
    private final Figures figures;
    private final TrendChart chart;
    private final ResultsTable table;
    private final TextField search;
    private final VBox node = Look.page();
    private Trend trend = new Trend(Trend.Unit.MAILING, List.of());

    /** Empty until opened. */
    public ResultsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new ResultsViewModel(context);
        this.words = new RateWords(texts);
        this.figures = new Figures(texts, words);
        this.chart = new TrendChart(texts, words, this::choose);
        this.table = new ResultsTable(texts, words, this::open);
        this.search = Look.searchField(texts.get("results.search"));
        search.setId("results-search");
        search.setPrefWidth(200);
        search.setMinWidth(96);
        search.textProperty().bindBidirectional(model.search);
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                event.consume();
                table.node().requestFocus();
            }
        });
        table.menu(menu());
        table.onKeys(RowActions.COPY, this::copyRows);
        table.onKeys(COMPARE, this::compare);
        Node empty = empty();
        Node body = body();
        empty.visibleProperty()
                .bind(model.loaded.and(
                        Bindings.createBooleanBinding(() -> model.worlds.get().isEmpty(), model.worlds)));
        body.visibleProperty().bind(model.loaded.and(empty.visibleProperty().not()));
        StackPane whole = new StackPane(body, empty);
        VBox.setVgrow(whole, Priority.ALWAYS);
        node.getChildren().setAll(header(body), whole);
        model.mailings.addListener((property, before, now) -> showAll(now));
        model.found.addListener((property, before, now) -> {
            placeholder();
            table.show(now);
        });
        model.loaded.addListener((property, before, now) -> placeholder());
    }

    private Node header(Node body) {
        Button unknown = Look.button("", "fth-help-circle", () -> context.go().accept(new Place.Quarantine()));
        unknown.setId("open-quarantine");
        unknown.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("results.quarantined", texts.number(model.quarantined.get())),
                        model.quarantined));
        unknown.visibleProperty().bind(model.quarantined.greaterThan(0));
        unknown.managedProperty().bind(unknown.visibleProperty());
        Button compare = Look.button(texts.get("results.compare"), "fth-columns", this::compare);
        compare.setId("compare");
        compare.disableProperty().bind(Bindings.createBooleanBinding(() -> !mayCompare(), table.chosen()));
        // A button that is switched off shows no tooltip, so what is round it does.
        StackPane round = new StackPane(compare);
        Tooltip.install(round, new Tooltip(texts.get("results.compare.hint", CompareViewModel.MOST)));
        Node periods = periods();
        Node worlds = worlds();
        HBox head = Look.header(texts.get("page.RESULTS"), unknown, search, round);
        head.getChildren().addAll(1, List.of(periods, worlds));
        HBox.setMargin(periods, new Insets(0, 0, 0, 16));
        List.of(periods, search, round).forEach(part -> part.visibleProperty().bind(body.visibleProperty()));
        return head;
    }

    private Node periods() {
        Map<Period, ToggleButton> buttons = new EnumMap<>(Period.class);
        for (Period period : Period.values()) {
            ToggleButton button = new ToggleButton(texts.code("results.period", period));
            button.setId("period-" + period);
            button.setOnAction(event -> {
                button.setSelected(true);
                model.period.set(Optional.of(period));
            });
            buttons.put(period, button);
        }
        model.period.addListener((property, before, now) ->
                buttons.forEach((period, button) -> button.setSelected(now.equals(Optional.of(period)))));
        return pills(new ArrayList<>(buttons.values()));
    }

    private Node worlds() {
        Map<World, ToggleButton> buttons = new EnumMap<>(World.class);
        for (World world : List.of(World.LIVE, World.PRACTICE)) {
            ToggleButton button = new ToggleButton(texts.code("results.world", world));
            button.setId("world-" + world);
            button.setOnAction(event -> {
                button.setSelected(true);
                model.world.set(world);
            });
            button.setSelected(world == model.world.get());
            buttons.put(world, button);
        }
        model.world.addListener(
                (property, before, now) -> buttons.forEach((world, button) -> button.setSelected(world == now)));
        HBox both = pills(List.of(
                buttons.getOrDefault(World.LIVE, new ToggleButton()),
                buttons.getOrDefault(World.PRACTICE, new ToggleButton())));
        Node practice = Look.badge(texts.get("status.practice"), "accent");
        HBox shown = new HBox();
        shown.setAlignment(Pos.CENTER_LEFT);
        model.worlds.addListener((property, before, now) -> {
            if (now.size() > 1) {
                shown.getChildren().setAll(both);
            } else if (now.contains(World.PRACTICE)) {
                shown.getChildren().setAll(practice);
            } else {
                shown.getChildren().clear();
            }
        });
        return shown;
    }

    private static HBox pills(List<ToggleButton> buttons) {
        for (int i = 0; i < buttons.size(); i++) {
            ToggleButton button = buttons.get(i);
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass().add(Styles.SMALL);
            button.getStyleClass()
                    .add(i == 0 ? Styles.LEFT_PILL : i == buttons.size() - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
        }
        HBox box = new HBox(buttons.toArray(ToggleButton[]::new));
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private Node body() {
        Region sums = (Region) figures.node();
        sums.setMinWidth(FIGURES_WIDTH);
        sums.setPrefWidth(FIGURES_WIDTH);
        Node trendCard = new ResultCard(
                        context,
                        texts.get("results.trend"),
                        texts.get("results.trend.hint"),
                        chart.node(),
                        this::trendTable)
                .node();
        HBox.setHgrow(trendCard, Priority.ALWAYS);
        HBox overview = new HBox(16, sums, trendCard);
        overview.setMinHeight(OVERVIEW_HEIGHT);
        overview.setPrefHeight(OVERVIEW_HEIGHT);
        Node mailings = new ResultCard(
                        context,
                        texts.get("page.MAILINGS"),
                        "",
                        table.node(),
                        () -> ResultsTable.written(texts, words, table.shown()))
                .node();
        VBox.setVgrow(mailings, Priority.ALWAYS);
        return new VBox(16, overview, mailings);
    }

    private Node empty() {
        return Look.empty(
                "fth-bar-chart-2",
                texts.get("results.empty.title"),
                texts.get("results.empty.hint"),
                Look.primary(
                        texts.get("mailings.new"),
                        "fth-plus",
                        () -> context.go().accept(new Place.NewMailing())));
    }

    private void placeholder() {
        if (model.mailings.get().isEmpty()) {
            Button all = Look.button(
                    texts.get("results.show_all"), "fth-calendar", () -> model.period.set(Optional.of(Period.ALL)));
            table.node()
                    .setPlaceholder(Look.empty(
                            "fth-calendar",
                            texts.get("results.none_in_period"),
                            texts.get("results.none_in_period.hint"),
                            all));
        } else {
            table.node()
                    .setPlaceholder(
                            Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
        }
    }

    private List<MenuItem> menu() {
        MenuItem open = new Action(texts.get("results.open"), "fth-arrow-right", this::open).item("results-menu-open");
        table.needsOne(open);
        MenuItem compare =
                new Action(texts.get("results.compare"), "fth-columns", this::compare).item("results-menu-compare");
        compare.setAccelerator(COMPARE);
        compare.disableProperty().bind(Bindings.createBooleanBinding(() -> !mayCompare(), table.chosen()));
        MenuItem rows =
                new Action(texts.get("results.copy_rows"), "fth-copy", this::copyRows).item("results-menu-copy-rows");
        rows.setAccelerator(RowActions.COPY);
        MenuItem whole = new Action(texts.get("results.copy_table"), "fth-grid", this::copyTable)
                .item("results-menu-copy-table");
        return List.of(open, compare, new SeparatorMenuItem(), rows, whole);
    }

    private boolean mayCompare() {
        int chosen = table.chosen().get().size();
        return chosen >= CompareViewModel.FEWEST && chosen <= CompareViewModel.MOST;
    }

    private void showAll(List<PlanResults> mailings) {
        figures.show(mailings);
        trend = Trend.of(mailings, ZoneId.systemDefault(), TrendChart.MOST_COLUMNS);
        chart.show(trend);
    }

    private ResultTable trendTable() {
        List<Rate> rates = List.of(Rate.DELIVERED, Rate.OPENED, Rate.CLICKED);
        List<String> heads = new ArrayList<>(List.of(texts.get("results.begun"), texts.get("page.MAILINGS")));
        rates.forEach(rate -> {
            heads.add(words.name(rate));
            heads.add(words.header(rate));
        });
        List<List<Object>> rows = trend.columns().stream()
                .map(column -> {
                    Optional<PlanResults> only = Optional.ofNullable(Trend.only(column));
                    List<Object> row = new ArrayList<>(Arrays.asList(
                            chart.day(column),
                            only.<Object>map(results -> results.plan().title())
                                    .orElse((long) column.mailings().size())));
                    for (Rate rate : rates) {
                        Share share = rate.of(column.mailings());
                        row.add(share.counted() ? (Object) share.count() : "");
                        row.add(share.rate().isPresent() ? (Object) share.rate().getAsDouble() : "");
                    }
                    return row;
                })
                .toList();
        return new ResultTable(texts.get("results.trend"), heads, rows);
    }

    private void choose(PlanResults results) {
        if (table.shown().stream()
                .anyMatch(shown -> shown.plan().id() == results.plan().id())) {
            table.choose(results.plan().id());
            table.node().requestFocus();
        }
    }

    private void open() {
        table.withOne(
                results -> context.go().accept(new Place.Mailing(results.plan().id())));
    }

    private void compare() {
        if (mayCompare()) {
            context.go()
                    .accept(new Place.Compare(table.chosen().get().stream()
                            .map(results -> results.plan().id())
                            .toList()));
        }
    }

    private void copyRows() {
        copy(chosen -> {
            TableText text = new TableText(Locale.getDefault(Locale.Category.FORMAT), ZoneId.systemDefault());
            List<List<String>> cells = text.cells(chosen);
            Look.copy(TabSeparated.format(cells.subList(1, cells.size())));
        });
    }

    private void copyTable() {
        copy(ResultCard::copy);
    }

    private void copy(Consumer<ResultTable> how) {
        List<PlanResults> chosen = table.chosen().get();
        if (!chosen.isEmpty()) {
            how.accept(ResultsTable.written(texts, words, chosen));
            context.notices().done(texts.get("card.copied"));
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        // Later, because before the window is shown for the first time nothing takes the focus.
        UiThread.later(table.node()::requestFocus);
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public void pulse() {
        model.reload();
    }

    @Override
    public void search() {
        search.requestFocus();
        search.selectAll();
    }
}
