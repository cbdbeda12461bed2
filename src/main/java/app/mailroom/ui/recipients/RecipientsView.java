package app.mailroom.ui.recipients;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.recipients.VariableNames;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.LazyRows;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.recipients.RecipientsViewModel.Chosen;
import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Lists on the left, the rows and problems of one on the right. */
public final class RecipientsView implements Screen {
    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final Texts texts;
    private final ScreenContext context;
    private final RecipientsViewModel model;
    private final ListView<RecipientList> lists = new ListView<>();
    private final TableView<RecipientRow> rows = Look.table();
    private final TableView<ImportProblem> problems = Look.table();
    private final Tab problemsTab = new Tab();
    private final Label title = new Label();
    private final Label source = Look.muted("");
    private final VBox node;
    private long wanted;

    /** Empty until opened. */
    public RecipientsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new RecipientsViewModel(context);
        Button load = Look.primary(texts.get("recipients.import"), "fth-upload", this::importFile);
        load.setId("import-list");
        SplitPane split = new SplitPane(lists, content());
        split.setDividerPositions(0.22);
        SplitPane.setResizableWithParent(lists, false);
        Node empty = Look.empty(
                "fth-users",
                texts.get("recipients.empty.title"),
                texts.get("recipients.empty.hint"),
                Look.primary(texts.get("recipients.import"), "fth-upload", this::importFile));
        empty.visibleProperty().bind(Bindings.isEmpty(model.lists).and(model.loaded));
        split.visibleProperty().bind(empty.visibleProperty().not());
        StackPane body = new StackPane(split, empty);
        VBox.setVgrow(body, Priority.ALWAYS);
        lists();
        node = Look.page(Look.header(texts.get("page.RECIPIENTS"), load), body);
        acceptFiles();
        model.chosen.addListener((property, before, chosen) -> show(chosen));
    }

    private void lists() {
        lists.setId("lists");
        lists.setItems(model.lists);
        lists.setMinWidth(180);
        lists.getStyleClass().add("side-list");
        lists.setCellFactory(any -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable RecipientList list, boolean empty) {
                super.updateItem(list, empty);
                setText(null);
                setGraphic(empty || list == null ? null : line(list));
            }
        });
        lists.getSelectionModel().selectedItemProperty().addListener((property, before, list) -> {
            if (list != null) {
                model.choose(list);
            }
        });
        model.lists.addListener((javafx.collections.ListChangeListener<RecipientList>) change -> selectWanted());
    }

    /** After a load: the list just imported, the one that was chosen, or the first. */
    private void selectWanted() {
        Chosen chosen = model.chosen.get();
        long id = wanted != 0 ? wanted : chosen == null ? 0 : chosen.list().id();
        UiThread.later(() -> {
            for (RecipientList list : model.lists) {
                if (list.id() == id) {
                    lists.getSelectionModel().select(list);
                    wanted = 0;
                    return;
                }
            }
            if (lists.getSelectionModel().isEmpty() && !model.lists.isEmpty()) {
                lists.getSelectionModel().select(0);
            }
        });
    }

    private Node line(RecipientList list) {
        Label name = new Label(list.name());
        name.setMaxWidth(Double.MAX_VALUE);
        Label count = Look.muted(
                list.problemCount() == 0
                        ? texts.get("recipients.count", texts.number(list.rowCount()))
                        : texts.get(
                                "recipients.count.problems",
                                texts.number(list.rowCount()),
                                texts.number(list.problemCount())));
        count.setWrapText(false);
        count.getStyleClass().add(Styles.TEXT_SMALL);
        VBox line = new VBox(2, name, count);
        line.setMinWidth(0);
        line.setPrefWidth(0);
        return line;
    }

    private Node content() {
        title.getStyleClass().add(Styles.TITLE_4);
        title.setMinWidth(0);
        source.setWrapText(false);
        HBox head = new HBox(
                8,
                new VBox(2, title, source),
                Look.gap(),
                Look.iconButton(texts.get("recipients.rename"), "fth-edit-2", this::rename),
                Look.iconButton(texts.get("recipients.delete"), "fth-trash-2", this::delete));
        head.setAlignment(Pos.CENTER_LEFT);
        rows.setId("rows");
        rows.setItems(model.rows.rows());
        rows.setRowFactory(any -> lazyRow(model.rows));
        // Any number of columns: they are scrolled, not squeezed.
        rows.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        rows.setPlaceholder(new Label());
        problems.setItems(model.problems.rows());
        problems.setRowFactory(any -> lazyRow(model.problems));
        problems.getColumns().add(Look.numbers(texts.get("problems.line"), 80, row -> texts.number(row.line())));
        problems.getColumns()
                .add(Look.column(texts.get("message.reason"), 260, row -> texts.code("address", row.reason())));
        problems.getColumns().add(Look.column(texts.get("problems.detail"), 220, ImportProblem::detail));
        problems.getColumns().add(Look.column(texts.get("problems.row"), 400, ImportProblem::row));
        problems.setPlaceholder(
                Look.empty("fth-check-circle", texts.get("problems.none"), texts.get("problems.none.hint")));
        Tab rowsTab = new Tab(texts.get("recipients.rows"), body(rows));
        problemsTab.setContent(body(problems));
        problemsTab.setText(texts.get("recipients.problems", "0"));
        rowsTab.setClosable(false);
        problemsTab.setClosable(false);
        TabPane tabs = new TabPane(rowsTab, problemsTab);
        VBox.setVgrow(tabs, Priority.ALWAYS);
        VBox content = new VBox(8, head, tabs);
        content.getStyleClass().add("pane");
        content.visibleProperty().bind(model.chosen.isNotNull());
        return content;
    }

    private static VBox body(Node table) {
        VBox body = new VBox(table);
        body.getStyleClass().add("tab-body");
        return body;
    }

    private static <T> TableRow<T> lazyRow(LazyRows<T> from) {
        TableRow<T> row = new TableRow<>();
        row.indexProperty().addListener((property, before, index) -> from.needed(index.intValue()));
        return row;
    }

    private void show(@Nullable Chosen chosen) {
        if (chosen == null) {
            return;
        }
        RecipientList list = chosen.list();
        title.setText(list.name());
        source.setText(texts.get("recipients.source", list.source(), texts.time(list.createdAt())));
        problemsTab.setText(texts.get("recipients.problems", texts.number(list.problemCount())));
        List<TableColumn<RecipientRow, String>> columns = new ArrayList<>();
        columns.add(Look.column(texts.get("message.address"), 280, RecipientRow::address));
        for (RecipientColumn column : chosen.columns()) {
            if (!column.variable().equals(VariableNames.ADDRESS)) {
                int slot = column.slot();
                columns.add(Look.column(
                        column.name(),
                        144,
                        row -> slot < row.values().size() ? row.values().get(slot) : ""));
            }
        }
        rows.getColumns().setAll(columns);
    }

    private void rename() {
        Chosen chosen = model.chosen.get();
        if (chosen != null) {
            Ask.line(
                            node,
                            texts,
                            texts.get("recipients.rename"),
                            texts.get("recipients.name"),
                            chosen.list().name())
                    .ifPresent(name -> model.rename(chosen.list(), name, title::setText));
        }
    }

    private void delete() {
        Chosen chosen = model.chosen.get();
        if (chosen != null
                && Ask.confirm(
                        node,
                        texts,
                        texts.get("recipients.delete"),
                        texts.get(
                                "recipients.delete.question",
                                chosen.list().name(),
                                texts.number(chosen.list().rowCount())),
                        texts.get("recipients.delete"),
                        true)) {
            lists.getSelectionModel().clearSelection();
            model.delete(chosen.list(), () -> context.notices().done(texts.get("recipients.deleted")));
        }
    }

    private void importFile() {
        ImportDialog.choose(texts, node).ifPresent(this::open);
    }

    private void open(RecipientSource source) {
        ImportDialog.open(context, node, Optional.of(source), Optional.empty(), listId -> {
            wanted = listId;
            model.reload();
        });
    }

    private void acceptFiles() {
        node.setOnDragOver(event -> {
            if (ImportDialog.droppedFile(event.getDragboard()).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        node.setOnDragDropped(event -> {
            Optional<RecipientSource> file = ImportDialog.droppedFile(event.getDragboard());
            event.setDropCompleted(file.isPresent());
            event.consume();
            // The drop has to end before a dialog may wait for the person.
            file.ifPresent(source -> UiThread.later(() -> open(source)));
        });
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (PASTE.match(event)) {
                ImportDialog.pasted(Clipboard.getSystemClipboard()).ifPresent(this::open);
                event.consume();
            }
        });
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        lists.requestFocus();
    }

    @Override
    public void refresh() {
        model.reload();
    }
}
