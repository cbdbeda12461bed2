package app.mailroom.ui.recipients;

import app.mailroom.model.SheetQuery.ColumnOrder;
import app.mailroom.store.SettingsStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is remembered of how a person looked at a list: the order of its rows, the widths of its columns. */
final class SheetMemory {
    private SheetMemory() {}

    private static String orderOf(long listId) {
        return "list." + listId + ".order";
    }

    private static String widthsOf(long listId) {
        return "list." + listId + ".widths";
    }

    static Optional<ColumnOrder> order(SettingsStore settings, long listId) {
        String kept = settings.get(orderOf(listId)).orElse("");
        if (!kept.matches("\\d{1,6} (up|down)")) {
            return Optional.empty();
        }
        String[] parts = kept.split(" ", 2);
        return Optional.of(new ColumnOrder(Integer.parseInt(parts[0]), parts[1].equals("down")));
    }

    static void keepOrder(SettingsStore settings, long listId, Optional<ColumnOrder> order) {
        settings.put(
                orderOf(listId),
                order.map(by -> by.slot() + (by.descending() ? " down" : " up")).orElse(""));
    }

    /** The widths in pixels, by slot. */
    static Map<Integer, Double> widths(SettingsStore settings, long listId) {
        Map<Integer, Double> widths = new HashMap<>();
        for (String pair : settings.get(widthsOf(listId)).orElse("").split(" ", -1)) {
            if (pair.matches("\\d{1,6}=\\d{1,5}")) {
                String[] parts = pair.split("=", 2);
                widths.put(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]));
            }
        }
        return widths;
    }

    static void keepWidths(SettingsStore settings, long listId, Map<Integer, Double> widths) {
        settings.put(
                widthsOf(listId),
                widths.entrySet().stream()
                        .map(width -> width.getKey() + "=" + Math.round(width.getValue()))
                        .collect(Collectors.joining(" ")));
    }
}
