package app.mailroom.recipients;

import app.mailroom.model.MessageState;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes lists of lists. A new list appears when all of it is there, or not at all. */
public final class ListMaking {
    private final RecipientStore recipients;
    private final SheetStore sheets;

    /** Over the given stores. */
    public ListMaking(RecipientStore recipients, SheetStore sheets) {
        this.recipients = recipients;
        this.sheets = sheets;
    }

    /**
     * Makes a list of the rows that a query shows, with all columns and the template; returns its id.
     *
     * @throws app.mailroom.store.NameTakenException when a list has the name
     */
    public long copy(long listId, SheetQuery query, SheetSituation situation, String name, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Makes a list for each value of a column, named after it, and returns their ids; one for rows without a value. */
    public List<Long> split(long listId, int slot, String emptyName, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds the rows of another list to a list, as one change that can be undone. Columns are matched by variable; those
     * that are not there are added. Rows whose address the list has already are left out.
     */
    public Optional<SheetEdit> merge(long fromListId, long intoListId, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes a list of what an import left out, so that it can be mended, and returns its id. The list mends the one that
     * was imported: {@link #takeIn} adds what is mended.
     */
    public long leftOut(long listId, String name, Progress progress) throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Adds the rows of a mending list that can be mailed now to the list it mends, and takes them out of this one. */
    public Optional<SheetEdit> takeIn(long mendingListId, Progress progress) throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** Makes a list of the recipients of a mailing whose messages are in one of these states; returns its id. */
    public long ofMessages(long planId, Set<MessageState> states, String name, Progress progress)
            throws ImportCancelledException {
        throw new UnsupportedOperationException();
    }
}
