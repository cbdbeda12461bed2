package app.mailroom.ui.account;

import app.mailroom.model.AuditEntry;
import app.mailroom.model.Refusal;
import app.mailroom.ui.account.AuditViewModel.Count;
import app.mailroom.ui.account.AuditViewModel.Period;
import app.mailroom.ui.common.DateField;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.RowActions;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.ResultFiles;
import app.mailroom.ui.results.ResultFiles.Kind;
import atlantafx.base.theme.Styles;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/** Who did what, when: searched, narrowed and exported. */
public final class AuditView implements Screen {
    private static final Duration TYPED = Duration.millis(200);
    private static final double ROW = 32;
    /** How wide the columns of what is shown of an entry are, in percent. */
    private static final List<Integer> DETAIL = List.of(23, 24, 33, 20);

    private static final double DETAIL_HEIGHT = 124;
    private static final double STAMP = 190;
    private static final double WIDEST_STAMP = 220;

    /** What can be chosen in a box; null stands for anything. */
    private record Choice<T>(@Nullable T value, String words) {}

    private final ScreenContext context;
    private final Texts texts;
    private final ZoneId zone = ZoneId.systemDefault();
    private final AuditViewModel model;
    private final TextField search;
    private final ComboBox<Choice<String>> who = box("audit-who", 200);
    private final ComboBox<Choice<AuditGroup>> what = box("audit-what", 160);
    private final ComboBox<Choice<Period>> when = box("audit-when", 150);
    private final Label count = new Label();
    private final TableView<AuditEntry> table = Look.table();
    private final GridPane detail = new GridPane();
    private final Button copy;
    private final Button export;
    private final StackPane body = new StackPane();
    private final VBox readable;
    private final VBox node;
    private long chosenId;

    /** back leads to where the person came from. */
    public AuditView(ScreenContext context, Runnable back) {
        this.context = context;
        this.texts = context.texts();
        this.model = new AuditViewModel(context, zone);
        this.search = searchField();
        copy = Look.button(texts.get("audit.copy"), "fth-copy", this::copyRows);
        copy.setId("audit-copy");
        copy.disableProperty().bind(Bindings.isEmpty(table.getSelectionModel().getSelectedItems()));
        export = Look.button(texts.get("audit.export"), "fth-download", this::export);
        export.setId("audit-export");
        export.disableProperty().bind(Bindings.isEmpty(model.entries.rows()));
        HBox head = Look.header(texts.get("audit.title"), copy, export);
        head.getChildren().add(0, Look.iconButton(texts.get("action.back"), "fth-arrow-left", back));
        buildTable();
        detail.setId("audit-detail");
        detail.getStyleClass().add("card-box");
        detail.setHgap(16);
        detail.setVgap(8);
        detail.setMinHeight(DETAIL_HEIGHT);
        for (int share : DETAIL) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(share);
            detail.getColumnConstraints().add(column);
        }
        Label bounds = Look.hint(texts.get("audit.hint", zone.getId()));
        readable = new VBox(12, tools(), table, detail, bounds);
        VBox.setVgrow(body, Priority.ALWAYS);
        node = Look.page(head, body);
        model.count.addListener((property, before, now) -> showCount(now));
        model.refusal.addListener((property, before, now) -> showBody(now));
        showBody(Optional.empty());
        show(null);
    }

    private TextField searchField() {
        TextField field = Look.searchField(texts.get("audit.search"));
        field.setId("audit-search");
        field.setPrefWidth(220);
        PauseTransition typed = new PauseTransition(TYPED);
        typed.setOnFinished(event -> model.search.set(field.getText().strip()));
        field.textProperty().addListener((property, before, now) -> typed.playFromStart());
        field.setOnAction(event -> {
            typed.stop();
            model.search.set(field.getText().strip());
        });
        model.search.addListener((property, before, now) -> {
            if (!field.getText().strip().equals(now)) {
                field.setText(now);
            }
        });
        return field;
    }

    private Node tools() {
        who.setAccessibleText(texts.get("audit.who"));
        what.setAccessibleText(texts.get("audit.what"));
        when.setAccessibleText(texts.get("audit.when"));
        fillWho();
        model.actors.addListener((ListChangeListener<String>) change -> fillWho());
        what.getItems().add(new Choice<>(null, texts.get("audit.what.all")));
        Stream.of(AuditGroup.values())
                .forEach(group -> what.getItems().add(new Choice<>(group, texts.code("audit.group", group))));
        Stream.of(Period.values())
                .forEach(period -> when.getItems().add(new Choice<>(period, texts.code("audit.period", period))));
        tie(who, model.actor);
        tie(what, model.group);
        tie(when, model.period);
        count.setId("audit-count");
        count.getStyleClass().add(Styles.TEXT_BOLD);
        count.setMinWidth(Region.USE_PREF_SIZE);
        Button all = new Button(texts.get("audit.show_all"));
        all.setId("audit-all");
        all.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.ACCENT);
        all.setOnAction(event -> model.showAll());
        model.count.addListener((property, before, now) -> all.setVisible(model.narrowed()));
        all.setVisible(false);
        FlowPane fields = new FlowPane(8, 8, search, who, what, when, range(), count, all);
        fields.setAlignment(Pos.CENTER_LEFT);
        return fields;
    }

    private Node range() {
        HBox range = new HBox(8, day("audit-from", model.from), new Label("–"), day("audit-until", model.until));
        range.setAlignment(Pos.CENTER_LEFT);
        range.visibleProperty().bind(model.period.isEqualTo(Period.OWN));
        range.managedProperty().bind(range.visibleProperty());
        return range;
    }

    private Node day(String id, ObjectProperty<@Nullable LocalDate> date) {
        DatePicker picker = new DateField(date, new SimpleStringProperty("")).node();
        picker.setId(id);
        picker.setPrefWidth(140);
        picker.setPromptText(texts.get(id.equals("audit-from") ? "audit.from" : "audit.until"));
        picker.setAccessibleText(picker.getPromptText());
        return picker;
    }

    private void fillWho() {
        List<Choice<String>> choices = new ArrayList<>();
        choices.add(new Choice<>(null, texts.get("audit.who.all")));
        model.actors.forEach(actor -> choices.add(new Choice<>(actor, name(actor))));
        who.getItems().setAll(choices);
        choose(who, model.actor.get());
    }

    /** The program has a name of its own; everybody else is kept as an address or as the computer calls them. */
    private String name(String actor) {
        return actor.equals("mailroom") ? texts.get("audit.program") : actor;
    }

    private static <T> void tie(ComboBox<Choice<T>> box, ObjectProperty<@Nullable T> value) {
        choose(box, value.get());
        box.valueProperty().addListener((property, before, now) -> {
            if (now != null) {
                value.set(now.value());
            }
        });
        value.addListener((property, before, now) -> choose(box, now));
    }

    private static <T> void choose(ComboBox<Choice<T>> box, @Nullable T value) {
        box.getItems().stream()
                .filter(choice -> Objects.equals(choice.value(), value))
                .findFirst()
                .filter(choice -> !choice.equals(box.getValue()))
                .ifPresent(box::setValue);
    }

    private static <T> ComboBox<Choice<T>> box(String id, double width) {
        ComboBox<Choice<T>> box = new ComboBox<>();
        box.setId(id);
        box.setPrefWidth(width);
        box.setVisibleRowCount(14);
        box.setConverter(new Naming<>(Choice::words));
        return box;
    }

    private void buildTable() {
        table.setId("audit");
        table.setItems(model.entries.rows());
        table.setFixedCellSize(ROW);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        TableColumn<AuditEntry, String> stamp =
                Look.column(texts.get("audit.when"), STAMP, row -> texts.stamp(row.at()));
        stamp.setMinWidth(STAMP);
        stamp.setMaxWidth(WIDEST_STAMP);
        table.getColumns().add(stamp);
        table.getColumns().add(Look.column(texts.get("audit.who"), 180, row -> name(row.actor())));
        table.getColumns().add(Look.column(texts.get("audit.what"), 190, this::words));
        table.getColumns().add(Look.column(texts.get("audit.subject"), 200, this::subject));
        table.getColumns().add(Look.column(texts.get("audit.detail"), 160, AuditEntry::detail));
        table.setPlaceholder(new Label());
        model.entries.settledProperty().addListener((property, before, settled) -> {
            if (settled) {
                table.setPlaceholder(placeholder());
                chooseAgain();
            }
        });
        table.setRowFactory(any -> row());
        table.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null) {
                chosenId = now.id();
                show(now);
            }
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (RowActions.COPY.match(event)) {
                event.consume();
                copyRows();
            }
        });
    }

    private TableRow<AuditEntry> row() {
        TableRow<AuditEntry> row = new TableRow<>();
        row.indexProperty().addListener((property, before, index) -> model.entries.needed(index.intValue()));
        MenuItem copyItem = new RowActions.Action(texts.get("audit.copy"), "fth-copy", this::copyRows).item();
        copyItem.setAccelerator(RowActions.COPY);
        ContextMenu menu = new ContextMenu(
                copyItem,
                only("audit.only_who", "fth-user", row, model.actor, AuditEntry::actor),
                only("audit.only_what", "fth-filter", row, model.group, entry -> group(entry.action())));
        row.emptyProperty().addListener((property, before, empty) -> row.setContextMenu(empty ? null : menu));
        return row;
    }

    private <T> MenuItem only(
            String key,
            String icon,
            TableRow<AuditEntry> row,
            ObjectProperty<@Nullable T> narrowed,
            Function<AuditEntry, @Nullable T> value) {
        return new RowActions.Action(texts.get(key), icon, () -> {
                    AuditEntry entry = row.getItem();
                    if (entry != null) {
                        narrowed.set(value.apply(entry));
                    }
                })
                .item();
    }

    private static @Nullable AuditGroup group(String action) {
        return Stream.of(AuditGroup.values())
                .filter(group -> group.actions().contains(action))
                .findFirst()
                .orElse(null);
    }

    /** What was done; what older versions noted has no words and stands as it is. */
    private String words(AuditEntry entry) {
        return texts.code("audit.action", entry.action());
    }

    /** What it was done to: the kind of thing in the language of the window, then its number and name as they were. */
    private String subject(AuditEntry entry) {
        String subject = entry.subject();
        int end = subject.indexOf(' ');
        return end < 0 ? subject : texts.code("audit.kind", subject.substring(0, end)) + subject.substring(end);
    }

    private Node placeholder() {
        return model.narrowed()
                ? Look.empty("fth-search", texts.get("search.nothing"), texts.get("search.nothing.hint"))
                : Look.empty("fth-book-open", texts.get("audit.empty"), texts.get("audit.empty.hint"));
    }

    /** The entry in the pane stays the chosen one where it is among those that were read anew. */
    private void chooseAgain() {
        List<AuditEntry> rows = model.entries.rows();
        AuditEntry selected = table.getSelectionModel().getSelectedItem();
        if (chosenId == 0 || (selected != null && selected.id() == chosenId)) {
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).id() == chosenId) {
                table.getSelectionModel().clearAndSelect(i);
                return;
            }
        }
        chosenId = 0;
        show(null);
    }

    private void showCount(@Nullable Count now) {
        if (now != null) {
            boolean more = now.entries() > AuditViewModel.COUNTED;
            int entries = Math.min(now.entries(), AuditViewModel.COUNTED);
            count.setText(texts.get(more ? "audit.count.more" : "audit.count", entries, texts.number(entries)));
        }
    }

    private void showBody(Optional<Refusal> refused) {
        boolean may = refused.isEmpty();
        copy.setVisible(may);
        export.setVisible(may);
        body.getChildren()
                .setAll(
                        may
                                ? readable
                                : Look.empty("fth-lock", texts.get("audit.refused"), texts.get("audit.refused.hint")));
    }

    private void show(@Nullable AuditEntry entry) {
        detail.getChildren().clear();
        if (entry == null) {
            detail.add(Look.muted(texts.get("audit.choose")), 0, 0, DETAIL.size(), 1);
            return;
        }
        detail.addColumn(0, fact("audit.what", words(entry)), fact("audit.who", name(entry.actor())));
        detail.addColumn(
                1,
                fact("audit.when", texts.stamp(entry.at())),
                fact("audit.when.utc", entry.at().toString()));
        detail.addColumn(2, fact("audit.subject", subject(entry)), fact("audit.detail", entry.detail()));
        detail.addColumn(3, fact("audit.code", entry.action()));
    }

    private Node fact(String key, String value) {
        Label name = new Label(texts.get(key));
        name.getStyleClass().add("field-name");
        Label words = new Label(value.isEmpty() ? "–" : value);
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return new VBox(2, name, words);
    }

    /** As cells, so that a spreadsheet takes them apart. */
    private void copyRows() {
        Look.copy(table.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .map(entry -> Stream.of(
                                texts.stamp(entry.at()),
                                name(entry.actor()),
                                words(entry),
                                subject(entry),
                                entry.detail())
                        .map(cell -> cell.replaceAll("[\\t\\r\\n]+", " "))
                        .collect(Collectors.joining("\t")))
                .collect(Collectors.joining("\n")));
    }

    private void export() {
        new ResultFiles(context)
                .save(
                        node,
                        texts.get("audit.export"),
                        texts.get(
                                "audit.file",
                                LocalDate.now(context.features().clock().withZone(zone))
                                        .toString()),
                        List.of(Kind.XLSX, Kind.CSV),
                        model::write);
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
        // Who reads further down is not carried away by what is added at the top.
        if (table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow
                && (flow.getFirstVisibleCell() == null
                        || flow.getFirstVisibleCell().getIndex() == 0)) {
            model.pulse();
        }
    }

    @Override
    public void search() {
        search.requestFocus();
        search.selectAll();
    }
}
