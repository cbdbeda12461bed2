package app.mailroom.ui.templates;

import app.mailroom.authoring.TemplateFile;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.FreeName;
import app.mailroom.store.TemplateInUseException;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.TemplateException;
import app.mailroom.template.TemplateProblem;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.ScreenContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.concurrent.Task;
import org.jspecify.annotations.Nullable;

/** The templates as they are listed, what is done to them there, and a look at the chosen one. */
final class TemplatesViewModel {
    /**
     * The chosen template as a mail, or why it cannot be one.
     *
     * @param variables as first written
     */
    record Shown(Template template, Set<String> variables, List<TemplateProblem> problems, Optional<Sample> sample) {}

    /** A file that could not be imported. */
    record Refused(Path file, Throwable failure) {}

    /**
     * What importing files came to.
     *
     * @param templates ids of what was made, in the order of the files
     * @param missing names of images that were not found, by the name of the template
     */
    record Imported(List<Long> templates, Map<String, List<String>> missing, List<Refused> refused) {}

    /** Which mailings need which templates; those that none needs are not in it. */
    record Needed(Map<Template, List<String>> mailings) {}

    /** Every template, archived or not, the last changed first. */
    final ObjectProperty<List<Template>> all = new SimpleObjectProperty<>(List.of());
    /** Those that are asked for by {@link #search} and {@link #archived}. */
    final ObjectProperty<List<Template>> found = new SimpleObjectProperty<>(List.of());

    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    final StringProperty search = new SimpleStringProperty("");
    final BooleanProperty archived = new SimpleBooleanProperty(false);
    final ObjectProperty<@Nullable Shown> look = new SimpleObjectProperty<>();
    /** Whether files are being imported. */
    final BooleanProperty importing = new SimpleBooleanProperty(false);

    private final Features features;
    private final TemplateStore store;
    private final Background background;
    private final Reload<List<Template>> reload;
    private final Reload<Optional<Shown>> relook;
    private volatile @Nullable Template chosen;

    TemplatesViewModel(ScreenContext context) {
        this.features = context.features();
        this.store = features.stores().templates();
        this.background = context.background();
        this.reload = new Reload<>(background, store::list, now -> {
            all.set(now);
            loaded.set(true);
            find();
        });
        this.relook = new Reload<>(background, this::lookAtChosen, now -> {
            Template wanted = chosen;
            look.set(now.filter(shown -> wanted != null && shown.template().id() == wanted.id())
                    .orElse(null));
        });
        search.addListener((property, before, text) -> find());
        archived.addListener((property, before, now) -> find());
    }

    void reload() {
        reload.ask();
    }

    private void find() {
        String wanted = search.get().strip().toLowerCase(Locale.ROOT);
        found.set(all.get().stream()
                .filter(template -> template.archived() == archived.get())
                .filter(template -> template.name().toLowerCase(Locale.ROOT).contains(wanted)
                        || template.newest().subject().toLowerCase(Locale.ROOT).contains(wanted))
                .toList());
    }

    /** Shows this template beside the list, or none. */
    void choose(@Nullable Template template) {
        chosen = template;
        if (template == null) {
            look.set(null);
        } else {
            relook.ask();
        }
    }

    private Optional<Shown> lookAtChosen() {
        Template template = chosen;
        if (template == null) {
            return Optional.empty();
        }
        // It may have been deleted since the list was read.
        return store.content(template.newest().id()).map(content -> look(template, content));
    }

    private static Shown look(Template template, TemplateContent content) {
        Set<String> variables = Variables.namesIn(content);
        try {
            return new Shown(template, variables, List.of(), Optional.of(Sample.of(content, Map.of())));
        } catch (TemplateException e) {
            return new Shown(template, variables, e.problems(), Optional.empty());
        }
    }

    /** Makes a copy of its newest version under a name of its own. */
    void duplicate(Template template, LongConsumer done) {
        background.get(
                () -> FreeName.make(template.name(), name -> store.duplicate(template.id(), name, features.person())),
                id -> {
                    reload();
                    done.accept(id);
                });
    }

    /** Gives it another name. failed may get a {@link app.mailroom.store.NameTakenException}. */
    void rename(Template template, String name, Consumer<Throwable> failed) {
        background.run(() -> store.rename(template.id(), name), this::reload, failed);
    }

    /** Takes templates out of use or back into it. */
    void archive(List<Template> templates, boolean away, Runnable done) {
        background.run(() -> templates.forEach(template -> store.archive(template.id(), away)), () -> {
            reload();
            done.run();
        });
    }

    /** Finds out which mailings need which of these templates. */
    void needed(List<Template> templates, Consumer<Needed> done) {
        background.get(() -> needed(templates), done);
    }

    private Needed needed(List<Template> templates) {
        List<PlanOverview> plans = features.stores().plans().overviews();
        Map<Template, List<String>> mailings = new LinkedHashMap<>();
        for (Template template : templates) {
            Set<Long> versions = store.versions(template.id()).stream()
                    .map(TemplateVersion::id)
                    .collect(Collectors.toSet());
            List<String> titles = plans.stream()
                    .map(PlanOverview::plan)
                    .filter(plan -> versions.contains(plan.templateVersionId()))
                    .map(plan -> plan.title())
                    .toList();
            if (!titles.isEmpty()) {
                mailings.put(template, titles);
            }
        }
        return new Needed(mailings);
    }

    /** Takes templates away for good, except those that a mailing needs by now, which are handed to {@code kept}. */
    void delete(List<Template> templates, Runnable done, Consumer<Needed> kept) {
        background.get(
                () -> {
                    Map<Template, List<String>> mailings = new LinkedHashMap<>();
                    for (Template template : templates) {
                        try {
                            store.delete(template.id());
                        } catch (TemplateInUseException e) {
                            mailings.put(template, e.mailings());
                        }
                    }
                    return new Needed(mailings);
                },
                needed -> {
                    reload();
                    if (needed.mailings().isEmpty()) {
                        done.run();
                    } else {
                        kept.accept(needed);
                    }
                });
    }

    /** Writes the newest version into one HTML file with its images in it. */
    void exportHtml(Template template, Path file, Runnable done) {
        background.run(() -> TemplateFile.writeHtml(file, newest(template)), done);
    }

    /** Writes the newest version and its images into an archive. */
    void exportZip(Template template, Path file, Runnable done) {
        background.run(() -> TemplateFile.writeZip(file, newest(template)), done);
    }

    private TemplateContent newest(Template template) {
        return store.content(template.newest().id()).orElseThrow();
    }

    /** Makes a template of each file, under a name of its own. One bad file does not keep the others out. */
    void importFiles(List<Path> files, Consumer<Imported> done) {
        importing.set(true);
        background.start(
                new Task<Imported>() {
                    @Override
                    protected Imported call() {
                        return importAll(files);
                    }
                },
                imported -> {
                    importing.set(false);
                    reload();
                    done.accept(imported);
                },
                failure -> {
                    importing.set(false);
                    reload();
                    background.tell(failure);
                });
    }

    private Imported importAll(List<Path> files) {
        List<Long> made = new ArrayList<>();
        Map<String, List<String>> missing = new LinkedHashMap<>();
        List<Refused> refused = new ArrayList<>();
        for (Path file : files) {
            try {
                TemplateFile.Imported read = TemplateFile.read(file);
                String wanted = read.name().isBlank() ? withoutEnding(file) : read.name();
                long id = FreeName.make(wanted, name -> store.create(name, read.content(), features.person()));
                made.add(id);
                if (!read.missing().isEmpty()) {
                    missing.put(store.find(id).orElseThrow().name(), read.missing());
                }
            } catch (IOException e) {
                refused.add(new Refused(file, e));
            }
        }
        return new Imported(List.copyOf(made), missing, List.copyOf(refused));
    }

    private static String withoutEnding(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }
}
