package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Right;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery.ColumnFilter;
import app.mailroom.model.SheetQuery.ColumnOrder;
import app.mailroom.model.SheetQuery.Comparison;
import app.mailroom.model.SheetRow;
import app.mailroom.model.TemplateContent;
import app.mailroom.recipients.SheetEditing;
import app.mailroom.recipients.SheetEditing.Patch;
import app.mailroom.recipients.SheetEditing.Written;
import app.mailroom.recipients.TextBlock;
import app.mailroom.recipients.VariableNames;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetClipboard;
import app.mailroom.ui.sheet.SheetDeeds;
import app.mailroom.ui.templates.SampleRow;
import app.mailroom.ui.templates.TestSendDialog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import javafx.scene.Node;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/** What a person does to a sheet by keys, mouse and menus. JavaFX thread only. */
final class SheetActions implements SheetDeeds {
    /** More rows would not fit into any other program's clipboard. */
    private static final int MOST_COPIED = 200_000;

    /** So many cells show at once what was done to them, before it is kept. */
    private static final int MOST_AT_ONCE = 2_000;

    /** So many deleted rows are worth a notice with a way back. */
    private static final int MANY = 20;

    private static final int READ_AT_ONCE = 200;
    private static final int SHOWN_OF_VALUE = 40;

    private final ScreenContext context;
    private final Texts texts;
    private final SheetViewModel model;
    private final SheetCells cells;
    private final Node where;
    private SheetViewModel.@Nullable Shown shown;
    private IntConsumer find = any -> {};

    /** Questions are asked over the given node. */
    SheetActions(ScreenContext context, SheetViewModel model, SheetCells cells, Node where) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.cells = cells;
        this.where = where;
    }

    /** Says where the sheet is shown, and what looks for something in a column. */
    void showIn(SheetViewModel.Shown sheet, IntConsumer findIn) {
        shown = sheet;
        find = findIn;
    }

    private void select(Area area) {
        if (shown != null) {
            shown.select(area);
        }
    }

    private void again(int from, int to) {
        if (shown != null) {
            shown.again(from, to);
        }
    }

    private SheetEditing editing() {
        return model.editing();
    }

    // Cells

    @Override
    public void type(int row, int column, String text) {
        model.type(row, column, text);
    }

    @Override
    public void clear(List<Area> areas) {
        for (Area area : areas) {
            empty(area, SheetEdit.Kind.CLEARED);
        }
    }

    private void empty(Area area, SheetEdit.Kind kind) {
        int bottom = Math.min(area.bottom(), model.rows.count() - 1);
        if (bottom >= area.top()) {
            write(
                    kind,
                    new Area(area.top(), area.left(), bottom, area.right()),
                    TextBlock.of("", bottom - area.top() + 1, area.width()),
                    "sheet.clearing");
        }
    }

    /** Writes text into cells; rows and columns that are not there come in. */
    private void write(SheetEdit.Kind kind, Area target, TextBlock text, String title) {
        int there = model.rows.count();
        int bottom = Math.min(target.top() + text.height(), there) - 1;
        long[] ids = model.rows.ids(target.top(), bottom);
        List<Integer> slots = model.slots(target.left(), target.left() + text.width() - 1);
        boolean wider = slots.size() < text.width();
        List<TypedCells.Typed> atOnce = new ArrayList<>();
        if ((long) ids.length * slots.size() <= MOST_AT_ONCE) {
            for (int line = 0; line < ids.length; line++) {
                for (int column = 0; column < slots.size(); column++) {
                    atOnce.add(model.typed.put(ids[line], slots.get(column), text.text(line, column)));
                }
            }
            again(target.top(), bottom);
        }
        int blanks = Math.max(0, target.top() - there);
        model.change(
                new Doing(texts.get(title), true),
                doing -> editing()
                        .write(
                                model.listId,
                                kind,
                                model.real(ids),
                                new Patch(slots, text, blanks),
                                model::newColumn,
                                doing),
                wider ? SheetViewModel.After.ALL : SheetViewModel.After.CELLS,
                written -> {
                    written(written, wider);
                    model.settle(atOnce);
                },
                () -> model.forget(atOnce));
    }

    private void written(Written written, boolean wider) {
        if (!written.inserted().isEmpty() && !wider) {
            model.appended(written.inserted());
            if (!model.showsAll()) {
                context.notices()
                        .done(texts.get("sheet.pasted.below", written.inserted().size()));
            }
        }
    }

    @Override
    public void typeUnseen(long rowKey, int columnId, String text) {
        model.typeUnseen(rowKey, columnId, text);
    }

    @Override
    public void copy(Area area, boolean cut) {
        int bottom = Math.min(area.bottom(), Math.max(area.top(), model.rows.count() - 1));
        Area real = new Area(area.top(), area.left(), bottom, area.right());
        if (real.height() > MOST_COPIED) {
            context.notices().warn(texts.get("sheet.copy.too_many", texts.number(MOST_COPIED)));
            return;
        }
        if (cells.known(real.top(), real.bottom())) {
            List<List<String>> block = new ArrayList<>();
            for (int row = real.top(); row <= real.bottom(); row++) {
                List<String> line = new ArrayList<>();
                for (int column = real.left(); column <= real.right(); column++) {
                    line.add(cells.text(row, column));
                }
                block.add(line);
            }
            copied(SheetClipboard.content(block), real, cut);
            return;
        }
        long[] ids = ids(real);
        List<Integer> slots = model.slots(real.left(), real.right());
        model.queue.add(
                new Doing(texts.get("sheet.copying"), true),
                doing -> read(model.real(ids), slots, doing).map(SheetClipboard::content),
                // What stands there now may be other rows; those must not be emptied.
                content -> content.ifPresent(found ->
                        copied(found, real, cut && Arrays.equals(model.real(ids), model.real(ids(real))))),
                context.background()::tell);
    }

    private long[] ids(Area area) {
        return model.rows.ids(area.top(), Math.min(area.bottom(), model.rows.count() - 1));
    }

    /**
     * Reads rows for the clipboard; nothing when that is to stop. Rows that stand on the page go there without, since whoever sees
     * them can write them down; by this way a whole list would leave.
     */
    private Optional<List<List<String>>> read(long[] ids, List<Integer> slots, Doing doing) {
        context.access().require(Right.EXPORT);
        List<List<String>> block = new ArrayList<>();
        for (int from = 0; from < ids.length; from += READ_AT_ONCE) {
            if (doing.cancelled()) {
                return Optional.empty();
            }
            doing.at(from, from, ids.length);
            List<Long> some = new ArrayList<>();
            for (int i = from; i < Math.min(from + READ_AT_ONCE, ids.length); i++) {
                some.add(ids[i]);
            }
            for (SheetRow row : context.features().stores().sheets().rows(model.listId, some, model.world())) {
                block.add(slots.stream().map(row::value).toList());
            }
        }
        return Optional.of(block);
    }

    private void copied(ClipboardContent content, Area area, boolean cut) {
        Clipboard.getSystemClipboard().setContent(content);
        if (cut) {
            empty(area, SheetEdit.Kind.CUT);
        } else if (area.height() > MANY) {
            context.notices().done(texts.get("sheet.copied", area.height()));
        }
    }

    @Override
    public void paste(Area target, List<List<String>> block) {
        if (block.isEmpty() || model.shape.get() == null) {
            return;
        }
        if (model.rows.count() == 0 && model.showsAll()) {
            model.change(
                    new Doing(texts.get("sheet.pasting"), true),
                    doing -> editing().pasteTable(model.listId, block, model::newColumn, doing),
                    SheetViewModel.After.ALL,
                    edit -> {
                        if (edit.isPresent()) {
                            select(new Area(
                                    0,
                                    0,
                                    model.rows.count() - 1,
                                    cells.columns().size() - 1));
                        } else {
                            pasteCells(target, block);
                        }
                    });
            return;
        }
        pasteCells(target, block);
    }

    /** As in other spreadsheets: what is smaller than the selection and fits into it some number of times fills it. */
    private void pasteCells(Area target, List<List<String>> block) {
        TextBlock text = TextBlock.of(block);
        int height = target.height();
        if (target.top() < model.rows.count()) {
            height = Math.min(height, model.rows.count() - target.top());
        }
        int width = Math.min(target.width(), cells.columns().size() - target.left());
        boolean repeats = height % text.height() == 0
                && width % Math.max(1, text.width()) == 0
                && height >= text.height()
                && width >= text.width();
        if (repeats) {
            text = text.repeated(height, width);
        }
        Area pasted = new Area(
                target.top(),
                target.left(),
                target.top() + text.height() - 1,
                target.left() + Math.max(1, text.width()) - 1);
        write(SheetEdit.Kind.PASTED, pasted, text, "sheet.pasting");
        model.afterwards(() -> select(pasted));
    }

    @Override
    public void fillDown(Area area) {
        int top = area.height() == 1 ? area.top() - 1 : area.top();
        if (top < 0 || top >= model.rows.count()) {
            return;
        }
        long first = model.rows.id(top);
        long[] ids = model.rows.ids(top + 1, Math.min(area.bottom(), model.rows.count() - 1));
        List<Integer> slots = model.slots(area.left(), area.right());
        // The empty rows below belong to a whole column too, and get nothing.
        int height = Math.min(area.bottom(), model.rows.count() - 1) - top;
        if (height <= 0) {
            return;
        }
        List<TypedCells.Typed> atOnce = new ArrayList<>();
        if ((long) ids.length * slots.size() <= MOST_AT_ONCE && cells.known(top, top)) {
            for (long id : ids) {
                for (int column = 0; column < slots.size(); column++) {
                    atOnce.add(model.typed.put(id, slots.get(column), cells.text(top, area.left() + column)));
                }
            }
            again(top, area.bottom());
        }
        model.change(
                new Doing(texts.get("sheet.filling"), true),
                doing -> {
                    long[] from = model.real(new long[] {first});
                    List<SheetRow> source =
                            context.features().stores().sheets().rows(model.listId, List.of(from[0]), model.world());
                    TextBlock text = TextBlock.of(source.stream()
                                    .map(row -> slots.stream().map(row::value).toList())
                                    .toList())
                            .repeated(height, slots.size());
                    return editing()
                            .write(
                                    model.listId,
                                    SheetEdit.Kind.FILLED_DOWN,
                                    model.real(ids),
                                    new Patch(slots, text, 0),
                                    model::newColumn,
                                    doing);
                },
                SheetViewModel.After.CELLS,
                written -> {
                    written(written, false);
                    model.settle(atOnce);
                },
                () -> model.forget(atOnce));
    }

    // Rows

    @Override
    public void insertRows(int above, int count) {
        if (above > model.rows.count()) {
            // There are empty rows already.
            return;
        }
        boolean atEnd = above == model.rows.count();
        long id = atEnd ? 0 : model.rows.id(above);
        model.change(
                model.quietly(),
                doing -> editing().insertRows(model.listId, atEnd ? 0 : model.real(new long[] {id})[0], count),
                SheetViewModel.After.CELLS,
                inserted -> {
                    model.inserted(id, inserted);
                    List<Integer> places = model.rows.places(inserted);
                    if (!places.isEmpty()) {
                        select(new Area(
                                places.get(0),
                                0,
                                places.get(0) + count - 1,
                                cells.columns().size() - 1));
                    }
                });
    }

    @Override
    public void deleteRows(int from, int to) {
        int bottom = Math.min(to, model.rows.count() - 1);
        if (from > bottom) {
            return;
        }
        long[] ids = model.rows.ids(from, bottom);
        model.change(
                new Doing(texts.get("sheet.deleting"), true),
                doing -> editing().deleteRows(model.listId, SheetEdit.Kind.ROWS_DELETED, model.real(ids), doing),
                SheetViewModel.After.CELLS,
                edit -> {
                    model.removed(ids);
                    if (ids.length >= MANY) {
                        model.tell(texts.get("sheet.deleted", ids.length), edit);
                    }
                });
    }

    /** Does what a mark asks for to all rows that have it. */
    void settle(SheetMark mark) {
        switch (mark) {
            case DUPLICATE ->
                removeMarked(
                        "sheet.removing",
                        "sheet.duplicates_removed",
                        doing -> editing().removeDuplicates(model.listId, doing));
            case SUPPRESSED ->
                removeMarked(
                        "sheet.removing",
                        "sheet.suppressed_removed",
                        doing -> editing().removeSuppressed(model.listId, model.world(), doing));
            case MISTYPED ->
                removeMarked("sheet.mending", "sheet.mended", doing -> editing().mendAddresses(model.listId, doing));
            case INVALID, MISSING -> {
                // What is meant only the person knows.
            }
        }
    }

    private void removeMarked(String title, String done, SheetQueue.LongWork<Optional<SheetEdit>> work) {
        model.change(new Doing(texts.get(title), true), work, SheetViewModel.After.ROWS, edit -> {
            model.tell(texts.get(done, edit.map(SheetEdit::rows).orElse(0L)), edit);
            model.mark(Optional.empty());
        });
    }

    // Columns

    @Override
    public void insertColumn(int before) {
        nameColumn(
                texts.get("sheet.column.insert"),
                texts.get("sheet.column.name"),
                model.newColumn(freeNumber()),
                -1,
                name -> model.change(
                        model.quietly(),
                        doing -> editing().insertColumn(model.listId, Math.max(1, before), name),
                        SheetViewModel.After.ALL,
                        edit -> {}));
    }

    private int freeNumber() {
        int number = cells.columns().size() + 1;
        while (taken(model.newColumn(number), -1)) {
            number++;
        }
        return number;
    }

    @Override
    public void renameColumn(int column) {
        SheetShape shape = model.shape.get();
        if (shape != null) {
            RecipientColumn old = shape.columns().get(column);
            nameColumn(
                    texts.get("sheet.column.rename"),
                    texts.get("sheet.column.name"),
                    old.name(),
                    old.slot(),
                    name -> model.change(
                            model.quietly(),
                            doing -> editing().renameColumn(model.listId, old.slot(), name),
                            SheetViewModel.After.ALL,
                            edit -> {}));
        }
    }

    @FunctionalInterface
    private interface Named {
        void as(String name);
    }

    /** Asks again, with what was typed, while another column has the name. */
    private void nameColumn(String title, String label, String proposal, int slot, Named then) {
        Ask.line(where, texts, title, label, proposal).ifPresent(name -> {
            if (taken(name, slot)) {
                nameColumn(title, texts.get("sheet.column.taken"), name, slot, then);
            } else {
                then.as(name);
            }
        });
    }

    private boolean taken(String name, int exceptSlot) {
        SheetShape shape = model.shape.get();
        boolean address = shape != null && shape.addressSlot() == exceptSlot;
        return shape != null
                && !address
                && shape.columns().stream()
                        .anyMatch(column -> column.slot() != exceptSlot
                                && VariableNames.of(column.variable()).equals(VariableNames.of(name)));
    }

    @Override
    public void deleteColumn(int column) {
        SheetShape shape = model.shape.get();
        if (shape == null) {
            return;
        }
        RecipientColumn doomed = shape.columns().get(column);
        if (doomed.slot() == shape.addressSlot()) {
            context.notices().warn(texts.get("sheet.column.address.stays"));
            return;
        }
        model.change(
                model.quietly(),
                doing -> editing().deleteColumn(model.listId, doomed.slot()),
                SheetViewModel.After.ALL,
                edit -> model.tell(
                        texts.get(
                                "sheet.column.deleted",
                                doomed.name(),
                                edit.map(SheetEdit::rows).orElse(0L)),
                        edit));
    }

    @Override
    public void moveColumn(int from, int to) {
        int position = Math.max(1, to);
        if (from < 1 || from == position) {
            return;
        }
        int slot = model.slot(from);
        model.change(
                model.quietly(),
                doing -> editing().moveColumn(model.listId, slot, position),
                SheetViewModel.After.ALL,
                edit -> {});
    }

    // Order, filters, menus

    @Override
    public void sort(int column, Order order) {
        model.order(
                order == Order.AS_THEY_STAND
                        ? Optional.empty()
                        : Optional.of(new ColumnOrder(model.slot(column), order == Order.DESCENDING)));
    }

    @Override
    public List<MenuItem> cellMenu(Area selected) {
        List<MenuItem> items = new ArrayList<>();
        int row = selected.top();
        if (row >= model.rows.count()) {
            return items;
        }
        SheetShape shape = model.shape.get();
        Optional<SheetRow> there = cells.row(row);
        if (shape == null || there.isEmpty()) {
            return items;
        }
        there.get()
                .meant()
                .ifPresent(meant -> items.add(context.permits()
                        .need(
                                Right.EDIT_RECIPIENTS,
                                item(
                                        texts.get("sheet.offer.mend", meant),
                                        "fth-check",
                                        () -> model.type(row, shape.place(shape.addressSlot()), meant)))));
        int slot = model.slot(selected.left());
        String value = cells.text(row, selected.left()).strip();
        items.add(
                value.isEmpty()
                        ? item(
                                texts.get("sheet.offer.only_empty"),
                                "fth-filter",
                                () -> model.filter(new ColumnFilter(slot, Comparison.EMPTY, "")))
                        : item(
                                texts.get("sheet.offer.only", cut(value)),
                                "fth-filter",
                                () -> model.filter(new ColumnFilter(slot, Comparison.IS, value))));
        items.add(new SeparatorMenuItem());
        items.add(testItem(row));
        String address = cells.text(row, shape.place(shape.addressSlot())).strip();
        if (!address.isEmpty()) {
            items.add(item(
                    texts.get("sheet.offer.person"),
                    "fth-user",
                    () -> PersonDialog.open(context, where, Optional.of(address))));
        }
        return items;
    }

    private static String cut(String value) {
        String line = value.replaceAll("\\s+", " ");
        return line.length() <= SHOWN_OF_VALUE ? line : line.substring(0, SHOWN_OF_VALUE) + "…";
    }

    private MenuItem testItem(int row) {
        boolean possible = model.shape().flatMap(SheetShape::template).isPresent();
        MenuItem item = item(
                texts.get(possible ? "sheet.offer.test" : "sheet.offer.test.no_template"),
                "fth-send",
                () -> sendTest(row));
        item.setDisable(!possible);
        return context.permits().need(Right.PREPARE_MAILINGS, item);
    }

    private static MenuItem item(String text, String icon, Runnable deed) {
        MenuItem item = new MenuItem(text, new FontIcon(icon));
        // What the sheet holds is no name of a key.
        item.setMnemonicParsing(false);
        item.setOnAction(event -> deed.run());
        return item;
    }

    @Override
    public List<MenuItem> columnMenu(int column) {
        int slot = model.slot(column);
        Menu filter = new Menu(texts.get("sheet.offer.filter"), new FontIcon("fth-filter"));
        filter.getItems()
                .addAll(
                        item(texts.get("sheet.offer.is"), "fth-filter", () -> ask(slot, Comparison.IS)),
                        item(texts.get("sheet.offer.contains"), "fth-filter", () -> ask(slot, Comparison.CONTAINS)),
                        item(
                                texts.get("sheet.offer.empty"),
                                "fth-filter",
                                () -> model.filter(new ColumnFilter(slot, Comparison.EMPTY, ""))),
                        item(
                                texts.get("sheet.offer.filled"),
                                "fth-filter",
                                () -> model.filter(new ColumnFilter(slot, Comparison.FILLED, ""))));
        return List.of(filter, item(texts.get("sheet.offer.find"), "fth-search", () -> find.accept(column)));
    }

    private void ask(int slot, Comparison comparison) {
        String column = model.shape().map(shape -> shape.columnName(slot)).orElse("");
        Ask.line(
                        where,
                        texts,
                        texts.get("sheet.offer.filter"),
                        texts.get(comparison == Comparison.IS ? "sheet.filter.ask.is" : "sheet.filter.ask.in", column),
                        "")
                .ifPresent(text -> model.filter(new ColumnFilter(slot, comparison, text)));
    }

    /** Opens the window that sends the template to somebody as this row would get it. */
    void sendTest(int row) {
        SheetShape shape = model.shape.get();
        if (shape == null || shape.template().isEmpty() || row >= model.rows.count()) {
            return;
        }
        long version = shape.template().get().newest().id();
        long id = model.rows.id(row);
        TemplateStore templates = context.features().stores().templates();
        model.queue.add(
                () -> new Test(
                        templates.content(version),
                        context
                                .features()
                                .stores()
                                .sheets()
                                .rows(model.listId, List.of(model.real(new long[] {id})[0]), model.world())
                                .stream()
                                .findFirst()),
                test -> test.content()
                        .ifPresent(content -> TestSendDialog.show(
                                where, context, content, test.row().map(found -> sample(shape, found)))),
                context.background()::tell);
    }

    private record Test(Optional<TemplateContent> content, Optional<SheetRow> row) {}

    private static SampleRow sample(SheetShape shape, SheetRow row) {
        Map<String, String> values = new HashMap<>();
        for (RecipientColumn column : shape.columns()) {
            values.put(Variables.key(column.variable()), row.value(column.slot()));
        }
        return new SampleRow(row.value(shape.addressSlot()), values);
    }

    @Override
    public void undo() {
        model.undo();
    }

    @Override
    public void redo() {
        model.redo();
    }
}
