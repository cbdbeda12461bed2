package app.mailroom.ui.mailings;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.World;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.PageId;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** The list of mailings. */
public final class MailingsView implements Screen {
    private final ScreenContext context;
    private final Texts texts;
    private final MailingsViewModel model;
    private final TextField search;
    private final TableView<PlanOverview> table = Look.table();
    private final VBox node;

    /** An empty list until it is opened. */
    public MailingsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new MailingsViewModel(context);
        this.search = Look.searchField(texts.get("mailings.search"));
        search.textProperty().bindBidirectional(model.search());
        var create = Look.primary(texts.get("mailings.new"), "fth-plus", this::create);
        create.setId("new-mailing");
        table.setId("mailings");
        table.setItems(model.found());
        columns();
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
        model.loaded().addListener((property, before, loaded) -> placeholder());
        search.textProperty().addListener((property, before, text) -> placeholder());
        table.setPlaceholder(new Label());
        node = Look.page(Look.header(texts.get("page.MAILINGS"), search, create), table);
    }

    private void placeholder() {
        if (model.all().isEmpty()) {
            table.setPlaceholder(Look.empty(
                    "fth-send",
                    texts.get("mailings.empty.title"),
                    texts.get("mailings.empty.hint"),
                    Look.button(
                            texts.get("mailings.empty.templates"),
                            PageId.TEMPLATES.icon(),
                            () -> context.go().accept(new Place.Page(PageId.TEMPLATES))),
                    Look.button(
                            texts.get("mailings.empty.recipients"),
                            PageId.RECIPIENTS.icon(),
                            () -> context.go().accept(new Place.Page(PageId.RECIPIENTS))),
                    Look.primary(texts.get("mailings.new"), "fth-plus", this::create)));
        } else {
            table.setPlaceholder(
                    Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
        }
    }

    private void columns() {
        table.getColumns().add(Look.drawn(texts.get("mailing.title"), 200, this::title));
        table.getColumns()
                .add(Look.drawn(
                        texts.get("mailing.state"), 96, row -> Look.badge(States.name(texts, row), States.tone(row))));
        table.getColumns()
                .add(Look.column(
                        texts.get("mailing.list"), 124, row -> row.plan().listName()));
        table.getColumns().add(Look.drawn(texts.get("mailing.progress"), 120, this::progress));
        table.getColumns()
                .add(Look.numbers(
                        texts.get("mailing.count"),
                        88,
                        row -> texts.number(row.totals().all())));
        table.getColumns()
                .add(Look.numbers(
                        texts.get("message.DELIVERED"),
                        84,
                        row -> texts.number(row.totals().in(MessageState.DELIVERED))));
        table.getColumns()
                .add(Look.numbers(
                        texts.get("message.BOUNCED"),
                        80,
                        row -> texts.number(row.totals().in(MessageState.BOUNCED))));
        table.getColumns().add(Look.column(texts.get("mailing.when"), 236, row -> Timings.begins(texts, row.plan())));
    }

    private Node title(PlanOverview row) {
        Label title = new Label(row.plan().title());
        title.setMinWidth(0);
        HBox box = new HBox(8, title);
        box.setAlignment(Pos.CENTER_LEFT);
        if (row.plan().world() == World.PRACTICE) {
            box.getChildren().add(Look.badge(texts.get("status.practice"), "accent"));
        }
        return box;
    }

    private Node progress(PlanOverview row) {
        PlanTotals totals = row.totals();
        double share = totals.all() == 0 ? 0 : (double) totals.done() / totals.all();
        ProgressBar bar = new ProgressBar(share);
        bar.setPrefWidth(64);
        bar.getStyleClass().add("small");
        Label percent = new Label(texts.percent(totals.done(), totals.all()));
        percent.setMinWidth(Region.USE_PREF_SIZE);
        HBox box = new HBox(8, bar, percent);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void create() {
        context.go().accept(new Place.NewMailing());
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
    public void opened() {
        refresh();
        table.requestFocus();
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
    }
}
