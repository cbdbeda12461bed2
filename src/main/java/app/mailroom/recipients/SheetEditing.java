package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetChange;
import app.mailroom.store.SheetChange.RowPatch;
import app.mailroom.store.SheetStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a person does to a sheet, each as one change that can be undone. All of it takes as long as there are rows to
 * change, so give it a thread of its own. What is cancelled is taken back.
 */
public final class SheetEditing {
    /** The most rows that the store hands out at once. */
    private static final int READ_AT_ONCE = 500;

    /** New text for one cell. */
    public record Cell(long rowId, int slot, String text) {}

    /**
     * Text for a block of cells.
     *
     * @param slots of the columns that it covers, from the left; what lies further right gets columns of its own
     * @param text of each cell; lines beyond the rows that are there get rows of their own, at the end of the sheet
     * @param blanksBefore how many empty rows come between the last row of the sheet and those
     */
    public record Patch(List<Integer> slots, TextBlock text, int blanksBefore) {}

    /**
     * What came of writing.
     *
     * @param edit nothing where all of it stood there already
     * @param inserted the ids of the rows that were added, blank ones included, from the top
     */
    public record Written(Optional<SheetEdit> edit, List<Long> inserted) {}

    /** What to look for and what to put in its place. slots says in which columns; all when it is empty. */
    public record Replacement(FindText find, String put, List<Integer> slots) {}

    private final RecipientStore recipients;
    private final SheetStore sheets;

    /** Over the given stores. */
    public SheetEditing(RecipientStore recipients, SheetStore sheets) {
        this.recipients = recipients;
        this.sheets = sheets;
    }

    /** Writes cells of rows that are there; those of rows that are gone are passed over. */
    public Optional<SheetEdit> write(long listId, SheetEdit.Kind kind, List<Cell> cells) {
        Map<Long, List<Cell>> byRow =
                cells.stream().collect(Collectors.groupingBy(Cell::rowId, LinkedHashMap::new, Collectors.toList()));
        return untilDone(listId, kind, "", change -> {
            for (List<Long> ids : parts(List.copyOf(byRow.keySet()), SheetChange.ROWS_AT_ONCE)) {
                List<RowPatch> rows = new ArrayList<>();
                for (long id : ids) {
                    rows.add(new RowPatch(id, before -> {
                        List<String> values = new ArrayList<>(before);
                        byRow.getOrDefault(id, List.of()).forEach(cell -> set(values, cell.slot(), cell.text()));
                        return values;
                    }));
                }
                change.patch(rows);
            }
        });
    }

    /**
     * Writes a block of text into the sheet: into the given rows from the first on, and below them into new ones.
     *
     * @param rows the ids of the rows that the block covers, from its top; fewer than the block has lines where it goes
     *     beyond the last
     * @param newName how a column is called that comes in as the one of this number, from 1
     */
    public Written write(
            long listId, SheetEdit.Kind kind, long[] rows, Patch patch, IntFunction<String> newName, Progress progress)
            throws ImportCancelledException {
        List<Long> inserted = new ArrayList<>();
        Optional<SheetEdit> edit = unlessCancelled(listId, kind, "", change -> {
            List<Integer> slots = new ArrayList<>(patch.slots());
            Columns columns = new Columns(recipients.columns(listId));
            while (slots.size() < patch.text().width()) {
                slots.add(columns.add(change, newName));
            }
            inserted.addAll(put(change, rows, new Patch(slots, patch.text(), patch.blanksBefore()), progress));
        });
        return new Written(edit, List.copyOf(inserted));
    }

    /**
     * Writes a block into a sheet that has no rows. Where its first line names columns, those that the list has are
     * filled, and the others are added under these names; otherwise nothing is done.
     *
     * @param newName how a column without a name is called that comes in as the one of this number, from 1
     * @return nothing where the first line names no columns
     */
    public Optional<SheetEdit> pasteTable(
            long listId, List<List<String>> lines, IntFunction<String> newName, Progress progress)
            throws ImportCancelledException {
        Optional<PastedTable> found = PastedTable.in(lines, recipients.columns(listId));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        PastedTable table = found.get();
        return unlessCancelled(listId, SheetEdit.Kind.PASTED, "", change -> {
            Columns columns = new Columns(recipients.columns(listId));
            TextBlock text = TextBlock.of(table.rows());
            int wide = Math.max(text.width(), table.header().size());
            List<Integer> slots = new ArrayList<>();
            for (int column = 0; column < wide; column++) {
                String name = column < table.header().size() ? table.header().get(column) : "";
                boolean address = table.addressColumn().equals(Optional.of(column));
                slots.add(columns.slot(change, name, address, slots, newName));
            }
            put(change, new long[0], new Patch(slots, text.repeated(text.height(), wide), 0), progress);
        });
    }

    /** Replaces text in the rows that a query shows. */
    public Optional<SheetEdit> replaceAll(
            long listId, SheetQuery query, SheetSituation situation, Replacement replacement, Progress progress)
            throws ImportCancelledException {
        FindText find = replacement.find();
        SheetQuery narrowed = find.narrowed(query, replacement.slots());
        long[] ids = sheets.ids(listId, narrowed, situation);
        List<Integer> slots = replacement.slots().isEmpty()
                ? recipients.columns(listId).stream().map(RecipientColumn::slot).toList()
                : replacement.slots();
        return rewrite(listId, SheetEdit.Kind.REPLACED, ids, progress, row -> stored -> {
            List<String> values = new ArrayList<>(stored);
            for (int slot : slots) {
                String before = slot < stored.size() ? stored.get(slot) : "";
                if (find.isIn(before)) {
                    set(values, slot, find.replacedIn(before, replacement.put()));
                }
            }
            return values;
        });
    }

    /** Puts empty rows above the row of this id, at the end for 0, and returns their ids. */
    public List<Long> insertRows(long listId, long above, int count) {
        List<Long> inserted = new ArrayList<>();
        untilDone(listId, SheetEdit.Kind.ROWS_INSERTED, "", change -> {
            for (int done = 0; done < count; done += SheetChange.ROWS_AT_ONCE) {
                int step = Math.min(SheetChange.ROWS_AT_ONCE, count - done);
                inserted.addAll(change.insert(above, Collections.nCopies(step, List.<String>of())));
            }
        });
        return inserted;
    }

    /** Deletes rows. */
    public Optional<SheetEdit> deleteRows(long listId, SheetEdit.Kind kind, long[] ids, Progress progress)
            throws ImportCancelledException {
        return unlessCancelled(listId, kind, "", change -> {
            for (int from = 0; from < ids.length; from += SheetChange.ROWS_AT_ONCE) {
                watch(progress, from, ids.length);
                change.delete(part(ids, from, SheetChange.ROWS_AT_ONCE));
            }
        });
    }

    /** Deletes every row whose address a row further up has. */
    public Optional<SheetEdit> removeDuplicates(long listId, Progress progress) throws ImportCancelledException {
        return deleteRows(
                listId,
                SheetEdit.Kind.DUPLICATES_REMOVED,
                marked(listId, SheetMark.DUPLICATE, World.PRACTICE),
                progress);
    }

    /** Deletes every row whose address is suppressed in that world. */
    public Optional<SheetEdit> removeSuppressed(long listId, World world, Progress progress)
            throws ImportCancelledException {
        return deleteRows(
                listId, SheetEdit.Kind.SUPPRESSED_REMOVED, marked(listId, SheetMark.SUPPRESSED, world), progress);
    }

    /** Writes the addresses that were probably meant in the place of those that are likely mistyped. */
    public Optional<SheetEdit> mendAddresses(long listId, Progress progress) throws ImportCancelledException {
        int slot = addressSlot(listId);
        return rewrite(
                listId,
                SheetEdit.Kind.ADDRESSES_MENDED,
                marked(listId, SheetMark.MISTYPED, World.PRACTICE),
                progress,
                row -> stored -> {
                    List<String> values = new ArrayList<>(stored);
                    boolean asRead = slot < stored.size() && stored.get(slot).equals(row.value(slot));
                    row.meant().filter(meant -> asRead).ifPresent(meant -> set(values, slot, meant));
                    return values;
                });
    }

    /**
     * Gives the list this template, and columns for what the template needs and the list does not have. Takes no column
     * away.
     */
    public Optional<SheetEdit> followTemplate(long listId, long templateId, List<ColumnNeed> needs) {
        return untilDone(listId, SheetEdit.Kind.TEMPLATE_CHOSEN, "", change -> {
            change.chooseTemplate(Optional.of(templateId));
            List<RecipientColumn> columns = recipients.columns(listId);
            int position = columns.size();
            for (ColumnNeed need : TemplateColumns.missing(needs, columns)) {
                change.addColumn(position, need.name(), need.key());
                position++;
            }
        });
    }

    /** Lets the list go without a template. Its columns stay. */
    public Optional<SheetEdit> leaveTemplate(long listId) {
        return untilDone(listId, SheetEdit.Kind.TEMPLATE_CHOSEN, "", change -> change.chooseTemplate(Optional.empty()));
    }

    /**
     * Adds a column at a position, from 0.
     *
     * @throws NameTakenException when another column has this name, or one that templates could not tell from it
     */
    public Optional<SheetEdit> insertColumn(long listId, int position, String name) {
        String variable = freeVariable(listId, name, -1);
        return untilDone(
                listId, SheetEdit.Kind.COLUMN_INSERTED, name, change -> change.addColumn(position, name, variable));
    }

    /**
     * Gives a column another name, by which templates call it from then on.
     *
     * @throws NameTakenException when another column has this name, or one that templates could not tell from it
     */
    public Optional<SheetEdit> renameColumn(long listId, int slot, String name) {
        String variable = slot == addressSlot(listId) ? VariableNames.ADDRESS : freeVariable(listId, name, slot);
        return untilDone(
                listId, SheetEdit.Kind.COLUMN_RENAMED, name, change -> change.renameColumn(slot, name, variable));
    }

    /** Moves a column to a position, from 0; the addresses stay first. */
    public Optional<SheetEdit> moveColumn(long listId, int slot, int position) {
        return untilDone(
                listId,
                SheetEdit.Kind.COLUMN_MOVED,
                columnName(listId, slot),
                change -> change.moveColumn(slot, position));
    }

    /** Deletes a column with all that stands in it. */
    public Optional<SheetEdit> deleteColumn(long listId, int slot) {
        return untilDone(
                listId, SheetEdit.Kind.COLUMN_DELETED, columnName(listId, slot), change -> change.deleteColumn(slot));
    }

    private String columnName(long listId, int slot) {
        return recipients.columns(listId).stream()
                .filter(column -> column.slot() == slot)
                .map(RecipientColumn::name)
                .findFirst()
                .orElse("");
    }

    private String freeVariable(long listId, String name, int exceptSlot) {
        String variable = VariableNames.of(name);
        for (RecipientColumn column : recipients.columns(listId)) {
            if (column.slot() != exceptSlot
                    && VariableNames.of(column.variable()).equals(variable)) {
                throw new NameTakenException(name);
            }
        }
        return variable;
    }

    private int addressSlot(long listId) {
        return new Columns(recipients.columns(listId)).addressSlot();
    }

    private long[] marked(long listId, SheetMark mark, World world) {
        return sheets.ids(
                listId,
                new SheetQuery("", Optional.of(mark), List.of(), Optional.empty()),
                new SheetSituation(world, Set.of()));
    }

    /** Gives rows other values. */
    private Optional<SheetEdit> rewrite(
            long listId, SheetEdit.Kind kind, long[] ids, Progress progress, Rewriting rewriting)
            throws ImportCancelledException {
        return unlessCancelled(listId, kind, "", change -> {
            List<RowPatch> step = new ArrayList<>();
            for (int from = 0; from < ids.length; from += READ_AT_ONCE) {
                watch(progress, from, ids.length);
                for (SheetRow row : sheets.rows(listId, part(ids, from, READ_AT_ONCE), World.PRACTICE)) {
                    step.add(new RowPatch(row.id(), rewriting.of(row)));
                }
                if (step.size() > SheetChange.ROWS_AT_ONCE - READ_AT_ONCE) {
                    change.patch(step);
                    step = new ArrayList<>();
                }
            }
            change.patch(step);
        });
    }

    @FunctionalInterface
    private interface Rewriting {
        UnaryOperator<List<String>> of(SheetRow row);
    }

    /** Writes a patch whose columns are all there; returns the ids of the rows that it added. */
    private static List<Long> put(SheetChange change, long[] rows, Patch patch, Progress progress) throws Stopped {
        TextBlock text = patch.text();
        int written = Math.min(rows.length, text.height());
        for (int from = 0; from < written; from += SheetChange.ROWS_AT_ONCE) {
            watch(progress, from, text.height());
            int to = Math.min(from + SheetChange.ROWS_AT_ONCE, written);
            // A row may be named twice: then its last line counts.
            Map<Long, Integer> lines = new LinkedHashMap<>();
            for (int line = from; line < to; line++) {
                lines.put(rows[line], line);
            }
            List<RowPatch> step = new ArrayList<>();
            lines.forEach((id, line) -> step.add(new RowPatch(id, before -> filled(before, patch, line))));
            change.patch(step);
        }
        List<Long> inserted = new ArrayList<>();
        int fresh = text.height() - written;
        if (fresh > 0 && patch.blanksBefore() > 0) {
            inserted.addAll(change.insert(0, Collections.nCopies(patch.blanksBefore(), List.of())));
        }
        for (int from = written; from < text.height(); from += SheetChange.ROWS_AT_ONCE) {
            watch(progress, from, text.height());
            int to = Math.min(from + SheetChange.ROWS_AT_ONCE, text.height());
            List<List<String>> step = new ArrayList<>();
            for (int line = from; line < to; line++) {
                step.add(filled(List.of(), patch, line));
            }
            inserted.addAll(change.insert(0, step));
        }
        return inserted;
    }

    private static List<String> filled(List<String> before, Patch patch, int line) {
        List<String> values = new ArrayList<>(before);
        for (int column = 0; column < patch.text().width(); column++) {
            set(values, patch.slots().get(column), patch.text().text(line, column));
        }
        return values;
    }

    private static void set(List<String> values, int slot, String text) {
        if (slot >= values.size() && text.isEmpty()) {
            return;
        }
        while (values.size() <= slot) {
            values.add("");
        }
        values.set(slot, text);
    }

    private static <T> List<List<T>> parts(List<T> all, int size) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            parts.add(all.subList(from, Math.min(from + size, all.size())));
        }
        return parts;
    }

    private static List<Long> part(long[] ids, int from, int size) {
        List<Long> part = new ArrayList<>();
        for (int i = from; i < Math.min(from + size, ids.length); i++) {
            part.add(ids[i]);
        }
        return part;
    }

    private static void watch(Progress progress, long done, long inAll) throws Stopped {
        if (progress.cancelled()) {
            throw new Stopped();
        }
        progress.at(done, done, inAll);
    }

    /** Whoever watches wants it to stop. Carries no stack trace: it is caught here. */
    private static final class Stopped extends Exception {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped", null, false, false);
        }
    }

    @FunctionalInterface
    private interface Work {
        void on(SheetChange change) throws Stopped;
    }

    @FunctionalInterface
    private interface WholeWork {
        void on(SheetChange change);
    }

    private Optional<SheetEdit> untilDone(long listId, SheetEdit.Kind kind, String detail, WholeWork work) {
        try (SheetChange change = sheets.change(listId, kind, detail)) {
            work.on(change);
            return change.made();
        }
    }

    private Optional<SheetEdit> unlessCancelled(long listId, SheetEdit.Kind kind, String detail, Work work)
            throws ImportCancelledException {
        try (SheetChange change = sheets.change(listId, kind, detail)) {
            try {
                work.on(change);
            } catch (Stopped e) {
                sheets.takeBack(change);
                throw new ImportCancelledException();
            }
            return change.made();
        }
    }

    /** The columns of a list while some are added. */
    private static final class Columns {
        private final List<RecipientColumn> columns;
        private final Set<String> variables = new HashSet<>();

        Columns(List<RecipientColumn> there) {
            this.columns = new ArrayList<>(there);
            there.forEach(column -> variables.add(VariableNames.of(column.variable())));
        }

        int addressSlot() {
            return RecipientColumn.addressSlot(columns).orElse(0);
        }

        /** Adds a column under the first name that is free. */
        int add(SheetChange change, IntFunction<String> newName) {
            int number = columns.size() + 1;
            while (variables.contains(VariableNames.of(newName.apply(number)))) {
                number++;
            }
            return add(change, newName.apply(number));
        }

        private int add(SheetChange change, String name) {
            RecipientColumn column = change.addColumn(columns.size(), name, VariableNames.of(name));
            columns.add(column);
            variables.add(VariableNames.of(name));
            return column.slot();
        }

        /** The slot of a column by its name, which is added if need be. */
        int slot(SheetChange change, String name, boolean address, List<Integer> taken, IntFunction<String> newName) {
            if (address) {
                return addressSlot();
            }
            if (name.isEmpty()) {
                return add(change, newName);
            }
            String variable = VariableNames.of(name);
            for (RecipientColumn column : columns) {
                boolean same = column.name().strip().equalsIgnoreCase(name)
                        || VariableNames.of(column.variable()).equals(variable);
                if (same && column.slot() != addressSlot() && !taken.contains(column.slot())) {
                    return column.slot();
                }
            }
            String free = name;
            for (int i = 2; variables.contains(VariableNames.of(free)); i++) {
                free = name + " " + i;
            }
            return add(change, free);
        }
    }
}
