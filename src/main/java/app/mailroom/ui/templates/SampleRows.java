package app.mailroom.ui.templates;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.SettingsStore;
import app.mailroom.template.ProgramVariables;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.ScreenContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/**
 * The recipients as whom a template is looked at: the rows of one list, one at a time. Which list it was is remembered
 * for each template.
 */
final class SampleRows {
    /** So many rows are looked through at once when searching. */
    private static final int STRIDE = 5_000;

    private static final String NO_LIST = "0";

    final ObservableList<RecipientList> lists = FXCollections.observableArrayList();
    final ObjectProperty<@Nullable RecipientList> list = new SimpleObjectProperty<>();
    final ObjectProperty<List<RecipientColumn>> columns = new SimpleObjectProperty<>(List.of());

    /** From 1; 0 while there is no row. */
    final LongProperty position = new SimpleLongProperty(0);

    final ObjectProperty<Optional<SampleRow>> row = new SimpleObjectProperty<>(Optional.empty());

    private final Background background;
    private final RecipientStore recipients;
    private final SettingsStore settings;
    private final Consumer<Runnable> keep;
    private final String setting;
    private long asked;

    SampleRows(ScreenContext context, long templateId) {
        this.background = context.background();
        this.recipients = context.features().stores().recipients();
        this.settings = context.features().stores().settings();
        this.keep = context.keep();
        this.setting = "ui.template." + templateId + ".list";
    }

    private record Start(List<RecipientList> lists, Optional<RecipientList> chosen) {}

    /**
     * Reads which lists there are, and takes the one of the last time.
     *
     * @param variables of the template: where no list was ever chosen, the newest that has them all is taken
     */
    void load(Set<String> variables) {
        Set<String> keys = variables.stream().map(Variables::key).collect(Collectors.toSet());
        keys.removeAll(ProgramVariables.KEYS);
        background.get(
                () -> {
                    List<RecipientList> all = recipients.lists();
                    Optional<String> remembered = settings.get(setting);
                    Optional<RecipientList> chosen = remembered.isPresent()
                            ? all.stream()
                                    .filter(one -> Long.toString(one.id()).equals(remembered.get()))
                                    .findFirst()
                            : all.stream()
                                    .filter(one -> one.rowCount() > 0
                                            && columnKeys(one.id()).containsAll(keys))
                                    .findFirst();
                    return new Start(all, chosen);
                },
                start -> {
                    lists.setAll(start.lists());
                    take(start.chosen().orElse(null));
                });
    }

    private Set<String> columnKeys(long listId) {
        return keys(recipients.columns(listId));
    }

    /** The keys of the chosen list's columns; empty when none is chosen. */
    Set<String> columnKeys() {
        return keys(columns.get());
    }

    private static Set<String> keys(List<RecipientColumn> columns) {
        return columns.stream().map(column -> Variables.key(column.variable())).collect(Collectors.toSet());
    }

    /** Takes another list, or none, and remembers it. */
    void choose(@Nullable RecipientList chosen) {
        String value = chosen == null ? NO_LIST : Long.toString(chosen.id());
        keep.accept(() -> settings.put(setting, value));
        take(chosen);
    }

    private void take(@Nullable RecipientList chosen) {
        list.set(chosen);
        long mine = ++asked;
        if (chosen == null) {
            columns.set(List.of());
            position.set(0);
            row.set(Optional.empty());
            return;
        }
        background.get(() -> recipients.columns(chosen.id()), found -> {
            if (mine == asked) {
                columns.set(found);
                goTo(1);
            }
        });
    }

    /** How many rows the list has. */
    long count() {
        RecipientList chosen = list.get();
        return chosen == null ? 0 : chosen.rowCount();
    }

    /** Goes forward, or back. */
    void step(int by) {
        goTo(position.get() + by);
    }

    private void goTo(long wanted) {
        RecipientList chosen = list.get();
        if (chosen == null || wanted < 1 || wanted > Math.max(1, chosen.rowCount())) {
            return;
        }
        long mine = ++asked;
        List<RecipientColumn> now = columns.get();
        background.get(() -> recipients.rows(chosen.id(), 1, wanted - 1), rows -> {
            if (mine == asked) {
                position.set(rows.isEmpty() ? 0 : wanted);
                row.set(rows.stream().findFirst().map(found -> SampleRow.of(found, now)));
            }
        });
    }

    private record Found(long position, RecipientRow row) {}

    /**
     * Goes to the next row whose address has this in it, from the one in view on and around.
     *
     * @param result is told whether there is one
     */
    void find(String text, Consumer<Boolean> result) {
        RecipientList chosen = list.get();
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (chosen == null || wanted.isEmpty()) {
            return;
        }
        long mine = ++asked;
        long from = position.get();
        List<RecipientColumn> now = columns.get();
        background.get(() -> search(chosen.id(), wanted, from), found -> {
            if (mine == asked) {
                found.ifPresent(hit -> {
                    position.set(hit.position());
                    row.set(Optional.of(SampleRow.of(hit.row(), now)));
                });
                result.accept(found.isPresent());
            }
        });
    }

    /** The first after {@code from}, else the first of all. */
    private Optional<Found> search(long listId, String wanted, long from) {
        Optional<Found> first = Optional.empty();
        long after = 0;
        long position = 0;
        while (true) {
            List<RecipientRow> rows = recipients.rows(listId, after, STRIDE);
            for (RecipientRow one : rows) {
                position++;
                if (one.address().toLowerCase(Locale.ROOT).contains(wanted)) {
                    Found hit = new Found(position, one);
                    if (position > from) {
                        return Optional.of(hit);
                    }
                    first = first.isPresent() ? first : Optional.of(hit);
                }
            }
            if (rows.size() < STRIDE) {
                return first;
            }
            after = rows.get(rows.size() - 1).rank();
        }
    }

    /** What can be inserted: the names of the list's columns, and what the program fills. */
    List<String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        columns.get().forEach(column -> names.putIfAbsent(Variables.key(column.variable()), column.variable()));
        ProgramVariables.KEYS.forEach(key -> names.putIfAbsent(key, key));
        return List.copyOf(names.values());
    }
}
