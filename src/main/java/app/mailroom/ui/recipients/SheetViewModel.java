package app.mailroom.ui.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Right;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.SheetMark;
import app.mailroom.model.SheetQuery;
import app.mailroom.model.SheetQuery.ColumnOrder;
import app.mailroom.model.SheetRow;
import app.mailroom.model.Template;
import app.mailroom.model.World;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.SheetEditing;
import app.mailroom.recipients.SheetEditing.Patch;
import app.mailroom.recipients.SheetEditing.Written;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.recipients.TextBlock;
import app.mailroom.store.NoSuchListException;
import app.mailroom.store.SettingsStore;
import app.mailroom.store.SheetStore;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.sheet.SheetDeeds.Area;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One list as a sheet: what it shows, and what was done to it. Everything that changes it is done in the order in which
 * the person did it; what was typed is shown before it is kept. JavaFX thread only.
 */
final class SheetViewModel {
    /** So often at most marks are counted and shown rows are read again while somebody types. */
    private static final Duration GLANCE = Duration.millis(300);

    /** So many of the rows that an undone change touched are looked for. */
    private static final int MOST_TOUCHED = 500;

    /** How the sheet stands to what is kept. */
    enum Standing {
        LOADING,
        SAVED,
        SAVING,
        /** Some cells could not be saved. */
        FAILED,
        /** There is no such list any more. */
        GONE
    }

    /** Where the sheet is shown. */
    interface Shown {
        /** Rows or columns are not what they were. */
        void anew();

        /** Rows came in at the end, as a person typed there. */
        void grown(int fromRow);

        /** These rows may look different. */
        void again(int fromRow, int toRow);

        /** This is to be selected and in view. */
        void select(Area area);
    }

    /** What has to be looked at again after a change. */
    enum After {
        /** Only what stands in cells. */
        CELLS,
        /** Which rows are shown, too. */
        ROWS,
        /** The columns and the template as well. */
        ALL
    }

    private record Opened(
            SheetShape shape,
            List<String> added,
            Optional<SheetEdit> edit,
            Seen seen,
            SheetQuery query,
            Map<Integer, Double> widths) {}

    /** The ids of the rows that are shown. */
    static final class Ids {
        private final long[] ids;

        Ids(long[] ids) {
            this.ids = ids;
        }
    }

    /** What was read after a change; what need not be looked at is absent. */
    private record Seen(Optional<SheetShape> shape, Optional<Ids> ids, long revision) {}

    private record Changed<T>(T value, Seen seen) {}

    private record Facts(Optional<RecipientList> list, Optional<SheetEdit> undo, Optional<SheetEdit> redo) {}

    private record Undone(SheetEdit edit, List<SheetRow> rows) {}

    final long listId;
    final StringProperty name = new SimpleStringProperty("");
    final ObjectProperty<@Nullable SheetShape> shape = new SimpleObjectProperty<>();
    final ObjectProperty<SheetQuery> query = new SimpleObjectProperty<>(SheetQuery.ALL);
    final ObjectProperty<Map<SheetMark, Long>> counts = new SimpleObjectProperty<>(Map.of());
    final ObjectProperty<@Nullable RecipientList> list = new SimpleObjectProperty<>();
    final ObjectProperty<Optional<SheetEdit>> undoable = new SimpleObjectProperty<>(Optional.empty());
    final ObjectProperty<Optional<SheetEdit>> redoable = new SimpleObjectProperty<>(Optional.empty());
    final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.LOADING);
    final IntegerProperty rowsShown = new SimpleIntegerProperty(0);
    final ObservableList<Template> templates = FXCollections.observableArrayList();
    final SheetQueue queue;
    final SheetRows rows;
    final TypedCells typed = new TypedCells();

    private final ScreenContext context;
    private final Texts texts;
    private final Features.Stores stores;
    private final SheetStore sheets;
    private final SheetEditing editing;
    private final Reload<Facts> facts;
    private final Reload<Map<SheetMark, Long>> count;
    private final Reload<List<Template>> templateList;
    private final PauseTransition glance = new PauseTransition(GLANCE);
    private final AtomicLong queries = new AtomicLong();
    /** Ids of rows that were shown before they had one; filled by the work that is done in order. */
    private final Map<Long, Long> real = new ConcurrentHashMap<>();
    /** Rows that are shown and not in the store yet, from the top. */
    private final List<Long> provisional = new ArrayList<>();

    private Consumer<Map<Integer, Double>> widths = any -> {};
    private long lastProvisional;
    private long revision;
    private boolean looking;
    private boolean gone;
    private boolean left;
    private Shown shown = new Shown() {
        @Override
        public void anew() {}

        @Override
        public void grown(int fromRow) {}

        @Override
        public void again(int fromRow, int toRow) {}

        @Override
        public void select(Area area) {}
    };

    SheetViewModel(ScreenContext context, long listId) {
        this.context = context;
        this.texts = context.texts();
        this.listId = listId;
        this.stores = context.features().stores();
        this.sheets = stores.sheets();
        this.editing = context.features().lists().editing();
        this.queue = new SheetQueue(context.keep());
        this.rows =
                new SheetRows(context.background(), ids -> sheets.rows(listId, ids, world()), new SheetRows.Listener() {
                    @Override
                    public void read(long rowId, long reading) {
                        typed.read(rowId, reading);
                    }

                    @Override
                    public void shown(int from, int to) {
                        shown.again(from, to);
                    }
                });
        this.facts = new Reload<>(context.background(), this::readFacts, this::showFacts);
        this.count = new Reload<>(context.background(), this::readCounts, counts::set);
        this.templateList =
                new Reload<>(context.background(), () -> stores.templates().list(), templates::setAll);
        glance.setOnFinished(event -> look());
        queue.waiting.addListener((property, before, now) -> stand());
    }

    /** Says where it is shown; widths is told the remembered widths of columns. */
    void showIn(Shown where, Consumer<Map<Integer, Double>> widthsTo) {
        shown = where;
        widths = widthsTo;
    }

    World world() {
        return context.features().mailing().dispatch().world();
    }

    SheetEditing editing() {
        return editing;
    }

    Optional<SheetShape> shape() {
        return Optional.ofNullable(shape.get());
    }

    /** Whether all rows are shown, so that others can be typed below them. */
    boolean showsAll() {
        return query.get().showsAll();
    }

    /** The slot of a column by where it stands. */
    int slot(int column) {
        return shape().map(now -> now.columns().get(column).slot()).orElse(0);
    }

    List<Integer> slots(int left, int right) {
        return shape().map(now -> now
                        .columns()
                        .subList(left, Math.min(right + 1, now.columns().size()))
                        .stream()
                        .map(RecipientColumn::slot)
                        .toList())
                .orElse(List.of());
    }

    // Opening

    /** Reads the sheet, after what an earlier visit to it still has to keep. */
    void open() {
        queue.add(
                this::read,
                opened -> {
                    if (opened.isEmpty()) {
                        leave();
                        return;
                    }
                    Opened now = opened.get();
                    query.set(now.query());
                    widths.accept(now.widths());
                    see(now.seen());
                    templateList.ask();
                    if (!now.added().isEmpty()) {
                        tell(texts.get("sheet.columns_added", String.join(", ", now.added())), now.edit());
                    }
                },
                this::failed);
    }

    private Optional<Opened> read() {
        sheets.readAddresses(listId);
        Optional<SheetShape> found = SheetShape.read(stores, listId);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        SheetShape now = found.get();
        // Who may only look sees the list as it is.
        List<ColumnNeed> missing =
                context.access().refusal(Right.EDIT_RECIPIENTS).isEmpty()
                        ? TemplateColumns.missing(now.needs(), now.columns())
                        : List.of();
        Optional<SheetEdit> edit = Optional.empty();
        if (!missing.isEmpty() && now.template().isPresent()) {
            edit = editing.followTemplate(listId, now.template().get().id(), now.needs());
            now = SheetShape.read(stores, listId).orElse(now);
        }
        SheetQuery ordered = now.possible(
                new SheetQuery("", Optional.empty(), List.of(), SheetMemory.order(stores.settings(), listId)));
        return Optional.of(new Opened(
                now,
                missing.stream().map(ColumnNeed::name).toList(),
                edit,
                new Seen(
                        Optional.of(now),
                        Optional.of(new Ids(sheets.ids(listId, ordered, now.situation(world())))),
                        sheets.revision(listId)),
                ordered,
                SheetMemory.widths(stores.settings(), listId)));
    }

    private void leave() {
        gone = true;
        if (!left) {
            standing.set(Standing.GONE);
        }
    }

    /** Reads everything again. */
    void reload() {
        change(quietly(), doing -> Boolean.TRUE, After.ALL, done -> {});
        templateList.ask();
    }

    /** Looks whether somebody else has changed the sheet. */
    void pulse() {
        if (looking || gone || shape.get() == null || queue.waiting.get() > 0) {
            return;
        }
        looking = true;
        context.background()
                .get(
                        () -> sheets.revision(listId),
                        now -> {
                            looking = false;
                            if (queue.waiting.get() == 0 && now != revision) {
                                reload();
                            }
                        },
                        failure -> {
                            looking = false;
                            if (failure instanceof NoSuchListException) {
                                leave();
                            }
                        });
    }

    private Facts readFacts() {
        return new Facts(stores.recipients().find(listId), sheets.undoable(listId), sheets.redoable(listId));
    }

    private void showFacts(Facts now) {
        now.list().ifPresent(found -> {
            list.set(found);
            name.set(found.name());
        });
        undoable.set(now.undo());
        redoable.set(now.redo());
    }

    private Map<SheetMark, Long> readCounts() {
        SheetShape now = shape.get();
        return now == null ? Map.of() : new EnumMap<>(sheets.counts(listId, now.situation(world())));
    }

    /** Rows have changed: what is shown of them is read again soon. */
    private void lookSoon() {
        if (glance.getStatus() != Animation.Status.RUNNING) {
            glance.playFromStart();
        }
    }

    private void look() {
        facts.ask();
        count.ask();
        shown.again(0, Math.max(0, rows.count() - 1));
    }

    private void stand() {
        if (!gone && shape.get() != null) {
            standing.set(
                    queue.waiting.get() > 0
                            ? Standing.SAVING
                            : typed.failures() > 0 ? Standing.FAILED : Standing.SAVED);
        }
    }

    // Which rows are shown

    /** Shows other rows, or in another order. */
    void show(SheetQuery wanted) {
        if (wanted.equals(query.get())) {
            return;
        }
        boolean otherOrder = !wanted.order().equals(query.get().order());
        query.set(wanted);
        long mine = queries.incrementAndGet();
        SheetShape now = shape.get();
        if (now == null) {
            return;
        }
        queue.add(
                new Doing(texts.get("sheet.looking"), false),
                doing -> queries.get() == mine
                        ? Optional.of(new Seen(
                                Optional.empty(),
                                Optional.of(new Ids(sheets.ids(listId, wanted, now.situation(world())))),
                                sheets.revision(listId)))
                        : Optional.<Seen>empty(),
                seen -> seen.ifPresent(this::see),
                this::failed);
        if (otherOrder) {
            context.keep().accept(() -> SheetMemory.keepOrder(stores.settings(), listId, wanted.order()));
        }
    }

    void search(String text) {
        SheetQuery now = query.get();
        show(new SheetQuery(text, now.mark(), now.filters(), now.order()));
    }

    void mark(Optional<SheetMark> mark) {
        SheetQuery now = query.get();
        show(new SheetQuery(now.search(), mark, now.filters(), now.order()));
    }

    void filter(SheetQuery.ColumnFilter filter) {
        SheetQuery now = query.get();
        if (!now.filters().contains(filter)) {
            List<SheetQuery.ColumnFilter> filters = new ArrayList<>(now.filters());
            filters.add(filter);
            show(new SheetQuery(now.search(), now.mark(), List.copyOf(filters), now.order()));
        }
    }

    void unfilter(SheetQuery.ColumnFilter filter) {
        SheetQuery now = query.get();
        show(new SheetQuery(
                now.search(),
                now.mark(),
                now.filters().stream().filter(one -> !one.equals(filter)).toList(),
                now.order()));
    }

    void order(Optional<ColumnOrder> order) {
        SheetQuery now = query.get();
        show(new SheetQuery(now.search(), now.mark(), now.filters(), order));
    }

    /** Shows all rows, in the order that was chosen. */
    void showAll() {
        show(new SheetQuery("", Optional.empty(), List.of(), query.get().order()));
    }

    void keepWidth(Map<Integer, Double> all) {
        Map<Integer, Double> copy = new HashMap<>(all);
        SettingsStore settings = stores.settings();
        context.keep().accept(() -> SheetMemory.keepWidths(settings, listId, copy));
    }

    private void see(Seen seen) {
        boolean first = shape.get() == null;
        revision = seen.revision();
        rows.outdated();
        seen.shape().ifPresent(now -> {
            shape.set(now);
            list.set(now.list());
            name.set(now.list().name());
            query.set(now.possible(query.get()));
        });
        seen.ids().ifPresent(now -> {
            rows.show(now.ids);
            if (showsAll()) {
                rows.append(provisional.stream().mapToLong(Long::longValue).toArray());
            }
        });
        rowsShown.set(rows.count());
        if (seen.ids().isPresent() || seen.shape().isPresent()) {
            shown.anew();
        }
        if (first) {
            look();
        } else {
            lookSoon();
        }
        stand();
    }

    // Changing

    /**
     * Does something to the sheet, after all that was asked for before.
     *
     * @param done is told what came of it, once that is shown; not when the person stopped it
     */
    <T> void change(Doing doing, SheetQueue.LongWork<T> work, After after, Consumer<T> done) {
        change(doing, work, after, done, () -> {});
    }

    /** The same; otherwise is run when nothing came of it. */
    <T> void change(Doing doing, SheetQueue.LongWork<T> work, After after, Consumer<T> done, Runnable otherwise) {
        SheetQuery asked = query.get();
        queue.add(
                doing,
                watched -> {
                    T value = work.run(watched);
                    return new Changed<>(value, seen(asked, after));
                },
                changed -> {
                    if (changed.seen().shape().isEmpty() && after == After.ALL) {
                        leave();
                        return;
                    }
                    Seen seen = changed.seen();
                    if (seen.ids().isPresent() && !asked.equals(query.get())) {
                        // Other rows were asked for meanwhile, and are on their way.
                        seen = new Seen(seen.shape(), Optional.empty(), seen.revision());
                    }
                    see(seen);
                    done.accept(changed.value());
                },
                failure -> {
                    otherwise.run();
                    failed(failure);
                });
    }

    private Seen seen(SheetQuery asked, After after) {
        Optional<SheetShape> now = after == After.ALL ? SheetShape.read(stores, listId) : Optional.empty();
        Optional<Ids> ids = Optional.empty();
        if (after != After.CELLS) {
            Optional<SheetShape> over = now.isPresent() ? now : SheetShape.read(stores, listId);
            ids = over.map(there -> new Ids(sheets.ids(listId, there.possible(asked), there.situation(world()))));
        }
        return new Seen(now, ids, now.isEmpty() && after == After.ALL ? 0 : sheets.revision(listId));
    }

    /** Work of which no progress is worth a word. */
    Doing quietly() {
        return new Doing(texts.get("sheet.working"), false);
    }

    private void failed(Throwable failure) {
        if (failure instanceof NoSuchListException) {
            leave();
            return;
        }
        if (!(failure instanceof ImportCancelledException)) {
            context.background().tell(failure);
        }
        if (shape.get() != null) {
            // What is shown may be what was to become of it.
            rows.outdated();
            lookSoon();
        }
    }

    /** Writes what was typed into a cell, if it is not there already. */
    void type(int row, int column, String text) {
        SheetShape now = shape.get();
        if (now == null) {
            return;
        }
        int slot = now.columns().get(column).slot();
        if (row >= rows.count()) {
            if (!text.isEmpty()) {
                typeBelow(row, slot, text);
            }
            return;
        }
        long id = rows.id(row);
        Optional<TypedCells.Typed> before = typed.get(id, slot);
        boolean same = before.isPresent()
                ? before.get().text.equals(text) && !before.get().failed()
                : rows.isFresh(row)
                        && rows.known(id)
                                .filter(known -> known.value(slot).equals(text))
                                .isPresent();
        if (same) {
            return;
        }
        TypedCells.Typed mine = typed.put(id, slot, text);
        shown.again(row, row);
        save(id, slot, text, mine);
    }

    /** The same, where the cell went out of the sheet while it was typed. */
    void typeUnseen(long key, int slot, String text) {
        SheetShape now = shape.get();
        if (now == null || now.columns().stream().noneMatch(column -> column.slot() == slot)) {
            context.notices().warn(texts.get("sheet.column_gone", text));
        } else if (!SheetCells.isEmptyRow(key)) {
            save(key, slot, text, typed.put(key, slot, text));
        } else if (!text.isEmpty()) {
            typeBelow(rows.count(), slot, text);
        }
    }

    /** Where a row is shown, by the id that it has or had before it was in the store. */
    OptionalInt place(long id) {
        List<Integer> places = rows.places(List.of(id, real.getOrDefault(id, id)));
        return places.isEmpty() ? OptionalInt.empty() : OptionalInt.of(places.get(0));
    }

    private void save(long id, int slot, String text, TypedCells.Typed mine) {
        queue.add(
                () -> {
                    editing.write(listId, SheetEdit.Kind.TYPED, List.of(new SheetEditing.Cell(real(id), slot, text)));
                    return sheets.revision(listId);
                },
                at -> saved(List.of(mine), at),
                failure -> notSaved(List.of(mine), failure));
    }

    private long real(long id) {
        Long known = id < 0 ? real.get(id) : Long.valueOf(id);
        if (known == null) {
            throw new IllegalStateException("the row could not be added");
        }
        return known;
    }

    /** The ids that rows have in the store; for work that is done in order. */
    long[] real(long[] ids) {
        long[] known = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            known[i] = real(ids[i]);
        }
        return known;
    }

    private void typeBelow(int row, int slot, String text) {
        int first = rows.count();
        int blanks = row - first;
        long[] made = new long[blanks + 1];
        for (int i = 0; i < made.length; i++) {
            lastProvisional--;
            made[i] = lastProvisional;
            provisional.add(lastProvisional);
        }
        rows.append(made);
        rowsShown.set(rows.count());
        TypedCells.Typed mine = typed.put(made[blanks], slot, text);
        shown.grown(first);
        queue.add(
                () -> {
                    Written written = editing.write(
                            listId,
                            SheetEdit.Kind.TYPED,
                            new long[0],
                            new Patch(List.of(slot), TextBlock.of(text, 1, 1), blanks),
                            this::newColumn,
                            Progress.NONE);
                    known(made, written.inserted());
                    return sheets.revision(listId);
                },
                at -> {
                    named(made);
                    saved(List.of(mine), at);
                },
                failure -> notSaved(List.of(mine), failure));
    }

    private void known(long[] made, List<Long> inserted) {
        for (int i = 0; i < made.length; i++) {
            real.put(made[i], inserted.get(i));
        }
    }

    /** Rows that were shown before they were in the store are there now. */
    private void named(long[] made) {
        Map<Long, Long> names = new HashMap<>();
        for (long id : made) {
            long now = Objects.requireNonNull(real.get(id));
            names.put(id, now);
            provisional.remove(id);
            typed.renamed(id, now);
        }
        rows.renamed(names);
    }

    private void saved(List<TypedCells.Typed> cells, long at) {
        revision = at;
        long reading = rows.outdated();
        cells.forEach(cell -> typed.saved(cell, reading));
        lookSoon();
        stand();
    }

    private void notSaved(List<TypedCells.Typed> cells, Throwable failure) {
        if (failure instanceof NoSuchListException) {
            leave();
            return;
        }
        boolean told = typed.failures() > 0;
        cells.forEach(typed::failed);
        if (!told) {
            context.notices()
                    .warn(texts.get("sheet.not_saved", Failure.of(failure).in(texts)));
        }
        lookSoon();
        stand();
    }

    /** Tries again to save what could not be saved, and runs done when nothing is waiting any more. */
    void saveAll(Runnable done) {
        List<TypedCells.Place> failed = typed.failed();
        List<TypedCells.Place> there =
                failed.stream().filter(place -> place.rowId() >= 0).toList();
        if (!there.isEmpty()) {
            List<TypedCells.Typed> cells = there.stream()
                    .map(place -> typed.put(place.rowId(), place.slot(), place.text()))
                    .toList();
            queue.add(
                    () -> {
                        editing.write(
                                listId,
                                SheetEdit.Kind.TYPED,
                                there.stream()
                                        .map(place -> new SheetEditing.Cell(place.rowId(), place.slot(), place.text()))
                                        .toList());
                        return sheets.revision(listId);
                    },
                    at -> saved(cells, at),
                    failure -> notSaved(cells, failure));
        }
        if (failed.size() > there.size()) {
            // After those that are on their way, or they would be added twice.
            afterwards(this::addProvisional);
        }
        afterwards(() -> afterwards(() -> {
            if (typed.failures() == 0) {
                done.run();
            }
        }));
    }

    /** Whether something that was typed could not be saved. */
    boolean hasUnsaved() {
        return typed.failures() > 0;
    }

    /** The page is no longer shown: what becomes of the list is no news any more. */
    void left() {
        left = true;
    }

    /** Adds the rows that are shown and not in the store, with all that was typed into them. */
    private void addProvisional() {
        long[] made = provisional.stream().mapToLong(Long::longValue).toArray();
        List<Integer> slots = slots(0, Integer.MAX_VALUE - 1);
        List<TypedCells.Typed> cells = new ArrayList<>();
        List<List<String>> lines = new ArrayList<>();
        for (long id : made) {
            List<String> line = new ArrayList<>();
            for (int slot : slots) {
                Optional<TypedCells.Typed> there = typed.get(id, slot);
                there.ifPresent(cell -> cells.add(typed.put(id, slot, cell.text)));
                line.add(there.map(cell -> cell.text).orElse(""));
            }
            lines.add(line);
        }
        queue.add(
                () -> {
                    known(
                            made,
                            editing.write(
                                            listId,
                                            SheetEdit.Kind.TYPED,
                                            new long[0],
                                            new Patch(slots, TextBlock.of(lines), 0),
                                            this::newColumn,
                                            Progress.NONE)
                                    .inserted());
                    return sheets.revision(listId);
                },
                at -> {
                    named(made);
                    saved(cells, at);
                },
                failure -> notSaved(cells, failure));
    }

    /** How a column is called that a person did not name. */
    String newColumn(int number) {
        return texts.get("sheet.new_column", Integer.toString(number));
    }

    /** Cells that were shown before they were kept are kept now. */
    void settle(List<TypedCells.Typed> cells) {
        saved(cells, revision);
    }

    /** Cells that were shown before they were kept are not going to be. */
    void forget(List<TypedCells.Typed> cells) {
        typed.forget(cells);
    }

    /** Runs something when all that was asked for is done and shown. */
    void afterwards(Runnable work) {
        queue.add(() -> Boolean.TRUE, any -> work.run(), this::failed);
    }

    /** Rows came in at the end. */
    void appended(List<Long> ids) {
        // Above what was typed below them meanwhile and is not in the store yet.
        int waiting = showsAll() ? provisional.size() : 0;
        rows.insert(
                rows.count() - waiting, ids.stream().mapToLong(Long::longValue).toArray());
        rowsChanged();
    }

    /** Rows came in above another. */
    void inserted(long above, List<Long> ids) {
        long known = above < 0 ? real.getOrDefault(above, above) : above;
        List<Integer> places = rows.places(List.of(known));
        rows.insert(
                places.isEmpty() ? rows.count() : places.get(0),
                ids.stream().mapToLong(Long::longValue).toArray());
        rowsChanged();
    }

    /** Rows are gone. */
    void removed(long[] ids) {
        rows.remove(Arrays.stream(ids)
                .map(id -> id < 0 ? real.getOrDefault(id, id) : id)
                .toArray());
        rowsChanged();
    }

    private void rowsChanged() {
        rowsShown.set(rows.count());
        shown.anew();
    }

    // Undoing

    void undo() {
        step(undoable.get(), "sheet.undoing", sheets::undo);
    }

    void redo() {
        step(redoable.get(), "sheet.redoing", sheets::redo);
    }

    @FunctionalInterface
    private interface Step {
        Optional<SheetEdit> take(long listId, LongConsumer progress);
    }

    private void step(Optional<SheetEdit> likely, String title, Step step) {
        long inAll = likely.map(SheetEdit::rows).orElse(0L);
        change(
                new Doing(texts.get(title), false),
                doing -> step.take(listId, done -> doing.at(done, done, inAll)).map(this::undone),
                After.ALL,
                undone -> undone.ifPresent(this::showUndone));
    }

    private Undone undone(SheetEdit edit) {
        List<SheetRow> touched = new ArrayList<>();
        List<Long> ids = sheets.touched(edit, MOST_TOUCHED);
        for (int from = 0; from < ids.size(); from += 200) {
            touched.addAll(sheets.rows(listId, ids.subList(from, Math.min(from + 200, ids.size())), world()));
        }
        return new Undone(edit, touched);
    }

    /** Selects what is not what it was, if it is shown. */
    private void showUndone(Undone undone) {
        SheetShape now = shape.get();
        if (now == null || undone.rows().isEmpty()) {
            return;
        }
        int left = now.columns().size();
        int right = -1;
        for (SheetRow row : undone.rows()) {
            typed.read(row.id(), Long.MAX_VALUE);
            Optional<SheetRow> before = rows.known(row.id());
            for (int column = 0; column < now.columns().size(); column++) {
                int slot = now.columns().get(column).slot();
                if (before.isEmpty() || !before.get().value(slot).equals(row.value(slot))) {
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                }
            }
        }
        List<Integer> places =
                rows.places(undone.rows().stream().map(SheetRow::id).toList());
        if (places.isEmpty()) {
            return;
        }
        int top = places.get(0);
        int bottom = top;
        for (int place : places) {
            if (place == bottom + 1) {
                bottom = place;
            }
        }
        shown.select(new Area(
                top, right < 0 ? 0 : left, bottom, right < 0 ? now.columns().size() - 1 : right));
    }

    /** Says that something was done, and offers to undo it for as long as nothing else was done since. */
    void tell(String what, Optional<SheetEdit> edit) {
        if (edit.isEmpty()) {
            context.notices().done(what);
            return;
        }
        long id = edit.get().id();
        context.notices().done(what, texts.get("action.undo"), () -> {
            Optional<SheetEdit> last = undoable.get();
            if (queue.waiting.get() == 0 && last.isPresent() && last.get().id() == id) {
                undo();
            } else {
                context.notices().warn(texts.get("sheet.undo.later"));
            }
        });
    }

    // The list itself

    void rename(String newName) {
        String stripped = newName.strip();
        if (!stripped.isEmpty() && !stripped.equals(name.get())) {
            queue.add(
                    () -> {
                        stores.recipients().rename(listId, stripped);
                        return stripped;
                    },
                    name::set,
                    this::failed);
        }
    }

    /** Takes another template, or none. */
    void choose(Optional<Template> template) {
        change(
                quietly(),
                doing -> template.isPresent()
                        ? editing.followTemplate(listId, template.get().id(), SheetShape.needs(template.get()))
                        : editing.leaveTemplate(listId),
                After.ALL,
                edit -> {
                    if (edit.isPresent()) {
                        tell(
                                template.map(chosen -> texts.get("sheet.template.chosen", chosen.name()))
                                        .orElseGet(() -> texts.get("sheet.template.left")),
                                edit);
                    }
                });
    }
}
