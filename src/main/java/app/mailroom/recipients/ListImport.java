package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.store.FieldValues;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetStore;
import app.mailroom.store.StagedRow;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads recipients of any number into a list. Rows that cannot be mailed are kept with what is wrong with them; of
 * several rows with one address the first is taken. A new list appears when all of it is there, or not at all; what is
 * done to a list that is there is one change, and is taken back when it does not come to its end.
 *
 * <p>What an import leaves out replaces what the import before it into the same list left out.
 */
public final class ListImport {
    /** The reason of a row whose address an earlier row of the source has. */
    public static final String DUPLICATE = "DUPLICATE";

    /** The reason of a row with more values than there are columns. */
    public static final String TOO_MANY_FIELDS = "TOO_MANY_FIELDS";

    /** The reason of a row whose quotation marks do not match. */
    public static final String QUOTE_NOT_CLOSED = "QUOTE_NOT_CLOSED";

    /** The reason of a row that was to be added, but whose address the list has already. */
    public static final String ALREADY_THERE = "ALREADY_THERE";

    /** The reason of a row that was to update another, but whose address the list does not have. */
    public static final String NOT_THERE = "NOT_THERE";

    /** In detail of a repeated address. */
    static final String REPEATED = "An earlier row has the same address.";

    private final RecipientStore store;
    private final SheetStore sheets;
    private final Clock clock;

    /** Imports into the given store. */
    public ListImport(RecipientStore store, SheetStore sheets, Clock clock) {
        this.store = store;
        this.sheets = sheets;
        this.clock = clock;
    }

    /** Imports a whole file into a new list with the columns of the file. */
    public ImportResult run(RecipientFile file, String listName, Progress progress)
            throws IOException, RecipientFileException, ImportCancelledException {
        if (file.addressSlot().isEmpty()) {
            throw file.noAddressColumn();
        }
        List<RecipientColumn> columns = file.columns();
        int[] slots = columns.stream().mapToInt(RecipientColumn::slot).toArray();
        RowShape shape = new RowShape(slots, file.addressSlot().get(), columns.size(), file.format());
        return fill(file, new ImportTarget.NewList(listName), columns, shape, progress);
    }

    /**
     * Imports a file. Whatever it throws, a new list does not remain, and one that was there is as it was.
     *
     * @throws app.mailroom.store.NameTakenException when a list has the new name, mostly before the file is read
     * @throws app.mailroom.store.NoSuchListException when the list is gone
     * @throws ImportCancelledException when {@code progress} asked to stop
     * @throws RecipientFileException when the file turns out not to be readable to its end, or no column of it is
     *     mapped to the address
     */
    public ImportResult run(RecipientFile file, ColumnMapping mapping, ImportTarget target, Progress progress)
            throws IOException, RecipientFileException, ImportCancelledException {
        int address = mapping.address().orElse(-1);
        if (address < 0) {
            throw file.noAddressColumn();
        }
        if (target instanceof ImportTarget.Existing existing) {
            return new SheetImport(store, sheets, clock).run(file, mapping, existing, progress);
        }
        ImportTarget.NewList made = (ImportTarget.NewList) target;
        List<RecipientColumn> columns = new ArrayList<>();
        int[] slots = new int[mapping.targets().size()];
        Arrays.fill(slots, RowShape.NOWHERE);
        for (int i = 0; i < slots.length; i++) {
            ColumnTarget to = mapping.targets().get(i);
            if (to instanceof ColumnTarget.Address) {
                slots[i] = add(columns, name(file, i), VariableNames.ADDRESS);
            } else if (to instanceof ColumnTarget.New column) {
                slots[i] = add(columns, column.name(), column.variable());
            } else if (to instanceof ColumnTarget.Existing) {
                throw new IllegalArgumentException("a new list has no columns yet");
            }
        }
        Set<String> variables = columns.stream().map(RecipientColumn::variable).collect(Collectors.toSet());
        for (ColumnNeed need : made.needs()) {
            if (variables.add(need.key())) {
                add(columns, need.name(), need.key());
            }
        }
        RowShape shape = new RowShape(slots, address, columns.size(), file.format());
        return fill(file, made, columns, shape, progress);
    }

    private static int add(List<RecipientColumn> columns, String name, String variable) {
        int slot = columns.size();
        columns.add(new RecipientColumn(slot, slot, name, variable));
        return slot;
    }

    private static String name(RecipientFile file, int column) {
        String name = file.header().get(column);
        return name.isBlank() ? VariableNames.ADDRESS : name;
    }

    private ImportResult fill(
            RecipientFile file,
            ImportTarget.NewList made,
            List<RecipientColumn> columns,
            RowShape shape,
            Progress progress)
            throws IOException, RecipientFileException, ImportCancelledException {
        long listId =
                store.begin(made.name(), file.source().name(), columns, made.templateId(), AddressCell.RULES.version());
        try {
            Staging staging = new Staging(store, listId, shape);
            new ImportReading(file, progress, clock).into(staging);
            store.finish(listId);
            return new ImportResult(listId, staging.rows, 0, staging.leftOut);
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

    /** The rows and problems that are not in the store yet, and the counts of all. */
    private static final class Staging implements ImportReading.Taking {
        /** Bounds the memory of a batch when rows are wide; characters take one or two bytes. */
        private static final long CHARACTER_LIMIT = 24_000_000;

        private final RecipientStore store;
        private final long listId;
        private final RowShape shape;
        private final List<StagedRow> batch = new ArrayList<>();
        private final List<Origin> origins = new ArrayList<>();
        private final List<ImportProblem> problems = new ArrayList<>();
        private final Map<String, Long> leftOut = new TreeMap<>();
        private long characters;
        private long rows;

        /** Where a row came from: its line, and its address as typed. */
        private record Origin(long line, String typed) {}

        Staging(RecipientStore store, long listId, RowShape shape) {
            this.store = store;
            this.listId = listId;
            this.shape = shape;
        }

        @Override
        public void add(FileRecord record) {
            RowShape.Reading reading = shape.read(record);
            if (reading instanceof RowShape.Refused refused) {
                leaveOut(refused.problem());
            } else if (reading instanceof RowShape.Row row) {
                String json = FieldValues.toJson(row.values());
                String mailbox = row.address().mailbox();
                batch.add(new StagedRow(mailbox, row.address().key(), json, MistypedDomains.meant(mailbox)));
                origins.add(new Origin(row.line(), row.typed()));
                characters += json.length() + 3L * row.typed().length();
            }
        }

        @Override
        public boolean isFull() {
            return batch.size() >= RecipientStore.BATCH_LIMIT
                    || problems.size() >= RecipientStore.BATCH_LIMIT
                    || characters >= CHARACTER_LIMIT;
        }

        @Override
        public void flush() {
            BitSet repeated = store.append(listId, batch);
            repeated.stream().forEach(i -> {
                Origin origin = origins.get(i);
                List<String> values = FieldValues.fromJson(batch.get(i).fieldValues());
                leaveOut(shape.problem(origin.line(), origin.typed(), values, DUPLICATE, REPEATED));
            });
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

        private void leaveOut(ImportProblem problem) {
            problems.add(problem);
            characters += problem.row().length() + problem.detail().length();
            leftOut.merge(problem.reason(), 1L, Long::sum);
        }
    }
}
