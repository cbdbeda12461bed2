package app.mailroom.ui.templates;

import app.mailroom.authoring.TemplateFile;
import app.mailroom.model.Right;
import app.mailroom.model.Template;
import app.mailroom.ui.common.ChoiceTable;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Permits;
import app.mailroom.ui.common.RowActions.Action;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The list of templates with a look at the chosen one. Writing happens on the page of each. */
public final class TemplatesView implements Screen {
    private final ScreenContext context;
    private final Texts texts;
    private final Permits permits;
    private final TemplatesViewModel model;
    private final TemplateDeeds deeds;
    private final TemplateTable list;
    private final TemplatePane pane;
    private final TextField search;
    private final VBox node = Look.page();

    /** The list, empty until it is opened. */
    public TemplatesView(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        this.permits = context.permits();
        this.model = new TemplatesViewModel(context);
        this.list = new TemplateTable(texts, this::openChosen);
        this.deeds = new TemplateDeeds(context, model, node, list::choose);
        this.pane = new TemplatePane(texts, this::openChosen, menu(false));
        this.search = Look.searchField(texts.get("templates.search"));
        search.setId("template-search");
        search.textProperty().bindBidirectional(model.search);
        search.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.DOWN || event.getCode() == KeyCode.ENTER) {
                event.consume();
                list.node().requestFocus();
            }
        });
        list.menu(tableMenu());
        keys();
        SplitPane split = new SplitPane(list.node(), pane.node());
        split.setDividerPositions(0.62);
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
        model.found.addListener((property, before, found) -> {
            placeholder();
            list.show(found);
        });
        list.chosen().addListener((property, before, now) -> look(now));
        model.look.addListener((property, before, look) -> {
            if (look != null && list.chosen().get().size() == 1) {
                pane.show(look);
            }
        });
    }

    private Node header() {
        Button create = Look.primary(texts.get("templates.new"), "fth-plus", deeds::create);
        create.setId("new-template");
        Button load = Look.button(texts.get("templates.import"), "fth-upload", deeds::chooseFiles);
        load.setId("import-template");
        load.disableProperty().bind(model.importing);
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(20, 20);
        busy.setAccessibleText(texts.get("templates.importing"));
        busy.visibleProperty().bind(model.importing);
        busy.managedProperty().bind(busy.visibleProperty());
        List.of(create, load).forEach(button -> permits.need(Right.EDIT_TEMPLATES, button));
        return Look.header(texts.get("page.TEMPLATES"), busy, segments(), search, load, create);
    }

    private Node segments() {
        ToggleGroup group = new ToggleGroup();
        HBox box = new HBox(
                segment(group, texts.get("templates.in_use"), Styles.LEFT_PILL, false),
                segment(group, texts.get("templates.archive.name"), Styles.RIGHT_PILL, true));
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private ToggleButton segment(ToggleGroup group, String text, String style, boolean archived) {
        ToggleButton button = new ToggleButton(text);
        button.setId(archived ? "templates-archived" : "templates-in-use");
        button.getStyleClass().add(style);
        button.setMinWidth(ToggleButton.USE_PREF_SIZE);
        button.setToggleGroup(group);
        button.setSelected(model.archived.get() == archived);
        // Arrow keys choose within a group too, and one of both always holds.
        button.selectedProperty().addListener((property, before, now) -> {
            if (now) {
                model.archived.set(archived);
            } else if (group.getSelectedToggle() == null && model.archived.get() == archived) {
                button.setSelected(true);
            }
        });
        model.archived.addListener((property, before, now) -> button.setSelected(now == archived));
        return button;
    }

    private Node empty() {
        return Look.empty(
                "fth-file-text",
                texts.get("templates.empty.title"),
                texts.get("templates.empty.hint"),
                permits.need(
                        Right.EDIT_TEMPLATES,
                        Look.button(texts.get("templates.import"), "fth-upload", deeds::chooseFiles)),
                permits.need(
                        Right.EDIT_TEMPLATES, Look.primary(texts.get("templates.new"), "fth-plus", deeds::create)));
    }

    private void placeholder() {
        boolean none = model.search.get().isBlank();
        list.node()
                .setPlaceholder(
                        none
                                ? Look.empty(
                                        "fth-archive",
                                        texts.get(model.archived.get() ? "templates.none.archived" : "templates.none"),
                                        texts.get(
                                                model.archived.get()
                                                        ? "templates.none.archived.hint"
                                                        : "templates.none.hint"))
                                : Look.empty(
                                        "fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint")));
    }

    private void look(List<Template> templates) {
        if (templates.size() == 1) {
            model.choose(templates.get(0));
        } else {
            model.choose(null);
            pane.nothing(
                    templates.isEmpty()
                            ? texts.get("templates.choose")
                            : texts.get("templates.chosen", texts.number(templates.size())));
        }
    }

    /** The menu of the table: opening, which has a button of its own beside it, and all else. */
    private List<MenuItem> tableMenu() {
        MenuItem open =
                new Action(texts.get("templates.open"), "fth-edit-3", this::openChosen).item("template-menu-open");
        list.needsOne(open);
        List<MenuItem> items = new ArrayList<>(List.of(open));
        items.addAll(menu(true));
        return items;
    }

    /** What can be done to the chosen templates; the keys stand in one menu only, since they hold for the whole page. */
    private List<MenuItem> menu(boolean keys) {
        MenuItem duplicate = new Action(
                        texts.get("templates.duplicate"), "fth-copy", () -> list.withOne(deeds::duplicate))
                .item("template-menu-duplicate");
        MenuItem rename = new Action(texts.get("templates.rename"), "fth-type", () -> list.withOne(deeds::rename))
                .item("template-menu-rename");
        MenuItem html = new Action(
                        texts.get("templates.export_html"), "fth-download", () -> list.withOne(deeds::exportHtml))
                .item("template-menu-html");
        MenuItem zip = new Action(
                        texts.get("templates.export_zip"), "fth-package", () -> list.withOne(deeds::exportZip))
                .item("template-menu-zip");
        MenuItem own = new Action(texts.get("templates.export_own"), "fth-gift", () -> list.withOne(deeds::exportOwn))
                .item("template-menu-own");
        List.of(duplicate, rename, html, zip, own).forEach(list::needsOne);
        MenuItem archive = new Action(
                        texts.get("templates.archive"),
                        "fth-archive",
                        () -> deeds.archive(list.chosen().get(), !model.archived.get()))
                .item("template-menu-archive");
        archive.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(model.archived.get() ? "templates.bring_back" : "templates.archive"),
                        model.archived));
        MenuItem delete = new Action(
                        texts.get("templates.delete"),
                        "fth-trash-2",
                        () -> deeds.delete(list.chosen().get()))
                .item("template-menu-delete");
        if (keys) {
            duplicate.setAccelerator(ChoiceTable.DUPLICATE);
            rename.setAccelerator(ChoiceTable.RENAME);
            delete.setAccelerator(ChoiceTable.DELETE);
        }
        List.of(duplicate, rename, archive, delete).forEach(item -> permits.need(Right.EDIT_TEMPLATES, item));
        return List.of(
                duplicate, rename, new SeparatorMenuItem(), html, zip, own, new SeparatorMenuItem(), archive, delete);
    }

    private void keys() {
        onKeys(ChoiceTable.RENAME, () -> list.withOne(deeds::rename));
        onKeys(ChoiceTable.DUPLICATE, () -> list.withOne(deeds::duplicate));
        onKeys(ChoiceTable.DELETE, () -> deeds.delete(list.chosen().get()));
    }

    private void onKeys(KeyCombination keys, Runnable deed) {
        list.onKeys(keys, context.ifAllowed(Right.EDIT_TEMPLATES, deed));
    }

    private void openChosen() {
        list.withOne(deeds::open);
    }

    private void acceptFiles() {
        node.setOnDragOver(event -> {
            if (!templateFiles(event.getDragboard()).isEmpty()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        node.setOnDragDropped(event -> {
            List<Path> files = templateFiles(event.getDragboard());
            event.setDropCompleted(!files.isEmpty());
            event.consume();
            if (!files.isEmpty()) {
                context.ifAllowed(Right.EDIT_TEMPLATES, () -> deeds.importFiles(files))
                        .run();
            }
        });
    }

    private static List<Path> templateFiles(Dragboard board) {
        return board.hasFiles()
                ? board.getFiles().stream()
                        .filter(file -> mayHold(file.getName()))
                        .map(File::toPath)
                        .toList()
                : List.of();
    }

    @Override
    public void take(Path file) {
        context.ifAllowed(Right.EDIT_TEMPLATES, () -> deeds.importFiles(List.of(file)))
                .run();
    }

    /** Whether a file of this name may hold a template. */
    public static boolean mayHold(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Stream.of(".html", ".htm", ".zip", TemplateFile.OWN).anyMatch(lower::endsWith);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public void opened() {
        refresh();
        // Later, because before the window is shown for the first time nothing takes the focus.
        UiThread.later(list.node()::requestFocus);
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
