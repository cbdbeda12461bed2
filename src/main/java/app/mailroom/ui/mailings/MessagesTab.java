package app.mailroom.ui.mailings;

import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanTotals;
import app.mailroom.model.Resend;
import app.mailroom.model.Right;
import app.mailroom.store.NameTakenException;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.LongWork;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.mailings.MailingViewModel.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** The messages of a mailing: how many are in which state, those that are asked for, and all that is known of one. */
final class MessagesTab implements Screen {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");

    private static final double ROW = 32;

    /** From this width on a table has room for every column. */
    private static final double ROOMY = 900;

    private final Texts texts;
    private final ScreenContext context;
    private final MailingViewModel mailing;
    private final MessagesViewModel model;
    private final MessagePane detail;
    private final ThroughputChart chart;
    private final MessageFilterBar filters;
    private final Consumer<Resend> sendAgain;
    private final Button toList;
    private final FlowPane tiles = new FlowPane(8, 8);
    private final Map<MessageState, Label> tileCounts = new EnumMap<>(MessageState.class);
    private final Map<MessageState, Node> tileNodes = new EnumMap<>(MessageState.class);
    private final Label all = new Label();
    private final Node allTile;
    private final TableView<Message> table = Look.table();
    private final Map<MessageOrder.By, TableColumn<Message, ?>> sorted = new EnumMap<>(MessageOrder.By.class);
    private final List<TableColumn<Message, ?>> ofReaders = new ArrayList<>();
    private final VBox node;
    private @Nullable PlanTotals counted;

    /**
     * Of the mailing of this model; empty until opened.
     *
     * @param sendAgain opens what sends a mailing again, with these chosen
     */
    MessagesTab(ScreenContext context, MailingViewModel mailing, MessagesViewModel model, Consumer<Resend> sendAgain) {
        this.context = context;
        this.texts = context.texts();
        this.mailing = mailing;
        this.model = model;
        this.sendAgain = sendAgain;
        this.detail = new MessagePane(context, mailing, model);
        this.filters = new MessageFilterBar(texts, model);
        chart = new ThroughputChart(texts);
        allTile = tile(null, texts.get("messages.all"), all);
        tiles.getStyleClass().add("message-tiles");
        buildTable();
        VBox left = new VBox(table);
        SplitPane split = new SplitPane(left, detail.node());
        split.setOrientation(Orientation.HORIZONTAL);
        split.setDividerPositions(0.7);
        SplitPane.setResizableWithParent(detail.node(), false);
        VBox.setVgrow(split, Priority.ALWAYS);
        toList = Look.button(texts.get("messages.to_list"), "fth-users", this::toList);
        toList.setId("to-list");
        context.permits().need(Right.EDIT_RECIPIENTS, toList);
        HBox tools = new HBox(12, filters.fields(), filters.count(), Look.gap(), toList);
        tools.setAlignment(Pos.CENTER_LEFT);
        node = new VBox(10, chart.node(), tiles, tools, filters.chips(), split);
        node.setPadding(new Insets(12, 0, 0, 0));
        mailing.standing.addListener((property, before, now) -> {
            if (now != null) {
                show(now);
            }
        });
        Standing now = mailing.standing.get();
        if (now != null) {
            show(now);
        }
        model.filter.addListener((property, before, asked) -> markTiles());
    }

    private Set<MessageState> chosen() {
        return model.filter.get().states();
    }

    private void show(Standing now) {
        Plan plan = now.plan();
        PlanTotals totals = now.totals();
        chart.node().setVisible(ThroughputChart.shownFor(plan));
        if (chart.node().isVisible()) {
            chart.show(now.accepted(), mailing.now());
        }
        all.setText(texts.number(totals.all()));
        toList.setDisable(totals.all() == 0);
        filters.tracked(plan.tracked());
        ofReaders.forEach(column -> column.setVisible(plan.tracked()));
        showTiles(totals, plan.state().isEnded());
        if (!totals.equals(counted)) {
            counted = totals;
            model.recount();
        }
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
        tile.setOnAction(event -> model.only(of == null || chosen().equals(Set.of(of)) ? null : of));
        return tile;
    }

    private void buildTable() {
        table.setId("messages");
        table.setItems(model.messages.rows());
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setFixedCellSize(ROW);
        TableColumn<Message, ?> number = Look.numbers(texts.get("message.number"), 90, row -> Long.toString(row.id()));
        TableColumn<Message, ?> attempts =
                Look.numbers(texts.get("message.attempts"), 90, row -> texts.number(row.attempts()));
        add(MessageOrder.By.LIST, number);
        add(MessageOrder.By.ADDRESS, Look.column(texts.get("message.address"), 236, Message::address));
        add(
                MessageOrder.By.STATE,
                Look.drawn(
                        texts.get("message.state"),
                        98,
                        row -> Look.badge(texts.code("message", row.state()), States.tone(row.state()))));
        table.getColumns()
                .add(Look.column(texts.get("message.reason"), 110, row -> texts.code("reason", row.reason())));
        ofReaders.add(Look.column(texts.get("event.OPEN"), 84, row -> brief(row, Message::openedAt)));
        ofReaders.add(Look.column(texts.get("messages.clicked"), 84, row -> brief(row, Message::clickedAt)));
        table.getColumns().addAll(ofReaders);
        table.getColumns().add(attempts);
        add(
                MessageOrder.By.UPDATED,
                Look.column(texts.get("message.updated"), 84, row -> brief(row, Message::updatedAt)));
        // The pane says both of the chosen message; where there is little room, the addresses need it more.
        for (TableColumn<Message, ?> column : List.of(number, attempts)) {
            column.visibleProperty().bind(table.widthProperty().greaterThan(ROOMY));
        }
        showOrder();
        table.setSortPolicy(any -> sort());
        table.setPlaceholder(new Label());
        model.messages.settledProperty().addListener((property, before, settled) -> {
            if (settled) {
                placeholder();
                chooseAgain();
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

    private void add(MessageOrder.By by, TableColumn<Message, ?> column) {
        column.setSortable(true);
        column.setId("column-" + by.name());
        sorted.put(by, column);
        table.getColumns().add(column);
    }

    private String brief(Message message, Function<Message, @Nullable Instant> time) {
        Standing now = mailing.standing.get();
        Instant at = time.apply(message);
        return at == null || now == null
                ? ""
                : Timings.brief(texts, at, mailing.now(), now.plan().zone());
    }

    /** Puts the arrow into the head of the column by which they are sorted. */
    private void showOrder() {
        MessageOrder order = model.order.get();
        TableColumn<Message, ?> column = sorted.get(order.by());
        if (column != null && !order.equals(MessageOrder.LIST)) {
            column.setSortType(order.descending() ? SortType.DESCENDING : SortType.ASCENDING);
            table.getSortOrder().add(column);
        }
    }

    /** The store sorts, all of them and not only what was read; the table only says by what. */
    private boolean sort() {
        List<TableColumn<Message, ?>> heads = List.copyOf(table.getSortOrder());
        if (heads.size() > 1) {
            UiThread.later(() -> table.getSortOrder().setAll(List.of(heads.get(heads.size() - 1))));
            return true;
        }
        MessageOrder now = heads.isEmpty()
                ? MessageOrder.LIST
                : sorted.entrySet().stream()
                        .filter(entry -> entry.getValue() == heads.get(0))
                        .map(entry ->
                                new MessageOrder(entry.getKey(), heads.get(0).getSortType() == SortType.DESCENDING))
                        .findFirst()
                        .orElse(MessageOrder.LIST);
        model.order.set(now);
        return true;
    }

    /** The message in the pane stays the chosen one where it is among those that were read anew. */
    private void chooseAgain() {
        Message selected = table.getSelectionModel().getSelectedItem();
        if (model.chosenId() != 0 && (selected == null || selected.id() != model.chosenId())) {
            for (int i = 0; i < table.getItems().size(); i++) {
                if (table.getItems().get(i).id() == model.chosenId()) {
                    table.getSelectionModel().clearAndSelect(i);
                    return;
                }
            }
        }
    }

    private void placeholder() {
        Standing now = mailing.standing.get();
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
        MenuItem browser = item("message.browser", "fth-external-link", this::openSelectedInBrowser);
        browser.setId("row-in-browser");
        MenuItem copy = item("messages.copy_rows", "fth-copy", this::copyRows);
        copy.setAccelerator(RowActions.COPY);
        MenuItem addresses = item("message.copy_address", "fth-at-sign", this::copyAddresses);
        MenuItem chosenAgain = item("messages.send_chosen", "fth-repeat", this::sendChosen);
        chosenAgain.setId("send-chosen");
        MenuItem allAgain = item("messages.send_all", "fth-repeat", this::sendMeeting);
        MenuItem list = item("messages.to_list", "fth-users", this::toList);
        Permits permits = context.permits();
        List.of(chosenAgain, allAgain).forEach(item -> permits.need(Right.SEND_MAILINGS, item));
        List.of(copy, addresses).forEach(item -> permits.need(Right.EXPORT, item));
        permits.need(Right.EDIT_RECIPIENTS, list);
        ContextMenu menu = new ContextMenu(
                open,
                browser,
                copy,
                addresses,
                new SeparatorMenuItem(),
                chosenAgain,
                allAgain,
                new SeparatorMenuItem(),
                list);
        menu.setOnShowing(event -> {
            Standing now = mailing.standing.get();
            boolean may = now != null && SendAgainDialog.offeredFor(now.plan());
            chosenAgain.setDisable(!may);
            allAgain.setDisable(!may);
            Message message = row.getItem();
            browser.setDisable(message == null || !detail.canBeInBrowser(message));
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

    private List<Message> selected() {
        return table.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .toList();
    }

    private void sendChosen() {
        List<Long> ids = selected().stream().map(Message::id).toList();
        if (!ids.isEmpty()) {
            sendAgain.accept(new Resend(model.filter.get().planId(), Resend.Whom.SELECTION, ids));
        }
    }

    private void sendMeeting() {
        sendAgain.accept(Resend.toAllMeeting(model.filter.get()));
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
            tile.setVisible(!ended || totals.in(of) > 0 || chosen().contains(of));
            tile.setManaged(tile.isVisible());
        });
        if (changed) {
            tiles.getChildren().setAll(allTile);
            tiles.getChildren().addAll(tileNodes.values());
            markTiles();
        }
    }

    private void markTiles() {
        Set<MessageState> chosen = chosen();
        allTile.pseudoClassStateChanged(CHOSEN, chosen.isEmpty());
        tileNodes.forEach((of, tile) -> tile.pseudoClassStateChanged(CHOSEN, chosen.contains(of)));
    }

    /** Asks for a name, again with what was typed when it is taken. */
    private void toList() {
        Standing now = mailing.standing.get();
        if (now != null) {
            MessageFilter filter = model.filter.get();
            String which = filter.equals(MessageFilter.all(filter.planId()))
                    ? texts.get("messages.to_list.all")
                    : words(filter);
            toList(
                    now.plan(),
                    filter,
                    texts.get("messages.to_list.name", now.plan().title(), which),
                    "recipients.name");
        }
    }

    private String words(MessageFilter filter) {
        List<String> parts = new ArrayList<>();
        filter.states().stream().sorted().forEach(state -> parts.add(texts.code("message", state)));
        if (filter.reason() != null) {
            parts.add(texts.code("reason", filter.reason()));
        }
        if (filter.mark() != null) {
            parts.add(texts.code("mark", filter.mark()));
        }
        if (!filter.search().isBlank()) {
            parts.add(filter.search());
        }
        return String.join(", ", parts);
    }

    private void toList(Plan plan, MessageFilter filter, String proposal, String label) {
        Ask.line(node, texts, texts.get("messages.to_list.title"), texts.get(label), proposal)
                .ifPresent(name -> LongWork.inWindow(
                        context,
                        node,
                        texts.get("messages.to_list.title"),
                        progress ->
                                context.features().lists().making().ofMessages(filter, plan.title(), name, progress),
                        list -> {
                            context.notices().done(texts.get("messages.to_list.done"));
                            context.go().accept(new Place.Sheet(list));
                        },
                        failure -> {
                            if (failure instanceof NameTakenException) {
                                toList(plan, filter, name, "recipients.name.taken");
                            } else {
                                context.background().tell(failure);
                            }
                        }));
    }

    private void openSelected() {
        Message message = table.getSelectionModel().getSelectedItem();
        if (message != null) {
            detail.openMail(message);
        }
    }

    private void openSelectedInBrowser() {
        Message message = table.getSelectionModel().getSelectedItem();
        if (message != null) {
            detail.openInBrowser(message);
        }
    }

    private void copyAddresses() {
        Look.copy(selected().stream().map(Message::address).collect(Collectors.joining("\n")));
    }

    private void copyRows() {
        Look.copy(selected().stream()
                .map(message -> String.join(
                        "\t",
                        Long.toString(message.id()),
                        message.address(),
                        texts.code("message", message.state()),
                        texts.code("reason", message.reason()),
                        time(message.openedAt()),
                        time(message.clickedAt()),
                        Integer.toString(message.attempts()),
                        time(message.updatedAt())))
                .collect(Collectors.joining("\n")));
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : at.toString();
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
        model.show();
        model.recount();
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
        filters.search();
    }
}
