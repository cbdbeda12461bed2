package app.mailroom.recipients;

import app.mailroom.model.ImportProblem;
import app.mailroom.store.FieldValues;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.StagedRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads a recipient file of any size into a new list. Rows that cannot be mailed are kept with what is wrong with
 * them; of several rows with one address the first is taken. The list appears when all of it is there, or not at all.
 */
public final class ListImport {
    /** The reason of a row whose address an earlier row has. */
    public static final String DUPLICATE = "DUPLICATE";

    /** The reason of a row with more values than there are columns. */
    public static final String TOO_MANY_FIELDS = "TOO_MANY_FIELDS";

    /** The reason of a row whose quotation marks do not match. */
    public static final String QUOTE_NOT_CLOSED = "QUOTE_NOT_CLOSED";

    private static final int ROWS_BETWEEN_LOOKS = 512;
    private static final long MILLIS_BETWEEN_REPORTS = 100;

    private final RecipientStore store;
    private final Clock clock;

    /** Imports into the given store. */
    public ListImport(RecipientStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Imports a file. Whatever it throws, no list remains.
     *
     * @throws app.mailroom.store.NameTakenException when a list has the name, mostly before the file is read
     * @throws ImportCancelledException when {@code progress} asked to stop
     * @throws RecipientFileException when the file turns out not to be readable to its end
     */
    public ImportResult run(RecipientFile file, String listName, Progress progress)
            throws IOException, RecipientFileException, ImportCancelledException {
        long listId = store.begin(
                listName, String.valueOf(file.path().getFileName()), file.columns(), AddressCell.RULES.version());
        try {
            Staging staging = new Staging(store, listId, file);
            read(file, staging, progress);
            staging.flush();
            store.finish(listId, staging.rows, staging.duplicates + staging.refused);
            return new ImportResult(
                    listId, staging.rows, staging.duplicates, staging.refused, file.charset(), file.delimiter());
        } catch (Throwable e) {
            abandon(listId, e);
            throw e;
        }
    }

    private void abandon(long listId, Throwable because) {
        try {
            store.abandon(listId);
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    private void read(RecipientFile file, Staging staging, Progress progress)
            throws IOException, RecipientFileException, ImportCancelledException {
        long reported = 0;
        long read = 0;
        boolean header = true;
        try (RecordReader records = file.open()) {
            for (FileRecord row = records.next(); row != null; row = records.next()) {
                if (row.isBlank()) {
                    continue;
                }
                if (header) {
                    header = false;
                    continue;
                }
                staging.add(row);
                read++;
                if (read % ROWS_BETWEEN_LOOKS == 0 || staging.isFull()) {
                    if (progress.cancelled()) {
                        throw new ImportCancelledException();
                    }
                    if (clock.millis() - reported >= MILLIS_BETWEEN_REPORTS) {
                        reported = clock.millis();
                        progress.at(read, records.bytesRead(), file.size());
                    }
                }
                if (staging.isFull()) {
                    staging.flush();
                }
            }
        }
        if (progress.cancelled()) {
            throw new ImportCancelledException();
        }
        progress.at(read, file.size(), file.size());
    }

    /** The rows and problems that are not in the store yet, and the counts of all. */
    private static final class Staging {
        /** Bounds the memory of a batch when rows are wide; characters take one or two bytes. */
        private static final long CHARACTER_LIMIT = 24_000_000;

        private final RecipientStore store;
        private final long listId;
        private final char delimiter;
        private final int width;
        private final int addressSlot;
        private final List<StagedRow> batch = new ArrayList<>();
        private final List<Origin> origins = new ArrayList<>();
        private final List<ImportProblem> problems = new ArrayList<>();
        private long characters;
        private long rows;
        private long duplicates;
        private long refused;

        /** Where a row came from: its line, and its address as typed. */
        private record Origin(long line, String typed) {}

        Staging(RecipientStore store, long listId, RecipientFile file) {
            this.store = store;
            this.listId = listId;
            this.delimiter = file.delimiter();
            this.width = file.columns().size();
            this.addressSlot = file.addressSlot();
        }

        void add(FileRecord row) {
            if (row.broken()) {
                refuse(
                        row,
                        QUOTE_NOT_CLOSED,
                        "A quotation mark of the row that begins on this line is not closed, or text follows a closing one.");
                return;
            }
            List<String> fields = row.fields();
            for (int i = width; i < fields.size(); i++) {
                if (!fields.get(i).isBlank()) {
                    refuse(
                            row,
                            TOO_MANY_FIELDS,
                            "The row has " + fields.size() + " values, the file has " + width + " columns.");
                    return;
                }
            }
            String typed = addressSlot < fields.size() ? fields.get(addressSlot) : "";
            EmailAddress address;
            try {
                address = EmailAddress.parse(typed);
            } catch (AddressException e) {
                refuse(row, e.code().name(), String.valueOf(e.getMessage()));
                return;
            }
            List<String> values = new ArrayList<>(width);
            for (int slot = 0; slot < width; slot++) {
                values.add(slot < fields.size() ? fields.get(slot) : "");
            }
            values.set(addressSlot, address.mailbox());
            String json = FieldValues.toJson(values);
            batch.add(new StagedRow(address.mailbox(), address.key(), json, MistypedDomains.meant(address.mailbox())));
            origins.add(new Origin(row.line(), typed));
            characters += json.length() + 3L * typed.length();
        }

        boolean isFull() {
            return batch.size() >= RecipientStore.BATCH_LIMIT
                    || problems.size() >= RecipientStore.BATCH_LIMIT
                    || characters >= CHARACTER_LIMIT;
        }

        void flush() {
            BitSet repeated = store.append(listId, batch);
            repeated.stream().forEach(i -> {
                Origin origin = origins.get(i);
                List<String> fields =
                        new ArrayList<>(FieldValues.fromJson(batch.get(i).fieldValues()));
                fields.set(addressSlot, origin.typed());
                problems.add(new ImportProblem(
                        origin.line(),
                        DUPLICATE,
                        "An earlier row has the same address.",
                        raw(fields),
                        Optional.of(List.copyOf(fields))));
            });
            duplicates += repeated.cardinality();
            rows += batch.size() - repeated.cardinality();
            if (!problems.isEmpty()) {
                problems.sort(Comparator.comparingLong(ImportProblem::line));
                store.addProblems(listId, problems);
            }
            batch.clear();
            origins.clear();
            problems.clear();
            characters = 0;
        }

        private void refuse(FileRecord row, String reason, String detail) {
            String raw = row.broken() ? cut(new StringBuilder(row.fields().get(0))) : raw(row.fields());
            Optional<List<String>> values = row.broken() ? Optional.empty() : Optional.of(row.fields());
            problems.add(new ImportProblem(row.line(), reason, detail, raw, values));
            characters += raw.length() + detail.length();
            refused++;
        }

        private String raw(List<String> fields) {
            StringBuilder raw = new StringBuilder();
            for (int i = 0; i < fields.size() && raw.length() < RecordReader.RAW_LIMIT; i++) {
                if (i > 0) {
                    raw.append(delimiter);
                }
                String field = fields.get(i);
                boolean quoted = field.indexOf(delimiter) >= 0
                        || field.indexOf('"') >= 0
                        || field.indexOf('\n') >= 0
                        || field.indexOf('\r') >= 0;
                raw.append(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
            }
            return cut(raw);
        }

        /** At most so long, and never through the middle of a character. */
        private static String cut(StringBuilder raw) {
            int length = Math.min(raw.length(), RecordReader.RAW_LIMIT);
            boolean splits = length > 0 && Character.isHighSurrogate(raw.charAt(length - 1));
            return raw.substring(0, splits ? length - 1 : length);
        }
    }
}
