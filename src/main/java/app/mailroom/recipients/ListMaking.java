package app.mailroom.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.ImportProblem;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetSituation;
import app.mailroom.model.World;
import app.mailroom.store.FreeName;
import app.mailroom.store.ListCopying;
import app.mailroom.store.ListCopying.Candidate;
import app.mailroom.store.ListCopying.LeftOut;
import app.mailroom.store.ListCopying.Mending;
import app.mailroom.store.ListCopying.NewList;
import app.mailroom.store.ListCopying.RowValue;
import app.mailroom.store.ListCopying.Shape;
import app.mailroom.store.NoSuchListException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SheetChange;
import app.mailroom.store.SheetStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes lists of lists. A new list appears when all of it is there, or not at all; of a change that is cancelled nothing
 * stays either. All of it takes as long as there are rows, so give it a thread of its own.
 */
public final class ListMaking {
    /** The most lists that {@link #split} makes. */
    public static final int MOST_LISTS = 200;

    private static final int PROBLEMS_AT_ONCE = 5_000;

    /** All rows are the same in every situation. */
    private static final SheetSituation ANYWHERE = new SheetSituation(World.PRACTICE, Set.of());

    /**
     * What adding one list to others came to.
     *
     * @param edit the change, where it was made to a list that is there
     * @param listId the list in which the rows are now
     * @param added rows that came in
     * @param leftOut rows that did not, because their address was there already
     */
    public record Merged(long listId, Optional<SheetEdit> edit, long added, long leftOut) {}

    private final RecipientStore recipients;
    private final SheetStore sheets;
    private final ListCopying copying;

    /** Over the given stores. */
    public ListMaking(RecipientStore recipients, SheetStore sheets, ListCopying copying) {
        this.recipients = recipients;
        this.sheets = sheets;
        this.copying = copying;
    }

    /**
     * Makes a list without rows, with a column for the addresses and one for each thing that the template needs.
     *
     * @param addressName what the header of the addresses says
     * @throws app.mailroom.store.NameTakenException when a list has the name
     */
    public long empty(String name, String addressName, Optional<Long> templateId, List<ColumnNeed> needs) {
        List<RecipientColumn> columns = new ArrayList<>();
        columns.add(new RecipientColumn(0, 0, addressName, VariableNames.ADDRESS));
        for (ColumnNeed need : needs) {
            columns.add(new RecipientColumn(columns.size(), columns.size(), need.name(), need.key()));
        }
        long id = copying.begin(
                new NewList(name, "", columns, templateId, Optional.empty(), AddressCell.RULES.version()));
        copying.finish(List.of(id));
        return id;
    }

    /**
     * Makes a list of the rows that a query shows, in its order, with all columns and the template; returns its id.
     *
     * @throws app.mailroom.store.NameTakenException when a list has the name
     */
    public long copy(long listId, SheetQuery query, SheetSituation situation, String name, Progress progress)
            throws ImportCancelledException {
        RecipientList list = list(listId);
        Shape shape = copying.shape(listId);
        Unfinished made = new Unfinished();
        try {
            long id = made.begin(like(list, name, shape));
            Ids ids = new Ids(sheets.ids(listId, query, situation));
            copy(listId, id, shape, ids, 0, ids.size, progress);
            made.finish();
            return id;
        } catch (Throwable e) {
            made.abandon(e);
            throw e;
        }
    }

    /** The same of all rows, under the first free name that is like the list's own. */
    public long duplicate(long listId, Progress progress) throws ImportCancelledException {
        RecipientList list = list(listId);
        Shape shape = copying.shape(listId);
        Unfinished made = new Unfinished();
        try {
            long id = made.begin(like(list, FreeName.among(names(), list.name()), shape));
            Ids ids = new Ids(sheets.ids(listId, SheetQuery.ALL, ANYWHERE));
            copy(listId, id, shape, ids, 0, ids.size, progress);
            made.finish();
            return id;
        } catch (Throwable e) {
            made.abandon(e);
            throw e;
        }
    }

    /**
     * Makes a list for each value of a column, named after it, and returns their ids in the order in which the values
     * come first; one for rows without a value. Blanks around a value do not count, and blank rows go nowhere.
     *
     * @param emptyName stands for the value in the name of the list of rows without one
     * @throws TooManyListsException when there are more than {@link #MOST_LISTS} values
     */
    public List<Long> split(long listId, int slot, String emptyName, Progress progress)
            throws ImportCancelledException, TooManyListsException {
        RecipientList list = list(listId);
        Map<String, Ids> parts = parts(listId, slot, progress);
        Shape shape = copying.shape(listId);
        Set<String> taken = names();
        long total = parts.values().stream().mapToLong(ids -> ids.size).sum();
        long done = 0;
        Unfinished made = new Unfinished();
        try {
            for (Map.Entry<String, Ids> part : parts.entrySet()) {
                String value = part.getKey().isEmpty() ? emptyName : part.getKey();
                String name = FreeName.among(taken, list.name() + " – " + value);
                taken.add(name);
                long id = made.begin(like(list, name, shape));
                copy(listId, id, shape, part.getValue(), done, total, progress);
                done += part.getValue().size;
            }
            made.finish();
            return made.ids();
        } catch (Throwable e) {
            made.abandon(e);
            throw e;
        }
    }

    private Map<String, Ids> parts(long listId, int slot, Progress progress)
            throws ImportCancelledException, TooManyListsException {
        Map<String, Ids> parts = new LinkedHashMap<>();
        long after = 0;
        List<RowValue> page;
        do {
            refuseCancelled(progress);
            page = copying.column(listId, slot, after);
            for (RowValue row : page) {
                parts.computeIfAbsent(row.value(), value -> new Ids()).add(row.id());
                after = row.rank();
            }
            if (parts.size() > MOST_LISTS) {
                throw new TooManyListsException(recipients.columns(listId).stream()
                        .filter(column -> column.slot() == slot)
                        .map(RecipientColumn::name)
                        .findFirst()
                        .orElse(""));
            }
        } while (page.size() == ListCopying.ROWS_AT_ONCE);
        return parts;
    }

    /**
     * Adds the rows of another list to a list, as one change that can be undone. Columns are matched by variable; those
     * that are not there are added. Rows whose address the list has already are left out, and so are blank ones.
     *
     * @throws NoSuchListException when one of both is gone
     */
    public Merged merge(long fromListId, long intoListId, Progress progress) throws ImportCancelledException {
        if (fromListId == intoListId) {
            throw new IllegalArgumentException("a list cannot be added to itself");
        }
        RecipientList from = list(fromListId);
        long wanted = copying.filled(fromListId);
        Taken taken = take(from, list(intoListId), false, progress);
        return new Merged(intoListId, taken.edit(), taken.rows().size, wanted - taken.rows().size);
    }

    /**
     * Makes a list of all rows of several lists. Of rows with one address that of the first list is taken. Columns are
     * matched by variable, and the template is that of the first list.
     *
     * @throws app.mailroom.store.NameTakenException when a list has the name
     * @throws NoSuchListException when one of them is gone
     */
    public Merged mergeNew(List<Long> fromListIds, String name, Progress progress) throws ImportCancelledException {
        List<RecipientList> from = fromListIds.stream().map(this::list).toList();
        Map<String, RecipientColumn> columns = new LinkedHashMap<>();
        for (RecipientList list : from) {
            for (RecipientColumn column : recipients.columns(list.id())) {
                columns.computeIfAbsent(
                        key(column),
                        key -> new RecipientColumn(columns.size(), columns.size(), column.name(), column.variable()));
            }
        }
        long total = from.stream().mapToLong(RecipientList::sheetCount).sum();
        long done = 0;
        long added = 0;
        long leftOut = 0;
        Unfinished made = new Unfinished();
        try {
            long id = made.begin(new NewList(
                    name,
                    from.stream().map(RecipientList::name).collect(Collectors.joining(" + ")),
                    List.copyOf(columns.values()),
                    from.get(0).templateId(),
                    Optional.empty(),
                    from.stream()
                            .mapToInt(list -> copying.addressRules(list.id()))
                            .min()
                            .orElse(0)));
            for (RecipientList list : from) {
                Shape shape = new Shape(
                        List.copyOf(columns.values()),
                        slots(recipients.columns(list.id()), List.copyOf(columns.values())));
                long[] ids = copying.filledIds(list.id());
                for (int at = 0; at < ids.length; at += ListCopying.ROWS_AT_ONCE) {
                    refuseCancelled(progress);
                    int to = Math.min(at + ListCopying.ROWS_AT_ONCE, ids.length);
                    long copied = copying.addIds(list.id(), id, shape, Arrays.copyOfRange(ids, at, to));
                    added += copied;
                    leftOut += to - at - copied;
                    progress.at(added + leftOut, Math.min(total, added + leftOut), total);
                }
                done += list.sheetCount();
                progress.at(added + leftOut, done, total);
            }
            refuseCancelled(progress);
            made.finish();
            return new Merged(id, Optional.empty(), added, leftOut);
        } catch (Throwable e) {
            made.abandon(e);
            throw e;
        }
    }

    /**
     * Makes a list of what an import left out, so that it can be mended, and returns its id. Each value stands in its
     * column; a row that could not be taken apart stands in the first cell as it was read, and what there were no
     * columns for gets columns at the end. The reasons are not among the columns, where they could be mailed: the sheet
     * marks what is wrong. The list mends the one that was imported: {@link #takeIn} adds what is mended.
     *
     * @throws app.mailroom.store.NameTakenException when a list has the name
     */
    public long leftOut(long listId, String name, Progress progress) throws ImportCancelledException {
        RecipientList list = list(listId);
        List<RecipientColumn> columns = recipients.columns(listId);
        int known = columns.stream().mapToInt(RecipientColumn::slot).max().orElse(-1) + 1;
        int widest = widest(listId, known, progress);
        List<RecipientColumn> made = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        for (RecipientColumn column : columns) {
            made.add(new RecipientColumn(made.size(), made.size(), column.name(), column.variable()));
            from.add(column.slot());
        }
        Set<String> variables = made.stream().map(RecipientColumn::variable).collect(Collectors.toSet());
        for (int slot = known; slot < widest; slot++) {
            String variable = FreeName.among(variables, "column_" + (slot + 1)).replaceAll("\\W+", "_");
            made.add(new RecipientColumn(made.size(), made.size(), variable, variable));
            from.add(slot);
        }
        int addressAt = IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).holdsAddresses())
                .findFirst()
                .orElse(0);
        Unfinished unfinished = new Unfinished();
        try {
            long id = unfinished.begin(new NewList(
                    name,
                    list.source(),
                    List.copyOf(made),
                    list.templateId(),
                    Optional.of(listId),
                    AddressCell.RULES.version()));
            long done = 0;
            long after = 0;
            List<LeftOut> page;
            do {
                refuseCancelled(progress);
                page = copying.leftOut(listId, after, PROBLEMS_AT_ONCE);
                List<Mending> rows = new ArrayList<>();
                for (LeftOut row : page) {
                    after = row.id();
                    List<String> values = values(row.problem(), from);
                    rows.add(new Mending(row.id(), AddressCell.read(values.get(addressAt)), values));
                }
                copying.addMendings(id, rows);
                done += page.size();
                progress.at(done, done, list.problemCount());
            } while (page.size() == PROBLEMS_AT_ONCE);
            unfinished.finish();
            return id;
        } catch (Throwable e) {
            unfinished.abandon(e);
            throw e;
        }
    }

    private int widest(long listId, int atLeast, Progress progress) throws ImportCancelledException {
        int widest = atLeast;
        long after = 0;
        List<LeftOut> page;
        do {
            refuseCancelled(progress);
            page = copying.leftOut(listId, after, PROBLEMS_AT_ONCE);
            for (LeftOut row : page) {
                after = row.id();
                List<String> values = row.problem().values().orElse(List.of());
                for (int slot = widest; slot < values.size(); slot++) {
                    widest = values.get(slot).isBlank() ? widest : slot + 1;
                }
            }
        } while (page.size() == PROBLEMS_AT_ONCE);
        return widest;
    }

    private static List<String> values(ImportProblem problem, List<Integer> from) {
        String[] values = new String[from.size()];
        Arrays.fill(values, "");
        if (problem.values().isEmpty()) {
            values[0] = problem.row();
            return List.of(values);
        }
        List<String> read = problem.values().get();
        for (int i = 0; i < values.length; i++) {
            int slot = from.get(i);
            values[i] = slot < read.size() ? read.get(slot) : "";
        }
        return List.of(values);
    }

    /**
     * Adds the rows of a mending list that can be mailed now to the list it mends, and takes them out of this one; each is
     * a change that can be undone. Rows whose address the list has already stay. The list no longer counts what was
     * taken in among what its import left out.
     *
     * @throws NoSuchListException when one of both is gone, or the list mends none
     */
    public Merged takeIn(long mendingListId, Progress progress) throws ImportCancelledException {
        RecipientList mending = list(mendingListId);
        long mended = mending.mendsListId().orElseThrow(() -> new NoSuchListException(mendingListId));
        Taken taken = take(mending, list(mended), true, progress);
        long[] ids = taken.rows().toArray();
        if (ids.length > 0) {
            try (SheetChange change = sheets.change(mendingListId, SheetEdit.Kind.ROWS_DELETED, "")) {
                for (int from = 0; from < ids.length; from += SheetChange.ROWS_AT_ONCE) {
                    List<Long> some = Arrays.stream(ids, from, Math.min(from + SheetChange.ROWS_AT_ONCE, ids.length))
                            .boxed()
                            .toList();
                    change.delete(some);
                    copying.forgetMended(mended, some);
                }
            }
        }
        return new Merged(mended, taken.edit(), ids.length, mending.rowCount() - ids.length);
    }

    /** Rows that went into another list: the change there, and their ids here. */
    private record Taken(Optional<SheetEdit> edit, Ids rows) {}

    private Taken take(RecipientList from, RecipientList into, boolean onlyMailed, Progress progress)
            throws ImportCancelledException {
        List<RecipientColumn> here = recipients.columns(from.id());
        Set<String> needed = onlyMailed ? filled(from.id(), into.id(), here) : keys(here);
        Ids taken = new Ids();
        try (SheetChange change = sheets.change(into.id(), SheetEdit.Kind.MERGED, from.name())) {
            try {
                List<RecipientColumn> there = new ArrayList<>(recipients.columns(into.id()));
                Set<String> known = keys(there);
                for (RecipientColumn column : here) {
                    if (!known.contains(key(column)) && needed.contains(key(column))) {
                        there.add(change.addColumn(there.size(), column.name(), column.variable()));
                    }
                }
                List<Integer> slots = bySlot(here, there);
                long after = 0;
                List<Candidate> page;
                do {
                    refuseCancelled(progress);
                    page = copying.candidates(from.id(), into.id(), onlyMailed, after, SheetChange.ROWS_AT_ONCE);
                    List<List<String>> rows = new ArrayList<>();
                    for (Candidate row : page) {
                        rows.add(rearranged(row.values(), slots));
                        taken.add(row.id());
                        after = row.rank();
                    }
                    if (!rows.isEmpty()) {
                        change.insert(0, rows);
                    }
                    progress.at(taken.size, Math.min(taken.size, from.sheetCount()), from.sheetCount());
                } while (page.size() == SheetChange.ROWS_AT_ONCE);
                refuseCancelled(progress);
            } catch (RuntimeException | ImportCancelledException e) {
                sheets.takeBack(change);
                throw e;
            }
            return new Taken(change.made(), taken);
        }
    }

    /** Which columns hold anything in the rows that another list can take in. */
    private Set<String> filled(long fromListId, long intoListId, List<RecipientColumn> columns) {
        Set<String> filled = new TreeSet<>();
        long after = 0;
        List<Candidate> page;
        do {
            page = copying.candidates(fromListId, intoListId, true, after, SheetChange.ROWS_AT_ONCE);
            for (Candidate row : page) {
                after = row.rank();
                for (RecipientColumn column : columns) {
                    int slot = column.slot();
                    if (slot < row.values().size() && !row.values().get(slot).isBlank()) {
                        filled.add(key(column));
                    }
                }
            }
        } while (page.size() == SheetChange.ROWS_AT_ONCE);
        return filled;
    }

    /**
     * Makes a list of the recipients of a mailing whose messages meet a filter; returns its id.
     *
     * <p>They have the values with which the mailing was planned, in columns named as its template calls them. Persons who
     * were erased are not among them. A message that comes to meet the filter meanwhile may be among them or not.
     *
     * @param title of the mailing, kept as what the list was made from
     * @throws app.mailroom.store.NameTakenException when a list has the name
     */
    public long ofMessages(MessageFilter filter, String title, String name, Progress progress)
            throws ImportCancelledException {
        Shape shape = copying.shapeOfMessages(filter.planId());
        Unfinished made = new Unfinished();
        try {
            long id = made.begin(new NewList(
                    name, title, shape.columns(), copying.templateOf(filter.planId()), Optional.empty(), 0));
            long done = 0;
            List<Long> messages = copying.messages(filter, 0);
            while (!messages.isEmpty()) {
                refuseCancelled(progress);
                done += copying.copyMessages(messages, id, shape);
                progress.at(done, 0, 0);
                messages = copying.messages(filter, messages.get(messages.size() - 1));
            }
            made.finish();
            return id;
        } catch (Throwable e) {
            made.abandon(e);
            throw e;
        }
    }

    private void copy(
            long fromListId, long intoListId, Shape shape, Ids ids, long before, long total, Progress progress)
            throws ImportCancelledException {
        for (int from = 0; from < ids.size; from += ListCopying.ROWS_AT_ONCE) {
            refuseCancelled(progress);
            int to = Math.min(from + ListCopying.ROWS_AT_ONCE, ids.size);
            copying.copyIds(fromListId, intoListId, shape, Arrays.copyOfRange(ids.values, from, to));
            progress.at(before + to, before + to, total);
        }
        refuseCancelled(progress);
    }

    private NewList like(RecipientList list, String name, Shape shape) {
        return new NewList(
                name,
                list.name(),
                shape.columns(),
                list.templateId(),
                Optional.empty(),
                copying.addressRules(list.id()));
    }

    private RecipientList list(long listId) {
        return recipients.find(listId).orElseThrow(() -> new NoSuchListException(listId));
    }

    private Set<String> names() {
        return recipients.lists().stream().map(RecipientList::name).collect(Collectors.toSet());
    }

    private static String key(RecipientColumn column) {
        return VariableNames.of(column.variable());
    }

    private static Set<String> keys(List<RecipientColumn> columns) {
        return columns.stream().map(ListMaking::key).collect(Collectors.toSet());
    }

    /** For each column of a new list the slot of its counterpart. */
    private static List<Integer> slots(List<RecipientColumn> from, List<RecipientColumn> into) {
        Map<String, Integer> slots = new HashMap<>();
        from.forEach(column -> slots.put(key(column), column.slot()));
        return into.stream()
                .map(column -> slots.getOrDefault(key(column), ListCopying.NOWHERE))
                .toList();
    }

    /** The same by slot of a list that may have slots without a column. */
    private static List<Integer> bySlot(List<RecipientColumn> from, List<RecipientColumn> into) {
        int width = into.stream().mapToInt(RecipientColumn::slot).max().orElse(-1) + 1;
        Integer[] slots = new Integer[width];
        Arrays.fill(slots, ListCopying.NOWHERE);
        List<Integer> found = slots(from, into);
        for (int i = 0; i < into.size(); i++) {
            slots[into.get(i).slot()] = found.get(i);
        }
        return List.of(slots);
    }

    private static List<String> rearranged(List<String> values, List<Integer> slots) {
        return slots.stream()
                .map(slot -> slot == ListCopying.NOWHERE || slot >= values.size() ? "" : values.get(slot))
                .toList();
    }

    private static void refuseCancelled(Progress progress) throws ImportCancelledException {
        if (progress.cancelled()) {
            throw new ImportCancelledException();
        }
    }

    /** Lists that nobody sees yet. */
    private final class Unfinished {
        private final List<Long> lists = new ArrayList<>();

        long begin(NewList list) {
            long id = copying.begin(list);
            lists.add(id);
            return id;
        }

        List<Long> ids() {
            return List.copyOf(lists);
        }

        void finish() {
            copying.finish(lists);
        }

        void abandon(Throwable because) {
            for (long id : lists) {
                try {
                    recipients.abandon(id);
                } catch (RuntimeException e) {
                    because.addSuppressed(e);
                }
            }
        }
    }

    /** Any number of ids, without an object for each. */
    private static final class Ids {
        private long[] values;
        private int size;

        Ids() {
            this.values = new long[16];
        }

        Ids(long[] values) {
            this.values = values;
            this.size = values.length;
        }

        void add(long id) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = id;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
