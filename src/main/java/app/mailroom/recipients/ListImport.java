package app.mailroom.recipients;

import app.mailroom.model.ImportProblem;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.RecipientStore.NewRow;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fills a new list from a file of any size, a batch at a time. Rows that cannot be mailed, and those that repeat an
 * address, are left out and reported with their line; the first row with an address wins.
 */
public final class ListImport {
    /** Code of a row whose address an earlier row has. */
    public static final String DUPLICATE = "DUPLICATE";
    /** Code of a row that has more fields than the header. */
    public static final String TOO_MANY_FIELDS = "TOO_MANY_FIELDS";
    /** Code of a row where reading ended, because a quote is never closed. */
    public static final String UNREADABLE = "UNREADABLE";

    private static final int BATCH = 100_000;
    private static final int PROBLEM_BATCH = 5_000;
    private static final int LONGEST_SHOWN_ROW = 500;
    private static final int REPORT_EVERY = 5_000;

    /** Follows an import, and may end it. */
    public interface Progress {
        /** Called now and then, on the importing thread. */
        void at(long rows, long bytes, long bytesInAll);

        /** Whether to stop and leave nothing behind. */
        boolean cancelled();

        /** Nobody looks and nobody cancels. */
        static Progress none() {
            return new Progress() {
                @Override
                public void at(long rows, long bytes, long bytesInAll) {
                    // Nobody looks.
                }

                @Override
                public boolean cancelled() {
                    return false;
                }
            };
        }
    }

    /** What an import came to: rows taken, rows that repeated an address, rows refused for another reason. */
    public record ImportResult(
            long listId, long rows, long duplicates, long refused, Charset charset, char delimiter) {}

    private final RecipientStore store;

    /** Imports into the given store. */
    public ListImport(RecipientStore store) {
        this.store = store;
    }

    /**
     * Makes a list from a file; empty when it was cancelled. A failed or cancelled import leaves nothing behind.
     *
     * @throws app.mailroom.store.NameTakenException when there is a list of this name
     * @throws IOException when the file cannot be read
     */
    public Optional<ImportResult> run(RecipientFile file, String listName, Progress progress) throws IOException {
        long listId = store.begin(listName, file.path().getFileName().toString(), file.columns());
        boolean finished = false;
        try {
            Run run = new Run(file, listId, progress);
            finished = run.readAll();
            return finished ? Optional.of(run.result()) : Optional.empty();
        } finally {
            if (!finished) {
                store.abandon(listId);
            }
        }
    }

    /** One import while it runs. */
    private final class Run {
        private final RecipientFile file;
        private final long listId;
        private final Progress progress;
        private final List<NewRow> batch = new ArrayList<>();
        private final List<Long> lines = new ArrayList<>();
        private final List<ImportProblem> problems = new ArrayList<>();
        private long rows;
        private long duplicates;
        private long refused;

        Run(RecipientFile file, long listId, Progress progress) {
            this.file = file;
            this.listId = listId;
            this.progress = progress;
        }

        ImportResult result() {
            return new ImportResult(listId, rows, duplicates, refused, file.charset(), file.delimiter());
        }

        boolean readAll() throws IOException {
            AtomicLong bytes = new AtomicLong();
            long size = Files.size(file.path());
            long read = 0;
            long line = 0;
            try (CsvReader<CsvRecord> csv = file.open(bytes)) {
                Iterator<CsvRecord> records = csv.iterator();
                while (records.hasNext()) {
                    CsvRecord record = records.next();
                    line = record.getStartingLineNumber();
                    if (read++ > 0) {
                        take(record);
                    }
                    if (read % REPORT_EVERY == 0) {
                        progress.at(read - 1, bytes.get(), size);
                        if (progress.cancelled()) {
                            return false;
                        }
                    }
                }
            } catch (CsvParseException e) {
                refuse(
                        line + 1,
                        UNREADABLE,
                        "Reading ended here: a quotation mark that begins in this row is never closed. Rows after it"
                                + " are not in the list.",
                        "");
            }
            writeBatch();
            writeProblems();
            progress.at(read - 1, size, size);
            if (progress.cancelled()) {
                return false;
            }
            store.finish(listId, rows, duplicates + refused);
            return true;
        }

        private void take(CsvRecord record) {
            List<String> fields = record.getFields();
            if (fields.stream().allMatch(String::isBlank)) {
                return;
            }
            int columns = file.columns().size();
            if (fields.size() > columns
                    && fields.subList(columns, fields.size()).stream().anyMatch(field -> !field.isBlank())) {
                refuse(
                        record.getStartingLineNumber(),
                        TOO_MANY_FIELDS,
                        "The row has " + fields.size() + " fields, the header " + columns
                                + ". A field that holds the delimiter must stand in quotation marks.",
                        shown(fields));
                return;
            }
            List<String> values = new ArrayList<>(columns);
            for (int i = 0; i < columns; i++) {
                values.add(i < fields.size() ? fields.get(i) : "");
            }
            try {
                EmailAddress address = EmailAddress.parse(values.get(file.addressSlot()));
                values.set(file.addressSlot(), address.mailbox());
                batch.add(new NewRow(address.mailbox(), address.key(), values));
                lines.add(record.getStartingLineNumber());
                if (batch.size() == BATCH) {
                    writeBatch();
                }
            } catch (AddressException e) {
                refuse(record.getStartingLineNumber(), e.fault().name(), String.valueOf(e.getMessage()), shown(fields));
            }
        }

        private void refuse(long line, String reason, String detail, String row) {
            refused++;
            report(new ImportProblem(line, reason, detail, row));
        }

        private void report(ImportProblem problem) {
            problems.add(problem);
            if (problems.size() == PROBLEM_BATCH) {
                writeProblems();
            }
        }

        private void writeBatch() {
            BitSet repeated = store.append(listId, batch);
            for (int i = repeated.nextSetBit(0); i >= 0; i = repeated.nextSetBit(i + 1)) {
                report(new ImportProblem(
                        lines.get(i),
                        DUPLICATE,
                        "An earlier row has " + batch.get(i).address() + " too.",
                        shown(batch.get(i).values())));
            }
            duplicates += repeated.cardinality();
            rows += batch.size() - repeated.cardinality();
            batch.clear();
            lines.clear();
        }

        private void writeProblems() {
            store.addProblems(listId, problems);
            problems.clear();
        }

        private static String shown(List<String> fields) {
            String row = String.join(" | ", fields);
            return row.length() <= LONGEST_SHOWN_ROW ? row : row.substring(0, LONGEST_SHOWN_ROW) + "…";
        }
    }
}
