package app.mailroom.store;

import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetRow;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The sheets of finished lists: which rows are shown in which order, what is wrong with them, and every change to them,
 * each of which can be undone and done again, in order, however long ago it was made.
 */
public final class SheetStore {
    private final Database database;
    private final Clock clock;
    private final AddressRules rules;

    /** Sheets in the given workspace database. */
    public SheetStore(Database database, Clock clock, AddressRules rules) {
        this.database = database;
        this.clock = clock;
        this.rules = rules;
    }

    /** The ids of the rows that are shown, in the order in which they are. A million take some tenths of a second. */
    public long[] ids(long listId, SheetQuery query, SheetSituation situation) {
        throw new UnsupportedOperationException();
    }

    /** These rows, in this order; those that are gone are missing. At most a few hundred at once. */
    public List<SheetRow> rows(long listId, List<Long> ids, World world) {
        throw new UnsupportedOperationException();
    }

    /** How many rows have each mark; every mark has a count. */
    public Map<SheetMark, Long> counts(long listId, SheetSituation situation) {
        throw new UnsupportedOperationException();
    }

    /** How often each value of a column occurs, the most frequent first; blanks around a value do not count. */
    public List<ValueCount> values(long listId, int slot, int limit) {
        throw new UnsupportedOperationException();
    }

    /** A value and in how many rows it stands. */
    public record ValueCount(String value, long rows) {}

    /**
     * A number that rises with each change of rows or columns, by whomever.
     *
     * @throws NoSuchListException when there is no such list
     */
    public long revision(long listId) {
        throw new UnsupportedOperationException();
    }

    /** Reads the addresses anew if they were read by older rules; to be called before a sheet is shown. */
    public void readAddresses(long listId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins a change. What it does is in the sheet at once, step by step; together it is undone in one step. Whatever
     * was undone before can no longer be done again.
     *
     * @throws NoSuchListException when there is no such list
     */
    public SheetChange change(long listId, SheetEdit.Kind kind, String detail) {
        throw new UnsupportedOperationException();
    }

    /** What {@link #undo} would undo. */
    public Optional<SheetEdit> undoable(long listId) {
        throw new UnsupportedOperationException();
    }

    /** What {@link #redo} would do again. */
    public Optional<SheetEdit> redoable(long listId) {
        throw new UnsupportedOperationException();
    }

    /**
     * Undoes the last change that is not undone, and returns it; nothing when there is none.
     *
     * @param progress is told how many rows are done, now and then
     */
    public Optional<SheetEdit> undo(long listId, LongConsumer progress) {
        throw new UnsupportedOperationException();
    }

    /** Does the change again that was undone last, and returns it; nothing when there is none. */
    public Optional<SheetEdit> redo(long listId, LongConsumer progress) {
        throw new UnsupportedOperationException();
    }

    /** Rows that a change brought or altered and that are still there, so that they can be shown; at most so many. */
    public List<Long> touched(SheetEdit edit, int limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * Forgets changes older than that, which can then no longer be undone, and what columns held that were deleted by
     * them.
     *
     * @return how many changes were forgotten
     */
    public int forgetHistory(Duration olderThan) {
        throw new UnsupportedOperationException();
    }
}
