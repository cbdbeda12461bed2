package app.mailroom.ui.editor;

import app.mailroom.authoring.EditorDocument;
import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Spot;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import app.mailroom.ui.common.UiThread;
import app.mailroom.ui.editor.EditorClipboard.Pasted;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.web.WebView;
import javafx.stage.FileChooser;
import org.jspecify.annotations.Nullable;

/**
 * A template as its reader will see it, to be edited by people who do not write HTML: TinyMCE in a WebView. It fetches
 * nothing and runs nothing that the template has. One of them serves every template that is opened, because starting
 * takes seconds. JavaFX thread only.
 */
public final class RichEditor {
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination FIND = new KeyCodeCombination(KeyCode.F, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination PASTE_PLAIN =
            new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private final ScreenContext context;
    private final EditorPage page;
    private final EditorClipboard clipboard = new EditorClipboard();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private Runnable changed = () -> {};
    private Runnable save = () -> {};
    private Consumer<Boolean> fullScreen = wanted -> {};
    private List<String> offered = List.of();
    private Shown shown = Shown.of(new TemplateContent("", "", ""));
    private Runnable waiting = () -> {};
    private boolean closesWithin;

    /** A template in the editor: what it was, and what the editor made of it. */
    private static final class Shown {
        private final TemplateContent content;
        private final EditorDocument document;
        private final List<TemplateImage> images;
        private @Nullable String untouched;
        private @Nullable String source;

        private Shown(TemplateContent content, EditorDocument document) {
            this.content = content;
            this.document = document;
            this.images = new ArrayList<>(content.images());
        }

        static Shown of(TemplateContent content) {
            return new Shown(content, EditorDocument.of(content));
        }
    }

    /** Starts the editor in the language of the texts; it may be filled at once, and shows what it got when it is ready. */
    public RichEditor(ScreenContext context, boolean dark) {
        this.context = context;
        Texts texts = context.texts();
        EditorBridge bridge = new EditorBridge(new PageCalls());
        this.page = new EditorPage(bridge, EditorTexts.of(texts), texts.locale().getLanguage(), dark);
        WebView web = page.node();
        web.setId("rich-editor");
        web.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        web.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE && closesWithin) {
                // It has closed a dialog here and must not bring the person to another page too.
                event.consume();
            }
        });
        web.addEventFilter(DragEvent.DRAG_OVER, this::dragged);
        web.addEventFilter(DragEvent.DRAG_DROPPED, this::dropped);
        context.background().get(() -> EditorParts.read(dark), page::load, context.notices()::failed);
    }

    /** What is shown. */
    public Node node() {
        return page.node();
    }

    /** Whether TinyMCE runs. */
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /**
     * Shows a template from its top, with nothing to undo. In place of one that was shown before, of which nothing is
     * kept.
     *
     * @param variables the names to offer besides those that the template has
     * @param done is run when it can be edited, with what the editor would damage of it
     */
    public void show(TemplateContent content, List<String> variables, Consumer<List<Damage>> done) {
        Shown next = Shown.of(content);
        shown = next;
        offered = List.copyOf(variables);
        waiting = () -> {
            String untouched = fill(next);
            done.accept(next.document.damage(untouched));
        };
        if (ready.get()) {
            fillWaiting();
        }
    }

    /** Is run after each change that the person makes, in the midst of typing too. One listener. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    /** Is run when the person asks to save from within the editor. */
    public void onSave(Runnable listener) {
        save = listener;
    }

    /** Is told when the person wants the editor to fill the window, and when no longer. */
    public void onFullScreen(Consumer<Boolean> listener) {
        fullScreen = listener;
    }

    /** The template's whole HTML now: to the byte what was shown, unless the person changed something. */
    public String html() {
        String known = shown.source;
        if (known == null) {
            String untouched = shown.untouched;
            if (untouched == null) {
                known = shown.content.html();
            } else {
                String edited = page.text("mailroomHtml");
                known = edited.equals(untouched) ? shown.content.html() : shown.document.source(edited, untouched);
            }
            shown.source = known;
        }
        return known;
    }

    /** The images that its HTML refers to, with those that came in while editing. */
    public List<TemplateImage> images() {
        return EditorDocument.used(html(), shown.images);
    }

    /** Whether the person changed anything since it was shown that was not undone. */
    public boolean isTouched() {
        return !html().equals(shown.content.html());
    }

    /** The names to offer besides those that the template has. */
    public void offerVariables(List<String> names) {
        offered = List.copyOf(names);
        if (ready.get()) {
            page.call("mailroomNames", String.join("\n", offered));
        }
    }

    /** Puts a variable where the caret is. */
    public void insertVariable(String name) {
        if (ready.get()) {
            page.call("mailroomInsertVariable", name);
        }
    }

    /** Selects something and scrolls to it; false when it is not there. */
    public boolean select(Spot.Target target, int ordinal) {
        if (!ready.get()) {
            return false;
        }
        boolean found = page.test("mailroomSelect", target.name(), ordinal);
        if (found) {
            focus();
        }
        return found;
    }

    /** Opens find and replace. */
    public void find() {
        if (ready.get()) {
            page.call("mailroomFind");
        }
    }

    /** Puts the caret into the text. */
    public void focus() {
        page.node().requestFocus();
        if (ready.get()) {
            page.call("mailroomFocus");
        }
    }

    private String fill(Shown next) {
        page.call("mailroomNames", String.join("\n", offered));
        String untouched = page.text(
                "mailroomShow", next.document.editable(), next.document.styles(), next.document.bodyAttributes());
        next.untouched = untouched;
        next.source = next.content.html();
        return untouched;
    }

    private void fillWaiting() {
        Runnable work = waiting;
        waiting = () -> {};
        work.run();
    }

    private void insert(@Nullable Callable<Pasted> work) {
        if (work == null) {
            return;
        }
        Shown target = shown;
        context.background()
                .get(
                        work,
                        pasted -> {
                            // The person may have opened another template meanwhile.
                            if (target == shown) {
                                shown.images.addAll(pasted.images());
                                page.call(pasted.pictures() ? "mailroomInsertImages" : "mailroomInsert", pasted.html());
                            }
                        },
                        context.notices()::failed);
    }

    private void key(KeyEvent event) {
        if (!ready.get()) {
            return;
        }
        if (SAVE.match(event)) {
            event.consume();
            save.run();
        } else if (FIND.match(event)) {
            event.consume();
            find();
        } else if (PASTE_PLAIN.match(event)) {
            event.consume();
            insert(clipboard.content(true));
        } else if (event.getCode() == KeyCode.ESCAPE) {
            closesWithin = page.test("mailroomTakesEscape");
            if (!closesWithin && page.test("mailroomLeaveFull")) {
                event.consume();
            }
        }
    }

    private void dragged(DragEvent event) {
        if (ready.get() && event.getGestureSource() == null && takes(event)) {
            event.acceptTransferModes(TransferMode.COPY);
            event.consume();
        }
    }

    private void dropped(DragEvent event) {
        if (ready.get() && event.getGestureSource() == null && takes(event)) {
            page.call("mailroomCaretAt", event.getX(), event.getY());
            insert(clipboard.content(event.getDragboard(), false));
            event.setDropCompleted(true);
            event.consume();
        }
    }

    /** Files that are no images would be opened in place of the editor; they are taken and nothing comes of them. */
    private static boolean takes(DragEvent event) {
        return event.getDragboard().hasFiles()
                || event.getDragboard().hasHtml()
                || event.getDragboard().hasImage();
    }

    private void chooseImages() {
        Texts texts = context.texts();
        FileChooser chooser = new FileChooser();
        chooser.setTitle(texts.get("editor.image.choose"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(
                        texts.get("editor.image.files"), "*.png", "*.jpg", "*.jpeg", "*.gif", "*.bmp"));
        List<File> files = chooser.showOpenMultipleDialog(page.node().getScene().getWindow());
        if (files != null) {
            insertImages(files.stream().map(File::toPath).toList());
        }
    }

    /** Puts image files where the caret is. */
    void insertImages(List<Path> files) {
        insert(EditorClipboard.images(files));
    }

    private final class PageCalls implements EditorBridge.Calls {
        @Override
        public void ready() {
            // Not from within TinyMCE's own start.
            UiThread.later(this::started);
        }

        private void started() {
            boolean again = ready.get();
            ready.set(true);
            if (again && shown.untouched != null) {
                // The page was loaded anew: what was shown is shown again.
                fill(shown);
            }
            fillWaiting();
        }

        @Override
        public void changed() {
            shown.source = null;
            changed.run();
        }

        @Override
        public void fullScreen(boolean wanted) {
            fullScreen.accept(wanted);
        }

        @Override
        public void chooseImages() {
            // Not from within a call of the page, which would stand still behind the dialog.
            UiThread.later(RichEditor.this::chooseImages);
        }

        @Override
        public void paste(boolean plain) {
            insert(clipboard.content(plain));
        }

        @Override
        public void copied(String html, String text) {
            clipboard.copied(html, text, List.copyOf(shown.images));
        }
    }
}
