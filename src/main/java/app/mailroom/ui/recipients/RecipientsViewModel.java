package app.mailroom.ui.recipients;

import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.RecipientRow;
import app.mailroom.model.Template;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.store.ListInUseException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** The recipient lists as they are listed, what is done to them there, and a look at the chosen one. */
final class RecipientsViewModel {
    /** How many rows a look at a list shows. */
    static final int FIRST_ROWS = 8;

    private static final String ORDER = "ui.recipients.order";

    /** A list and the name of its template, if it has one. */
    record Line(RecipientList list, Optional<String> template) {}

    /**
     * The chosen list.
     *
     * @param first the first rows that can be mailed
     * @param problems how many rows the import left out for each reason
     * @param mending the list in which they are being mended
     * @param mends the list that this one mends
     */
    record Shown(
            Line line,
            List<RecipientColumn> columns,
            List<RecipientRow> first,
            Map<String, Long> problems,
            Optional<RecipientList> mending,
            Optional<RecipientList> mends) {}

    /** By which column the lists are ordered, as it is kept. */
    record Order(String column, boolean descending) {}

    private record Read(List<Line> lines, List<Template> templates) {}

    /** Every list, the newest first. */
    final ObjectProperty<List<Line>> all = new SimpleObjectProperty<>(List.of());
    /** Those that are asked for by {@link #search}. */
    final ObjectProperty<List<Line>> found = new SimpleObjectProperty<>(List.of());
    /** The templates in use, for a new list. */
    final ObjectProperty<List<Template>> templates = new SimpleObjectProperty<>(List.of());

    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    final StringProperty search = new SimpleStringProperty("");
    final ObjectProperty<@Nullable Shown> look = new SimpleObjectProperty<>();

    private final Features features;
    private final RecipientStore store;
    private final Background background;
    private final Consumer<Runnable> keep;
    private final Reload<Read> reload;
    private final Reload<Optional<Shown>> relook;
    private volatile @Nullable Line chosen;

    RecipientsViewModel(ScreenContext context) {
        this.features = context.features();
        this.store = features.stores().recipients();
        this.background = context.background();
        this.keep = context.keep();
        this.reload = new Reload<>(background, this::read, now -> {
            all.set(now.lines());
            templates.set(now.templates());
            loaded.set(true);
            find();
        });
        this.relook = new Reload<>(background, this::lookAtChosen, now -> {
            Line wanted = chosen;
            look.set(now.filter(shown -> wanted != null
                            && shown.line().list().id() == wanted.list().id())
                    .orElse(null));
        });
        search.addListener((property, before, text) -> find());
    }

    void reload() {
        reload.ask();
    }

    private Read read() {
        List<Template> known = features.stores().templates().list();
        Map<Long, String> names = known.stream().collect(Collectors.toMap(Template::id, Template::name));
        return new Read(
                store.lists().stream()
                        .map(list ->
                                new Line(list, list.templateId().flatMap(id -> Optional.ofNullable(names.get(id)))))
                        .toList(),
                known.stream().filter(template -> !template.archived()).toList());
    }

    private void find() {
        String wanted = search.get().strip().toLowerCase(Locale.ROOT);
        found.set(all.get().stream()
                .filter(line -> line.list().name().toLowerCase(Locale.ROOT).contains(wanted)
                        || line.template()
                                .filter(name -> name.toLowerCase(Locale.ROOT).contains(wanted))
                                .isPresent())
                .toList());
    }

    /** Shows this list beside the table, or none. */
    void choose(@Nullable Line line) {
        chosen = line;
        if (line == null) {
            look.set(null);
        } else {
            relook.ask();
        }
    }

    private Optional<Shown> lookAtChosen() {
        Line line = chosen;
        if (line == null) {
            return Optional.empty();
        }
        long id = line.list().id();
        return Optional.of(new Shown(
                line,
                store.columns(id),
                store.rows(id, 0L, FIRST_ROWS),
                line.list().problemCount() == 0 ? Map.of() : store.problemCounts(id),
                store.lists().stream()
                        .filter(list ->
                                list.mendsListId().filter(of -> of == id).isPresent())
                        .findFirst(),
                line.list().mendsListId().flatMap(store::find)));
    }

    /** Makes a list without rows. failed may get a {@link app.mailroom.store.NameTakenException}. */
    void create(
            String name,
            String addressName,
            @Nullable Template template,
            LongConsumer done,
            Consumer<Throwable> failed) {
        TemplateStore written = features.stores().templates();
        background.get(
                () -> features.lists()
                        .making()
                        .empty(
                                name,
                                addressName,
                                Optional.ofNullable(template).map(Template::id),
                                template == null
                                        ? List.of()
                                        : written.content(template.newest().id())
                                                .map(TemplateColumns::needs)
                                                .orElse(List.of())),
                id -> {
                    reload();
                    done.accept(id);
                },
                failed);
    }

    /** Gives it another name. failed may get a {@link app.mailroom.store.NameTakenException}. */
    void rename(RecipientList list, String name, Consumer<Throwable> failed) {
        background.run(() -> store.rename(list.id(), name), this::reload, failed);
    }

    /** Takes lists away for good, except those that a mailing still needs, which are handed over with its titles. */
    void delete(List<RecipientList> lists, Consumer<Map<RecipientList, List<String>>> done) {
        background.get(
                () -> {
                    Map<RecipientList, List<String>> needed = new LinkedHashMap<>();
                    for (RecipientList list : lists) {
                        try {
                            store.delete(list.id());
                        } catch (ListInUseException e) {
                            needed.put(list, e.titles());
                        }
                    }
                    return needed;
                },
                needed -> {
                    reload();
                    done.accept(needed);
                });
    }

    /** By which column the lists were ordered last. */
    void order(Consumer<Order> known) {
        background.get(
                () -> features.stores().settings().get(ORDER),
                kept -> kept.map(text -> text.split(" ", 2))
                        .filter(parts -> parts.length == 2)
                        .ifPresent(parts -> known.accept(new Order(parts[0], parts[1].equals("down")))));
    }

    /** Remembers by which column the lists are ordered. */
    void keepOrder(Order order) {
        keep.accept(() ->
                features.stores().settings().put(ORDER, order.column() + " " + (order.descending() ? "down" : "up")));
    }
}
