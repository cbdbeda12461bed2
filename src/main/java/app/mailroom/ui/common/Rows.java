package app.mailroom.ui.common;

import java.util.List;
import java.util.function.ToLongFunction;
import javafx.collections.ObservableList;

/** Brings a shown list up to date with as little change as possible, so that selection and scroll position stay. */
public final class Rows {
    private Rows() {}

    /** Replaces what differs; everything only when other rows have come or gone. */
    public static <T> void update(ObservableList<T> shown, List<T> now, ToLongFunction<T> id) {
        if (!sameRows(shown, now, id)) {
            shown.setAll(now);
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(shown.get(i))) {
                shown.set(i, now.get(i));
            }
        }
    }

    private static <T> boolean sameRows(List<T> shown, List<T> now, ToLongFunction<T> id) {
        if (shown.size() != now.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (id.applyAsLong(shown.get(i)) != id.applyAsLong(now.get(i))) {
                return false;
            }
        }
        return true;
    }
}
