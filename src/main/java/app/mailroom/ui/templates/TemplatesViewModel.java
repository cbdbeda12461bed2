package app.mailroom.ui.templates;

import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.RenderException;
import app.mailroom.template.RenderedMail;
import app.mailroom.template.TemplateException;
import app.mailroom.template.TemplateProblem;
import app.mailroom.template.Variables;
import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Reload;
import app.mailroom.ui.common.Rows;
import app.mailroom.ui.common.ScreenContext;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/** The templates, and the one being written. */
final class TemplatesViewModel {
    private static final long LARGEST_FILE = 5_000_000;

    /** What the text being written comes to: the variables in it, and either a sample mail or what is wrong. */
    record Checked(Set<String> variables, List<TemplateProblem> problems, Optional<RenderedMail> mail) {}

    private record Draft(String name, String subject, String preheader, String html) {}

    final ObservableList<Template> templates = FXCollections.observableArrayList();
    final BooleanProperty loaded = new SimpleBooleanProperty(false);
    final BooleanProperty open = new SimpleBooleanProperty(false);
    final ObjectProperty<@Nullable Template> current = new SimpleObjectProperty<>();
    final StringProperty name = new SimpleStringProperty("");
    final StringProperty subject = new SimpleStringProperty("");
    final StringProperty preheader = new SimpleStringProperty("");
    final StringProperty html = new SimpleStringProperty("");
    final ObjectProperty<Checked> checked =
            new SimpleObjectProperty<>(new Checked(Set.of(), List.of(), Optional.empty()));
    final BooleanBinding unsaved;

    private final Features features;
    private final Background background;
    private final Reload<List<Template>> reload;
    private final Reload<Checked> check;
    private final ObjectProperty<Draft> saved = new SimpleObjectProperty<>(new Draft("", "", "", ""));
    private TemplateContent source = new TemplateContent("", "", "");

    TemplatesViewModel(ScreenContext context) {
        this.features = context.features();
        this.background = context.background();
        TemplateStore store = features.stores().templates();
        this.reload = new Reload<>(
                background,
                () -> store.list().stream()
                        .filter(template -> !template.archived())
                        .toList(),
                now -> {
                    Rows.update(templates, now, Template::id);
                    loaded.set(true);
                });
        this.check = new Reload<>(
                background,
                () -> {
                    TemplateContent asked = source;
                    return check(asked);
                },
                checked::set);
        this.unsaved = Bindings.createBooleanBinding(
                () -> open.get() && !draft().equals(saved.get()), open, name, subject, preheader, html, saved);
        for (StringProperty part : List.of(subject, preheader, html)) {
            part.addListener((property, before, text) -> recheck());
        }
    }

    void reload() {
        reload.ask();
    }

    void show(Template template) {
        TemplateVersion version = template.newest();
        current.set(template);
        fill(new Draft(template.name(), version.subject(), version.preheader(), version.html()));
    }

    /** Begins a new one, which exists once it is saved. */
    void begin(String newName, String newHtml) {
        current.set(null);
        fill(new Draft("", "", "", ""));
        name.set(newName);
        html.set(newHtml);
    }

    /** Puts everything back to what was last saved. */
    void revert() {
        if (current.get() == null) {
            open.set(false);
        }
        fillParts(saved.get());
    }

    private void fill(Draft draft) {
        saved.set(draft);
        fillParts(draft);
        open.set(true);
        recheck();
    }

    private void fillParts(Draft draft) {
        name.set(draft.name());
        subject.set(draft.subject());
        preheader.set(draft.preheader());
        html.set(draft.html());
    }

    private Draft draft() {
        return new Draft(name.get(), subject.get(), preheader.get(), html.get());
    }

    /** Saves a further version, or makes the template. */
    void save(Consumer<Template> done) {
        Draft draft = draft();
        Template before = current.get();
        TemplateStore store = features.stores().templates();
        String author = features.person();
        background.get(
                () -> {
                    long id;
                    if (before == null) {
                        id = store.create(
                                draft.name().strip(),
                                new TemplateContent(draft.subject(), draft.preheader(), draft.html()),
                                author);
                    } else {
                        id = before.id();
                        if (!before.name().equals(draft.name().strip())) {
                            store.rename(id, draft.name().strip());
                        }
                        TemplateVersion newest = before.newest();
                        if (!newest.subject().equals(draft.subject())
                                || !newest.preheader().equals(draft.preheader())
                                || !newest.html().equals(draft.html())) {
                            store.save(
                                    id, new TemplateContent(draft.subject(), draft.preheader(), draft.html()), author);
                        }
                    }
                    return store.find(id).orElseThrow();
                },
                template -> {
                    current.set(template);
                    saved.set(draft);
                    reload();
                    done.accept(template);
                });
    }

    void archive(Template template) {
        background.run(() -> features.stores().templates().archive(template.id(), true), () -> {
            open.set(false);
            current.set(null);
            reload();
        });
    }

    /** Reads an HTML file into the template being written, or into a new one. */
    void read(Path file) {
        background.get(() -> text(file), text -> {
            if (open.get()) {
                html.set(text);
            } else {
                begin(file.getFileName().toString().replaceFirst("\\.[^.]*$", ""), text);
            }
        });
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException(file.getFileName() + " > 5 MB");
        }
        String text;
        try {
            text = Files.readString(file, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            // Older Korean editors still write this; every byte means something in it.
            text = Files.readString(file, Charset.forName("x-windows-949"));
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private void recheck() {
        source = new TemplateContent(subject.get(), preheader.get(), html.get());
        check.ask();
    }

    private static Checked check(TemplateContent source) {
        Set<String> variables = Variables.namesIn(source);
        try {
            CompiledTemplate template = CompiledTemplate.compile(source);
            return new Checked(variables, List.of(), Optional.of(sample(template)));
        } catch (TemplateException e) {
            return new Checked(variables, e.problems(), Optional.empty());
        }
    }

    /** Variables show as themselves; where one has to be a link or a style it cannot, and a harmless value stands in. */
    private static RenderedMail sample(CompiledTemplate template) {
        java.util.Map<String, String> values = new java.util.HashMap<>();
        template.variables().forEach(name -> values.put(Variables.key(name), "{{" + name + "}}"));
        for (int tries = 0; ; tries++) {
            try {
                return template.render(key -> values.getOrDefault(key, "x"));
            } catch (RenderException e) {
                if (tries > values.size()) {
                    return new RenderedMail("", "", "");
                }
                values.put(
                        Variables.key(e.variable()),
                        e.code() == RenderException.Code.NOT_A_LINK ? "https://example.com/" : "0");
            }
        }
    }
}
