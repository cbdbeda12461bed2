package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.recipients.ListExport;
import app.mailroom.recipients.ListExport.Choice;
import app.mailroom.recipients.ListExport.TextForm;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** Asks which rows and columns of a list are to be written into a file, and how. */
final class ExportDialog {
    private static final Charset KOREAN = Charset.forName("x-windows-949");

    /** How text is encoded, as it is offered. */
    private enum Encoding {
        UTF_8_MARKED(StandardCharsets.UTF_8, true),
        UTF_8(StandardCharsets.UTF_8, false),
        CP949(KOREAN, false);

        private final Charset charset;
        private final boolean mark;

        Encoding(Charset charset, boolean mark) {
            this.charset = charset;
            this.mark = mark;
        }
    }

    private record Known(RecipientList list, List<RecipientColumn> columns) {}

    private final ScreenContext context;
    private final Texts texts;
    private final Known known;
    private final SheetQuery query;
    private final SheetSituation situation;
    private final ListDialog dialog;
    private final RadioButton all;
    private final RadioButton shown;
    private final VBox rowsField;
    private final RadioButton workbook;
    private final RadioButton text;
    private final ComboBox<Encoding> encoding;
    private final ComboBox<Character> delimiter;
    private final Map<RecipientColumn, BooleanProperty> chosen = new LinkedHashMap<>();

    /** Opens it for the rows that a query shows, with the choice of all rows where it does not show all as they stand. */
    static void open(ScreenContext context, Node owner, long listId, SheetQuery query, SheetSituation situation) {
        Features.Stores stores = context.features().stores();
        context.background()
                .get(
                        () -> new Known(
                                stores.recipients().find(listId).orElseThrow(),
                                stores.recipients().columns(listId)),
                        known -> new ExportDialog(context, owner, known, query, situation).show());
    }

    private ExportDialog(ScreenContext context, Node owner, Known known, SheetQuery query, SheetSituation situation) {
        this.context = context;
        this.texts = context.texts();
        this.known = known;
        this.query = query;
        this.situation = situation;
        this.dialog = new ListDialog(
                context, owner, texts.get("export.title", known.list().name()));
        ToggleGroup rows = new ToggleGroup();
        all = radio(rows, texts.get("export.all", texts.number(known.list().sheetCount())), "export-all");
        shown = radio(rows, texts.get("export.shown"), "export-shown");
        boolean narrowed = !query.showsAll() || query.order().isPresent();
        (narrowed ? shown : all).setSelected(true);
        rowsField = Look.field(texts.get("export.rows"), new VBox(8, all, shown));
        rowsField.setVisible(narrowed);
        rowsField.setManaged(narrowed);
        ToggleGroup kinds = new ToggleGroup();
        workbook = radio(kinds, texts.get("export.workbook"), "export-workbook");
        text = radio(kinds, texts.get("export.text"), "export-text");
        workbook.setSelected(true);
        encoding = choice(List.of(Encoding.values()), code -> texts.code("export.encoding", code));
        encoding.setId("export-encoding");
        delimiter = choice(List.of(',', ';', '\t'), sign -> sign == '\t' ? texts.get("import.tab") : sign.toString());
        known.columns().forEach(column -> chosen.put(column, new SimpleBooleanProperty(true)));
    }

    private void show() {
        ListView<RecipientColumn> columns = new ListView<>();
        columns.setId("export-columns");
        columns.getStyleClass().add("choices");
        columns.getItems().setAll(known.columns());
        columns.setCellFactory(CheckBoxListCell.forListView(
                column -> chosen.getOrDefault(column, new SimpleBooleanProperty()),
                new Naming<>(RecipientColumn::name)));
        columns.setPrefHeight(160);
        VBox columnsField = Look.field(texts.get("export.columns"), columns);
        VBox.setVgrow(columns, Priority.ALWAYS);
        VBox.setVgrow(columnsField, Priority.ALWAYS);
        VBox encodingField = Look.field(texts.get("import.charset"), encoding);
        VBox delimiterField = Look.field(texts.get("import.delimiter"), delimiter);
        delimiterField.setMinWidth(112);
        HBox form = new HBox(16, encodingField, delimiterField);
        form.disableProperty().bind(text.selectedProperty().not());
        Label note = Look.muted("");
        note.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> texts.get(text.isSelected() ? "export.text.hint" : "export.workbook.hint"),
                        text.selectedProperty()));
        note.setMinHeight(40);
        Button deed = Look.primary(texts.get("export.run"), "fth-download", this::chooseFile);
        deed.setId("export-run");
        dialog.show(
                deed,
                Bindings.createBooleanBinding(
                        () -> chosen.values().stream().noneMatch(BooleanProperty::get),
                        chosen.values().toArray(BooleanProperty[]::new)),
                520,
                620,
                rowsField,
                columnsField,
                Look.field(texts.get("export.kind"), new VBox(8, workbook, text)),
                form,
                note);
    }

    private void chooseFile() {
        String ending = workbook.isSelected() ? ".xlsx" : ".csv";
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("export.run"));
        chooser.setInitialFileName(known.list().name().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_") + ending);
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(
                        texts.get(workbook.isSelected() ? "file.xlsx" : "file.csv"), "*" + ending));
        File file = chooser.showSaveDialog(dialog.stage());
        if (file != null) {
            write(file.toPath());
        }
    }

    /** Writes what is chosen to this file. */
    private void write(Path file) {
        ListExport exports = context.features().lists().exports();
        Choice choice = new Choice(
                all.isSelected() ? SheetQuery.ALL : query,
                situation,
                chosen.entrySet().stream()
                        .filter(column -> column.getValue().get())
                        .map(column -> column.getKey().slot())
                        .toList());
        long listId = known.list().id();
        boolean asWorkbook = workbook.isSelected();
        TextForm form = new TextForm(encoding.getValue().charset, delimiter.getValue(), encoding.getValue().mark);
        dialog.run(
                progress -> asWorkbook
                        ? exports.toWorkbook(listId, choice, file, progress)
                        : exports.toText(listId, choice, form, file, progress),
                written -> context.notices().done(texts.get("export.done", texts.number(written), file.getFileName())));
    }

    private static RadioButton radio(ToggleGroup group, String name, String id) {
        RadioButton button = new RadioButton(name);
        button.setId(id);
        button.setToggleGroup(group);
        return button;
    }

    private static <T> ComboBox<T> choice(List<T> values, Function<T, String> name) {
        ComboBox<T> box = new ComboBox<>();
        box.getItems().setAll(values);
        box.setConverter(new Naming<>(name));
        box.setValue(values.get(0));
        return box;
    }
}
