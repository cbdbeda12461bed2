package app.mailroom.ui.templates;

import app.mailroom.authoring.TemplateFile;
import app.mailroom.model.Template;
import app.mailroom.store.NameTakenException;
import app.mailroom.ui.common.Ask;
import app.mailroom.ui.common.Failure;
import app.mailroom.ui.common.Place;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.templates.TemplatesViewModel.Imported;
import app.mailroom.ui.templates.TemplatesViewModel.Needed;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import javafx.scene.Node;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/** What can be done to templates in their list, with the questions that go before and the notices that come after. */
final class TemplateDeeds {
    private static final int NAMED = 5;

    private final ScreenContext context;
    private final Texts texts;
    private final TemplatesViewModel model;
    private final Node where;
    private final LongConsumer made;

    /** Asks over the given node; made is told the id of a template that has come into the list. */
    TemplateDeeds(ScreenContext context, TemplatesViewModel model, Node where, LongConsumer made) {
        this.context = context;
        this.texts = context.texts();
        this.model = model;
        this.where = where;
        this.made = made;
    }

    void create() {
        new GalleryDialog(context, where).open();
    }

    void open(Template template) {
        context.go().accept(new Place.Template(template.id()));
    }

    void duplicate(Template template) {
        model.archived.set(false);
        model.duplicate(template, id -> {
            made.accept(id);
            context.notices().done(texts.get("templates.duplicated", template.name()));
        });
    }

    void rename(Template template) {
        rename(template, template.name(), texts.get("templates.name"));
    }

    /** Asks again with what was typed when the name is taken. */
    private void rename(Template template, String proposal, String label) {
        Ask.line(where, texts, texts.get("templates.rename"), label, proposal)
                .filter(name -> !name.equals(template.name()))
                .ifPresent(name -> model.rename(template, name, failure -> {
                    if (failure instanceof NameTakenException) {
                        rename(template, name, texts.get("templates.name.taken"));
                    } else {
                        context.background().tell(failure);
                    }
                }));
    }

    /** Archives the templates, or brings them back. Nothing is asked, because it can be undone. */
    void archive(List<Template> templates, boolean away) {
        if (templates.isEmpty()) {
            return;
        }
        String what = templates.size() == 1
                ? texts.get(
                        away ? "templates.archived" : "templates.brought_back",
                        templates.get(0).name())
                : texts.get(
                        away ? "templates.archived.many" : "templates.brought_back.many",
                        texts.number(templates.size()));
        model.archive(
                templates,
                away,
                () -> context.notices()
                        .done(what, texts.get("action.undo"), () -> model.archive(templates, !away, () -> {})));
    }

    /** Deletes after a question. What a mailing needs is kept, and offered to be archived instead. */
    void delete(List<Template> templates) {
        if (templates.isEmpty()) {
            return;
        }
        model.needed(templates, needed -> {
            List<Template> free = templates.stream()
                    .filter(template -> !needed.mailings().containsKey(template))
                    .toList();
            if (!needed.mailings().isEmpty()) {
                refuse(needed);
            }
            if (!free.isEmpty() && mayDelete(free)) {
                model.delete(
                        free,
                        () -> context.notices()
                                .done(
                                        free.size() == 1
                                                ? texts.get(
                                                        "templates.deleted",
                                                        free.get(0).name())
                                                : texts.get("templates.deleted.many", texts.number(free.size()))),
                        this::refuse);
            }
        });
    }

    private boolean mayDelete(List<Template> templates) {
        return Ask.confirm(
                where,
                texts,
                texts.get("templates.delete.title"),
                templates.size() == 1
                        ? texts.get(
                                "templates.delete.question", templates.get(0).name())
                        : texts.get("templates.delete.question.many", texts.number(templates.size())),
                texts.get("templates.delete"),
                true);
    }

    private void refuse(Needed needed) {
        StringBuilder why = new StringBuilder();
        needed.mailings()
                .forEach((template, mailings) -> why.append(why.isEmpty() ? "" : "\n")
                        .append(texts.get("templates.needed", template.name(), some(mailings))));
        List<Template> inUse = needed.mailings().keySet().stream()
                .filter(template -> !template.archived())
                .toList();
        if (inUse.isEmpty()) {
            context.notices().warn(why.toString());
        } else if (Ask.confirm(
                where,
                texts,
                texts.get("templates.needed.title"),
                why + "\n\n" + texts.get("templates.needed.instead"),
                texts.get("templates.archive"),
                false)) {
            archive(inUse, true);
        }
    }

    private String some(List<String> names) {
        String joined = names.stream()
                .limit(NAMED)
                .map(name -> "“" + name + "”")
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return names.size() <= NAMED
                ? joined
                : texts.get("templates.and_more", joined, texts.number(names.size() - NAMED));
    }

    void exportHtml(Template template) {
        Path file = target(template, texts.get("templates.export_html"), texts.get("file.html"), ".html");
        if (file != null) {
            model.exportHtml(template, file, () -> exported(file));
        }
    }

    /** A file that the system opens with this program. */
    void exportOwn(Template template) {
        Path file = target(template, texts.get("templates.export_own"), texts.get("file.own"), TemplateFile.OWN);
        if (file != null) {
            model.exportZip(template, file, () -> exported(file));
        }
    }

    void exportZip(Template template) {
        Path file = target(template, texts.get("templates.export_zip"), texts.get("file.zip"), ".zip");
        if (file != null) {
            model.exportZip(template, file, () -> exported(file));
        }
    }

    private void exported(Path file) {
        context.notices().done(texts.get("templates.exported", file.getFileName()));
    }

    private @Nullable Path target(Template template, String title, String kind, String ending) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        chooser.setInitialFileName(template.name().replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_") + ending);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind, "*" + ending));
        File file = chooser.showSaveDialog(where.getScene().getWindow());
        return file == null ? null : file.toPath();
    }

    void chooseFiles() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("templates.import"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(
                        texts.get("file.template"), "*.html", "*.htm", "*.zip", "*" + TemplateFile.OWN));
        List<File> files = chooser.showOpenMultipleDialog(where.getScene().getWindow());
        if (files != null) {
            importFiles(files.stream().map(File::toPath).toList());
        }
    }

    /** Makes a template of each file; opens it when it was a single one. */
    void importFiles(List<Path> files) {
        model.importFiles(files, imported -> {
            model.archived.set(false);
            tell(imported);
            if (!imported.templates().isEmpty()) {
                made.accept(imported.templates().get(0));
            }
            if (files.size() == 1 && imported.templates().size() == 1) {
                context.go().accept(new Place.Template(imported.templates().get(0)));
            }
        });
    }

    private void tell(Imported imported) {
        if (imported.templates().size() == 1) {
            context.notices().done(texts.get("templates.imported"));
        } else if (imported.templates().size() > 1) {
            context.notices()
                    .done(texts.get(
                            "templates.imported.many",
                            texts.number(imported.templates().size())));
        }
        imported.missing()
                .forEach((name, images) ->
                        context.notices().warn(texts.get("templates.import.missing", name, some(images))));
        imported.refused()
                .forEach(refused -> context.notices()
                        .warn(texts.get(
                                "templates.import.refused",
                                refused.file().getFileName(),
                                Failure.of(refused.failure()).in(texts))));
    }
}
