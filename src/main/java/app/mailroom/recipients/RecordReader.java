package app.mailroom.recipients;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a delimited file one by one in bounded memory.
 *
 * <p>A quotation mark that is never closed would swallow the rest of the file. Such a record is handed out as broken,
 * and reading goes on with the line after the one on which it began.
 */
final class RecordReader implements Records {
    /** The longest field, in characters. */
    static final int FIELD_LIMIT = 1 << 20;

    /** The most characters of a row that a problem keeps. */
    static final int RAW_LIMIT = 500;

    /** Each broken record has the file read again up to its line, so their number is limited. */
    private static final int BROKEN_LIMIT = 100;

    /** Added as a record of its own after the end; when the last record is another, it has swallowed this one. */
    private static final String END = "\uFFFF";

    private final SourceBytes file;
    private final Charset charset;
    private final char delimiter;
    private Counted bytes;
    private CsvReader<CsvRecord> csv;
    private CloseableIterator<CsvRecord> records;
    private long linesSkipped;
    private @Nullable CsvRecord fetched;
    private @Nullable CsvRecord ahead;
    private boolean failed;
    private int broken;

    RecordReader(SourceBytes file, Charset charset, char delimiter) throws IOException, RecipientFileException {
        this.file = file;
        this.charset = charset;
        this.delimiter = delimiter;
        this.bytes = new Counted(file.open());
        try {
            this.csv = csv(new Ended(TextDecoding.open(file, bytes, charset)));
            this.records = csv.iterator();
            this.ahead = fetch();
        } catch (IOException | RecipientFileException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public @Nullable FileRecord next() throws IOException, RecipientFileException {
        CsvRecord current = ahead;
        if (current == null) {
            return failed ? resumeAfter(lineAfterFetched()) : null;
        }
        ahead = fetch();
        if (ahead == null && !failed) {
            boolean atEnd = current.getFieldCount() == 1 && current.getField(0).equals(END);
            return atEnd ? null : resumeAfter(line(current));
        }
        return new FileRecord(line(current), current.getFields(), false);
    }

    @Override
    public long bytesRead() {
        return bytes.count;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private @Nullable CsvRecord fetch() throws IOException, RecipientFileException {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord record = records.next();
            fetched = record;
            return record;
        } catch (CsvParseException e) {
            failed = true;
            return null;
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new RecipientFileException(
                        RecipientFileFault.ENCODING,
                        "Near line " + lineAfterFetched() + " the file is not text in the encoding "
                                + charset.displayName() + ". Choose another encoding or save the file as UTF-8.");
            }
            throw e.getCause();
        }
    }

    private FileRecord resumeAfter(long line) throws IOException, RecipientFileException {
        csv.close();
        if (++broken > BROKEN_LIMIT) {
            throw new RecipientFileException(
                    RecipientFileFault.QUOTES,
                    "More than " + BROKEN_LIMIT + " rows have quotation marks that do not match, the last on line "
                            + line + ". Is the delimiter right?");
        }
        bytes = new Counted(file.open());
        BufferedReader text = new BufferedReader(new Ended(TextDecoding.open(file, bytes, charset)));
        StringBuilder raw = new StringBuilder();
        for (long i = 1; i <= line; i++) {
            raw.setLength(0);
            readLine(text, raw);
        }
        csv = csv(text);
        records = csv.iterator();
        linesSkipped = line;
        fetched = null;
        failed = false;
        ahead = fetch();
        return new FileRecord(line, List.of(raw.toString()), true);
    }

    private static void readLine(BufferedReader text, StringBuilder start) throws IOException {
        for (int c = text.read(); c >= 0 && c != '\n'; c = text.read()) {
            if (c == '\r') {
                text.mark(1);
                if (text.read() != '\n') {
                    text.reset();
                }
                return;
            }
            if (start.length() < RAW_LIMIT) {
                start.append((char) c);
            }
        }
    }

    private long line(CsvRecord record) {
        return linesSkipped + record.getStartingLineNumber();
    }

    private long lineAfterFetched() {
        CsvRecord last = fetched;
        if (last == null) {
            return linesSkipped + 1;
        }
        long line = line(last) + 1;
        for (String field : last.getFields()) {
            for (int i = 0; i < field.length(); i++) {
                char c = field.charAt(i);
                boolean pair = c == '\r' && i + 1 < field.length() && field.charAt(i + 1) == '\n';
                if ((c == '\n' || c == '\r') && !pair) {
                    line++;
                }
            }
        }
        return line;
    }

    private CsvReader<CsvRecord> csv(Reader text) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .maxBufferSize(FIELD_LIMIT + (1 << 14))
                .build(CsvRecordHandler.of(h -> h.maxFieldSize(FIELD_LIMIT).maxRecordSize(4 * FIELD_LIMIT)), text);
    }

    /** Counts what went through. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            if (b >= 0) {
                count++;
            }
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                count += n;
            }
            return n;
        }
    }

    /** A text with {@link #END} on a line of its own behind it. */
    private static final class Ended extends Reader {
        private static final String TAIL = "\n" + END;

        private final Reader text;
        private int given;

        Ended(Reader text) {
            this.text = text;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = given == 0 ? text.read(buffer, offset, length) : -1;
            if (n > 0) {
                return n;
            }
            if (given == TAIL.length()) {
                return -1;
            }
            buffer[offset] = TAIL.charAt(given++);
            return 1;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }
    }
}
