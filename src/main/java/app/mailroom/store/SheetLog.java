package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;
import static app.mailroom.store.jooq.Tables.SHEET_EDIT_ROWS;

import app.mailroom.model.SheetEdit;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record5;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one edit does within one transaction: each row as it was before the edit first touched it, and as it is
 * now. The static methods say in which state the edits of a list are.
 *
 * <p>Edits of a list form a line: those that are DONE or MAKING, then at most one of which only a part is undone or done
 * again (UNDOING, REDOING or DROPPING), then those that are UNDONE, in the order of their ids. A list's rows and columns
 * are always what its last done edit left.
 */
final class SheetLog implements AutoCloseable {
    /** How far an edit is. */
    enum State {
        /** Some of its steps are done, and more may come. Otherwise as one that is done. */
        MAKING,
        DONE,
        UNDOING,
        REDOING,
        /** Being undone for good, because it did not come to its end. */
        DROPPING,
        UNDONE,
        /** Can no longer be done again, and waits to be deleted. */
        DROPPED,
        /** Too old to be undone: waits until what it deleted is wiped, and to be deleted. */
        FORGOTTEN
    }

    /** An edit that is being made and rests for so long has lost its process, or is as good as lost. */
    static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private static final int DELETED_AT_ONCE = 5_000;

    /** What is taken back if its process ends in the middle: half a file is not what anybody wanted. */
    private static final List<String> ONLY_WHOLE =
            List.of(SheetEdit.Kind.IMPORTED.name(), SheetEdit.Kind.MERGED.name());

    private final DSLContext sql;
    private final long editId;
    private final PreparedStatement find;
    private final PreparedStatement add;
    private final PreparedStatement change;
    private long more;

    SheetLog(DSLContext sql, Connection connection, long editId) throws SQLException {
        this.sql = sql;
        this.editId = editId;
        var text = DSL.val("");
        var number = DSL.val(0L);
        find = connection.prepareStatement(
                sql.render(DSL.select(SHEET_EDIT_ROWS.VALUES_BEFORE, SHEET_EDIT_ROWS.VALUES_AFTER)
                        .from(SHEET_EDIT_ROWS)
                        .where(SHEET_EDIT_ROWS.EDIT_ID.eq(number))
                        .and(SHEET_EDIT_ROWS.ROW_ID.eq(number))));
        add = connection.prepareStatement(sql.render(DSL.insertInto(
                        SHEET_EDIT_ROWS,
                        SHEET_EDIT_ROWS.EDIT_ID,
                        SHEET_EDIT_ROWS.ROW_ID,
                        SHEET_EDIT_ROWS.RANK_BEFORE,
                        SHEET_EDIT_ROWS.VALUES_BEFORE,
                        SHEET_EDIT_ROWS.RANK_AFTER,
                        SHEET_EDIT_ROWS.VALUES_AFTER)
                .values(number, number, number, text, number, text)));
        change = connection.prepareStatement(sql.render(DSL.update(SHEET_EDIT_ROWS)
                .set(SHEET_EDIT_ROWS.RANK_AFTER, number)
                .set(SHEET_EDIT_ROWS.VALUES_AFTER, text)
                .where(SHEET_EDIT_ROWS.EDIT_ID.eq(number))
                .and(SHEET_EDIT_ROWS.ROW_ID.eq(number))));
    }

    /** By how many rows the edit changed more, or fewer. */
    long rowsMore() {
        return more;
    }

    void inserted(long id, long rank, String values) throws SQLException {
        add(id, null, null, rank, values);
        more++;
    }

    /** To be called with the row as it was, and with how it is now. */
    void changed(SheetRows.Stored row, long rank, String values) throws SQLException {
        find.setLong(1, editId);
        find.setLong(2, row.id());
        boolean known;
        boolean altered = false;
        String before = row.values();
        try (ResultSet found = find.executeQuery()) {
            known = found.next();
            if (known) {
                before = found.getString(1);
                altered = !found.getString(2).equals(before);
            }
        }
        if (known) {
            change.setLong(1, rank);
            change.setString(2, values);
            change.setLong(3, editId);
            change.setLong(4, row.id());
            change.executeUpdate();
        } else {
            add(row.id(), row.rank(), before, rank, values);
        }
        more += (values.equals(before) ? 0 : 1) - (altered ? 1 : 0);
    }

    /**
     * To be called before the rows with these ids are deleted. Those that the edit itself inserted leave no trace.
     *
     * @param rows the condition that finds them
     */
    void deleting(List<Long> ids, Condition rows) {
        Condition known = SHEET_EDIT_ROWS
                .EDIT_ID
                .eq(editId)
                .and(SHEET_EDIT_ROWS.ROW_ID.in(ids.stream().map(DSL::inline).toList()))
                .and(SHEET_EDIT_ROWS.VALUES_AFTER.isNotNull());
        more -= sql.fetchCount(
                SHEET_EDIT_ROWS, known.and(SHEET_EDIT_ROWS.VALUES_AFTER.isDistinctFrom(SHEET_EDIT_ROWS.VALUES_BEFORE)));
        more += sql.update(SHEET_EDIT_ROWS)
                .setNull(SHEET_EDIT_ROWS.RANK_AFTER)
                .setNull(SHEET_EDIT_ROWS.VALUES_AFTER)
                .where(known)
                .and(SHEET_EDIT_ROWS.VALUES_BEFORE.isNotNull())
                .execute();
        more += sql.insertInto(
                        SHEET_EDIT_ROWS,
                        SHEET_EDIT_ROWS.EDIT_ID,
                        SHEET_EDIT_ROWS.ROW_ID,
                        SHEET_EDIT_ROWS.RANK_BEFORE,
                        SHEET_EDIT_ROWS.VALUES_BEFORE)
                .select(DSL.select(DSL.val(editId), RECIPIENT_ROWS.ID, RECIPIENT_ROWS.RANK, RECIPIENT_ROWS.FIELD_VALUES)
                        .from(RECIPIENT_ROWS)
                        .where(rows)
                        .andNotExists(DSL.selectOne()
                                .from(SHEET_EDIT_ROWS)
                                .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                                .and(SHEET_EDIT_ROWS.ROW_ID.eq(RECIPIENT_ROWS.ID)))
                        .orderBy(RECIPIENT_ROWS.ID))
                .execute();
        sql.deleteFrom(SHEET_EDIT_ROWS)
                .where(known)
                .and(SHEET_EDIT_ROWS.VALUES_BEFORE.isNull())
                .execute();
    }

    private void add(
            long id,
            @Nullable Long rankBefore,
            @Nullable String before,
            @Nullable Long rankAfter,
            @Nullable String after)
            throws SQLException {
        add.setLong(1, editId);
        add.setLong(2, id);
        add.setObject(3, rankBefore);
        add.setString(4, before);
        add.setObject(5, rankAfter);
        add.setString(6, after);
        add.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        find.close();
        add.close();
        change.close();
    }

    /** Lets nobody do again what was undone, because something else is done now. */
    static void dropUndone(DSLContext sql, long listId) {
        sql.update(SHEET_EDITS)
                .set(SHEET_EDITS.STATE, State.DROPPED.name())
                .where(SHEET_EDITS.LIST_ID.eq(listId))
                .and(SHEET_EDITS.STATE.eq(State.UNDONE.name()))
                .execute();
    }

    /** Drops an edit that left nothing to undo. */
    static void dropIfEmpty(DSLContext sql, long editId) {
        sql.update(SHEET_EDITS)
                .set(SHEET_EDITS.STATE, State.DROPPED.name())
                .where(SHEET_EDITS.ID.eq(editId))
                .and(SHEET_EDITS.SHAPE_BEFORE.isNull())
                .and(SHEET_EDITS.ID.notIn(DSL.select(SHEET_EDIT_ROWS.EDIT_ID)
                        .from(SHEET_EDIT_ROWS)
                        .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                        .limit(DSL.inline(1))))
                .execute();
    }

    /** Makes an edit without rows, and returns its id. */
    static long begin(DSLContext sql, long listId, SheetEdit.Kind kind, String detail, Instant now) {
        return sql.insertInto(SHEET_EDITS)
                .set(SHEET_EDITS.LIST_ID, listId)
                .set(SHEET_EDITS.KIND, kind.name())
                .set(SHEET_EDITS.DETAIL, detail)
                .set(SHEET_EDITS.ROW_COUNT, 0L)
                .set(SHEET_EDITS.STATE, State.MAKING.name())
                .set(SHEET_EDITS.MADE_AT, now)
                .set(SHEET_EDITS.TOUCHED_AT, now)
                .returning(SHEET_EDITS.ID)
                .fetchSingle(SHEET_EDITS.ID);
    }

    /** The edit that would be undone: the one on its way, or the last that is done. */
    static Optional<SheetEdit> undoable(DSLContext sql, long listId) {
        return halfDone(sql, listId)
                .or(() -> edits(sql, listId, State.DONE, State.MAKING)
                        .orderBy(SHEET_EDITS.ID.desc())
                        .limit(1)
                        .fetchOptional(SheetLog::edit));
    }

    /** The edit that would be done again: the one on its way, or the first that is undone. */
    static Optional<SheetEdit> redoable(DSLContext sql, long listId) {
        return halfDone(sql, listId)
                .or(() -> edits(sql, listId, State.UNDONE)
                        .orderBy(SHEET_EDITS.ID)
                        .limit(1)
                        .fetchOptional(SheetLog::edit));
    }

    /** The edit of which only a part is undone, or done again. */
    static Optional<SheetEdit> halfDone(DSLContext sql, long listId) {
        return edits(sql, listId, State.UNDOING, State.REDOING, State.DROPPING).fetchOptional(SheetLog::edit);
    }

    /**
     * Whether somebody is changing the list in several steps, so that it is not yet what it is to be. An edit that was
     * being made when its process ended counts until it has rested for {@link #STALE_AFTER}, and until it is taken back
     * if only the whole of it makes sense; one that was being undone or done again counts until that is finished.
     */
    static boolean underWay(DSLContext sql, long listId, Instant now) {
        return sql.fetchExists(
                SHEET_EDITS,
                SHEET_EDITS
                        .LIST_ID
                        .eq(listId)
                        .and(SHEET_EDITS
                                .STATE
                                .in(State.UNDOING.name(), State.REDOING.name(), State.DROPPING.name())
                                .or(SHEET_EDITS
                                        .STATE
                                        .eq(State.MAKING.name())
                                        .and(SHEET_EDITS
                                                .TOUCHED_AT
                                                .gt(now.minus(STALE_AFTER))
                                                .or(SHEET_EDITS.KIND.in(ONLY_WHOLE))))));
    }

    static Optional<SheetEdit> find(DSLContext sql, long editId) {
        return sql.select(
                        SHEET_EDITS.ID,
                        SHEET_EDITS.KIND,
                        SHEET_EDITS.DETAIL,
                        SHEET_EDITS.ROW_COUNT,
                        SHEET_EDITS.MADE_AT)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.ID.eq(editId))
                .fetchOptional(SheetLog::edit);
    }

    static State state(DSLContext sql, long editId) {
        return sql.select(SHEET_EDITS.STATE)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.ID.eq(editId))
                .fetchOptional(SHEET_EDITS.STATE)
                .map(State::valueOf)
                .orElse(State.DROPPED);
    }

    /** To be called with each step of an edit, too, so that it is seen to be alive. */
    static void become(DSLContext sql, long editId, State state, Instant now) {
        sql.update(SHEET_EDITS)
                .set(SHEET_EDITS.STATE, state.name())
                .set(SHEET_EDITS.TOUCHED_AT, now)
                .where(SHEET_EDITS.ID.eq(editId))
                .execute();
    }

    /** Ends the making of an edit, unless somebody has undone it meanwhile. */
    static void made(DSLContext sql, long editId) {
        sql.update(SHEET_EDITS)
                .set(SHEET_EDITS.STATE, State.DONE.name())
                .where(SHEET_EDITS.ID.eq(editId))
                .and(SHEET_EDITS.STATE.eq(State.MAKING.name()))
                .execute();
    }

    /** An edit whose process is lost, and whether only the whole of it makes sense. */
    record Stale(long id, boolean onlyWhole) {}

    /** The edits of a list that nobody makes any more, the last first. */
    static List<Stale> stale(DSLContext sql, long listId, Instant now) {
        return sql.select(SHEET_EDITS.ID, SHEET_EDITS.KIND)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.LIST_ID.eq(listId))
                .and(SHEET_EDITS.STATE.eq(State.MAKING.name()))
                .and(SHEET_EDITS.TOUCHED_AT.le(now.minus(STALE_AFTER)))
                .orderBy(SHEET_EDITS.ID.desc())
                .fetch(row -> new Stale(row.value1(), ONLY_WHOLE.contains(row.value2())));
    }

    /** The finished lists with an edit that is on its way and rests for long. */
    static List<Long> resting(DSLContext sql, Instant now) {
        return sql.selectDistinct(SHEET_EDITS.LIST_ID)
                .from(SHEET_EDITS)
                .join(RECIPIENT_LISTS)
                .on(RECIPIENT_LISTS.ID.eq(SHEET_EDITS.LIST_ID))
                .where(RECIPIENT_LISTS.READY.eq(true))
                .and(SHEET_EDITS.STATE.in(
                        State.MAKING.name(), State.UNDOING.name(), State.REDOING.name(), State.DROPPING.name()))
                .and(SHEET_EDITS.TOUCHED_AT.le(now.minus(STALE_AFTER)))
                .fetch(SHEET_EDITS.LIST_ID);
    }

    /** Deletes an edit that can no longer be done, in short transactions. */
    static void delete(Database database, long editId) {
        Field<Long> row = SHEET_EDIT_ROWS.ROW_ID;
        database.inStepsUnasked(sql -> {
            Long end = sql.select(row)
                    .from(SHEET_EDIT_ROWS)
                    .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                    .orderBy(row)
                    .limit(1)
                    .offset(DELETED_AT_ONCE)
                    .fetchOne(row);
            sql.deleteFrom(SHEET_EDIT_ROWS)
                    .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                    .and(end == null ? DSL.noCondition() : row.lt(end))
                    .execute();
            return end != null;
        });
        database.changeUnasked(sql ->
                sql.deleteFrom(SHEET_EDITS).where(SHEET_EDITS.ID.eq(editId)).execute());
    }

    /** Deletes the edits of a list that are dropped. */
    static void deleteDropped(Database database, long listId) {
        database.read(sql -> edits(sql, listId, State.DROPPED).fetch(SHEET_EDITS.ID))
                .forEach(edit -> delete(database, edit));
    }

    /**
     * Forgets the edits before that time, and what was undone if a part of it goes.
     *
     * @return how many
     */
    static int forget(DSLContext sql, long listId, Instant before) {
        Condition live =
                SHEET_EDITS.LIST_ID.eq(listId).and(SHEET_EDITS.STATE.in(State.DONE.name(), State.UNDONE.name()));
        Long firstKept = sql.select(DSL.min(SHEET_EDITS.ID))
                .from(SHEET_EDITS)
                .where(live.and(SHEET_EDITS.MADE_AT.ge(before)))
                .or(SHEET_EDITS.LIST_ID.eq(listId).and(SHEET_EDITS.STATE.eq(State.MAKING.name())))
                .fetchSingle()
                .value1();
        Condition old = firstKept == null ? live : live.and(SHEET_EDITS.ID.lt(firstKept));
        if (sql.fetchExists(SHEET_EDITS, old.and(SHEET_EDITS.STATE.eq(State.UNDONE.name())))) {
            old = old.or(live.and(SHEET_EDITS.STATE.eq(State.UNDONE.name())));
        }
        return sql.update(SHEET_EDITS)
                .set(SHEET_EDITS.STATE, State.FORGOTTEN.name())
                .where(old)
                .execute();
    }

    /** The slots of columns that only forgotten edits know: no column has them, and none can come back to them. */
    static Set<Integer> deadSlots(DSLContext sql, long listId) {
        Set<Integer> dead = new HashSet<>();
        Set<Integer> kept = new HashSet<>(SheetShape.of(sql, listId).slots());
        sql.select(SHEET_EDITS.STATE, SHEET_EDITS.SHAPE_BEFORE, SHEET_EDITS.SHAPE_AFTER)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.LIST_ID.eq(listId))
                .and(SHEET_EDITS.SHAPE_BEFORE.isNotNull())
                .and(SHEET_EDITS.STATE.ne(State.DROPPED.name()))
                .forEach(edit -> {
                    Set<Integer> slots = edit.value1().equals(State.FORGOTTEN.name()) ? dead : kept;
                    slots.addAll(SheetShape.fromJson(edit.value2()).slots());
                    slots.addAll(SheetShape.fromJson(edit.value3()).slots());
                });
        dead.removeAll(kept);
        return dead;
    }

    /** The slots of the columns that a list has, or that an edit can bring back. */
    static Set<Integer> knownSlots(DSLContext sql, long listId) {
        Set<Integer> known = new HashSet<>(SheetShape.of(sql, listId).slots());
        sql.select(SHEET_EDITS.SHAPE_BEFORE, SHEET_EDITS.SHAPE_AFTER)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.LIST_ID.eq(listId))
                .and(SHEET_EDITS.SHAPE_BEFORE.isNotNull())
                .and(SHEET_EDITS.STATE.notIn(State.DROPPED.name(), State.FORGOTTEN.name()))
                .forEach(edit -> {
                    known.addAll(SheetShape.fromJson(edit.value1()).slots());
                    known.addAll(SheetShape.fromJson(edit.value2()).slots());
                });
        return known;
    }

    /** Deletes the edits of a list that are forgotten. */
    static void deleteForgotten(Database database, long listId) {
        database.read(sql -> edits(sql, listId, State.FORGOTTEN).fetch(SHEET_EDITS.ID))
                .forEach(edit -> delete(database, edit));
    }

    /** Deletes all edits of a list that goes. */
    static void deleteAll(Database database, long listId) {
        database.read(sql -> edits(sql, listId, State.values()).fetch(SHEET_EDITS.ID))
                .forEach(edit -> delete(database, edit));
    }

    private static SelectConditionStep<Record5<Long, String, String, Long, Instant>> edits(
            DSLContext sql, long listId, State... states) {
        return sql.select(
                        SHEET_EDITS.ID,
                        SHEET_EDITS.KIND,
                        SHEET_EDITS.DETAIL,
                        SHEET_EDITS.ROW_COUNT,
                        SHEET_EDITS.MADE_AT)
                .from(SHEET_EDITS)
                .where(SHEET_EDITS.LIST_ID.eq(listId))
                .and(SHEET_EDITS.STATE.in(Arrays.stream(states).map(State::name).toList()));
    }

    private static SheetEdit edit(Record5<Long, String, String, Long, Instant> edit) {
        return new SheetEdit(
                edit.value1(), SheetEdit.Kind.valueOf(edit.value2()), edit.value3(), edit.value4(), edit.value5());
    }
}
