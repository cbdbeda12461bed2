package app.mailroom.ui.recipients;

import app.mailroom.model.ColumnNeed;
import app.mailroom.model.RecipientColumn;
import app.mailroom.model.RecipientList;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.recipients.ColumnMapping;
import app.mailroom.recipients.ColumnMatching;
import app.mailroom.recipients.ColumnTarget;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.ImportResult;
import app.mailroom.recipients.ImportTarget;
import app.mailroom.recipients.Progress;
import app.mailroom.recipients.ReadAs;
import app.mailroom.recipients.RecipientFile;
import app.mailroom.recipients.RecipientFileException;
import app.mailroom.recipients.RecipientFormat;
import app.mailroom.recipients.RecipientSource;
import app.mailroom.recipients.TemplateColumns;
import app.mailroom.recipients.VariableNames;
import app.mailroom.store.NameTakenException;
import app.mailroom.store.RecipientStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** Recipients on their way into a list: how they are written, where each column goes, and how far it is. */
final class ImportViewModel {
    static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_8,
            StandardCharsets.UTF_16LE,
            StandardCharsets.UTF_16BE,
            Charset.forName("x-windows-949"),
            Charset.forName("windows-1252"));
    static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private record Reached(long rows, double share) {}

    /** The columns of the list that is imported into, and what its template needs. */
    private record Destination(List<RecipientColumn> columns, List<ColumnNeed> needs) {}

    /** What can be chosen from. */
    private record Offers(List<RecipientList> lists, List<Template> templates) {}

    final ObjectProperty<@Nullable RecipientSource> source = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable RecipientFile> file = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Charset> charset = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Character> delimiter = new SimpleObjectProperty<>();
    final ObjectProperty<RecipientFormat.@Nullable SheetName> sheet = new SimpleObjectProperty<>();
    final BooleanProperty named = new SimpleBooleanProperty(true);
    final ObjectProperty<@Nullable ColumnMapping> mapping = new SimpleObjectProperty<>();

    final ObservableList<RecipientList> lists = FXCollections.observableArrayList();
    final ObservableList<Template> templates = FXCollections.observableArrayList();
    final BooleanProperty intoNew = new SimpleBooleanProperty(true);
    final StringProperty name = new SimpleStringProperty("");
    final ObjectProperty<@Nullable Template> template = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable RecipientList> list = new SimpleObjectProperty<>();
    final ObjectProperty<ImportTarget.Mode> mode = new SimpleObjectProperty<>(ImportTarget.Mode.APPEND);
    final BooleanProperty addsUnknown = new SimpleBooleanProperty(true);
    final BooleanProperty emptyClears = new SimpleBooleanProperty(false);

    final BooleanProperty reading = new SimpleBooleanProperty(false);
    final BooleanProperty aiming = new SimpleBooleanProperty(false);
    final StringProperty problem = new SimpleStringProperty("");
    final BooleanProperty running = new SimpleBooleanProperty(false);
    final DoubleProperty progress = new SimpleDoubleProperty(0);
    final StringProperty reached = new SimpleStringProperty("");

    private final ScreenContext context;
    private final Texts texts;
    private final RecipientStore recipients;
    private final TemplateStore templateStore;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private ReadAs as;
    private Destination destination = new Destination(List.of(), List.of());
    private String proposedName = "";
    private int asked;
    private int aimed;
    private boolean filling;

    ImportViewModel(ScreenContext context) {
        this.context = context;
        this.texts = context.texts();
        Features.Stores stores = context.features().stores();
        this.recipients = stores.recipients();
        this.templateStore = stores.templates();
        this.as = found();
        charset.addListener((property, before, now) -> readAgain(now == null ? as : as.in(now)));
        delimiter.addListener((property, before, now) -> readAgain(now == null ? as : as.by(now)));
        // Another sheet may have its names elsewhere, or none.
        sheet.addListener((property, before, now) -> readAgain(now == null ? as : found().from(now.name())));
        named.addListener((property, before, now) -> readAgain(as.named(now)));
        intoNew.addListener((property, before, now) -> aim());
        template.addListener((property, before, now) -> aim());
        list.addListener((property, before, now) -> aim());
    }

    private ReadAs found() {
        return ReadAs.FOUND_OUT.calling(texts.get("import.column"));
    }

    /** Fetches what can be chosen from. */
    void load(Optional<Long> targetListId) {
        context.background()
                .get(
                        () -> new Offers(
                                recipients.lists(),
                                templateStore.list().stream()
                                        .filter(one -> !one.archived())
                                        .toList()),
                        offers -> {
                            lists.setAll(offers.lists());
                            templates.setAll(offers.templates());
                            targetListId
                                    .flatMap(id -> lists.stream()
                                            .filter(one -> one.id() == id)
                                            .findFirst())
                                    .ifPresent(one -> {
                                        list.set(one);
                                        intoNew.set(false);
                                    });
                        });
    }

    /** Takes another source, and finds out how it is written. */
    void take(RecipientSource chosen) {
        source.set(chosen);
        as = found();
        String wish = chosen instanceof RecipientSource.OfText
                ? texts.get("import.pasted.name")
                : chosen.name().replaceFirst("\\.[^.]*$", "");
        if (name.get().equals(proposedName)) {
            name.set(wish);
        }
        proposedName = wish;
        read();
    }

    private void readAgain(ReadAs wanted) {
        if (!filling && source.get() != null) {
            as = wanted;
            read();
        }
    }

    private void read() {
        RecipientSource from = source.get();
        if (from == null) {
            return;
        }
        ReadAs wanted = as;
        int ticket = ++asked;
        problem.set("");
        reading.set(true);
        context.background()
                .get(
                        () -> RecipientFile.inspect(from, wanted),
                        found -> {
                            if (ticket == asked) {
                                show(found);
                            }
                        },
                        failure -> {
                            if (ticket == asked) {
                                reading.set(false);
                                file.set(null);
                                mapping.set(null);
                                problem.set(words(failure));
                            }
                        });
    }

    private void show(RecipientFile found) {
        filling = true;
        reading.set(false);
        named.set(found.named());
        if (found.format() instanceof RecipientFormat.Text text) {
            charset.set(text.charset());
            delimiter.set(text.delimiter());
            sheet.set(null);
        } else if (found.format() instanceof RecipientFormat.Workbook workbook) {
            sheet.set(workbook.sheets().stream()
                    .filter(one -> one.name().equals(workbook.sheet()))
                    .findFirst()
                    .orElse(null));
        }
        mapping.set(ColumnMatching.propose(found, destination.columns(), destination.needs()));
        file.set(found);
        filling = false;
    }

    /** Fetches the columns of the place where the rows are to go, and matches those of the file anew. */
    private void aim() {
        RecipientList into = intoNew.get() ? null : list.get();
        Template by = intoNew.get() ? template.get() : null;
        int ticket = ++aimed;
        aiming.set(true);
        context.background().get(() -> destination(into, by), found -> {
            if (ticket != aimed) {
                return;
            }
            aiming.set(false);
            destination = found;
            RecipientFile now = file.get();
            if (now != null) {
                mapping.set(ColumnMatching.propose(now, found.columns(), found.needs()));
            }
        });
    }

    private Destination destination(@Nullable RecipientList into, @Nullable Template by) {
        if (into != null) {
            List<ColumnNeed> needs = into.templateId()
                    .flatMap(templateStore::find)
                    .map(ImportViewModel::needs)
                    .orElse(List.of());
            return new Destination(recipients.columns(into.id()), needs);
        }
        return new Destination(List.of(), by == null ? List.of() : needs(by));
    }

    private static List<ColumnNeed> needs(Template template) {
        TemplateVersion newest = template.newest();
        return TemplateColumns.needs(new TemplateContent(newest.subject(), newest.preheader(), newest.html()));
    }

    /** Where a column of the file may go, as it can be chosen. */
    List<ColumnTarget> choices(int column) {
        RecipientFile from = file.get();
        ColumnMapping now = mapping.get();
        if (from == null || now == null) {
            return List.of();
        }
        List<ColumnTarget> choices = new ArrayList<>();
        choices.add(new ColumnTarget.Address());
        Set<String> taken = new HashSet<>(Set.of(VariableNames.ADDRESS));
        for (RecipientColumn there : destination.columns()) {
            taken.add(there.variable());
            if (!there.holdsAddresses()) {
                choices.add(new ColumnTarget.Existing(there.slot()));
            }
        }
        for (ColumnNeed need : destination.needs()) {
            if (taken.add(need.key())) {
                choices.add(new ColumnTarget.New(need.name(), need.key()));
            }
        }
        for (int other = 0; other < now.targets().size(); other++) {
            if (other != column && now.targets().get(other) instanceof ColumnTarget.New made) {
                taken.add(made.variable());
            }
        }
        ColumnTarget current = now.targets().get(column);
        if (current instanceof ColumnTarget.New && !choices.contains(current)) {
            choices.add(current);
        } else {
            choices.add(ColumnMatching.ownColumn(from, column, taken));
        }
        choices.add(new ColumnTarget.LeftOut());
        return choices;
    }

    /** What a choice is called. */
    String says(ColumnTarget target) {
        if (target instanceof ColumnTarget.Address) {
            return texts.get("import.to.address");
        }
        if (target instanceof ColumnTarget.Existing there) {
            return destination.columns().stream()
                    .filter(column -> column.slot() == there.slot())
                    .map(column -> column.name().isBlank() ? column.variable() : column.name())
                    .findFirst()
                    .orElse("");
        }
        if (target instanceof ColumnTarget.New made) {
            boolean needed =
                    destination.needs().stream().anyMatch(need -> need.key().equals(made.variable()));
            return needed ? made.name() : texts.get("import.to.new", made.name());
        }
        return texts.get("import.to.nothing");
    }

    /** Lets a column of the file go elsewhere. */
    void map(int column, ColumnTarget target) {
        ColumnMapping now = mapping.get();
        if (now != null && !now.targets().get(column).equals(target)) {
            mapping.set(now.with(column, target));
        }
    }

    /** What stands in the way of an import, in words; empty when nothing does. */
    String obstacle() {
        ColumnMapping now = mapping.get();
        if (file.get() == null || now == null) {
            return "";
        }
        if (now.address().isEmpty()) {
            return texts.get("import.no_address");
        }
        if (!intoNew.get()) {
            return list.get() == null ? texts.get("import.no_list") : "";
        }
        String wish = name.get().strip();
        if (wish.isEmpty()) {
            return texts.get("import.no_name");
        }
        boolean taken = lists.stream().anyMatch(one -> one.name().equals(wish));
        return taken ? texts.get("import.name_taken", wish) : "";
    }

    /** Needs of the template for which the file has no column, by name. */
    List<String> unfilled() {
        ColumnMapping now = mapping.get();
        if (now == null) {
            return List.of();
        }
        Set<String> there = destination.columns().stream()
                .map(RecipientColumn::variable)
                .collect(Collectors.toCollection(HashSet::new));
        now.targets().forEach(target -> {
            if (target instanceof ColumnTarget.New made) {
                there.add(made.variable());
            }
        });
        return destination.needs().stream()
                .filter(need -> !there.contains(need.key()))
                .map(ColumnNeed::name)
                .toList();
    }

    /** Imports; {@code done} is told what came of it, unless it was cancelled or failed. */
    void run(Consumer<ImportResult> done) {
        RecipientFile from = file.get();
        ColumnMapping mapped = mapping.get();
        if (from == null
                || mapped == null
                || running.get()
                || aiming.get()
                || !obstacle().isEmpty()) {
            return;
        }
        ImportTarget target = target();
        running.set(true);
        cancelled.set(false);
        progress.set(0);
        reached.set("");
        problem.set("");
        context.background()
                .get(
                        () -> imported(from, mapped, target),
                        result -> {
                            running.set(false);
                            result.ifPresent(done);
                        },
                        failure -> {
                            running.set(false);
                            problem.set(words(failure));
                        });
    }

    private ImportTarget target() {
        RecipientList into = list.get();
        if (intoNew.get() || into == null) {
            Template by = template.get();
            return new ImportTarget.NewList(
                    name.get().strip(), Optional.ofNullable(by).map(Template::id), destination.needs());
        }
        return new ImportTarget.Existing(into.id(), mode.get(), emptyClears.get(), addsUnknown.get());
    }

    /** What an import came to; nothing when it was cancelled. */
    private Optional<ImportResult> imported(RecipientFile from, ColumnMapping mapped, ImportTarget target)
            throws Exception {
        Consumer<Reached> show = UiThread.latest(now -> {
            progress.set(now.share());
            if (!cancelled.get()) {
                reached.set(texts.get("import.reached", texts.number(now.rows())));
            }
        });
        Progress follow = new Progress() {
            @Override
            public void at(long rows, long bytes, long bytesInAll) {
                show.accept(new Reached(rows, bytesInAll == 0 ? 1 : (double) bytes / bytesInAll));
            }

            @Override
            public boolean cancelled() {
                return cancelled.get();
            }
        };
        try {
            return Optional.of(context.features().lists().imports().run(from, mapped, target, follow));
        } catch (ImportCancelledException e) {
            return Optional.empty();
        }
    }

    /** Stops the import; what it did is taken back before it ends. */
    void cancel() {
        if (running.get()) {
            cancelled.set(true);
            reached.set(texts.get("import.taking_back"));
        }
    }

    private String words(Throwable failure) {
        if (failure instanceof RecipientFileException unreadable) {
            String what = texts.code("import.fault", unreadable.code());
            return unreadable.line() > 0 ? texts.get("import.fault_at", what, texts.number(unreadable.line())) : what;
        }
        if (failure instanceof NameTakenException) {
            return texts.get("import.name_taken", name.get().strip());
        }
        return Failure.of(failure).in(texts);
    }
}
