package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.model.Right;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.recipients.RecipientsViewModel.Line;
import app.mailroom.ui.recipients.RecipientsViewModel.Shown;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The table of recipient lists with a look at the chosen one. Their rows are on the page of each. */
public final class RecipientsView implements Screen {
    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final Texts texts;
    private final ScreenContext context;
    private final RecipientsViewModel model;
    private final ListDeeds deeds;
    private final ListTable table;
    private final ListPane pane;
    private final TextField search;
    private final VBox node = Look.page();

    /** The table, empty until it is opened. */
    public RecipientsView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.model = new RecipientsViewModel(context);
        this.table = new ListTable(texts, this::openChosen, model::keepOrder);
        this.deeds = new ListDeeds(context, model, node, table::choose);
        this.pane = new ListPane(
                texts,
                context.permits(),
                new ListPane.Deeds(
                        this::openChosen,
                        () -> withLook(deeds::mend),
                        () -> withLook(deeds::showProblems),
                        () -> withOne(deeds::takeIn)),
                menu(false));
        this.search = Look.searchField(texts.get("recipients.search"));
        search.setId("list-search");
        search.textProperty().bindBidirectional(model.search);
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                event.consume();
                table.node().requestFocus();
            }
        });
        table.menu(tableMenu());
        keys();
        SplitPane split = new SplitPane(table.node(), pane.node());
        split.setDividerPositions(0.66);
        SplitPane.setResizableWithParent(pane.node(), false);
        Node empty = empty();
        empty.visibleProperty()
                .bind(model.loaded.and(
                        Bindings.createBooleanBinding(() -> model.all.get().isEmpty(), model.all)));
        split.visibleProperty().bind(empty.visibleProperty().not());
        StackPane body = new StackPane(split, empty);
        VBox.setVgrow(body, Priority.ALWAYS);
        node.getChildren().setAll(header(), body);
        acceptFiles();
        node.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (PASTE.match(event)) {
                event.consume();
                paste();
            }
        });
        table.node()
                .setPlaceholder(
                        Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
        model.found.addListener((property, before, found) -> table.show(found));
        table.chosen().addListener((property, before, now) -> look(now));
        model.look.addListener((property, before, look) -> {
            if (look != null && table.chosen().get().size() == 1) {
                pane.show(look);
            }
        });
        model.order(table::order);
    }

    private Node header() {
        Button create = Look.button(texts.get("recipients.new"), "fth-plus", deeds::create);
        create.setId("new-list");
        Button load = Look.primary(texts.get("recipients.import"), "fth-upload", this::importFile);
        load.setId("import-list");
        List.of(create, load).forEach(button -> context.permits().need(Right.EDIT_RECIPIENTS, button));
        return Look.header(texts.get("page.RECIPIENTS"), search, create, load);
    }

    private Node empty() {
        return Look.empty(
                "fth-users",
                texts.get("recipients.empty.title"),
                texts.get("recipients.empty.hint"),
                editing(Look.button(texts.get("recipients.new"), "fth-plus", deeds::create)),
                editing(Look.button(texts.get("recipients.paste"), "fth-clipboard", this::paste)),
                editing(Look.primary(texts.get("recipients.import"), "fth-upload", this::importFile)));
    }

    private Button editing(Button button) {
        return context.permits().need(Right.EDIT_RECIPIENTS, button);
    }

    private void look(List<Line> lines) {
        if (lines.size() == 1) {
            model.choose(lines.get(0));
        } else {
            model.choose(null);
            pane.nothing(
                    lines.isEmpty()
                            ? texts.get("recipients.choose")
                            : texts.get("recipients.chosen", texts.number(lines.size())));
        }
    }

    /** The menu of the table: opening, which has a button of its own beside it, and all else. */
    private List<MenuItem> tableMenu() {
        MenuItem open = new Action(texts.get("recipients.open"), "fth-edit-3", this::openChosen).item("list-menu-open");
        table.needsOne(open);
        List<MenuItem> items = new ArrayList<>(List.of(open));
        items.addAll(menu(true));
        return items;
    }

    /** What can be done to the chosen lists; the keys stand in one menu only, since they hold for the whole page. */
    private List<MenuItem> menu(boolean keys) {
        MenuItem duplicate = new Action(texts.get("recipients.duplicate"), "fth-copy", () -> withOne(deeds::duplicate))
                .item("list-menu-duplicate");
        MenuItem rename = new Action(texts.get("recipients.rename"), "fth-type", () -> withOne(deeds::rename))
                .item("list-menu-rename");
        MenuItem export = new Action(texts.get("recipients.export"), "fth-download", () -> withOne(deeds::export))
                .item("list-menu-export");
        MenuItem split = new Action(texts.get("recipients.split"), "fth-git-branch", () -> withOne(deeds::split))
                .item("list-menu-split");
        List.of(duplicate, rename, export, split).forEach(table::needsOne);
        MenuItem merge = new Action(texts.get("recipients.merge"), "fth-git-merge", () -> deeds.merge(lists()))
                .item("list-menu-merge");
        MenuItem person = new Action(
                        texts.get("recipients.person"),
                        "fth-user",
                        () -> PersonDialog.open(context, node, Optional.empty()))
                .item("list-menu-person");
        MenuItem delete = new Action(texts.get("recipients.delete"), "fth-trash-2", () -> deeds.delete(lists()))
                .item("list-menu-delete");
        if (keys) {
            duplicate.setAccelerator(ChoiceTable.DUPLICATE);
            rename.setAccelerator(ChoiceTable.RENAME);
            delete.setAccelerator(ChoiceTable.DELETE);
        }
        List.of(duplicate, rename, split, merge, delete)
                .forEach(item -> context.permits().need(Right.EDIT_RECIPIENTS, item));
        context.permits().need(Right.EXPORT, export);
        return List.of(
                duplicate,
                rename,
                new SeparatorMenuItem(),
                export,
                split,
                merge,
                person,
                new SeparatorMenuItem(),
                delete);
    }

    private void keys() {
        onKeys(ChoiceTable.RENAME, () -> withOne(deeds::rename));
        onKeys(ChoiceTable.DUPLICATE, () -> withOne(deeds::duplicate));
        onKeys(ChoiceTable.DELETE, () -> deeds.delete(lists()));
    }

    private void onKeys(KeyCombination keys, Runnable deed) {
        table.onKeys(keys, context.ifAllowed(Right.EDIT_RECIPIENTS, deed));
    }

    private void openChosen() {
        withOne(deeds::open);
    }

    private List<RecipientList> lists() {
        return table.chosen().get().stream().map(Line::list).toList();
    }

    private void withOne(Consumer<RecipientList> deed) {
        table.withOne(line -> deed.accept(line.list()));
    }

    private void withLook(Consumer<Shown> deed) {
        Shown look = model.look.get();
        if (look != null) {
            deed.accept(look);
        }
    }

    private void importFile() {
        ImportDialog.choose(texts, node).ifPresent(this::load);
    }

    private void load(RecipientSource source) {
        ImportDialog.open(context, node, Optional.of(source), Optional.empty(), listId -> {
            table.choose(listId);
            model.reload();
        });
    }

    private void paste() {
        ImportDialog.pasted(Clipboard.getSystemClipboard())
                .ifPresentOrElse(this::load, () -> context.notices().warn(texts.get("recipients.paste.nothing")));
    }

    @Override
    public void take(Path file) {
        context.ifAllowed(Right.EDIT_RECIPIENTS, () -> load(new RecipientSource.OfFile(file)))
                .run();
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
            file.ifPresent(dropped -> UiThread.later(() -> load(dropped)));
        });
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
    public void search() {
        search.requestFocus();
        search.selectAll();
    }
}
