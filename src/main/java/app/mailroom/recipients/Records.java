package app.mailroom.recipients;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records of a source, one by one, in bounded memory. */
sealed interface Records extends Closeable permits RecordReader, SheetRecords {
    /** The next record, blank ones included, or null after the last. */
    @Nullable FileRecord next() throws IOException, RecipientFileException;

    /** How much of the source has been read, in bytes of it; runs a little ahead of the records. */
    long bytesRead();
}
