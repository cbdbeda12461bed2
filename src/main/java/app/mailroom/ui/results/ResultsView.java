package app.mailroom.ui.results;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanTotals;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.function.ToLongFunction;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Results of all mailings side by side. */
public final class ResultsView implements Screen {
    private final Texts texts;
    private final ScreenContext context;
    private final ResultsViewModel model;
    private final TableView<PlanOverview> table = Look.table();
    private final VBox node;

    /** Empty until opened. */
    public ResultsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new ResultsViewModel(context);
        table.setId("results");
        table.setItems(model.mailings);
        mailings();
        Button unknown = Look.button("", "fth-help-circle", () -> context.go().accept(new Place.Quarantine()));
        unknown.setId("open-quarantine");
        unknown.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get("results.quarantined", texts.number(model.quarantined.get())),
                        model.quarantined));
        unknown.visibleProperty().bind(model.quarantined.greaterThan(0));
        unknown.managedProperty().bind(unknown.visibleProperty());
        node = Look.page(Look.header(texts.get("page.RESULTS"), unknown), table);
    }

    private void mailings() {
        table.getColumns()
                .add(Look.column(
                        texts.get("mailing.title"), 220, row -> row.plan().title()));
        table.getColumns()
                .add(Look.numbers(
                        texts.get("results.planned"),
                        90,
                        row -> texts.number(row.totals().all())));
        table.getColumns().add(share("results.accepted", ResultsView::accepted, PlanTotals::all));
        table.getColumns()
                .add(share("message.DELIVERED", totals -> totals.in(MessageState.DELIVERED), ResultsView::accepted));
        table.getColumns()
                .add(share("message.BOUNCED", totals -> totals.in(MessageState.BOUNCED), ResultsView::accepted));
        table.getColumns()
                .add(share("message.COMPLAINED", totals -> totals.in(MessageState.COMPLAINED), ResultsView::accepted));
        table.getColumns().add(share("results.opened", PlanTotals::opened, ResultsView::accepted));
        table.getColumns().add(share("results.clicked", PlanTotals::clicked, ResultsView::accepted));
        table.setRowFactory(any -> {
            TableRow<PlanOverview> row = new TableRow<>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !row.isEmpty()) {
                    open(row.getItem());
                }
            });
            return row;
        });
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                open(table.getSelectionModel().getSelectedItem());
            }
        });
        table.setPlaceholder(new Label());
        model.loaded.addListener((property, before, loaded) -> table.setPlaceholder(Look.empty(
                "fth-bar-chart-2",
                texts.get("results.empty.title"),
                texts.get("results.empty.hint"),
                Look.primary(
                        texts.get("mailings.new"),
                        "fth-plus",
                        () -> context.go().accept(new Place.NewMailing())))));
    }

    /** Messages of which the mail service said that it took them, whatever became of them. */
    private static long accepted(PlanTotals totals) {
        return totals.in(MessageState.ACCEPTED)
                + totals.in(MessageState.DELAYED)
                + totals.in(MessageState.DELIVERED)
                + totals.in(MessageState.BOUNCED)
                + totals.in(MessageState.COMPLAINED);
    }

    private TableColumn<PlanOverview, PlanOverview> share(
            String key, ToLongFunction<PlanTotals> part, ToLongFunction<PlanTotals> whole) {
        TableColumn<PlanOverview, PlanOverview> column = Look.drawn(texts.get(key), 120, row -> {
            Label count = new Label(texts.number(part.applyAsLong(row.totals())));
            Label rate = Look.muted(texts.percent(part.applyAsLong(row.totals()), whole.applyAsLong(row.totals())));
            rate.setMinWidth(56);
            rate.setWrapText(false);
            rate.setStyle("-fx-alignment: center-right;");
            HBox box = new HBox(4, Look.gap(), count, rate);
            box.setAlignment(Pos.CENTER_RIGHT);
            return box;
        });
        column.getStyleClass().add("numeric");
        return column;
    }

    private void open(@Nullable PlanOverview row) {
        if (row != null) {
            context.go().accept(new Place.Mailing(row.plan().id()));
        }
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void refresh() {
        model.reload();
    }

    @Override
    public void pulse() {
        model.reload();
    }
}
