package app.mailroom.ui.templates;

import app.mailroom.model.PlanOverview;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The versions of one template, and how what is being written stands to the newest. */
final class VersionsViewModel {
    /**
     * One version.
     *
     * @param newest whether it is the newest
     * @param before the version before it
     * @param mailings titles of those that were planned with it, the newest first
     */
    record Row(TemplateVersion version, boolean newest, Optional<TemplateVersion> before, List<String> mailings) {}

    /** Two states of the template, the earlier one first. */
    record Pair(TemplateContent before, TemplateContent after) {}

    private record Read(List<Row> rows, Optional<TemplateContent> newest) {}

    /** The newest first. */
    final ObservableList<Row> rows = FXCollections.observableArrayList();
    /** Whether what is being written is not what the newest version holds. */
    final BooleanProperty unsaved = new SimpleBooleanProperty(false);

    private final TemplateStore store;
    private final Background background;
    private final Supplier<TemplateContent> now;
    private final Reload<Read> reload;
    private @Nullable TemplateContent newest;

    VersionsViewModel(ScreenContext context, long templateId, Supplier<TemplateContent> now) {
        Features.Stores stores = context.features().stores();
        this.store = stores.templates();
        this.background = context.background();
        this.now = now;
        this.reload = new Reload<>(background, () -> read(stores, templateId), read -> {
            newest = read.newest().orElse(null);
            rows.setAll(read.rows());
            compareWithNewest();
        });
    }

    void reload() {
        reload.ask();
    }

    private static Read read(Features.Stores stores, long templateId) {
        Map<Long, List<String>> mailings = stores.plans().overviews().stream()
                .map(PlanOverview::plan)
                .collect(Collectors.groupingBy(
                        plan -> plan.templateVersionId(),
                        Collectors.mapping(plan -> plan.title(), Collectors.toList())));
        List<TemplateVersion> versions = stores.templates().versions(templateId);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            TemplateVersion version = versions.get(i);
            rows.add(new Row(
                    version,
                    i == 0,
                    i + 1 < versions.size() ? Optional.of(versions.get(i + 1)) : Optional.empty(),
                    mailings.getOrDefault(version.id(), List.of())));
        }
        return new Read(
                rows,
                versions.isEmpty()
                        ? Optional.empty()
                        : stores.templates().content(versions.get(0).id()));
    }

    /** Finds out anew whether anything is unsaved. */
    void compareWithNewest() {
        compareWithNewest(now.get());
    }

    /** Finds out whether this text, which is what is being written, is unsaved. */
    void compareWithNewest(TemplateContent text) {
        TemplateContent saved = newest;
        unsaved.set(saved != null && !same(saved, text));
    }

    private static boolean same(TemplateContent one, TemplateContent other) {
        return one.subject().equals(other.subject())
                && one.preheader().equals(other.preheader())
                && one.html().equals(other.html())
                && new HashSet<>(one.images()).equals(new HashSet<>(other.images()));
    }

    /** Reads a whole version. */
    void content(TemplateVersion version, Consumer<TemplateContent> done) {
        background.get(() -> store.content(version.id()).orElseThrow(), done);
    }

    /** A version as a mail to be looked at. */
    void sample(TemplateVersion version, Consumer<Sample> done) {
        background.get(() -> Sample.of(store.content(version.id()).orElseThrow(), Map.of()), done);
    }

    /** A version and what is being written. */
    void withNow(TemplateVersion version, Consumer<Pair> done) {
        TemplateContent written = now.get();
        background.get(() -> new Pair(store.content(version.id()).orElseThrow(), written), done);
    }

    /** Two versions. */
    void between(TemplateVersion before, TemplateVersion after, Consumer<Pair> done) {
        background.get(
                () -> new Pair(
                        store.content(before.id()).orElseThrow(),
                        store.content(after.id()).orElseThrow()),
                done);
    }
}
