package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.recipients.ImportResult;
import app.mailroom.recipients.ImportTarget;
import app.mailroom.recipients.RecipientFormat;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.io.File;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.Property;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.Clipboard;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Modality;
import javafx.stage.Stage;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * Takes recipients of a file or of copied text into a list: shows how they were understood, lets the person correct it,
 * imports, and says what came of it.
 */
public final class ImportDialog {
    private static final double WIDTH = 920;
    private static final double HEIGHT = 660;
    private static final List<String> ENDINGS = List.of(".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls");
    private static final KeyCombination PASTE = new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    private final Texts texts;
    private final ScreenContext context;
    private final ImportViewModel model;
    private final LongConsumer done;
    private final Stage stage = new Stage();
    private final StackPane root = new StackPane();

    private ImportDialog(ScreenContext context, Node owner, LongConsumer done) {
        this.context = context;
        this.texts = context.texts();
        this.model = new ImportViewModel(context);
        this.done = done;
        stage.initOwner(owner.getScene().getWindow());
        stage.initModality(Modality.WINDOW_MODAL);
        stage.setTitle(texts.get("import.window"));
        root.getChildren().setAll(content());
        Scene scene = new Scene(root, WIDTH, HEIGHT);
        scene.getStylesheets().setAll(owner.getScene().getStylesheets());
        stage.setScene(scene);
        stage.setMinWidth(720);
        stage.setMinHeight(540);
        stage.setOnCloseRequest(event -> {
            if (model.running.get()) {
                // What was done has to be taken back first, and the person sees that it is.
                event.consume();
                model.cancel();
            }
        });
        acceptFiles();
    }

    /**
     * Opens the window.
     *
     * @param source what to import; without one the person chooses in the window
     * @param targetListId the list that is proposed to import into; a new one without it
     * @param done is told the id of the list that rows went into
     */
    public static void open(
            ScreenContext context,
            Node owner,
            Optional<RecipientSource> source,
            Optional<Long> targetListId,
            LongConsumer done) {
        ImportDialog dialog = new ImportDialog(context, owner, done);
        dialog.model.load(targetListId);
        source.ifPresent(dialog.model::take);
        dialog.stage.setOnShown(event -> dialog.focus());
        dialog.stage.show();
    }

    /** The file that is being dragged, if it is a single one that may hold recipients. */
    public static Optional<RecipientSource> droppedFile(Dragboard board) {
        if (!board.hasFiles() || board.getFiles().size() != 1) {
            return Optional.empty();
        }
        File file = board.getFiles().get(0);
        return mayHold(file.getName()) ? Optional.of(new RecipientSource.OfFile(file.toPath())) : Optional.empty();
    }

    /** Whether a file of this name may hold recipients. */
    public static boolean mayHold(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith);
    }

    /** What is in the clipboard, if it is a file or text that may hold recipients: a table, or an address. */
    public static Optional<RecipientSource> pasted(Clipboard clipboard) {
        if (clipboard.hasFiles() && clipboard.getFiles().size() == 1) {
            return Optional.of(
                    new RecipientSource.OfFile(clipboard.getFiles().get(0).toPath()));
        }
        String text = clipboard.hasString() ? clipboard.getString() : "";
        boolean table = text.indexOf('\t') >= 0 || text.strip().indexOf('\n') >= 0 || text.indexOf('@') >= 0;
        return table && !text.isBlank() ? Optional.of(new RecipientSource.OfText(text)) : Optional.empty();
    }

    /** Asks for a file that may hold recipients. */
    public static Optional<RecipientSource> choose(Texts texts, Node owner) {
        FileChooser chooser = new FileChooser();
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(
                        texts.get("import.files"), "*.csv", "*.tsv", "*.txt", "*.xlsx", "*.xlsm"));
        File file = chooser.showOpenDialog(owner.getScene().getWindow());
        return file == null ? Optional.empty() : Optional.of(new RecipientSource.OfFile(file.toPath()));
    }

    /** The name is what a person changes most; without a source there is nothing to name yet. */
    private void focus() {
        Node first = root.lookup(model.source.get() == null ? "#import-choose" : "#import-name");
        if (first != null) {
            first.requestFocus();
        }
    }

    private void acceptFiles() {
        root.setOnDragOver(event -> {
            if (!model.running.get() && droppedFile(event.getDragboard()).isPresent()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        root.setOnDragDropped(event -> {
            Optional<RecipientSource> file = droppedFile(event.getDragboard());
            event.setDropCompleted(file.isPresent());
            event.consume();
            file.ifPresent(model::take);
        });
        root.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (PASTE.match(event) && !model.running.get()) {
                event.consume();
                paste();
            }
        });
    }

    private void paste() {
        pasted(Clipboard.getSystemClipboard())
                .ifPresentOrElse(model::take, () -> model.problem.set(texts.get("import.nothing_to_paste")));
    }

    private Node content() {
        ImportPreview preview = new ImportPreview(model, texts);
        VBox.setVgrow(preview.node(), Priority.ALWAYS);
        Node empty = dropZone();
        VBox.setVgrow(empty, Priority.ALWAYS);
        BooleanBinding none = model.source.isNull();
        shownWhen(empty, none);
        shownWhen(preview.node(), none.not());
        HBox source = source();
        HBox options = options();
        VBox target = target();
        shownWhen(target, none.not());
        VBox top = new VBox(16, source, options);
        shownWhen(top, none.not());
        VBox middle = new VBox(16, top, empty, preview.node(), target);
        middle.disableProperty().bind(model.running);
        VBox.setVgrow(middle, Priority.ALWAYS);
        VBox box = new VBox(16, middle, problem(), foot());
        box.setPadding(new Insets(24));
        box.getStyleClass().add("page");
        return box;
    }

    private Node dropZone() {
        Button choose = Look.primary(
                texts.get("import.choose"),
                "fth-folder",
                () -> choose(texts, root).ifPresent(model::take));
        choose.setId("import-choose");
        Button paste = Look.button(texts.get("import.paste"), "fth-clipboard", this::paste);
        paste.setId("import-paste");
        VBox zone = Look.empty("fth-upload", texts.get("import.drop"), texts.get("import.drop.hint"), choose, paste);
        zone.getStyleClass().add("import-drop");
        return zone;
    }

    private HBox source() {
        Label name = new Label();
        name.setId("import-source");
        name.getStyleClass().add("import-source");
        name.setMinWidth(0);
        name.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> {
                            RecipientSource from = model.source.get();
                            return from instanceof RecipientSource.OfFile ? from.name() : texts.get("import.pasted");
                        },
                        model.source));
        FontIcon icon = new FontIcon("fth-file-text");
        ProgressIndicator busy = new ProgressIndicator();
        busy.setPrefSize(16, 16);
        busy.visibleProperty().bind(model.reading);
        Button other = Look.button(
                texts.get("import.other"),
                "fth-folder",
                () -> choose(texts, root).ifPresent(model::take));
        Button paste = Look.button(texts.get("import.paste"), "fth-clipboard", this::paste);
        HBox row = new HBox(8, icon, name, busy, Look.gap(), paste, other);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private HBox options() {
        ComboBox<Charset> charset = choice(model.charset, Charset::displayName);
        charset.setId("import-charset");
        charset.getItems().setAll(ImportViewModel.CHARSETS);
        ComboBox<Character> delimiter =
                choice(model.delimiter, sign -> sign == '\t' ? texts.get("import.tab") : sign.toString());
        delimiter.setId("import-delimiter");
        delimiter.getItems().setAll(ImportViewModel.DELIMITERS);
        ComboBox<RecipientFormat.SheetName> sheet =
                choice(model.sheet, one -> one.hidden() ? texts.get("import.sheet.hidden", one.name()) : one.name());
        sheet.setId("import-sheet");
        CheckBox named = new CheckBox(texts.get("import.named"));
        named.setId("import-named");
        named.selectedProperty().bindBidirectional(model.named);
        HBox charsetField = labelled(texts.get("import.charset"), charset);
        HBox delimiterField = labelled(texts.get("import.delimiter"), delimiter);
        HBox sheetField = labelled(texts.get("import.sheet"), sheet);
        model.file.addListener((property, before, now) -> {
            if (now != null && now.format() instanceof RecipientFormat.Workbook workbook) {
                RecipientFormat.SheetName chosen = model.sheet.get();
                if (!sheet.getItems().equals(workbook.sheets())) {
                    sheet.getItems().setAll(workbook.sheets());
                    sheet.setValue(chosen);
                }
            }
        });
        BooleanBinding workbook = model.sheet.isNotNull();
        BooleanBinding fromFile =
                Bindings.createBooleanBinding(() -> model.source.get() instanceof RecipientSource.OfFile, model.source);
        shownWhen(sheetField, workbook);
        shownWhen(charsetField, workbook.not().and(fromFile));
        shownWhen(delimiterField, workbook.not());
        HBox row = new HBox(24, sheetField, charsetField, delimiterField, named);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private VBox target() {
        ToggleGroup group = new ToggleGroup();
        RadioButton made = new RadioButton(texts.get("import.into.new"));
        made.setId("import-into-new");
        made.setToggleGroup(group);
        RadioButton there = new RadioButton(texts.get("import.into.existing"));
        there.setId("import-into-existing");
        there.setToggleGroup(group);
        there.disableProperty().bind(Bindings.isEmpty(model.lists));
        made.setSelected(true);
        model.intoNew.addListener((property, before, now) -> group.selectToggle(now ? made : there));
        group.selectedToggleProperty().addListener((property, before, now) -> {
            if (now != null) {
                model.intoNew.set(now == made);
            }
        });
        HBox where = new HBox(16, made, there);

        TextField name = new TextField();
        name.setId("import-name");
        name.textProperty().bindBidirectional(model.name);
        ComboBox<Template> template = choice(model.template, Template::name);
        template.setId("import-template");
        template.setPromptText(texts.get("import.template.none"));
        template.setItems(model.templates);
        Button without = Look.iconButton(texts.get("import.template.none"), "fth-x", () -> model.template.set(null));
        without.visibleProperty().bind(model.template.isNotNull());
        without.managedProperty().bind(without.visibleProperty());
        HBox templateRow = new HBox(4, template, without);
        templateRow.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(template, Priority.ALWAYS);
        template.setMaxWidth(Double.MAX_VALUE);
        HBox fresh = new HBox(
                16, Look.field(texts.get("import.name"), name), Look.field(texts.get("import.template"), templateRow));
        equalWidths(fresh);
        shownWhen(fresh, model.intoNew);

        ComboBox<RecipientList> list =
                choice(model.list, one -> texts.get("import.list", one.name(), texts.number(one.rowCount())));
        list.setId("import-list");
        list.setItems(model.lists);
        list.setPromptText(texts.get("import.list.prompt"));
        ComboBox<ImportTarget.Mode> mode = choice(model.mode, one -> texts.code("import.mode", one));
        mode.setId("import-mode");
        mode.getItems().setAll(ImportTarget.Mode.values());
        HBox existing = new HBox(
                16, Look.field(texts.get("import.list.name"), list), Look.field(texts.get("import.mode.name"), mode));
        equalWidths(existing);
        CheckBox addsUnknown = new CheckBox(texts.get("import.adds_unknown"));
        addsUnknown.setId("import-adds-unknown");
        addsUnknown.selectedProperty().bindBidirectional(model.addsUnknown);
        CheckBox emptyClears = new CheckBox(texts.get("import.empty_clears"));
        emptyClears.setId("import-empty-clears");
        emptyClears.selectedProperty().bindBidirectional(model.emptyClears);
        HBox update = new HBox(24, addsUnknown, emptyClears);
        Label effect = Look.muted("");
        effect.textProperty()
                .bind(Bindings.createStringBinding(() -> texts.code("import.mode.hint", model.mode.get()), model.mode));
        effect.setMinHeight(Region.USE_PREF_SIZE);
        shownWhen(update, model.mode.isEqualTo(ImportTarget.Mode.UPDATE));
        VBox old = new VBox(8, existing, update, effect);
        shownWhen(old, model.intoNew.not());
        VBox box = new VBox(12, where, fresh, old);
        box.getStyleClass().add("import-target-pane");
        return box;
    }

    private static void equalWidths(HBox fields) {
        fields.getChildren().forEach(field -> {
            if (field instanceof Region region) {
                region.setPrefWidth(100);
            }
        });
    }

    private Label problem() {
        Label problem = new Label();
        problem.setId("import-problem");
        problem.setWrapText(true);
        problem.setMaxWidth(Double.MAX_VALUE);
        problem.setMinHeight(Region.USE_PREF_SIZE);
        problem.getStyleClass().addAll("finding", "finding-blocks");
        problem.textProperty().bind(model.problem);
        shownWhen(problem, model.problem.isNotEmpty());
        return problem;
    }

    private HBox foot() {
        StringBinding obstacle = Bindings.createStringBinding(
                model::obstacle, model.file, model.mapping, model.intoNew, model.list, model.name, model.lists);
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(model.progress);
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        Label reached = new Label();
        reached.setMinWidth(Region.USE_PREF_SIZE);
        reached.textProperty().bind(model.reached);
        HBox progress = new HBox(12, bar, reached);
        progress.setAlignment(Pos.CENTER_LEFT);
        shownWhen(progress, model.running);
        Label hint = Look.muted("");
        hint.setId("import-hint");
        hint.textProperty()
                .bind(Bindings.createStringBinding(() -> hint(obstacle.get()), obstacle, model.mapping, model.file));
        shownWhen(hint, model.running.not());
        StackPane left = new StackPane(progress, hint);
        StackPane.setAlignment(hint, Pos.CENTER_LEFT);
        left.setMinWidth(0);
        HBox.setHgrow(left, Priority.ALWAYS);
        Button run = Look.primary(texts.get("import.run"), "fth-upload", () -> model.run(this::finished));
        run.setId("import-run");
        run.setDefaultButton(true);
        run.disableProperty()
                .bind(model.mapping
                        .isNull()
                        .or(model.running)
                        .or(model.reading)
                        .or(model.aiming)
                        .or(obstacle.isNotEmpty()));
        Button cancel = Look.button(texts.get("action.cancel"), "fth-x", () -> {
            if (model.running.get()) {
                model.cancel();
            } else {
                stage.close();
            }
        });
        cancel.setId("import-cancel");
        cancel.setCancelButton(true);
        HBox foot = new HBox(8, left, cancel, run);
        foot.setAlignment(Pos.CENTER_RIGHT);
        return foot;
    }

    private String hint(String obstacle) {
        if (!obstacle.isEmpty()) {
            return obstacle;
        }
        List<String> unfilled = model.unfilled();
        return unfilled.isEmpty() ? "" : texts.get("import.unfilled", String.join(", ", unfilled));
    }

    private void finished(ImportResult result) {
        if (result.problems() == 0) {
            stage.close();
            context.notices()
                    .done(
                            result.updated() > 0
                                    ? texts.get(
                                            "import.result.updated",
                                            texts.number(result.added()),
                                            texts.number(result.updated()))
                                    : texts.get("import.result.added", texts.number(result.added())));
        } else {
            Button close = Look.button(texts.get("import.close"), "fth-check", stage::close);
            close.setId("import-close");
            close.setCancelButton(true);
            Button open = Look.primary(
                    texts.get("import.open_left_out"),
                    "fth-grid",
                    () -> ListDeeds.makeLeftOut(context, root, result.listId(), stage::close));
            open.setId("import-open-left-out");
            root.getChildren().setAll(new ImportReport(texts, result, close, open).node());
            open.requestFocus();
        }
        done.accept(result.listId());
    }

    private static void shownWhen(Node node, ObservableBooleanValue condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(node.visibleProperty());
    }

    private static HBox labelled(String name, Node control) {
        Label label = new Label(name);
        label.getStyleClass().add("field-name");
        label.setLabelFor(control);
        label.setMinWidth(Region.USE_PREF_SIZE);
        HBox box = new HBox(8, label, control);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static <T> ComboBox<T> choice(Property<T> property, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>();
        box.setConverter(new Naming<>(name));
        box.valueProperty().bindBidirectional(property);
        return box;
    }
}
