package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.recipients.ListMaking;
import app.mailroom.store.SheetStore.ValueCount;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Look;
import app.mailroom.ui.common.Naming;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/** Asks by which column a list is to be split, and shows into what. */
final class SplitDialog {
    private record Known(RecipientList list, List<RecipientColumn> columns) {}

    private final ScreenContext context;
    private final Texts texts;
    private final RecipientList list;
    private final ListDialog dialog;
    private final ComboBox<RecipientColumn> column = new ComboBox<>();
    private final TableView<ValueCount> values = Look.table();
    private final Label note = Look.muted("");
    private final BooleanProperty impossible = new SimpleBooleanProperty(true);
    private final Button deed;
    private final Consumer<List<Long>> done;
    private int asked;

    /**
     * Opens it.
     *
     * @param proposed the slot of the column that is chosen at first; another one when there is none like that
     * @param done is told the ids of the lists that were made
     */
    static void open(ScreenContext context, Node owner, long listId, int proposed, Consumer<List<Long>> done) {
        Features.Stores stores = context.features().stores();
        context.background()
                .get(
                        () -> new Known(
                                stores.recipients().find(listId).orElseThrow(),
                                stores.recipients().columns(listId)),
                        known -> new SplitDialog(context, owner, known.list(), done).show(known.columns(), proposed));
    }

    private SplitDialog(ScreenContext context, Node owner, RecipientList list, Consumer<List<Long>> done) {
        this.context = context;
        this.texts = context.texts();
        this.list = list;
        this.done = done;
        this.dialog = new ListDialog(context, owner, texts.get("split.title", list.name()));
        this.deed = Look.primary(texts.get("split.run"), "fth-git-branch", this::run);
        deed.setId("split-run");
    }

    private void show(List<RecipientColumn> columns, int proposed) {
        column.setId("split-column");
        column.getItems().setAll(columns);
        column.setConverter(new Naming<>(RecipientColumn::name));
        column.valueProperty().addListener((property, before, now) -> look(now));
        values.setId("split-values");
        values.getColumns()
                .add(Look.column(
                        texts.get("split.value"),
                        280,
                        value -> value.value().isEmpty() ? texts.get("split.empty") : value.value()));
        values.getColumns()
                .add(Look.numbers(texts.get("recipients.column.rows"), 96, value -> texts.number(value.rows())));
        values.setPlaceholder(new Label());
        note.setMinHeight(40);
        VBox preview = Look.field(texts.get("split.preview"), values);
        VBox.setVgrow(preview, Priority.ALWAYS);
        dialog.show(deed, impossible, 520, 560, Look.field(texts.get("split.by"), column), preview, note);
        // The addresses stand first, and each is another.
        column.setValue(columns.stream()
                .filter(known -> known.slot() == proposed)
                .findFirst()
                .orElse(columns.get(columns.size() > 1 ? 1 : 0)));
    }

    private void look(@Nullable RecipientColumn by) {
        impossible.set(true);
        values.getItems().clear();
        note.setText("");
        if (by == null) {
            return;
        }
        int generation = ++asked;
        context.background()
                .get(
                        () -> context.features()
                                .stores()
                                .sheets()
                                .values(list.id(), by.slot(), ListMaking.MOST_LISTS + 1),
                        found -> {
                            if (generation == asked) {
                                show(found);
                            }
                        });
    }

    private void show(List<ValueCount> found) {
        boolean tooMany = found.size() > ListMaking.MOST_LISTS;
        values.getItems().setAll(tooMany ? found.subList(0, ListMaking.MOST_LISTS) : found);
        note.setText(
                tooMany
                        ? texts.get("split.too_many", texts.number(ListMaking.MOST_LISTS))
                        : texts.get("split.hint", texts.number(found.size()), list.name()));
        impossible.set(tooMany || found.isEmpty());
    }

    private void run() {
        RecipientColumn by = column.getValue();
        String empty = texts.get("split.empty.name", by.name());
        dialog.run(
                progress -> context.features().lists().making().split(list.id(), by.slot(), empty, progress), made -> {
                    context.notices().done(texts.get("split.done", texts.number(made.size())));
                    done.accept(made);
                });
    }
}
