package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import java.util.List;
import java.util.Optional;

/**
 * What a person does to a sheet, each as one change that can be undone. All of it takes as long as there are rows to
 * change, so give it a thread of its own.
 */
public final class SheetEditing {
    /** New text for one cell. */
    public record Cell(long rowId, int slot, String text) {}

    /** What to look for and what to put in its place. slots says in which columns; all when it is empty. */
    public record Replacement(String find, String put, boolean matchCase, boolean wholeCell, List<Integer> slots) {}

    private final RecipientStore recipients;
    private final SheetStore sheets;

    /** Over the given stores. */
    public SheetEditing(RecipientStore recipients, SheetStore sheets) {
        this.recipients = recipients;
        this.sheets = sheets;
    }

    /** Writes cells of rows that are there. */
    public Optional<SheetEdit> write(long listId, SheetEdit.Kind kind, List<Cell> cells) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes a block of text into the sheet: into the given rows from the first on, and below them into new ones.
     *
     * @param rows the ids of the rows that the block covers, from its top; fewer than the block has lines where it goes
     *     beyond the last
     * @param slots of the columns that it covers, from the left; what lies further right gets columns of its own
     */
    public Optional<SheetEdit> paste(
            long listId, List<Long> rows, List<Integer> slots, List<List<String>> block, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Replaces text in the rows that a query shows. */
    public Optional<SheetEdit> replaceAll(
            long listId, SheetQuery query, SheetSituation situation, Replacement replacement, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Deletes rows. */
    public Optional<SheetEdit> deleteRows(long listId, SheetEdit.Kind kind, long[] ids, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Deletes every row whose address a row further up has. */
    public Optional<SheetEdit> removeDuplicates(long listId, Progress progress) throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Deletes every row whose address is suppressed in that world. */
    public Optional<SheetEdit> removeSuppressed(long listId, World world, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Writes the addresses that were probably meant in the place of those that are likely mistyped. */
    public Optional<SheetEdit> mendAddresses(long listId, Progress progress) throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /**
     * Gives the list this template, and columns for what the template needs and the list does not have. Takes no column
     * away.
     */
    public Optional<SheetEdit> followTemplate(long listId, long templateId, List<ColumnNeed> needs) {
        throw new UnsupportedOperationException();
    }
}
