package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.TemplateStore;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The mailings that are compared, in their order, and those that can be added. JavaFX thread only. */
final class CompareViewModel {
    /** With fewer there is nothing to compare. */
    static final int FEWEST = 2;

    /** More do not fit beside each other. */
    static final int MOST = 5;

    /** A template's name and the number of one of its versions. */
    record Written(String template, int version) {}

    /** A mailing and what it was written with, if that is still known. */
    record Side(PlanResults results, Optional<Written> written) {
        long id() {
            return results.plan().id();
        }
    }

    final ObjectProperty<List<Side>> sides = new SimpleObjectProperty<>(List.of());

    /** Mailings of the same world that are not compared yet, the newest first. */
    final ObjectProperty<List<PlanResults>> others = new SimpleObjectProperty<>(List.of());

    final BooleanProperty loaded = new SimpleBooleanProperty(false);

    private final Reload<Map<Long, Side>> reload;
    private final Reload<List<PlanResults>> reloadAll;
    private final Map<Long, Optional<Written>> written = new ConcurrentHashMap<>();
    /** Read on other threads as well; the list itself is never changed, only replaced. */
    private volatile List<Long> ids;

    private Map<Long, Side> known = Map.of();
    private List<PlanResults> all = List.of();

    CompareViewModel(ScreenContext context, List<Long> planIds) {
        Features.Stores stores = context.features().stores();
        this.ids = planIds.stream().distinct().limit(MOST).toList();
        this.reload = new Reload<>(context.background(), () -> read(stores, ids), now -> {
            known = now;
            show();
            loaded.set(true);
        });
        this.reloadAll = new Reload<>(context.background(), stores.results()::all, now -> {
            all = now;
            showOthers();
        });
    }

    private Map<Long, Side> read(Features.Stores stores, List<Long> planIds) {
        Map<Long, Side> read = new HashMap<>();
        for (PlanResults results : stores.results().compare(planIds)) {
            Optional<Written> with = written.computeIfAbsent(
                    results.plan().templateVersionId(), version -> written(stores.templates(), version));
            read.put(results.plan().id(), new Side(results, with));
        }
        return read;
    }

    private static Optional<Written> written(TemplateStore templates, long versionId) {
        return templates.version(versionId).flatMap(version -> named(templates, version));
    }

    private static Optional<Written> named(TemplateStore templates, TemplateVersion version) {
        return templates.find(version.templateId()).map(template -> new Written(template.name(), version.number()));
    }

    /** Reads what is compared and what can be added. */
    void open() {
        reload.ask();
        reloadAll.ask();
    }

    /** Reads what is compared. */
    void reload() {
        reload.ask();
    }

    /** The mailings, in the order in which they stand now. */
    List<Long> compared() {
        return ids;
    }

    /** Puts one more at the end, as far as there is room. */
    void add(long planId) {
        if (ids.size() < MOST && !ids.contains(planId)) {
            List<Long> now = new ArrayList<>(ids);
            now.add(planId);
            change(now);
            reload();
        }
    }

    void remove(long planId) {
        change(ids.stream().filter(id -> id != planId).toList());
    }

    /** Moves one by so many places to the right, or to the left. */
    void move(long planId, int by) {
        List<Long> now = new ArrayList<>(ids);
        int from = now.indexOf(planId);
        int to = from + by;
        if (from >= 0 && to >= 0 && to < now.size()) {
            Collections.swap(now, from, to);
            change(now);
        }
    }

    private void change(List<Long> now) {
        ids = List.copyOf(now);
        show();
    }

    private void show() {
        List<Side> now = ids.stream().filter(known::containsKey).map(known::get).toList();
        if (!now.equals(sides.get())) {
            sides.set(now);
        }
        showOthers();
    }

    private void showOthers() {
        Optional<PlanResults> first = sides.get().stream().map(Side::results).findFirst();
        Map<Long, Side> compared = sides.get().stream().collect(Collectors.toMap(Side::id, Function.identity()));
        List<PlanResults> now = all.stream()
                .filter(results -> results.plan().startedAt() != null
                        && !compared.containsKey(results.plan().id())
                        && first.map(one -> one.plan().world() == results.plan().world())
                                .orElse(true))
                .toList();
        if (!now.equals(others.get())) {
            others.set(now);
        }
    }
}
