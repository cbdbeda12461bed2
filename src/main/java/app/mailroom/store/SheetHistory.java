package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;
import static app.mailroom.store.jooq.Tables.SHEET_EDIT_ROWS;

import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.model.SheetEdit;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Undoes edits and does them again, in as many short transactions as their rows need.
 *
 * <p>An edit that takes several is UNDOING or REDOING from the first to the last of them. Whatever of it was done when a
 * process ended, undoing it or doing it again begins at the beginning and gives every row of the edit the image that it
 * is to have, so each finishes what was begun, in either direction. Nothing else is done to the list before.
 *
 * <p>The right to change lists is asked for when somebody begins. What was begun is finished and taken back without, by whomever:
 * nobody is served by a list that stays half changed.
 */
final class SheetHistory {
    /** What an edit is about to become, and how it is called on the way. */
    enum Direction {
        UNDO(SheetLog.State.UNDOING, SheetLog.State.UNDONE, "undone"),
        REDO(SheetLog.State.REDOING, SheetLog.State.DONE, "done again"),
        /** Undone so that it cannot be done again: it did not come to its end. */
        TAKE_BACK(SheetLog.State.DROPPING, SheetLog.State.DROPPED, "taken back");

        private final SheetLog.State onTheWay;
        private final SheetLog.State end;
        private final String told;

        Direction(SheetLog.State onTheWay, SheetLog.State end, String told) {
            this.onTheWay = onTheWay;
            this.end = end;
            this.told = told;
        }
    }

    private static final Logger log = LoggerFactory.getLogger(SheetHistory.class);

    private final Database database;
    private final Clock clock;
    private final AddressRules rules;
    private final int rowsAtOnce;

    SheetHistory(Database database, Clock clock, AddressRules rules, int rowsAtOnce) {
        this.database = database;
        this.clock = clock;
        this.rules = rules;
        this.rowsAtOnce = rowsAtOnce;
    }

    Database database() {
        return database;
    }

    AddressRules rules() {
        return rules;
    }

    Instant now() {
        return clock.instant();
    }

    /** Tells the audit what is done to a list, in the transaction that does it. */
    void tell(DSLContext sql, long listId, String what) {
        RecipientStore.nameOf(sql, listId)
                .ifPresent(name -> AuditStore.tell(
                        sql, database, clock, AuditAction.LIST_CHANGED, RecipientStore.subject(listId, name), what));
    }

    /** The same for what is done many times in a row. */
    void tellOnce(DSLContext sql, long listId, String what) {
        RecipientStore.nameOf(sql, listId)
                .ifPresent(name -> AuditStore.tellOnce(
                        sql, database, clock, AuditAction.LIST_CHANGED, RecipientStore.subject(listId, name), what));
    }

    Optional<SheetEdit> undo(long listId, LongConsumer progress) {
        database.access().require(Right.EDIT_RECIPIENTS);
        finishTakingBack(listId);
        Optional<SheetEdit> edit = database.read(sql -> SheetLog.undoable(sql, listId));
        edit.ifPresent(it -> run(listId, it.id(), Direction.UNDO, progress));
        return edit;
    }

    Optional<SheetEdit> redo(long listId, LongConsumer progress) {
        database.access().require(Right.EDIT_RECIPIENTS);
        finishTakingBack(listId);
        Optional<SheetEdit> edit = database.read(sql -> SheetLog.redoable(sql, listId));
        edit.ifPresent(it -> run(listId, it.id(), Direction.REDO, progress));
        return edit;
    }

    /** Finishes what somebody began to undo or to do again. */
    void finish(long listId) {
        Optional<SheetEdit> edit = database.read(sql -> SheetLog.halfDone(sql, listId));
        edit.ifPresent(it -> {
            SheetLog.State state = database.read(sql -> SheetLog.state(sql, it.id()));
            for (Direction direction : Direction.values()) {
                if (direction.onTheWay == state) {
                    run(listId, it.id(), direction, rows -> {});
                }
            }
        });
    }

    private void finishTakingBack(long listId) {
        Optional<SheetLog.State> state =
                database.read(sql -> SheetLog.halfDone(sql, listId).map(edit -> SheetLog.state(sql, edit.id())));
        if (state.equals(Optional.of(SheetLog.State.DROPPING))) {
            finish(listId);
        }
    }

    /** Finishes what a process left behind that ended in the middle, or takes it back if only the whole makes sense. */
    void settle(long listId) {
        finish(listId);
        for (SheetLog.Stale edit : database.read(sql -> SheetLog.stale(sql, listId, now()))) {
            if (!edit.onlyWhole() || !takeBack(listId, edit.id())) {
                database.changeUnasked(sql -> SheetLog.made(sql, edit.id()));
            }
        }
        SheetLog.deleteDropped(database, listId);
    }

    /** The same for every list in which something rests that was begun. */
    int settleAll() {
        List<Long> lists = database.read(sql -> SheetLog.resting(sql, now()));
        for (long listId : lists) {
            try {
                settle(listId);
            } catch (NoSuchListException e) {
                log.debug("List {} was deleted meanwhile", listId, e);
            }
        }
        return lists.size();
    }

    /** Undoes an edit for good; false when that is not possible, because something else was done after it. */
    boolean takeBack(long listId, long editId) {
        finish(listId);
        run(listId, editId, Direction.TAKE_BACK, rows -> {});
        SheetLog.State state = database.read(sql -> SheetLog.state(sql, editId));
        if (state == SheetLog.State.UNDONE) {
            database.changeUnasked(sql -> SheetLog.become(sql, editId, SheetLog.State.DROPPED, now()));
        }
        return state == SheetLog.State.DROPPED || state == SheetLog.State.UNDONE;
    }

    /** For the program itself: forgets what was done before that time, in every list, and returns how many edits that were. */
    int forget(Instant before) {
        List<Long> lists = database.read(sql -> sql.selectDistinct(SHEET_EDITS.LIST_ID)
                .from(SHEET_EDITS)
                .join(RECIPIENT_LISTS)
                .on(RECIPIENT_LISTS.ID.eq(SHEET_EDITS.LIST_ID))
                .where(RECIPIENT_LISTS.READY.eq(true))
                .fetch(SHEET_EDITS.LIST_ID));
        int forgotten = 0;
        for (long listId : lists) {
            try {
                settle(listId);
                forgotten += database.write(sql -> SheetLog.forget(sql, listId, before));
                wipe(listId, database.read(sql -> SheetLog.deadSlots(sql, listId)));
                SheetLog.deleteForgotten(database, listId);
            } catch (NoSuchListException e) {
                log.debug("List {} was deleted meanwhile", listId, e);
            }
        }
        return forgotten;
    }

    /** Empties slots of all rows. */
    private void wipe(long listId, Set<Integer> slots) {
        if (slots.isEmpty()) {
            return;
        }
        Condition filled =
                DSL.or(slots.stream().map(slot -> CellText.in(slot).ne("")).toList());
        Optional<Long> at = Optional.of(Long.MIN_VALUE);
        while (at.isPresent()) {
            long after = at.get();
            at = database.step(sql -> {
                SheetStep.refuseMissing(sql, listId);
                Long last = sql.select(RECIPIENT_ROWS.RANK)
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                        .and(RECIPIENT_ROWS.RANK.gt(after))
                        .orderBy(RECIPIENT_ROWS.RANK)
                        .limit(1)
                        .offset(rowsAtOnce - 1)
                        .fetchOne(RECIPIENT_ROWS.RANK);
                var rows = sql.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.FIELD_VALUES)
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                        .and(RECIPIENT_ROWS.RANK.gt(after))
                        .and(last == null ? DSL.noCondition() : RECIPIENT_ROWS.RANK.le(last))
                        .and(filled)
                        .fetch();
                sql.batch(rows.stream()
                                .map(row -> DSL.update(RECIPIENT_ROWS)
                                        .set(RECIPIENT_ROWS.FIELD_VALUES, without(row.value2(), slots))
                                        .where(RECIPIENT_ROWS.ID.eq(row.value1())))
                                .toList())
                        .execute();
                return Optional.ofNullable(last);
            });
        }
    }

    private static @Nullable String only(@Nullable String values, Set<Integer> slots) {
        if (values == null) {
            return null;
        }
        List<String> all = FieldValues.fromJson(values);
        Set<Integer> others = IntStream.range(0, all.size())
                .filter(slot -> !slots.contains(slot) && !all.get(slot).isEmpty())
                .boxed()
                .collect(Collectors.toSet());
        return others.isEmpty() ? values : without(values, others);
    }

    private static String without(String values, Set<Integer> slots) {
        List<String> kept = new ArrayList<>(FieldValues.fromJson(values));
        for (int slot : slots) {
            if (slot < kept.size()) {
                kept.set(slot, "");
            }
        }
        return FieldValues.toJson(kept);
    }

    private void run(long listId, long editId, Direction direction, LongConsumer progress) {
        Passage passage = new Passage(listId, editId, direction);
        boolean more = true;
        while (more) {
            more = database.stepUnasked(passage::step);
            progress.accept(passage.rows);
        }
    }

    /** The images of a row in an edit: as it is to be, and as it is unless that was done already. */
    private record Image(
            long id, @Nullable Long rank, @Nullable String values) {}

    /** Where rows go, in this order, so that no rank is taken when a row needs it. */
    private enum Stretch {
        SHAPE,
        ROWS_THAT_GO,
        ROWS_THAT_MOVE,
        ROWS_THAT_STAY,
        ROWS_THAT_COME,
        END;

        Stretch next() {
            return switch (this) {
                case SHAPE -> ROWS_THAT_GO;
                case ROWS_THAT_GO -> ROWS_THAT_MOVE;
                case ROWS_THAT_MOVE -> ROWS_THAT_STAY;
                case ROWS_THAT_STAY -> ROWS_THAT_COME;
                case ROWS_THAT_COME, END -> END;
            };
        }
    }

    /** One way through an edit. */
    private final class Passage {
        private final long listId;
        private final long editId;
        private final Direction direction;
        private final Field<Long> targetRank;
        private final Field<String> targetValues;
        private final Field<Long> sourceRank;
        private final Field<String> sourceValues;
        private Stretch stretch = Stretch.SHAPE;
        private List<Image> moves = List.of();
        /** The last row of this stretch that is done; how many, among those that move. */
        private long at;

        /** How many rows were looked at last. */
        private int seen;

        private long rows;
        private long revision;

        /** The slots of columns that are there or can come back; others hold nothing that anybody is to see again. */
        private Set<Integer> known = Set.of();

        Passage(long listId, long editId, Direction direction) {
            this.listId = listId;
            this.editId = editId;
            this.direction = direction;
            boolean undo = direction != Direction.REDO;
            targetRank = undo ? SHEET_EDIT_ROWS.RANK_BEFORE : SHEET_EDIT_ROWS.RANK_AFTER;
            targetValues = undo ? SHEET_EDIT_ROWS.VALUES_BEFORE : SHEET_EDIT_ROWS.VALUES_AFTER;
            sourceRank = undo ? SHEET_EDIT_ROWS.RANK_AFTER : SHEET_EDIT_ROWS.RANK_BEFORE;
            sourceValues = undo ? SHEET_EDIT_ROWS.VALUES_AFTER : SHEET_EDIT_ROWS.VALUES_BEFORE;
        }

        /** One transaction; returns whether there is more to do. */
        boolean step(DSLContext sql) {
            SheetStep.refuseMissing(sql, listId);
            boolean mine = stretch == Stretch.SHAPE ? isNext(sql) : SheetLog.state(sql, editId) == direction.onTheWay;
            if (!mine) {
                return false;
            }
            if (stretch == Stretch.SHAPE) {
                tellOnce(sql, listId, direction.told);
            }
            if (stretch != Stretch.SHAPE && SheetStep.revision(sql, listId) != revision) {
                // Somebody else had a hand in it: what is done may not be done any more.
                stretch = Stretch.SHAPE;
                rows = 0;
            }
            known = SheetLog.knownSlots(sql, listId);
            SheetStep.run(sql, listId, rules, now(), (rowsOfList, connection) -> {
                int budget = rowsAtOnce;
                while (budget > 0 && stretch != Stretch.END) {
                    // What is done already costs nothing: two who do the same must not keep each other at the
                    // beginning.
                    budget -= go(sql, rowsOfList);
                }
                return true;
            });
            revision = SheetStep.revision(sql, listId);
            SheetLog.become(sql, editId, stretch == Stretch.END ? direction.end : direction.onTheWay, now());
            return stretch != Stretch.END;
        }

        /** Whether it is still the turn of this edit; somebody else may have been quicker. */
        private boolean isNext(DSLContext sql) {
            Optional<SheetEdit> next =
                    direction == Direction.REDO ? SheetLog.redoable(sql, listId) : SheetLog.undoable(sql, listId);
            return next.filter(edit -> edit.id() == editId).isPresent();
        }

        /**
         * Looks at some rows of this stretch, goes to the next one when it is done, and returns how many were not yet as
         * they are to be.
         */
        private int go(DSLContext sql, SheetRows list) throws SQLException {
            seen = 0;
            int changed = switch (stretch) {
                case SHAPE -> {
                    reshape(sql, list);
                    yield 0;
                }
                case ROWS_THAT_GO -> remove(sql, list);
                case ROWS_THAT_MOVE -> move(sql, list);
                case ROWS_THAT_STAY -> rewrite(sql, list);
                case ROWS_THAT_COME -> bringBack(sql, list);
                case END -> 0;
            };
            if (stretch != Stretch.ROWS_THAT_MOVE) {
                rows += seen;
            }
            if (seen < rowsAtOnce) {
                stretch = stretch.next();
                at = stretch == Stretch.ROWS_THAT_MOVE ? 0 : Long.MIN_VALUE;
            }
            return changed;
        }

        private void reshape(DSLContext sql, SheetRows list) {
            Field<String> shape = direction == Direction.REDO ? SHEET_EDITS.SHAPE_AFTER : SHEET_EDITS.SHAPE_BEFORE;
            String json = sql.select(shape)
                    .from(SHEET_EDITS)
                    .where(SHEET_EDITS.ID.eq(editId))
                    .fetchSingle(shape);
            if (json != null) {
                list.reshape(SheetShape.fromJson(json));
            }
        }

        private int remove(DSLContext sql, SheetRows list) {
            List<Image> images = images(sql, targetValues.isNull());
            int changed = 0;
            for (int from = 0; from < images.size(); from += SheetRows.IDS_AT_ONCE) {
                changed +=
                        list.delete(images.subList(from, Math.min(from + SheetRows.IDS_AT_ONCE, images.size())).stream()
                                .map(Image::id)
                                .toList());
            }
            return changed;
        }

        private int move(DSLContext sql, SheetRows list) throws SQLException {
            if (at == 0) {
                moves = moves(sql);
            }
            int end = (int) Math.min(moves.size(), at + rowsAtOnce);
            int changed = 0;
            for (Image image : moves.subList((int) at, end)) {
                if (image.rank() != null && list.move(image.id(), image.rank())) {
                    changed++;
                }
            }
            seen = end - (int) at;
            at = end;
            return changed;
        }

        private int rewrite(DSLContext sql, SheetRows list) throws SQLException {
            Condition changed = targetValues.isNotNull().and(sourceValues.ne(targetValues));
            int rewritten = 0;
            List<Image> images = images(sql, changed);
            for (Image image : images) {
                Optional<SheetRows.Stored> row = list.find(image.id());
                if (row.isPresent() && !row.get().values().equals(image.values())) {
                    list.update(row.get(), list.read(FieldValues.fromJson(String.valueOf(image.values()))));
                    rewritten++;
                }
            }
            return rewritten;
        }

        private int bringBack(DSLContext sql, SheetRows list) throws SQLException {
            List<Image> images = images(sql, targetValues.isNotNull().and(sourceValues.isNull()));
            int brought = 0;
            for (Image image : images) {
                if (image.rank() != null && list.find(image.id()).isEmpty()) {
                    SheetRows.Reading reading = list.read(FieldValues.fromJson(String.valueOf(image.values())));
                    list.insert(image.id(), image.rank(), reading);
                    brought++;
                }
            }
            return brought;
        }

        private List<Image> images(DSLContext sql, Condition which) {
            List<Image> images = sql.select(SHEET_EDIT_ROWS.ROW_ID, targetRank, targetValues)
                    .from(SHEET_EDIT_ROWS)
                    .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                    .and(SHEET_EDIT_ROWS.ROW_ID.gt(at))
                    .and(which)
                    .orderBy(SHEET_EDIT_ROWS.ROW_ID)
                    .limit(rowsAtOnce)
                    .fetch(row -> new Image(row.value1(), row.value2(), only(row.value3(), known)));
            seen = images.size();
            if (!images.isEmpty()) {
                at = images.get(images.size() - 1).id();
            }
            return images;
        }

        /**
         * Rows that made room for others. None passes another, so those that move down can go from the lowest on, then
         * those that move up from the highest on, and each finds its place free.
         */
        private List<Image> moves(DSLContext sql) {
            Condition downwards = targetRank.lt(sourceRank);
            return sql
                    .select(SHEET_EDIT_ROWS.ROW_ID, targetRank, DSL.field(downwards))
                    .from(SHEET_EDIT_ROWS)
                    .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                    .and(targetRank.ne(sourceRank))
                    .fetch()
                    .stream()
                    .sorted(Comparator.comparingLong(
                            row -> row.value3() ? row.value2() : Long.MAX_VALUE - row.value2()))
                    .map(row -> new Image(row.value1(), row.value2(), null))
                    .toList();
        }
    }
}
