package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SHEET_EDIT_ROWS;
import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.Right;
import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Record7;
import org.jooq.Records;
import org.jooq.Select;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The sheets of finished lists: which rows are shown in which order, what is wrong with them, and every change to them,
 * each of which can be undone and done again, in order, however long ago it was made.
 */
public final class SheetStore {
    private final Database database;
    private final Clock clock;
    private final AddressRules rules;
    private final SheetHistory history;
    private final int rowsAtOnce;

    /** Sheets in the given workspace database. */
    public SheetStore(Database database, Clock clock, AddressRules rules) {
        this(database, clock, rules, SheetChange.ROWS_AT_ONCE);
    }

    /** The same, with at most so many rows in one transaction that nobody gave in steps. */
    SheetStore(Database database, Clock clock, AddressRules rules, int rowsAtOnce) {
        this.database = database;
        this.clock = clock;
        this.rules = rules;
        this.rowsAtOnce = rowsAtOnce;
        this.history = new SheetHistory(database, clock, rules, rowsAtOnce);
    }

    /** The ids of the rows that are shown, in the order in which they are. A million take some tenths of a second. */
    public long[] ids(long listId, SheetQuery query, SheetSituation situation) {
        return database.read(sql -> {
            Select<Record1<Long>> select = new SheetQueries(sql, listId).ids(query, situation);
            // A record for each of a million rows would cost more than the database does.
            try (ResultSet found = select.fetchResultSet()) {
                long[] ids = new long[1_024];
                int count = 0;
                while (found.next()) {
                    if (count == ids.length) {
                        ids = Arrays.copyOf(ids, count * 2);
                    }
                    ids[count++] = found.getLong(1);
                }
                return Arrays.copyOf(ids, count);
            } catch (SQLException e) {
                throw new StoreException("cannot read which rows are shown: " + e.getMessage(), e);
            }
        });
    }

    /** These rows, in this order; those that are gone are missing. At most a few hundred at once. */
    public List<SheetRow> rows(long listId, List<Long> ids, World world) {
        Map<Long, SheetRow> found = new HashMap<>();
        database.read(sql -> these(sql, listId, ids, world).fetch(Records.mapping(SheetStore::row)))
                .forEach(row -> found.put(row.id(), row));
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    static Select<Record7<Long, Long, String, String, String, String, String>> these(
            DSLContext sql, long listId, List<Long> ids, World world) {
        Field<String> suppressed = DSL.field(DSL.select(DSL.min(SUPPRESSIONS.REASON))
                .from(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.eq(
                        DSL.coalesce(RECIPIENT_ROWS.ADDRESS_KEY, RECIPIENT_ROWS.REPEATS_KEY)))
                .and(SuppressionStore.holdsIn(world)));
        return sql.select(
                        RECIPIENT_ROWS.ID,
                        RECIPIENT_ROWS.RANK,
                        RECIPIENT_ROWS.FIELD_VALUES,
                        RECIPIENT_ROWS.REPEATS_KEY,
                        RECIPIENT_ROWS.FAULT,
                        RECIPIENT_ROWS.MEANT,
                        suppressed)
                .from(RECIPIENT_ROWS)
                .where(SheetRows.these(listId, ids));
    }

    /** How many rows have each mark; every mark has a count. */
    public Map<SheetMark, Long> counts(long listId, SheetSituation situation) {
        return database.read(sql -> {
            SheetQueries queries = new SheetQueries(sql, listId);
            Map<SheetMark, Long> counts = new EnumMap<>(SheetMark.class);
            for (SheetMark mark : SheetMark.values()) {
                counts.put(
                        mark,
                        sql.selectCount()
                                .from(RECIPIENT_ROWS)
                                .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                                .and(queries.marked(mark, situation))
                                .fetchSingle()
                                .value1()
                                .longValue());
            }
            return counts;
        });
    }

    /** How often each value of a column occurs, the most frequent first; blanks around a value do not count. */
    public List<ValueCount> values(long listId, int slot, int limit) {
        return database.read(sql -> {
            Field<String> value = new SheetQueries(sql, listId).stripped(slot);
            Field<Integer> rows = DSL.count();
            return sql.select(value, rows)
                    .from(RECIPIENT_ROWS)
                    .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                    .groupBy(value)
                    .orderBy(rows.desc(), value)
                    .limit(limit)
                    .fetch(row -> new ValueCount(row.value1(), row.value2()));
        });
    }

    /** A value and in how many rows it stands. */
    public record ValueCount(String value, long rows) {}

    /**
     * A number that rises with each change of rows or columns, by whomever.
     *
     * @throws NoSuchListException when there is no such list
     */
    public long revision(long listId) {
        return database.read(sql -> SheetStep.revision(sql, listId));
    }

    /**
     * Reads the addresses anew if they were read by older rules; to be called before a sheet is shown. It takes no right: no cell is
     * changed by it.
     */
    public void readAddresses(long listId) {
        Integer version = database.read(sql -> sql.select(RECIPIENT_LISTS.ADDRESS_RULES)
                .from(RECIPIENT_LISTS)
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .and(RECIPIENT_LISTS.READY.eq(true))
                .fetchOne(RECIPIENT_LISTS.ADDRESS_RULES));
        if (version == null || version >= rules.version()) {
            return;
        }
        Optional<Long> at = Optional.of(0L);
        while (at.isPresent()) {
            long from = at.get();
            at = database.stepUnasked(sql -> SheetStep.run(
                    sql, listId, rules, clock.instant(), (rows, connection) -> rows.readAnew(from, rowsAtOnce)));
        }
        database.changeUnasked(sql -> sql.update(RECIPIENT_LISTS)
                .set(RECIPIENT_LISTS.ADDRESS_RULES, rules.version())
                .where(RECIPIENT_LISTS.ID.eq(listId))
                .execute());
    }

    /**
     * Begins a change. What it does is in the sheet at once, step by step; together it is undone in one step. Whatever
     * was undone before can no longer be done again.
     *
     * @throws NoSuchListException when there is no such list
     */
    public SheetChange change(long listId, SheetEdit.Kind kind, String detail) {
        database.access().require(Right.EDIT_RECIPIENTS);
        database.read(sql -> SheetStep.revision(sql, listId));
        history.settle(listId);
        return new SheetChange(history, listId, kind, detail);
    }

    /**
     * Undoes what a change did that is to come to nothing, so that it cannot be done again either, and closes it.
     *
     * @throws NotTakenBackException when a part of it stays, because somebody changed the list in between
     */
    public void takeBack(SheetChange change) {
        change.takeBack();
    }

    /**
     * Finishes what processes left behind that ended in the middle of a change; an import or a merge is taken back.
     *
     * @return in how many lists there was such a thing
     */
    public int settle() {
        return history.settleAll();
    }

    /** What {@link #undo} would undo. */
    public Optional<SheetEdit> undoable(long listId) {
        return database.read(sql -> SheetLog.undoable(sql, listId));
    }

    /** What {@link #redo} would do again. */
    public Optional<SheetEdit> redoable(long listId) {
        return database.read(sql -> SheetLog.redoable(sql, listId));
    }

    /**
     * Undoes the last change that is not undone, and returns it; nothing when there is none.
     *
     * @param progress is told how many rows are done, now and then
     */
    public Optional<SheetEdit> undo(long listId, LongConsumer progress) {
        return history.undo(listId, progress);
    }

    /** Does the change again that was undone last, and returns it; nothing when there is none. */
    public Optional<SheetEdit> redo(long listId, LongConsumer progress) {
        return history.redo(listId, progress);
    }

    /** Rows that a change brought or altered and that are still there, so that they can be shown; at most so many. */
    public List<Long> touched(SheetEdit edit, int limit) {
        return database.read(sql -> sql.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK)
                .from(SHEET_EDIT_ROWS)
                .join(RECIPIENT_ROWS)
                .on(RECIPIENT_ROWS.ID.eq(SHEET_EDIT_ROWS.ROW_ID))
                .where(SHEET_EDIT_ROWS.EDIT_ID.eq(edit.id()))
                .and(SHEET_EDIT_ROWS.VALUES_BEFORE.isDistinctFrom(SHEET_EDIT_ROWS.VALUES_AFTER))
                .orderBy(SHEET_EDIT_ROWS.ROW_ID)
                .limit(limit)
                .fetch()
                .sortAsc(RECIPIENT_ROWS.RANK)
                .getValues(RECIPIENT_ROWS.ID));
    }

    /**
     * For the program itself: forgets changes older than that, which can then no longer be undone, and what columns held that were deleted by
     * them.
     *
     * @return how many changes were forgotten
     */
    public int forgetHistory(Duration olderThan) {
        return history.forget(clock.instant().minus(olderThan));
    }

    private static SheetRow row(
            long id,
            long rank,
            String values,
            @Nullable String repeats,
            @Nullable String fault,
            @Nullable String meant,
            @Nullable String suppressed) {
        RowStanding standing;
        if (fault != null) {
            standing = fault.equals(RowStanding.BLANK.name()) ? RowStanding.BLANK : RowStanding.INVALID;
        } else {
            standing = repeats != null ? RowStanding.REPEATED : RowStanding.MAILED;
        }
        return new SheetRow(
                id,
                rank,
                FieldValues.fromJson(values),
                standing,
                standing == RowStanding.BLANK ? Optional.empty() : Optional.ofNullable(fault),
                Optional.ofNullable(meant),
                Optional.ofNullable(suppressed));
    }
}
