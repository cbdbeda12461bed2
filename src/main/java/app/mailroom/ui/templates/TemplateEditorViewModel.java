package app.mailroom.ui.templates;

import app.mailroom.authoring.EditorDocument;
import app.mailroom.model.Template;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateDraft;
import app.mailroom.model.TemplateImage;
import app.mailroom.model.TemplateVersion;
import app.mailroom.store.TemplateStore;
import app.mailroom.template.VariableUses;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.UiThread;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One template being written. What a person changes is kept as a draft in the workspace: a second after they pause, at
 * the latest three seconds after the change, and at once when the page is left or the window closes. So a crash loses at
 * most five seconds of typing, the time for writing included. Saving makes a version of it.
 *
 * <p>Everything that changes the template in the workspace goes through {@link ScreenContext#keep}, in the order in which
 * the person did it, so that no draft is kept after the save that made it a version.
 */
final class TemplateEditorViewModel {
    private static final Duration PAUSE = Duration.seconds(1);
    private static final Duration AT_THE_LATEST = Duration.seconds(3);
    private static final Duration GLANCE = Duration.millis(300);
    private static final Duration GLANCE_AT_THE_LATEST = Duration.millis(1500);

    /** How what is being written stands to what is kept. */
    enum Standing {
        /** It is not read yet. */
        LOADING,
        /** It is the version that is named by {@link #base}. */
        SAVED,
        /** It is about to be kept. */
        CHANGED,
        /** It is kept as a draft. */
        KEPT,
        /** It could not be kept. */
        FAILED,
        /** There is no such template any more. */
        GONE
    }

    /** What an editor holds. */
    record Body(String html, List<TemplateImage> images) {}

    /** What was done to the whole text at once, as the key of its words, and the text before. */
    record Undo(String what, TemplateContent before) {}

    private record Loaded(
            Template template, TemplateVersion version, TemplateContent content, Optional<TemplateDraft> draft) {}

    final long templateId;
    final StringProperty name = new SimpleStringProperty("");
    final StringProperty subject = new SimpleStringProperty("");
    final StringProperty preheader = new SimpleStringProperty("");

    /** The text when it was last gathered from the editors; lags behind typing by less than two seconds. */
    final ObjectProperty<TemplateContent> content = new SimpleObjectProperty<>(new TemplateContent("", "", ""));

    final ObjectProperty<Standing> standing = new SimpleObjectProperty<>(Standing.LOADING);
    final ObjectProperty<@Nullable TemplateVersion> base = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable Instant> keptAt = new SimpleObjectProperty<>();

    /** When the draft was kept that was found at opening, until the person has seen to it. */
    final ObjectProperty<@Nullable Instant> restored = new SimpleObjectProperty<>();

    final ObjectProperty<@Nullable Undo> undo = new SimpleObjectProperty<>();

    /** Whether it differs from the version it began with, as far as was gathered. */
    final BooleanProperty differs = new SimpleBooleanProperty(false);

    private final ScreenContext context;
    private final TemplateStore store;
    private final Calm glance = new Calm(GLANCE, GLANCE_AT_THE_LATEST, this::gather);
    private final Calm keep = new Calm(PAUSE, AT_THE_LATEST, this::keep);
    private final Map<String, TemplateImage> known = new LinkedHashMap<>();
    private TemplateContent saved = new TemplateContent("", "", "");
    private Supplier<Body> editor = () -> new Body("", List.of());
    private Consumer<TemplateContent> shower = content -> {};
    private Consumer<TemplateVersion> savedListener = version -> {};
    private boolean filling;
    private boolean bodyChanged;
    private boolean closed;
    private volatile @Nullable Own ownNewest;
    private long changes;
    private long keptChanges;

    TemplateEditorViewModel(ScreenContext context, long templateId) {
        this.context = context;
        this.templateId = templateId;
        this.store = context.features().stores().templates();
        subject.addListener((property, before, now) -> changed());
        preheader.addListener((property, before, now) -> changed());
    }

    /**
     * Says where the body is written.
     *
     * @param now what it holds, asked for only when it is needed, as it takes time for a long one
     * @param show puts a text there, as one that the person did not type
     */
    void writeIn(Supplier<Body> now, Consumer<TemplateContent> show) {
        editor = now;
        shower = show;
    }

    /** Is told of each version that is saved here. */
    void onSaved(Consumer<TemplateVersion> listener) {
        savedListener = listener;
    }

    /** The version that was last saved here; known only to the work that is done in order. */
    private record Own(long versionId, TemplateContent text) {}

    /** Reads the template, and the draft of it if there is one. */
    void load() {
        // After what an earlier visit to the page still has to keep.
        inOrder(
                () -> {
                    Optional<Loaded> found = store.find(templateId).map(this::loaded);
                    UiThread.run(() -> {
                        if (!closed) {
                            found.ifPresentOrElse(this::fill, () -> standing.set(Standing.GONE));
                        }
                    });
                },
                () -> {});
    }

    private Loaded loaded(Template template) {
        Optional<TemplateDraft> draft = store.draft(template.id());
        // A draft goes on from the version that it began with, which need not be the newest any more.
        TemplateVersion version =
                draft.flatMap(kept -> store.version(kept.basedOn())).orElse(template.newest());
        return new Loaded(template, version, store.content(version.id()).orElseThrow(), draft);
    }

    private void fill(Loaded loaded) {
        name.set(loaded.template().name());
        base.set(loaded.version());
        saved = loaded.content();
        remember(saved.images());
        Optional<TemplateDraft> draft =
                loaded.draft().filter(kept -> !kept.content().equals(saved));
        show(draft.map(TemplateDraft::content).orElse(saved));
        keptAt.set(draft.map(TemplateDraft::savedAt).orElse(null));
        restored.set(draft.map(TemplateDraft::savedAt).orElse(null));
        differs.set(draft.isPresent());
        standing.set(draft.isPresent() ? Standing.KEPT : Standing.SAVED);
    }

    private void show(TemplateContent shown) {
        remember(shown.images());
        filling = true;
        subject.set(shown.subject());
        preheader.set(shown.preheader());
        content.set(shown);
        bodyChanged = false;
        filling = false;
        shower.accept(shown);
    }

    /** The body was changed in the editor by the person. Costs nothing, so it may be called for each key. */
    void bodyChanged() {
        bodyChanged = true;
        changed();
    }

    private void changed() {
        if (filling || !isOpen()) {
            return;
        }
        undo.set(null);
        touched();
    }

    private void touched() {
        changes++;
        standing.set(Standing.CHANGED);
        glance.ask();
        keep.ask();
    }

    private boolean isOpen() {
        return !closed && standing.get() != Standing.LOADING && standing.get() != Standing.GONE;
    }

    /** Everything as it is written at this moment. */
    TemplateContent gather() {
        glance.stop();
        TemplateContent last = content.get();
        String html = last.html();
        List<TemplateImage> images = last.images();
        if (bodyChanged) {
            Body body = editor.get();
            bodyChanged = false;
            remember(body.images());
            if (!body.html().equals(html)) {
                html = body.html();
                images = imagesOf(html);
            }
        }
        TemplateContent now = new TemplateContent(subject.get(), preheader.get(), html, images);
        if (!now.equals(last)) {
            content.set(now);
        }
        differs.set(!now.equals(saved));
        return now;
    }

    /** Images stay known while the page is open, so that one that was taken out can come back by undoing. */
    private List<TemplateImage> imagesOf(String html) {
        return html.equals(saved.html()) ? saved.images() : EditorDocument.used(html, List.copyOf(known.values()));
    }

    private void remember(List<TemplateImage> images) {
        images.forEach(image -> known.put(image.name(), image));
    }

    private void keep() {
        keep.stop();
        TemplateVersion version = base.get();
        if (version == null || !isOpen()) {
            return;
        }
        TemplateContent now = gather();
        long upTo = changes;
        String author = context.features().person();
        TemplateContent known = saved;
        inOrder(
                () -> {
                    // A version may have been saved here since this was asked for.
                    Own own = ownNewest;
                    boolean same = now.equals(own == null ? known : own.text());
                    if (same) {
                        store.dropDraft(templateId);
                    } else {
                        store.keepDraft(templateId, own == null ? version.id() : own.versionId(), now, author);
                    }
                    UiThread.run(() -> {
                        keptChanges = Math.max(keptChanges, upTo);
                        keptAt.set(context.features().clock().instant());
                        if (changes == upTo) {
                            standing.set(same ? Standing.SAVED : Standing.KEPT);
                        }
                    });
                },
                () -> {});
    }

    /**
     * Saves a version.
     *
     * @param onTop whether to save although somebody has saved a version meanwhile that this one does not build on
     * @param conflict is run with that version, when nothing was saved because of it; what was written is a draft then
     * @param done is run with the version that was saved
     */
    void save(boolean onTop, Consumer<TemplateVersion> conflict, Consumer<TemplateVersion> done) {
        TemplateVersion version = base.get();
        if (version == null || !isOpen()) {
            return;
        }
        keep.stop();
        TemplateContent now = gather();
        long upTo = changes;
        String author = context.features().person();
        standing.set(Standing.CHANGED);
        inOrder(
                () -> {
                    TemplateVersion newest =
                            store.find(templateId).orElseThrow().newest();
                    Own own = ownNewest;
                    boolean mine = newest.id() == version.id() || (own != null && newest.id() == own.versionId());
                    boolean passed = !mine && !onTop;
                    if (passed) {
                        store.keepDraft(templateId, version.id(), now, author);
                    }
                    boolean again = mine && own != null && now.equals(own.text());
                    TemplateVersion result = passed || again ? newest : store.save(templateId, now, author);
                    if (!passed) {
                        ownNewest = new Own(result.id(), now);
                    }
                    UiThread.run(() -> {
                        if (passed) {
                            keptAt.set(context.features().clock().instant());
                            settle(upTo, Standing.KEPT);
                            if (!closed) {
                                conflict.accept(result);
                            }
                        } else {
                            saved(result, now, upTo);
                            done.accept(result);
                        }
                    });
                },
                () -> {});
    }

    private void saved(TemplateVersion version, TemplateContent now, long upTo) {
        saved = now;
        base.set(version);
        restored.set(null);
        differs.set(!content.get().equals(saved));
        settle(upTo, Standing.SAVED);
        savedListener.accept(version);
    }

    private void settle(long upTo, Standing reached) {
        keptChanges = Math.max(keptChanges, upTo);
        if (changes == upTo) {
            standing.set(reached);
        } else if (!closed) {
            keep.ask();
        }
    }

    /** Gives the template another name; told as a notice if it is taken. */
    void rename(String newName) {
        String stripped = newName.strip();
        if (!stripped.isEmpty() && !stripped.equals(name.get())) {
            context.keep().accept(() -> {
                try {
                    store.rename(templateId, stripped);
                    UiThread.run(() -> name.set(stripped));
                } catch (RuntimeException e) {
                    context.notices().failed(e);
                }
            });
        }
    }

    /** Puts another text in place of what is written, as a change that is not saved yet and can be undone. */
    void replace(TemplateContent with, String what) {
        if (!isOpen()) {
            return;
        }
        TemplateContent before = gather();
        if (!with.equals(before)) {
            put(with);
            undo.set(new Undo(what, before));
        }
    }

    /** Takes back what {@link #replace} did. */
    void undo() {
        Undo last = undo.get();
        if (last != null && isOpen()) {
            undo.set(null);
            put(last.before());
        }
    }

    private void put(TemplateContent text) {
        show(text);
        differs.set(!text.equals(saved));
        touched();
    }

    /** Goes back to the version that the draft began with; the draft can be had back by undoing. */
    void discardDraft() {
        restored.set(null);
        replace(saved, "editor.undo.discarded");
    }

    /** Renames a variable in all three parts. The name has to be one. */
    void renameVariable(String key, String newName) {
        replace(VariableUses.renamed(gather(), key, newName), "editor.undo.renamed");
    }

    /** Gives all uses of a variable this fallback, or none for null. The fallback has to be one. */
    void setFallback(String key, @Nullable String fallback) {
        replace(VariableUses.withFallback(gather(), key, fallback), "editor.undo.fallback");
    }

    /** Keeps at once what is not kept yet, and goes on. */
    void keepNow() {
        if (keptChanges != changes) {
            keep();
        }
    }

    /** Keeps at once what is not kept yet. The editor belongs to others afterwards, so nothing is asked of it any more. */
    void left() {
        if (!closed) {
            glance.stop();
            keep.stop();
            keepNow();
            closed = true;
        }
    }

    /** Work on the workspace after all that was asked for before; failures are told, and tried again later. */
    private void inOrder(Runnable work, Runnable done) {
        context.keep().accept(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                context.notices().failed(e);
                UiThread.run(() -> {
                    standing.set(Standing.FAILED);
                    if (isOpen()) {
                        keep.ask();
                    }
                });
                return;
            }
            UiThread.run(done);
        });
    }
}
