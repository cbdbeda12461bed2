package app.mailroom.ui.account;

import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.AuditQuery;
import app.mailroom.model.Refusal;
import app.mailroom.model.Right;
import app.mailroom.recipients.ImportCancelledException;
import app.mailroom.recipients.Progress;
import app.mailroom.results.AuditExport;
import app.mailroom.store.AuditStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.LazyRows;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.results.ResultFiles.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The record as it is asked for: by text, person, kind and time. JavaFX thread only, but for what writes a file. */
final class AuditViewModel {
    /** More than this nobody counts on their fingers. */
    static final int COUNTED = 10_000;

    /** From when on. */
    enum Period {
        ALL,
        TODAY,
        WEEK,
        MONTH,
        OWN
    }

    /** How many entries there are; more than {@link #COUNTED} is one more than that. */
    record Count(AuditQuery of, int entries) {}

    private record Around(List<String> actors, Count count) {}

    private record Newer(Optional<Refusal> refusal, boolean there) {}

    final LazyRows<AuditEntry> entries;
    final ObservableList<String> actors = FXCollections.observableArrayList();
    final ObjectProperty<@Nullable Count> count = new SimpleObjectProperty<>();
    final ObjectProperty<Optional<Refusal>> refusal = new SimpleObjectProperty<>(Optional.empty());
    final StringProperty search = new SimpleStringProperty("");
    final ObjectProperty<@Nullable String> actor = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable AuditGroup> group = new SimpleObjectProperty<>();
    final ObjectProperty<Period> period = new SimpleObjectProperty<>(Period.ALL);
    final ObjectProperty<@Nullable LocalDate> from = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable LocalDate> until = new SimpleObjectProperty<>();

    private final ScreenContext context;
    private final Background background;
    private final AuditStore audit;
    private final Clock clock;
    private final ZoneId zone;
    private final Reload<Around> around;
    private final Reload<Newer> lookForNewer;
    private volatile AuditQuery query = AuditQuery.ALL;
    private volatile long newest;
    private boolean changing;

    /** Nothing is read before {@link #reload}. Days are those of the zone. */
    AuditViewModel(ScreenContext context, ZoneId zone) {
        this.context = context;
        this.background = context.background();
        this.audit = context.features().account().audit();
        this.clock = context.features().clock();
        this.zone = zone;
        this.entries = new LazyRows<>(background, AuditEntry::id);
        this.around = new Reload<>(
                background,
                () -> {
                    AuditQuery asked = query;
                    return new Around(audit.actors(), new Count(asked, audit.count(asked, COUNTED)));
                },
                this::show);
        this.lookForNewer = new Reload<>(
                background,
                () -> {
                    Optional<Refusal> refused = context.access().refusal(Right.READ_AUDIT);
                    return new Newer(refused, refused.isEmpty() && newer());
                },
                newer -> {
                    if (!newer.refusal().equals(refusal.get())) {
                        reload();
                    } else if (newer.there()) {
                        read();
                    }
                });
        List.<ObservableValue<?>>of(search, actor, group, period, from, until)
                .forEach(property -> property.addListener((any, before, now) -> read()));
        entries.rows().addListener((ListChangeListener<AuditEntry>) change ->
                newest = entries.rows().isEmpty() ? 0 : entries.rows().get(0).id());
    }

    private boolean newer() {
        List<AuditEntry> first = audit.page(query, null, 1);
        return !first.isEmpty() && first.get(0).id() != newest;
    }

    private void show(Around found) {
        if (!actors.equals(found.actors())) {
            actors.setAll(found.actors());
        }
        if (found.count().of().equals(query)) {
            count.set(found.count());
        }
    }

    /** Reads anew what is asked for, if whoever uses the window may read it. */
    void reload() {
        background.get(() -> context.access().refusal(Right.READ_AUDIT), refused -> {
            refusal.set(refused);
            if (refused.isPresent()) {
                entries.clear();
            } else {
                read();
            }
        });
    }

    /** Shows what was added since, if anything was, and whether it may still be read. */
    void pulse() {
        lookForNewer.ask();
    }

    /** Asks for everything again. */
    void showAll() {
        changing = true;
        search.set("");
        actor.set(null);
        group.set(null);
        from.set(null);
        until.set(null);
        period.set(Period.ALL);
        changing = false;
        read();
    }

    /** Whether less than everything is asked for. */
    boolean narrowed() {
        return !query.equals(AuditQuery.ALL);
    }

    private void read() {
        if (changing || refusal.get().isPresent()) {
            return;
        }
        AuditQuery asked = asked();
        query = asked;
        entries.show((after, offset, limit) -> audit.page(asked, after, limit));
        around.ask();
    }

    private AuditQuery asked() {
        String text = search.get().strip();
        AuditGroup kind = group.get();
        String who = actor.get();
        return new AuditQuery(
                text,
                meant(context.texts(), text),
                who == null ? Set.of() : Set.of(who),
                kind == null ? Set.of() : kind.actions(),
                begin(),
                period.get() == Period.OWN
                        ? Optional.ofNullable(until.get()).map(day -> begin(day.plusDays(1)))
                        : Optional.empty());
    }

    private Optional<Instant> begin() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        return switch (period.get()) {
            case ALL -> Optional.empty();
            case TODAY -> Optional.of(begin(today));
            case WEEK -> Optional.of(begin(today.minusDays(6)));
            case MONTH -> Optional.of(begin(today.minusDays(29)));
            case OWN -> Optional.ofNullable(from.get()).map(this::begin);
        };
    }

    private Instant begin(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The actions whose words in this language hold a text. */
    static Set<String> meant(Texts texts, String text) {
        if (text.isBlank()) {
            return Set.of();
        }
        String wanted = text.toLowerCase(texts.locale());
        return Stream.of(AuditAction.values())
                .filter(action -> texts.code("audit.action", action)
                        .toLowerCase(texts.locale())
                        .contains(wanted))
                .map(AuditAction::name)
                .collect(Collectors.toSet());
    }

    /** Writes all that is asked for now. Not on the JavaFX thread. */
    void write(Path file, Kind kind, Progress progress) throws IOException, ImportCancelledException {
        Texts texts = context.texts();
        AuditExport export = new AuditExport(audit);
        AuditExport.Words words = new AuditExport.Words(
                texts.get("audit.title"),
                List.of(
                        texts.get("audit.when.utc"),
                        texts.get("audit.who"),
                        texts.get("audit.what"),
                        texts.get("audit.code"),
                        texts.get("audit.subject"),
                        texts.get("audit.detail")),
                action -> texts.code("audit.action", action));
        if (kind == Kind.CSV) {
            export.toText(query, words, true, file, progress);
        } else {
            export.toWorkbook(query, words, file, progress);
        }
    }
}
