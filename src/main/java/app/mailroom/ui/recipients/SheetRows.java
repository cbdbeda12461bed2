package app.mailroom.ui.recipients;

import app.mailroom.model.RowStanding;
import app.mailroom.model.SheetRow;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.UiThread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a sheet shows: the ids of all of them, and what stands in those that were looked at last, read page by
 * page when they come into view. Rows that are not in the store yet have ids below 0. JavaFX thread only.
 */
final class SheetRows {
    private static final int PAGE = 200;
    private static final int MOST_KEPT = 4_000;

    /** What came into view longer ago is out of it again. */
    private static final int MOST_WANTED = 6;

    /** Reads rows in the background; those that are gone are missing. */
    @FunctionalInterface
    interface Source {
        List<SheetRow> rows(List<Long> ids) throws Exception;
    }

    /** Is told what was read. */
    interface Listener {
        /** A row was read, as it was after so many calls of {@link SheetRows#outdated}. */
        void read(long rowId, long reading);

        /** These rows can be shown now. */
        void shown(int from, int to);
    }

    /** A row as read; nothing where it is gone. */
    private record Kept(Optional<SheetRow> row, long reading) {}

    private final Background background;
    private final Source source;
    private final Listener listener;
    private long[] ids = new long[0];
    private int count;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Kept> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private final Set<Integer> wanted = new LinkedHashSet<>();
    private boolean reading;
    private long readings;

    SheetRows(Background background, Source source, Listener listener) {
        this.background = background;
        this.source = source;
        this.listener = listener;
    }

    int count() {
        return count;
    }

    long id(int index) {
        return ids[index];
    }

    /** The ids of the rows from one to another, both counted. */
    long[] ids(int from, int to) {
        return from > to ? new long[0] : Arrays.copyOfRange(ids, from, to + 1);
    }

    /** The ids of all rows. */
    long[] ids() {
        return Arrays.copyOf(ids, count);
    }

    /** What stands in a row; nothing while it is being read. */
    Optional<SheetRow> row(int index) {
        long id = ids[index];
        if (id < 0) {
            return Optional.of(blank(id));
        }
        Kept known = kept.get(id);
        if (known == null || known.reading() < readings) {
            want(index / PAGE);
        }
        return known == null ? Optional.empty() : Optional.of(known.row().orElseGet(() -> blank(id)));
    }

    /** Whether what is known of a row is what stands in the store, as far as anybody here changed it. */
    boolean isFresh(int index) {
        Kept known = kept.get(ids[index]);
        return known != null && known.reading() == readings;
    }

    /** What stands in a row by its id, if it was looked at; nothing is read for it. */
    Optional<SheetRow> known(long id) {
        Kept known = kept.get(id);
        return known == null ? Optional.empty() : known.row();
    }

    private static SheetRow blank(long id) {
        return new SheetRow(id, 0, List.of(), RowStanding.BLANK, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Shows these rows. */
    void show(long[] now) {
        ids = now;
        count = now.length;
        wanted.clear();
    }

    /** Rows may not be what they were: they are read anew when they are shown. Returns which reading will tell. */
    long outdated() {
        return ++readings;
    }

    /** Puts rows before that index. */
    void insert(int at, long[] added) {
        long[] grown = count + added.length > ids.length
                ? Arrays.copyOf(ids, Math.max(count + added.length, count + count / 8 + 64))
                : ids;
        System.arraycopy(ids, at, grown, at + added.length, count - at);
        System.arraycopy(added, 0, grown, at, added.length);
        ids = grown;
        count += added.length;
    }

    void append(long[] added) {
        insert(count, added);
    }

    /** Takes rows away, wherever they stand now. */
    void remove(long[] gone) {
        long[] sorted = gone.clone();
        Arrays.sort(sorted);
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (Arrays.binarySearch(sorted, ids[i]) < 0) {
                ids[left] = ids[i];
                left++;
            }
        }
        count = left;
    }

    /** Rows that were shown before they had an id have one now. */
    void renamed(Map<Long, Long> real) {
        // They came in at the end, and mostly still stand there.
        for (int i = count - 1, left = real.size(); i >= 0 && left > 0; i--) {
            Long id = ids[i] < 0 ? real.get(ids[i]) : null;
            if (id != null) {
                ids[i] = id;
                left--;
            }
        }
    }

    /** Where rows stand, from the top; those that are not shown are missing. */
    List<Integer> places(List<Long> rowIds) {
        long[] sorted = rowIds.stream().mapToLong(Long::longValue).sorted().toArray();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < count && places.size() < sorted.length; i++) {
            if (Arrays.binarySearch(sorted, ids[i]) >= 0) {
                places.add(i);
            }
        }
        return places;
    }

    private void want(int page) {
        // The one that came into view last is read first.
        wanted.remove(page);
        wanted.add(page);
        if (wanted.size() > MOST_WANTED) {
            wanted.remove(wanted.iterator().next());
        }
        if (!reading) {
            reading = true;
            UiThread.later(this::readNext);
        }
    }

    private void readNext() {
        Integer last = last(wanted);
        if (last == null) {
            reading = false;
            return;
        }
        wanted.remove(last);
        int from = Math.min(last * PAGE, count);
        int to = Math.min(from + PAGE, count);
        List<Long> asked = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Kept known = kept.get(ids[i]);
            if (ids[i] >= 0 && (known == null || known.reading() < readings)) {
                asked.add(ids[i]);
            }
        }
        if (asked.isEmpty()) {
            readNext();
            return;
        }
        long asOf = readings;
        background.get(
                () -> source.rows(asked),
                rows -> {
                    keep(asked, rows, asOf);
                    listener.shown(from, to - 1);
                    readNext();
                },
                failure -> {
                    reading = false;
                    wanted.clear();
                    background.tell(failure);
                });
    }

    private void keep(List<Long> asked, List<SheetRow> rows, long asOf) {
        Map<Long, SheetRow> found = new HashMap<>();
        rows.forEach(row -> found.put(row.id(), row));
        for (long id : asked) {
            kept.put(id, new Kept(Optional.ofNullable(found.get(id)), asOf));
            listener.read(id, asOf);
        }
    }

    private static @Nullable Integer last(Set<Integer> pages) {
        Integer last = null;
        for (Integer page : pages) {
            last = page;
        }
        return last;
    }
}
