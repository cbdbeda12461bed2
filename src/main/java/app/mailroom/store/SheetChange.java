package app.mailroom.store;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.SheetEdit;
import java.util.List;
import java.util.Optional;

/**
 * One change of a sheet that is being made, of any number of steps. Each step is one short transaction, so give it at
 * most {@link #ROWS_AT_ONCE} rows. Closing ends it; a change that changed nothing leaves no trace. A change that breaks
 * off in the middle, even with the process, can be undone as far as it came.
 */
public final class SheetChange implements AutoCloseable {
    /** The most rows of one step. */
    public static final int ROWS_AT_ONCE = 20_000;

    /** The values of a row, by slot. */
    public record RowValues(long id, List<String> values) {}

    private SheetChange() {}

    /** Gives rows new values. Those that are gone or have these values already are passed over. */
    public void write(List<RowValues> rows) {
        throw new UnsupportedOperationException();
    }

    /**
     * Puts rows above the row with this id; at the end when it is 0 or gone.
     *
     * @param rows the values of each, by slot
     * @return their ids, in order
     */
    public List<Long> insert(long above, List<List<String>> rows) {
        throw new UnsupportedOperationException();
    }

    /** Deletes rows; those that are gone are passed over. */
    public void delete(List<Long> ids) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a column at a position, counted from 0 at the address column, which always stands first.
     *
     * @param variable the name by which templates call it, which no other column of the list has
     */
    public RecipientColumn addColumn(int position, String name, String variable) {
        throw new UnsupportedOperationException();
    }

    /** Gives a column another name, and variable; the address column keeps its variable. */
    public void renameColumn(int slot, String name, String variable) {
        throw new UnsupportedOperationException();
    }

    /** Moves a column; the address column stays first. */
    public void moveColumn(int slot, int position) {
        throw new UnsupportedOperationException();
    }

    /** Deletes a column; what it held comes back when this is undone. The address column cannot be deleted. */
    public void deleteColumn(int slot) {
        throw new UnsupportedOperationException();
    }

    /** Names the template that gives the list its columns, or none. */
    public void chooseTemplate(Optional<Long> templateId) {
        throw new UnsupportedOperationException();
    }

    /** What was done so far; nothing when that is nothing. */
    public Optional<SheetEdit> made() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
