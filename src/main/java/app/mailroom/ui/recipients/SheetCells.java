package app.mailroom.ui.recipients;

import app.mailroom.model.AddressReading;
import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetRow;
import app.mailroom.recipients.AddressCell;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.recipients.VariableNames;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What the cells of a sheet show: what stands in the rows, what was typed since, and what is wrong with it. */
final class SheetCells implements SheetContent {
    /** Rows come in by so many, so that the sheet need not be laid out anew for each. */
    private static final int ROOM = 100;

    private static final int LEAST_ROOM = 40;

    /** No row has an id that low. */
    private static final long FIRST_EMPTY = Long.MIN_VALUE;

    private final Texts texts;
    private final SheetViewModel model;
    private final boolean mayChange;
    private List<Column> columns = List.of();
    private Set<Integer> required = Set.of();

    SheetCells(Texts texts, SheetViewModel model, boolean mayChange) {
        this.texts = texts;
        this.mayChange = mayChange;
        this.model = model;
        model.shape.addListener((property, before, now) -> {
            if (now != null) {
                required = TemplateColumns.requiredSlots(now.needs(), now.columns());
                columns = now.columns().stream()
                        .map(column -> column(now, column))
                        .toList();
            }
        });
    }

    @Override
    public boolean mayChange() {
        return mayChange;
    }

    private Column column(SheetShape shape, RecipientColumn column) {
        String variable = "{{" + column.variable() + "}}";
        if (column.holdsAddresses()) {
            return new Column(column.slot(), column.name(), texts.get("sheet.column.address"), Kind.ADDRESS);
        }
        if (shape.template().isEmpty()) {
            return new Column(column.slot(), column.name(), texts.get("sheet.column.plain", variable), Kind.PLAIN);
        }
        String template = shape.template().get().name();
        if (!TemplateColumns.isUsed(column, shape.needs())) {
            return new Column(
                    column.slot(), column.name(), texts.get("sheet.column.unused", variable, template), Kind.UNUSED);
        }
        boolean needed = shape.needs().stream()
                .filter(ColumnNeed::required)
                .anyMatch(need -> need.key().equals(VariableNames.of(column.variable())));
        return new Column(
                column.slot(),
                column.name(),
                texts.get(needed ? "sheet.column.required" : "sheet.column.used", variable, template),
                Kind.USED);
    }

    @Override
    public int rowCount() {
        int rows = model.rows.count();
        if (model.shape.get() == null || !model.showsAll()) {
            return rows;
        }
        return (rows + LEAST_ROOM + ROOM - 1) / ROOM * ROOM + (rows == 0 ? 0 : LEAST_ROOM);
    }

    @Override
    public long rowKey(int row) {
        return row < model.rows.count() ? model.rows.id(row) : FIRST_EMPTY + row;
    }

    @Override
    public OptionalInt rowOf(long key) {
        if (isEmptyRow(key)) {
            int row = (int) (key - FIRST_EMPTY);
            return row >= model.rows.count() && row < rowCount() ? OptionalInt.of(row) : OptionalInt.empty();
        }
        return model.place(key);
    }

    /** Whether this is the key of a row that is not in the list, but one of the empty ones below it. */
    static boolean isEmptyRow(long key) {
        return key < FIRST_EMPTY + Integer.MAX_VALUE;
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public String rowHeader(int row) {
        return Integer.toString(row + 1);
    }

    /** What stands in a cell, as far as it is known. */
    String text(int row, int column) {
        return cell(row, column).text();
    }

    /** What stands in a row, if it was read. */
    Optional<SheetRow> row(int row) {
        return row < model.rows.count() ? model.rows.row(row) : Optional.empty();
    }

    /** Whether what is shown of all these rows is what stands in the store, so that it need not be read. */
    boolean known(int from, int to) {
        for (int row = from; row <= to; row++) {
            if (row < model.rows.count() && !model.rows.isFresh(row)) {
                return false;
            }
        }
        return model.queue.waiting.get() == 0;
    }

    @Override
    public Cell cell(int row, int column) {
        if (row >= model.rows.count() || column >= columns.size()) {
            return Cell.EMPTY;
        }
        Column head = columns.get(column);
        Optional<SheetRow> read = model.rows.row(row);
        Optional<TypedCells.Typed> typed = model.typed.get(model.rows.id(row), head.id());
        if (typed.isPresent()) {
            return typed(head, typed.get());
        }
        if (read.isEmpty()) {
            return Cell.PENDING;
        }
        SheetRow there = read.get();
        String text = there.value(head.id());
        if (there.standing() == RowStanding.BLANK) {
            return text.isEmpty() ? Cell.EMPTY : new Cell(text, Mark.NONE, "");
        }
        if (head.kind() == Kind.ADDRESS) {
            return address(there, text);
        }
        if (required.contains(head.id()) && text.isBlank()) {
            return new Cell(text, Mark.MISSING, texts.get("sheet.mark.missing", head.header()));
        }
        return new Cell(text, Mark.NONE, "");
    }

    private Cell typed(Column head, TypedCells.Typed typed) {
        if (typed.failed()) {
            return new Cell(typed.text, Mark.INVALID, texts.get("sheet.mark.not_saved"));
        }
        if (head.kind() == Kind.ADDRESS && !typed.text.isBlank()) {
            AddressReading reading = AddressCell.read(typed.text);
            if (reading.fault().isPresent()) {
                return new Cell(
                        typed.text,
                        Mark.INVALID,
                        texts.code("address", reading.fault().get()));
            }
            if (reading.meant().isPresent()) {
                return new Cell(
                        typed.text,
                        Mark.MISTYPED,
                        texts.get("sheet.mark.mistyped", reading.meant().get()));
            }
        }
        return new Cell(typed.text, Mark.NONE, "");
    }

    /** The gravest mark shows, but all of them are told. */
    private Cell address(SheetRow row, String text) {
        Mark mark = Mark.NONE;
        List<String> hints = new ArrayList<>();
        if (row.meant().isPresent()) {
            mark = Mark.MISTYPED;
            hints.add(0, texts.get("sheet.mark.mistyped", row.meant().get()));
        }
        if (row.standing() == RowStanding.REPEATED) {
            mark = Mark.DUPLICATE;
            hints.add(0, texts.get("sheet.mark.duplicate"));
        }
        if (row.suppressed().isPresent()) {
            mark = Mark.SUPPRESSED;
            hints.add(
                    0,
                    texts.get(
                            "sheet.mark.suppressed",
                            texts.code("suppression", row.suppressed().get())));
        }
        if (row.standing() == RowStanding.INVALID) {
            mark = Mark.INVALID;
            hints.add(0, texts.code("address", row.fault().orElse("EMPTY")));
        }
        return new Cell(text, mark, String.join("\n", hints));
    }
}
