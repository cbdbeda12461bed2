package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.Right;
import app.mailroom.model.SheetEdit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One change of a sheet that is being made, of any number of steps. Each step is one short transaction, so give it at
 * most {@link #ROWS_AT_ONCE} rows. Closing ends it; a change that changed nothing leaves no trace. A change that breaks
 * off in the middle, even with the process, can be undone as far as it came. If somebody else changes the list between
 * two steps, what follows is undone on its own.
 */
public final class SheetChange implements AutoCloseable {
    /** The most rows of one step. */
    public static final int ROWS_AT_ONCE = 5_000;

    private static final Set<SheetEdit.Kind> WHOLE_FILES = EnumSet.of(SheetEdit.Kind.IMPORTED, SheetEdit.Kind.MERGED);

    /**
     * What becomes of the values of a row, by slot.
     *
     * @param to is given them as they are in the moment in which they are written, so that nothing is lost that somebody
     *     else wrote since the row was read
     */
    public record RowPatch(long id, UnaryOperator<List<String>> to) {}

    private interface Step<T> {
        T in(Editing editing) throws SQLException;
    }

    private record Done<T>(T result, long editId) {}

    private final Database database;
    private final AddressRules rules;
    private final SheetHistory history;
    private final long listId;
    private final SheetEdit.Kind kind;
    private final String detail;
    private final Deque<Long> edits = new ArrayDeque<>();
    private long editId;
    private long stepNanos;
    private boolean closed;

    SheetChange(SheetHistory history, long listId, SheetEdit.Kind kind, String detail) {
        this.history = history;
        this.database = history.database();
        this.rules = history.rules();
        this.listId = listId;
        this.kind = kind;
        this.detail = detail;
    }

    /** Alters rows. Those that are gone or stay as they are are passed over. */
    public void patch(List<RowPatch> rows) {
        refuseTooMany(rows.size());
        step(editing -> {
            for (RowPatch row : rows) {
                editing.write(row);
            }
            return true;
        });
    }

    /**
     * Puts rows above the row with this id; at the end when it is 0 or gone.
     *
     * @param rows the values of each, by slot
     * @return their ids, in order
     */
    public List<Long> insert(long above, List<List<String>> rows) {
        refuseTooMany(rows.size());
        return rows.isEmpty() ? List.of() : step(editing -> editing.insert(above, rows));
    }

    /** Deletes rows; those that are gone are passed over. */
    public void delete(List<Long> ids) {
        refuseTooMany(ids.size());
        step(editing -> {
            editing.delete(ids);
            return true;
        });
    }

    /**
     * Adds a column at a position, counted from 0 at the address column, which always stands first.
     *
     * @param variable the name by which templates call it, which no other column of the list has
     */
    public RecipientColumn addColumn(int position, String name, String variable) {
        return step(editing -> {
            int slot = editing.takeSlot();
            editing.columns(columns -> {
                refuseTaken(columns, -1, variable);
                columns.add(within(position, columns.size()), new RecipientColumn(slot, 0, name, variable));
            });
            SheetShape shape = editing.rows.shape();
            return shape.columns().get(shape.indexOf(slot));
        });
    }

    /** Gives a column another name, and variable; the address column keeps its variable. */
    public void renameColumn(int slot, String name, String variable) {
        step(editing -> {
            editing.columns(columns -> {
                if (slot != editing.rows.shape().addressSlot()) {
                    refuseTaken(columns, slot, variable);
                }
                columns.replaceAll(column -> column.slot() == slot ? renamed(column, name, variable) : column);
            });
            return true;
        });
    }

    /** Moves a column; the address column stays first. */
    public void moveColumn(int slot, int position) {
        step(editing -> {
            editing.columns(columns -> {
                int from = editing.rows.shape().indexOf(slot);
                if (from >= 0 && !columns.get(from).holdsAddresses()) {
                    RecipientColumn moved = columns.remove(from);
                    columns.add(within(position, columns.size()), moved);
                }
            });
            return true;
        });
    }

    /** Deletes a column; what it held comes back when this is undone. The address column cannot be deleted. */
    public void deleteColumn(int slot) {
        step(editing -> {
            editing.columns(columns -> columns.removeIf(column -> column.slot() == slot && !column.holdsAddresses()));
            return true;
        });
    }

    /** Names the template that gives the list its columns, or none. */
    public void chooseTemplate(Optional<Long> templateId) {
        step(editing -> {
            editing.reshape(shape -> shape.withTemplate(templateId.orElse(null)));
            return true;
        });
    }

    /** What was done so far; nothing when that is nothing. */
    public Optional<SheetEdit> made() {
        return editId == 0 ? Optional.empty() : database.read(sql -> SheetLog.find(sql, editId));
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            end();
        }
    }

    private void end() {
        if (editId != 0) {
            // Whoever may what by now: what was made is made.
            database.changeUnasked(sql -> edits.forEach(edit -> {
                SheetLog.made(sql, edit);
                SheetLog.dropIfEmpty(sql, edit);
            }));
            SheetLog.deleteDropped(database, listId);
        }
    }

    /**
     * Undoes for good what was done so far, and closes the change.
     *
     * @throws NotTakenBackException when a part of it stays, because somebody changed the list in between
     */
    void takeBack() {
        closed = true;
        boolean whole = true;
        for (long edit : edits) {
            whole &= history.takeBack(listId, edit);
        }
        end();
        if (!whole) {
            throw new NotTakenBackException(kind);
        }
    }

    private <T> T step(Step<T> work) {
        if (closed) {
            throw new IllegalStateException("the change is closed");
        }
        if (stepNanos > 0) {
            // A change of one step never waits; those of many let others in.
            LockSupport.parkNanos(stepNanos / 4);
        }
        long began = System.nanoTime();
        while (true) {
            Instant now = history.now();
            Optional<Done<T>> done = database.write(Right.EDIT_RECIPIENTS, sql -> {
                if (SheetLog.halfDone(sql, listId).isPresent()) {
                    return Optional.empty();
                }
                if (editId != 0 && SheetLog.state(sql, editId) == SheetLog.State.DROPPED) {
                    throw new StoreException("the change rested for too long and was taken back", null);
                }
                boolean goesOn = SheetLog.undoable(sql, listId)
                        .filter(last -> last.id() == editId)
                        .isPresent();
                return Optional.of(SheetStep.run(sql, listId, rules, now, (rows, connection) -> {
                    try (Editing editing = new Editing(sql, connection, rows, goesOn ? editId : 0, now)) {
                        T result = work.in(editing);
                        return new Done<>(result, editing.finish());
                    }
                }));
            });
            if (done.isPresent()) {
                stepNanos = System.nanoTime() - began;
                long edit = done.get().editId();
                if (edit != 0 && edit != editId) {
                    editId = edit;
                    edits.push(edit);
                }
                return done.get().result();
            }
            history.finish(listId);
        }
    }

    private static void refuseTooMany(int rows) {
        if (rows > ROWS_AT_ONCE) {
            throw new IllegalArgumentException("more than " + ROWS_AT_ONCE + " rows at once: " + rows);
        }
    }

    private static void refuseTaken(List<RecipientColumn> columns, int exceptSlot, String variable) {
        if (columns.stream()
                .anyMatch(column ->
                        column.slot() != exceptSlot && column.variable().equals(variable))) {
            throw new IllegalArgumentException("the list has a column for this variable: " + variable);
        }
    }

    private static RecipientColumn renamed(RecipientColumn column, String name, String variable) {
        return new RecipientColumn(
                column.slot(), column.position(), name, column.holdsAddresses() ? column.variable() : variable);
    }

    /** A position after the address column. */
    private static int within(int position, int columns) {
        return Math.min(Math.max(position, 1), columns);
    }

    /** One step: writes rows and columns, and the edit of which it is a part. */
    private final class Editing implements AutoCloseable {
        private final DSLContext sql;
        private final Connection connection;
        private final SheetRows rows;
        private final Instant now;
        private long edit;
        private @Nullable SheetLog log;

        Editing(DSLContext sql, Connection connection, SheetRows rows, long edit, Instant now) {
            this.sql = sql;
            this.connection = connection;
            this.rows = rows;
            this.edit = edit;
            this.now = now;
        }

        /** The edit is begun with the first thing that it changes. */
        private SheetLog log() throws SQLException {
            SheetLog open = log;
            if (open == null) {
                SheetLog.dropUndone(sql, listId);
                if (edit == 0) {
                    edit = SheetLog.begin(sql, listId, kind, detail, now);
                    tell(sql);
                }
                open = new SheetLog(sql, connection, edit);
                log = open;
            }
            return open;
        }

        /** Files that come in are told each, what is typed and deleted once for a while. */
        private void tell(DSLContext sql) {
            String what = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            if (WHOLE_FILES.contains(kind) && edits.isEmpty()) {
                history.tell(sql, listId, what);
            } else {
                history.tellOnce(sql, listId, what);
            }
        }

        void write(RowPatch row) throws SQLException {
            Optional<SheetRows.Stored> found = rows.find(row.id());
            if (found.isEmpty()) {
                return;
            }
            SheetRows.Stored stored = found.get();
            SheetRows.Reading reading = rows.read(row.to().apply(FieldValues.fromJson(stored.values())));
            if (!FieldValues.same(stored.values(), reading.json())) {
                log().changed(stored, stored.rank(), reading.json());
                rows.update(stored, reading);
            }
        }

        List<Long> insert(long above, List<List<String>> values) throws SQLException {
            SheetLog edits = log();
            SheetRanks.Room room = SheetRanks.room(sql, listId, above, values.size());
            for (SheetRanks.Move move : room.moves()) {
                SheetRows.Stored stored = rows.find(move.id()).orElseThrow();
                edits.changed(stored, move.rank(), stored.values());
                rows.move(move.id(), move.rank());
            }
            List<Long> ids = new ArrayList<>(values.size());
            long rank = room.first();
            for (List<String> row : values) {
                SheetRows.Reading reading = rows.read(row);
                long id = rows.insert(rank, reading);
                edits.inserted(id, rank, reading.json());
                ids.add(id);
                rank += room.step();
            }
            return ids;
        }

        void delete(List<Long> ids) throws SQLException {
            for (int from = 0; from < ids.size(); from += SheetRows.IDS_AT_ONCE) {
                List<Long> some = rows.present(ids.subList(from, Math.min(from + SheetRows.IDS_AT_ONCE, ids.size())));
                if (!some.isEmpty()) {
                    log().deleting(some, rows.these(some));
                    rows.delete(some);
                }
            }
        }

        /** A slot that no column ever had. */
        int takeSlot() {
            int slot = sql.select(RECIPIENT_LISTS.NEXT_SLOT)
                    .from(RECIPIENT_LISTS)
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .fetchSingle(RECIPIENT_LISTS.NEXT_SLOT);
            sql.update(RECIPIENT_LISTS)
                    .set(RECIPIENT_LISTS.NEXT_SLOT, slot + 1)
                    .where(RECIPIENT_LISTS.ID.eq(listId))
                    .execute();
            return slot;
        }

        void columns(Consumer<List<RecipientColumn>> work) throws SQLException {
            List<RecipientColumn> columns = new ArrayList<>(rows.shape().columns());
            work.accept(columns);
            reshape(shape -> shape.withColumns(columns));
        }

        void reshape(UnaryOperator<SheetShape> to) throws SQLException {
            SheetShape before = rows.shape();
            SheetShape after = to.apply(before);
            if (after.equals(before)) {
                return;
            }
            log();
            sql.update(SHEET_EDITS)
                    .set(SHEET_EDITS.SHAPE_BEFORE, before.toJson())
                    .where(SHEET_EDITS.ID.eq(edit))
                    .and(SHEET_EDITS.SHAPE_BEFORE.isNull())
                    .execute();
            rows.reshape(after);
            sql.update(SHEET_EDITS)
                    .set(SHEET_EDITS.SHAPE_AFTER, rows.shape().toJson())
                    .where(SHEET_EDITS.ID.eq(edit))
                    .execute();
        }

        /** Writes what is kept of the edit as a whole, and returns its id; 0 when there is none. */
        long finish() {
            SheetLog open = log;
            if (open != null) {
                SheetLog.become(sql, edit, SheetLog.State.MAKING, now);
            }
            if (open != null && open.rowsMore() != 0) {
                sql.update(SHEET_EDITS)
                        .set(SHEET_EDITS.ROW_COUNT, SHEET_EDITS.ROW_COUNT.plus(open.rowsMore()))
                        .where(SHEET_EDITS.ID.eq(edit))
                        .execute();
            }
            return edit;
        }

        @Override
        public void close() throws SQLException {
            SheetLog open = log;
            if (open != null) {
                open.close();
            }
        }
    }
}
