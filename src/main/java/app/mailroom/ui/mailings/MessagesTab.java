package app.mailroom.ui.mailings;

import app.mailroom.model.Message;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanTotals;
import app.mailroom.store.NameTakenException;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.mailings.MailingViewModel.Standing;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The messages of a mailing: how many are in which state, each in a table, and everything known of the chosen one. */
final class MessagesTab implements Screen {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private final Texts texts;
    private final ScreenContext context;
    private final MailingViewModel model;
    private final MessagePane detail;
    private final ThroughputChart chart;
    private final Button toList;
    private final FlowPane tiles = new FlowPane(8, 8);
    private final Map<MessageState, Label> tileCounts = new EnumMap<>(MessageState.class);
    private final Map<MessageState, Node> tileNodes = new EnumMap<>(MessageState.class);
    private final Label all = new Label();
    private final Node allTile;
    private final Label responses = Look.muted("");
    private final TextField search;
    private final TableView<Message> table = Look.table();
    private final VBox node;

    /** Of the mailing of this model; empty until opened. */
    MessagesTab(ScreenContext context, MailingViewModel model) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.detail = new MessagePane(context, model);
        this.search = Look.searchField(texts.get("messages.search"));
        search.textProperty().bindBidirectional(model.search);
        chart = new ThroughputChart(texts);
        allTile = tile(null, texts.get("messages.all"), all);
        buildTable();
        SplitPane split = new SplitPane(new VBox(table), detail.node());
        split.setOrientation(Orientation.HORIZONTAL);
        split.setDividerPositions(0.64);
        SplitPane.setResizableWithParent(detail.node(), false);
        VBox.setVgrow(split, Priority.ALWAYS);
        toList = Look.button(texts.get("messages.to_list"), "fth-users", this::toList);
        toList.setId("to-list");
        HBox tools = new HBox(8, responses, Look.gap(), toList, search);
        tools.setAlignment(Pos.CENTER_LEFT);
        node = new VBox(12, chart.node(), tiles, tools, split);
        node.setPadding(new Insets(12, 0, 0, 0));
        model.standing.addListener((property, before, now) -> {
            if (now != null) {
                show(now);
            }
        });
        model.filter.addListener((property, before, now) -> markTiles());
    }

    private void show(Standing now) {
        Plan plan = now.plan();
        PlanTotals totals = now.totals();
        chart.node().setVisible(ThroughputChart.shownFor(plan));
        if (chart.node().isVisible()) {
            chart.show(now.accepted(), model.now());
        }
        all.setText(texts.number(totals.all()));
        toList.setDisable(totals.all() == 0);
        showTiles(totals, plan.state().isEnded());
        long sent = totals.done()
                - totals.in(MessageState.SUPPRESSED)
                - totals.in(MessageState.CANCELLED)
                - totals.in(MessageState.REJECTED);
        responses.setText(texts.get(
                "mailing.responses",
                texts.number(totals.opened()),
                texts.percent(totals.opened(), sent),
                texts.number(totals.clicked()),
                texts.percent(totals.clicked(), sent),
                texts.number(totals.unsubscribed())));
    }

    private Node tile(@Nullable MessageState of, String name, Label count) {
        count.getStyleClass().add("tile-count");
        Label label = new Label(name);
        label.getStyleClass().add("tile-name");
        Button tile = new Button(null, new VBox(2, count, label));
        tile.getStyleClass().setAll("tile");
        if (of != null) {
            tile.getStyleClass().add("tile-" + States.tone(of));
            tile.setId("tile-" + of.name());
        }
        tile.setAccessibleText(name);
        tile.setOnAction(event -> model.filter.set(of == model.filter.get() ? null : of));
        return tile;
    }

    private void buildTable() {
        table.setId("messages");
        table.setItems(model.messages.rows());
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns().add(Look.column(texts.get("message.address"), 210, Message::address));
        table.getColumns()
                .add(Look.drawn(
                        texts.get("message.state"),
                        110,
                        row -> Look.badge(texts.code("message", row.state()), States.tone(row.state()))));
        table.getColumns()
                .add(Look.column(texts.get("message.reason"), 176, row -> texts.code("reason", row.reason())));
        table.getColumns().add(Look.numbers(texts.get("message.attempts"), 84, row -> texts.number(row.attempts())));
        table.getColumns().add(Look.column(texts.get("message.updated"), 90, row -> texts.clock(row.updatedAt())));
        table.setPlaceholder(new Label());
        model.messages.settledProperty().addListener((property, before, settled) -> {
            if (settled) {
                placeholder();
            }
        });
        table.setRowFactory(any -> row());
        table.getSelectionModel().selectedItemProperty().addListener((property, before, message) -> {
            if (message != null) {
                model.choose(message);
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (RowActions.COPY.match(event)) {
                event.consume();
                copyRows();
            } else if (event.getCode() == KeyCode.ENTER) {
                event.consume();
                openSelected();
            }
        });
    }

    private void placeholder() {
        Standing now = model.standing.get();
        boolean waiting = now != null && now.totals().all() == 0;
        table.setPlaceholder(
                waiting
                        ? Look.empty("fth-clock", texts.get("messages.none"), texts.get("messages.none.hint"))
                        : Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
    }

    private TableRow<Message> row() {
        TableRow<Message> row = new TableRow<>();
        row.indexProperty().addListener((property, before, index) -> model.messages.needed(index.intValue()));
        MenuItem open = item("message.open", "fth-mail", this::openSelected);
        MenuItem copy = item("message.copy_address", "fth-copy", this::copyAddresses);
        MenuItem again = item("message.send_again", "fth-repeat", this::sendAgain);
        ContextMenu menu = new ContextMenu(open, copy, again);
        menu.setOnShowing(event -> {
            Message message = row.getItem();
            again.setVisible(message != null && message.state() == MessageState.UNCERTAIN);
        });
        row.emptyProperty().addListener((property, before, empty) -> row.setContextMenu(empty ? null : menu));
        row.setOnMouseClicked(event -> {
            if (event.getClickCount() == 2 && !row.isEmpty()) {
                openSelected();
            }
        });
        return row;
    }

    private MenuItem item(String key, String icon, Runnable action) {
        MenuItem item = new MenuItem(texts.get(key), new FontIcon(icon));
        item.setOnAction(event -> action.run());
        return item;
    }

    private void showTiles(PlanTotals totals, boolean ended) {
        boolean changed = tiles.getChildren().isEmpty();
        for (MessageState of : MessageState.values()) {
            if (totals.in(of) > 0 && !tileCounts.containsKey(of)) {
                Label count = new Label();
                tileCounts.put(of, count);
                tileNodes.put(of, tile(of, texts.code("message", of), count));
                changed = true;
            }
            Label count = tileCounts.get(of);
            if (count != null) {
                count.setText(texts.number(totals.in(of)));
            }
        }
        // While it runs, a tile that comes and goes would make the others jump.
        tileNodes.forEach((of, tile) -> {
            tile.setVisible(!ended || totals.in(of) > 0 || of == model.filter.get());
            tile.setManaged(tile.isVisible());
        });
        if (changed) {
            tiles.getChildren().setAll(allTile);
            tiles.getChildren().addAll(tileNodes.values());
            markTiles();
        }
    }

    private void markTiles() {
        MessageState chosen = model.filter.get();
        allTile.pseudoClassStateChanged(CHOSEN, chosen == null);
        tileNodes.forEach((of, tile) -> tile.pseudoClassStateChanged(CHOSEN, of == chosen));
    }

    /** Asks for a name, again with what was typed when it is taken. */
    private void toList() {
        Standing now = model.standing.get();
        if (now != null) {
            MessageState of = model.filter.get();
            String which = of == null ? texts.get("messages.to_list.all") : texts.code("message", of);
            toList(now.plan(), of, texts.get("messages.to_list.name", now.plan().title(), which), "recipients.name");
        }
    }

    private void toList(Plan plan, @Nullable MessageState of, String proposal, String label) {
        Set<MessageState> states = of == null ? EnumSet.allOf(MessageState.class) : EnumSet.of(of);
        Ask.line(node, texts, texts.get("messages.to_list.title"), texts.get(label), proposal)
                .ifPresent(name -> LongWork.inWindow(
                        context,
                        node,
                        texts.get("messages.to_list.title"),
                        progress -> context.features()
                                .lists()
                                .making()
                                .ofMessages(plan.id(), plan.title(), states, name, progress),
                        list -> {
                            context.notices().done(texts.get("messages.to_list.done"));
                            context.go().accept(new Place.Sheet(list));
                        },
                        failure -> {
                            if (failure instanceof NameTakenException) {
                                toList(plan, of, name, "recipients.name.taken");
                            } else {
                                context.background().tell(failure);
                            }
                        }));
    }

    private void sendAgain() {
        Message message = table.getSelectionModel().getSelectedItem();
        if (message == null) {
            return;
        }
        if (Ask.confirm(
                node,
                texts,
                texts.get("message.send_again"),
                texts.get("message.send_again.question", message.address()),
                texts.get("message.send_again.deed"),
                true)) {
            model.sendAgain(message, () -> context.notices().warn(texts.get("message.send_again.late")));
        }
    }

    private void openSelected() {
        Message message = table.getSelectionModel().getSelectedItem();
        if (message != null) {
            detail.openMail(message);
        }
    }

    private void copyAddresses() {
        Look.copy(table.getSelectionModel().getSelectedItems().stream()
                .map(Message::address)
                .collect(Collectors.joining("\n")));
    }

    private void copyRows() {
        Look.copy(table.getSelectionModel().getSelectedItems().stream()
                .map(message -> String.join(
                        "\t",
                        message.address(),
                        texts.code("message", message.state()),
                        texts.code("reason", message.reason()),
                        Integer.toString(message.attempts()),
                        message.updatedAt().toString()))
                .collect(Collectors.joining("\n")));
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
        model.showMessages();
    }

    @Override
    public void pulse() {
        int first = 0;
        int last = 40;
        if (table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow && flow.getFirstVisibleCell() != null) {
            first = flow.getFirstVisibleCell().getIndex();
            last = flow.getLastVisibleCell() == null
                    ? first
                    : flow.getLastVisibleCell().getIndex();
        }
        model.pulse(first, last);
    }

    @Override
    public void search() {
        search.requestFocus();
    }
}
