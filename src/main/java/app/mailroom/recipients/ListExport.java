package app.mailroom.recipients;

import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;

/** Writes the rows of a sheet to a file. */
public final class ListExport {
    /** How a text file is written. */
    public record TextForm(Charset charset, char delimiter, boolean byteOrderMark) {}

    private final RecipientStore recipients;
    private final SheetStore sheets;

    /** Over the given stores. */
    public ListExport(RecipientStore recipients, SheetStore sheets) {
        this.recipients = recipients;
        this.sheets = sheets;
    }

    /**
     * Writes the rows that a query shows, in its order, as delimited text. The file appears when all of it is there.
     *
     * @return how many rows were written
     */
    public long toText(
            long listId, SheetQuery query, SheetSituation situation, TextForm form, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        throw new UnsupportedOperationException();
    }

    /** The same as a workbook for Excel; more rows than a worksheet holds go on in further ones. */
    public long toWorkbook(long listId, SheetQuery query, SheetSituation situation, Path file, Progress progress)
            throws IOException, ImportCancelledException {
        throw new UnsupportedOperationException();
    }
}
