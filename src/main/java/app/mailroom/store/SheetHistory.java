package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.RECIPIENT_LISTS;
import static app.mailroom.store.jooq.Tables.RECIPIENT_ROWS;
import static app.mailroom.store.jooq.Tables.SHEET_EDITS;
import static app.mailroom.store.jooq.Tables.SHEET_EDIT_ROWS;

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
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Undoes edits and does them again, in as many short transactions as their rows need.
 *
 * <p>An edit that takes several is UNDOING or REDOING from the first to the last of them. Whatever of it was done when a
 * process ended, undoing it or doing it again begins at the beginning and gives every row of the edit the image that it
 * is to have, so each finishes what was begun, in either direction. Nothing else is done to the list before.
 */
final class SheetHistory {
    /** What an edit is about to become, and how it is called on the way. */
    enum Direction {
        UNDO(SheetLog.State.UNDOING, SheetLog.State.UNDONE),
        REDO(SheetLog.State.REDOING, SheetLog.State.DONE);

        private final SheetLog.State onTheWay;
        private final SheetLog.State end;

        Direction(SheetLog.State onTheWay, SheetLog.State end) {
            this.onTheWay = onTheWay;
            this.end = end;
        }
    }

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

    Optional<SheetEdit> undo(long listId, LongConsumer progress) {
        Optional<SheetEdit> edit = database.read(sql -> SheetLog.undoable(sql, listId));
        edit.ifPresent(it -> run(listId, it.id(), Direction.UNDO, progress));
        return edit;
    }

    Optional<SheetEdit> redo(long listId, LongConsumer progress) {
        Optional<SheetEdit> edit = database.read(sql -> SheetLog.redoable(sql, listId));
        edit.ifPresent(it -> run(listId, it.id(), Direction.REDO, progress));
        return edit;
    }

    /** Finishes what somebody began to undo or to do again. */
    void finish(long listId) {
        Optional<SheetEdit> edit = database.read(sql -> SheetLog.underWay(sql, listId));
        edit.ifPresent(it -> {
            boolean undoing = database.read(sql -> SheetLog.state(sql, it.id())) == SheetLog.State.UNDOING;
            run(listId, it.id(), undoing ? Direction.UNDO : Direction.REDO, rows -> {});
        });
    }

    /** Forgets what was done before that time, in every list, and returns how many edits that were. */
    int forget(Instant before) {
        List<Long> lists = database.read(sql -> sql.selectDistinct(SHEET_EDITS.LIST_ID)
                .from(SHEET_EDITS)
                .join(RECIPIENT_LISTS)
                .on(RECIPIENT_LISTS.ID.eq(SHEET_EDITS.LIST_ID))
                .where(RECIPIENT_LISTS.READY.eq(true))
                .fetch(SHEET_EDITS.LIST_ID));
        int forgotten = 0;
        for (long listId : lists) {
            finish(listId);
            forgotten += database.write(sql -> SheetLog.forget(sql, listId, before));
            wipe(listId, database.read(sql -> SheetLog.deadSlots(sql, listId)));
            SheetLog.deleteForgotten(database, listId);
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
        boolean more = true;
        while (more) {
            more = database.write(sql -> {
                var rows = sql.select(RECIPIENT_ROWS.ID, RECIPIENT_ROWS.FIELD_VALUES)
                        .from(RECIPIENT_ROWS)
                        .where(RECIPIENT_ROWS.LIST_ID.eq(listId))
                        .and(filled)
                        .limit(rowsAtOnce)
                        .fetch();
                sql.batch(rows.stream()
                                .map(row -> DSL.update(RECIPIENT_ROWS)
                                        .set(RECIPIENT_ROWS.FIELD_VALUES, without(row.value2(), slots))
                                        .where(RECIPIENT_ROWS.ID.eq(row.value1())))
                                .toList())
                        .execute();
                return rows.size() == rowsAtOnce;
            });
        }
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
            more = database.write(passage::step);
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

        private long rows;
        private long revision;

        Passage(long listId, long editId, Direction direction) {
            this.listId = listId;
            this.editId = editId;
            this.direction = direction;
            boolean undo = direction == Direction.UNDO;
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
            if (stretch != Stretch.SHAPE && SheetStep.revision(sql, listId) != revision) {
                // Somebody else had a hand in it: what is done may not be done any more.
                stretch = Stretch.SHAPE;
                rows = 0;
            }
            SheetStep.run(sql, listId, rules, now(), (rowsOfList, connection) -> {
                int budget = rowsAtOnce;
                while (budget > 0 && stretch != Stretch.END) {
                    budget -= go(sql, rowsOfList, budget);
                }
                return true;
            });
            revision = SheetStep.revision(sql, listId);
            SheetLog.become(sql, editId, stretch == Stretch.END ? direction.end : direction.onTheWay);
            return stretch != Stretch.END;
        }

        /** Whether it is still the turn of this edit; somebody else may have been quicker. */
        private boolean isNext(DSLContext sql) {
            Optional<SheetEdit> next =
                    direction == Direction.UNDO ? SheetLog.undoable(sql, listId) : SheetLog.redoable(sql, listId);
            return next.filter(edit -> edit.id() == editId).isPresent();
        }

        /** Does so many rows of this stretch, goes to the next one when it is done, and returns how many. */
        private int go(DSLContext sql, SheetRows list, int limit) throws SQLException {
            int done = switch (stretch) {
                case SHAPE -> {
                    reshape(sql, list);
                    yield 0;
                }
                case ROWS_THAT_GO -> remove(sql, list, limit);
                case ROWS_THAT_MOVE -> move(sql, list, limit);
                case ROWS_THAT_STAY -> rewrite(sql, list, limit);
                case ROWS_THAT_COME -> bringBack(sql, list, limit);
                case END -> 0;
            };
            if (stretch != Stretch.ROWS_THAT_MOVE) {
                rows += done;
            }
            if (done < limit) {
                stretch = stretch.next();
                at = stretch == Stretch.ROWS_THAT_MOVE ? 0 : Long.MIN_VALUE;
            }
            return done;
        }

        private void reshape(DSLContext sql, SheetRows list) {
            Field<String> shape = direction == Direction.UNDO ? SHEET_EDITS.SHAPE_BEFORE : SHEET_EDITS.SHAPE_AFTER;
            String json = sql.select(shape)
                    .from(SHEET_EDITS)
                    .where(SHEET_EDITS.ID.eq(editId))
                    .fetchSingle(shape);
            if (json != null) {
                list.reshape(SheetShape.fromJson(json));
            }
        }

        private int remove(DSLContext sql, SheetRows list, int limit) {
            List<Image> images = images(sql, targetValues.isNull(), limit);
            for (int from = 0; from < images.size(); from += SheetRows.IDS_AT_ONCE) {
                list.delete(images.subList(from, Math.min(from + SheetRows.IDS_AT_ONCE, images.size())).stream()
                        .map(Image::id)
                        .toList());
            }
            return images.size();
        }

        private int move(DSLContext sql, SheetRows list, int limit) throws SQLException {
            if (at == 0) {
                moves = moves(sql);
            }
            int end = (int) Math.min(moves.size(), at + limit);
            for (Image image : moves.subList((int) at, end)) {
                if (image.rank() != null) {
                    list.move(image.id(), image.rank());
                }
            }
            int done = end - (int) at;
            at = end;
            return done;
        }

        private int rewrite(DSLContext sql, SheetRows list, int limit) throws SQLException {
            Condition changed = targetValues.isNotNull().and(sourceValues.ne(targetValues));
            List<Image> images = images(sql, changed, limit);
            for (Image image : images) {
                Optional<SheetRows.Stored> row = list.find(image.id());
                if (row.isPresent() && !row.get().values().equals(image.values())) {
                    list.update(row.get(), list.read(FieldValues.fromJson(String.valueOf(image.values()))));
                }
            }
            return images.size();
        }

        private int bringBack(DSLContext sql, SheetRows list, int limit) throws SQLException {
            List<Image> images = images(sql, targetValues.isNotNull().and(sourceValues.isNull()), limit);
            for (Image image : images) {
                if (image.rank() != null && list.find(image.id()).isEmpty()) {
                    SheetRows.Reading reading = list.read(FieldValues.fromJson(String.valueOf(image.values())));
                    list.insert(image.id(), image.rank(), reading);
                }
            }
            return images.size();
        }

        private List<Image> images(DSLContext sql, Condition which, int limit) {
            List<Image> images = sql.select(SHEET_EDIT_ROWS.ROW_ID, targetRank, targetValues)
                    .from(SHEET_EDIT_ROWS)
                    .where(SHEET_EDIT_ROWS.EDIT_ID.eq(editId))
                    .and(SHEET_EDIT_ROWS.ROW_ID.gt(at))
                    .and(which)
                    .orderBy(SHEET_EDIT_ROWS.ROW_ID)
                    .limit(limit)
                    .fetch(row -> new Image(row.value1(), row.value2(), row.value3()));
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
