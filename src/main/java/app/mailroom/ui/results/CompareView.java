package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.results.CompareViewModel.Side;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Mailings side by side: a column for each, and their rates as bars. */
public final class CompareView implements Screen {
    private static final double CHART_HEIGHT = 280;

    private final ScreenContext context;
    private final Texts texts;
    private final CompareViewModel model;
    private final CompareGrid grid;
    private final CompareChart chart;
    private final ComboBox<PlanResults> add = new ComboBox<>();
    private final VBox node = Look.page();

    /**
     * Empty until opened.
     *
     * @param planIds the mailings, in this order
     * @param back leads to where the person came from
     */
    public CompareView(ScreenContext context, List<Long> planIds, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.model = new CompareViewModel(context, planIds);
        RateWords words = new RateWords(texts);
        this.grid = new CompareGrid(
                texts,
                words,
                new CompareGrid.Deeds(id -> context.go().accept(new Place.Mailing(id)), model::move, model::remove));
        this.chart = new CompareChart(texts, words);
        addBox();
        var head = Look.header(texts.get("compare.title"), add);
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        ResultCard figures = new ResultCard(
                context, texts.get("compare.figures"), texts.get("compare.hint"), grid.node(), this::table);
        ResultCard rates = new ResultCard(
                context, texts.get("compare.rates"), texts.get("compare.rates.hint"), chart.node(), chart::table);
        chart.node().setMinHeight(CHART_HEIGHT);
        VBox cards = new VBox(16, figures.node(), rates.node());
        ScrollPane scroll = new ScrollPane(cards);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("bare");
        Node empty = empty();
        scroll.visibleProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.sides.get().size() >= CompareViewModel.FEWEST, model.sides));
        empty.visibleProperty().bind(model.loaded.and(scroll.visibleProperty().not()));
        StackPane body = new StackPane(scroll, empty);
        VBox.setVgrow(body, Priority.ALWAYS);
        node.getChildren().setAll(head, body);
        model.sides.addListener((property, before, now) -> show(now));
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (RowActions.COPY.match(event) && scroll.isVisible()) {
                event.consume();
                ResultCard.copy(table());
                context.notices().done(texts.get("card.copied"));
            }
        });
    }

    private void addBox() {
        add.setId("compare-add");
        add.setPromptText(texts.get("compare.add"));
        add.setTooltip(new Tooltip(texts.get("compare.add.hint", CompareViewModel.MOST)));
        add.setPrefWidth(260);
        add.setVisibleRowCount(16);
        add.setCellFactory(list -> new OfMailing(true));
        add.setButtonCell(new OfMailing(false));
        model.others.addListener((property, before, now) -> add.setItems(FXCollections.observableArrayList(now)));
        add.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.others.get().isEmpty() || model.sides.get().size() >= CompareViewModel.MOST,
                        model.others,
                        model.sides));
        add.setOnAction(event -> {
            PlanResults chosen = add.getValue();
            if (chosen != null) {
                // The box is still busy with choosing, so it is emptied afterwards.
                UiThread.later(() -> {
                    add.setValue(null);
                    model.add(chosen.plan().id());
                });
            }
        });
    }

    /** A mailing in the box, by its title and when it began. */
    private final class OfMailing extends ListCell<PlanResults> {
        private final boolean listed;

        OfMailing(boolean listed) {
            this.listed = listed;
        }

        @Override
        protected void updateItem(@Nullable PlanResults results, boolean none) {
            super.updateItem(results, none);
            if (none || results == null) {
                setText(listed ? null : texts.get("compare.add"));
            } else {
                setText(results.plan().title() + " · "
                        + texts.time(results.plan().startedAt()));
            }
        }
    }

    private Node empty() {
        return Look.empty(
                "fth-columns",
                texts.get("compare.empty.title"),
                texts.get("compare.empty.hint"),
                Look.button(
                        texts.get("compare.empty.choose"),
                        PageId.RESULTS.icon(),
                        () -> context.go().accept(new Place.Page(PageId.RESULTS))));
    }

    private void show(List<Side> sides) {
        grid.show(sides);
        chart.show(sides);
    }

    private ResultTable table() {
        return grid.table();
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        model.open();
        UiThread.later(node::requestFocus);
    }

    @Override
    public void refresh() {
        model.open();
    }

    @Override
    public void pulse() {
        model.reload();
    }

    @Override
    public Optional<Place> comesBackTo(Place opened) {
        return Optional.of(new Place.Compare(model.compared()));
    }

    @Override
    public void search() {
        add.requestFocus();
        add.show();
    }
}
