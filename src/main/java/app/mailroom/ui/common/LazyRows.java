package app.mailroom.ui.common;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToLongFunction;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read from the store page by page, as far as the person scrolls. Never reads all rows of anything.
 * JavaFX thread only.
 */
public final class LazyRows<T> {
    private static final int PAGE = 200;
    /** So many rows before the end the next page is asked for. */
    private static final int AHEAD = 60;

    /** Reads a page in the background. */
    @FunctionalInterface
    public interface Source<T> {
        /** Rows after the given one (from the first for none), where {@code offset} rows were read before. */
        List<T> page(@Nullable T after, long offset, int limit) throws Exception;
    }

    private final Background background;
    private final ToLongFunction<T> id;
    private final boolean moving;
    private final ObservableList<T> rows = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(false);
    private @Nullable Source<T> source;
    private boolean loading;
    private boolean complete;
    private int generation;
    /** The last row as it was read: the next page begins behind it, whatever became of it since. */
    private @Nullable T last;
    /** What is there, where a row may come a second time because its place in the order changed. */
    private final Set<Long> known = new HashSet<>();

    /** Empty until {@link #show}; no row changes its place in the order. */
    public LazyRows(Background background, ToLongFunction<T> id) {
        this(background, id, false);
    }

    /**
     * Empty until {@link #show}.
     *
     * @param moving whether a row may change its place in the order while it is shown; then its id tells it from all
     *     others
     */
    public LazyRows(Background background, ToLongFunction<T> id, boolean moving) {
        this.background = background;
        this.id = id;
        this.moving = moving;
    }

    /** What was read so far. */
    public ObservableList<T> rows() {
        return rows;
    }

    /** Whether the first page has arrived, so that an empty list is really empty. */
    public ReadOnlyBooleanProperty settledProperty() {
        return settled.getReadOnlyProperty();
    }

    /** Starts anew from this source. */
    public void show(Source<T> from) {
        source = from;
        generation++;
        complete = false;
        loading = false;
        settled.set(false);
        load(true);
    }

    /** Shows nothing. */
    public void clear() {
        source = null;
        generation++;
        last = null;
        known.clear();
        rows.clear();
        settled.set(false);
    }

    /** A row with this index has come into view. */
    public void needed(int index) {
        if (index >= rows.size() - AHEAD && !complete) {
            load(false);
        }
    }

    /** Rows may have been added at the end. */
    public void lookForMore() {
        if (complete && rows.size() < PAGE) {
            complete = false;
            load(false);
        }
    }

    /** Reads the rows from one index to another again, one by one, and puts back those that changed. */
    public void reread(int from, int to, java.util.function.LongFunction<java.util.Optional<T>> find) {
        if (rows.isEmpty() || loading) {
            return;
        }
        int first = Math.max(0, Math.min(from, rows.size() - 1));
        int last = Math.min(to + 1, rows.size());
        List<T> seen = List.copyOf(rows.subList(first, Math.max(first, last)));
        int asked = generation;
        background.get(
                () -> seen.stream()
                        .map(row -> find.apply(id.applyAsLong(row)).orElse(row))
                        .toList(),
                fresh -> {
                    if (asked != generation) {
                        return;
                    }
                    for (int i = 0; i < fresh.size() && first + i < rows.size(); i++) {
                        T old = rows.get(first + i);
                        T now = fresh.get(i);
                        if (id.applyAsLong(old) == id.applyAsLong(now) && !Objects.equals(old, now)) {
                            rows.set(first + i, now);
                        }
                    }
                });
    }

    private void load(boolean anew) {
        Source<T> from = source;
        if (from == null || loading) {
            return;
        }
        loading = true;
        int asked = generation;
        T after = anew ? null : last;
        long offset = anew ? 0 : rows.size();
        background.get(
                () -> from.page(after, offset, PAGE),
                page -> {
                    if (asked != generation) {
                        return;
                    }
                    loading = false;
                    complete = page.size() < PAGE;
                    if (anew) {
                        known.clear();
                        last = null;
                    }
                    if (!page.isEmpty()) {
                        last = page.get(page.size() - 1);
                    }
                    List<T> fresh = page.stream()
                            .filter(row -> !moving || known.add(id.applyAsLong(row)))
                            .toList();
                    if (anew) {
                        rows.setAll(fresh);
                    } else {
                        rows.addAll(fresh);
                    }
                    settled.set(true);
                },
                failure -> {
                    if (asked == generation) {
                        loading = false;
                        complete = true;
                    }
                    background.tell(failure);
                });
    }
}
