package app.mailroom.ui.recipients;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was typed into cells and is not read back from the store yet, so that it is shown at once, and stays where it
 * could not be saved. JavaFX thread only.
 */
final class TypedCells {
    /** How far what was typed has come. */
    enum Stage {
        WAITING,
        SAVED,
        FAILED
    }

    /** What was typed into one cell. */
    static final class Typed {
        final String text;
        private Stage stage = Stage.WAITING;
        private long savedAt;

        private Typed(String text) {
            this.text = text;
        }

        boolean failed() {
            return stage == Stage.FAILED;
        }
    }

    /** A cell with what was typed into it. */
    record Place(long rowId, int slot, String text) {}

    private final Map<Long, Map<Integer, Typed>> rows = new HashMap<>();

    Typed put(long rowId, int slot, String text) {
        Typed typed = new Typed(text);
        rows.computeIfAbsent(rowId, any -> new HashMap<>()).put(slot, typed);
        return typed;
    }

    Optional<Typed> get(long rowId, int slot) {
        Map<Integer, Typed> cells = rows.get(rowId);
        return cells == null ? Optional.empty() : Optional.ofNullable(cells.get(slot));
    }

    /** It is in the store; what is read from there as of that reading or later takes its place. */
    void saved(Typed typed, long reading) {
        typed.stage = Stage.SAVED;
        typed.savedAt = reading;
    }

    void failed(Typed typed) {
        typed.stage = Stage.FAILED;
    }

    /** A row was read from the store. */
    void read(long rowId, long reading) {
        Map<Integer, Typed> cells = rows.get(rowId);
        if (cells != null) {
            cells.values().removeIf(typed -> typed.stage == Stage.SAVED && typed.savedAt <= reading);
            drop(rowId, cells);
        }
    }

    /** A row that was shown before it had an id has one now. */
    void renamed(long provisional, long rowId) {
        Map<Integer, Typed> cells = rows.remove(provisional);
        if (cells != null) {
            rows.put(rowId, cells);
        }
    }

    /** These are not going to be kept; what the store has is shown again. */
    void forget(List<Typed> cells) {
        for (long rowId : List.copyOf(rows.keySet())) {
            Map<Integer, Typed> there = rows.get(rowId);
            if (there != null) {
                there.values().removeIf(cells::contains);
                drop(rowId, there);
            }
        }
    }

    /** What could not be saved. */
    List<Place> failed() {
        List<Place> failed = new ArrayList<>();
        rows.forEach((rowId, cells) -> cells.forEach((slot, typed) -> {
            if (typed.failed()) {
                failed.add(new Place(rowId, slot, typed.text));
            }
        }));
        return failed;
    }

    int failures() {
        return (int) rows.values().stream()
                .flatMap(cells -> cells.values().stream())
                .filter(Typed::failed)
                .count();
    }

    private void drop(long rowId, Map<Integer, Typed> cells) {
        if (cells.isEmpty()) {
            rows.remove(rowId);
        }
    }
}
