package app.mailroom.recipients;

import app.mailroom.model.ImportProblem;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.store.NotTakenBackException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetChange;
import app.mailroom.store.SheetStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Imports into a list that is there, as one change of its sheet. */
final class SheetImport {
    /** All rows are the same in every situation. */
    private static final SheetSituation ANYWHERE = new SheetSituation(World.PRACTICE, Set.of());

    private final RecipientStore store;
    private final SheetStore sheets;
    private final Clock clock;

    SheetImport(RecipientStore store, SheetStore sheets, Clock clock) {
        this.store = store;
        this.sheets = sheets;
        this.clock = clock;
    }

    ImportResult run(RecipientFile file, ColumnMapping mapping, ImportTarget.Existing into, Progress progress)
            throws IOException, RecipientFileException, ImportCancelledException {
        long listId = into.listId();
        refuseGoneColumns(file, mapping, listId);
        long lastProblem = store.lastProblem(listId);
        SheetChange change =
                sheets.change(listId, SheetEdit.Kind.IMPORTED, file.source().name());
        try {
            RowShape shape = shape(file, mapping, listId, change);
            if (into.mode() == ImportTarget.Mode.REPLACE) {
                deleteAll(listId, change, progress);
            }
            Taking taking = new Taking(into, shape, change);
            new ImportReading(file, progress, clock).into(taking);
            change.close();
            store.keepProblemsAfter(listId, lastProblem);
            return new ImportResult(listId, taking.added, taking.updated, taking.leftOut);
        } catch (Throwable e) {
            takeBack(listId, change, lastProblem, e);
            throw e;
        }
    }

    /** A column may have been deleted since the mapping was made; what the file has for it would go nowhere. */
    private void refuseGoneColumns(RecipientFile file, ColumnMapping mapping, long listId)
            throws RecipientFileException {
        Set<Integer> there =
                store.columns(listId).stream().map(RecipientColumn::slot).collect(Collectors.toSet());
        for (int i = 0; i < mapping.targets().size(); i++) {
            if (mapping.targets().get(i) instanceof ColumnTarget.Existing target && !there.contains(target.slot())) {
                String name = i < file.header().size() ? file.header().get(i) : "";
                throw new RecipientFileException(
                        RecipientFileFault.COLUMN_GONE,
                        "The column of the list that was to take “" + (name.isBlank() ? file.placeholder(i) : name)
                                + "” was deleted meanwhile. Choose another one for it.");
            }
        }
    }

    /** Undoes what was done so far. That a part of it stays, a person has to know, whatever else went wrong. */
    private void takeBack(long listId, SheetChange change, long lastProblem, Throwable because) {
        try {
            store.dropProblemsAfter(listId, lastProblem);
            sheets.takeBack(change);
        } catch (NotTakenBackException e) {
            e.addSuppressed(because);
            throw e;
        } catch (RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    private RowShape shape(RecipientFile file, ColumnMapping mapping, long listId, SheetChange change) {
        List<RecipientColumn> columns = store.columns(listId);
        int addressSlot = RecipientColumn.addressSlot(columns).orElse(0);
        int width = columns.stream().mapToInt(column -> column.slot() + 1).max().orElse(1);
        int position = columns.size();
        int[] slots = new int[mapping.targets().size()];
        Arrays.fill(slots, RowShape.NOWHERE);
        for (int i = 0; i < slots.length; i++) {
            ColumnTarget target = mapping.targets().get(i);
            if (target instanceof ColumnTarget.Address) {
                slots[i] = addressSlot;
            } else if (target instanceof ColumnTarget.Existing there) {
                slots[i] = there.slot();
            } else if (target instanceof ColumnTarget.New made) {
                RecipientColumn column = change.addColumn(position++, made.name(), made.variable());
                slots[i] = column.slot();
                width = Math.max(width, column.slot() + 1);
            }
        }
        return new RowShape(slots, mapping.address().orElseThrow(), width, file.format());
    }

    private void deleteAll(long listId, SheetChange change, Progress progress) throws ImportCancelledException {
        long[] ids = sheets.ids(listId, SheetQuery.ALL, ANYWHERE);
        for (int from = 0; from < ids.length; from += SheetChange.ROWS_AT_ONCE) {
            if (progress.cancelled()) {
                throw new ImportCancelledException();
            }
            int to = Math.min(ids.length, from + SheetChange.ROWS_AT_ONCE);
            change.delete(Arrays.stream(ids, from, to).boxed().toList());
        }
    }

    /** The rows of a step, and the counts of all. */
    private final class Taking implements ImportReading.Taking {
        private static final long CHARACTER_LIMIT = 8_000_000;

        private final ImportTarget.Existing into;
        private final RowShape shape;
        private final SheetChange change;
        private final int[] filled;
        private final List<RowShape.Row> batch = new ArrayList<>();
        private final List<ImportProblem> problems = new ArrayList<>();
        private final Map<String, Long> leftOut = new TreeMap<>();

        /** Which rows of the list this import has touched, by id. */
        private final BitSet touched = new BitSet();

        private long characters;
        private long added;
        private long updated;

        Taking(ImportTarget.Existing into, RowShape shape, SheetChange change) {
            this.into = into;
            this.shape = shape;
            this.change = change;
            this.filled = shape.filledSlots();
        }

        @Override
        public void add(FileRecord record) {
            RowShape.Reading reading = shape.read(record);
            if (reading instanceof RowShape.Refused refused) {
                leaveOut(refused.problem());
            } else if (reading instanceof RowShape.Row row) {
                batch.add(row);
                row.values().forEach(value -> characters += value.length());
            }
        }

        @Override
        public boolean isFull() {
            return batch.size() >= SheetChange.ROWS_AT_ONCE
                    || problems.size() >= SheetChange.ROWS_AT_ONCE
                    || characters >= CHARACTER_LIMIT;
        }

        @Override
        public void flush() {
            Map<String, RowShape.Row> fresh = new LinkedHashMap<>();
            for (RowShape.Row row : batch) {
                if (fresh.putIfAbsent(row.address().key(), row) != null) {
                    leaveOut(row, ListImport.DUPLICATE, ListImport.REPEATED);
                }
            }
            Map<String, RecipientRow> there = store.withAddresses(into.listId(), fresh.keySet());
            List<SheetChange.RowPatch> written = new ArrayList<>();
            List<List<String>> inserted = new ArrayList<>();
            fresh.forEach((key, row) -> {
                RecipientRow old = there.get(key);
                if (old == null) {
                    insert(row, inserted);
                } else if (touched.get(Math.toIntExact(old.id()))) {
                    leaveOut(row, ListImport.DUPLICATE, ListImport.REPEATED);
                } else if (into.mode() == ImportTarget.Mode.UPDATE) {
                    touched.set(Math.toIntExact(old.id()));
                    written.add(new SheetChange.RowPatch(old.id(), before -> updated(before, row.values())));
                    updated++;
                } else {
                    leaveOut(row, ListImport.ALREADY_THERE, "The list has this address already.");
                }
            });
            if (!written.isEmpty()) {
                change.patch(written);
            }
            if (!inserted.isEmpty()) {
                change.insert(0, inserted).forEach(id -> touched.set(Math.toIntExact(id)));
                added += inserted.size();
            }
            if (!problems.isEmpty()) {
                problems.sort(Comparator.comparingLong(ImportProblem::line));
                store.addProblems(into.listId(), problems);
            }
            batch.clear();
            problems.clear();
            characters = 0;
        }

        private void insert(RowShape.Row row, List<List<String>> inserted) {
            if (into.mode() == ImportTarget.Mode.UPDATE && !into.addsUnknown()) {
                leaveOut(row, ListImport.NOT_THERE, "The list does not have this address.");
            } else {
                inserted.add(row.values());
            }
        }

        /** The values of a row with those of the source over them; its address stays as it is written there. */
        private List<String> updated(List<String> old, List<String> now) {
            List<String> values = new ArrayList<>(old);
            for (int slot : filled) {
                if (slot == shape.addressSlot() || (now.get(slot).isBlank() && !into.emptyClears())) {
                    continue;
                }
                while (values.size() <= slot) {
                    values.add("");
                }
                values.set(slot, now.get(slot));
            }
            return values;
        }

        private void leaveOut(RowShape.Row row, String reason, String detail) {
            leaveOut(shape.problem(row.line(), row.typed(), row.values(), reason, detail));
        }

        private void leaveOut(ImportProblem problem) {
            problems.add(problem);
            characters += problem.row().length() + problem.detail().length();
            leftOut.merge(problem.reason(), 1L, Long::sum);
        }
    }
}
