package app.mailroom.ui.editor;

import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Spot;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.scene.Node;

/**
 * A template as its reader will see it, to be edited by people who do not write HTML: TinyMCE in a WebView. It fetches
 * nothing and runs nothing that the template has. One of them serves every template that is opened, because starting
 * takes seconds. JavaFX thread only.
 */
public final class RichEditor {
    /** Starts the editor in the language of the texts; it may be filled at once, and shows what it got when it is ready. */
    public RichEditor(ScreenContext context, boolean dark) {
        throw new UnsupportedOperationException();
    }

    /** What is shown. */
    public Node node() {
        throw new UnsupportedOperationException();
    }

    /** Whether TinyMCE runs. */
    public ReadOnlyBooleanProperty readyProperty() {
        throw new UnsupportedOperationException();
    }

    /**
     * Shows a template from its top, with nothing to undo. In place of one that was shown before, of which nothing is
     * kept.
     *
     * @param variables the names to offer besides those that the template has
     * @param shown is run when it can be edited, with what the editor would damage of it
     */
    public void show(TemplateContent content, List<String> variables, Consumer<List<Damage>> shown) {
        throw new UnsupportedOperationException();
    }

    /** Is run after each change that the person makes, in the midst of typing too. One listener. */
    public void onChange(Runnable changed) {
        throw new UnsupportedOperationException();
    }

    /** Is run when the person asks to save from within the editor. */
    public void onSave(Runnable save) {
        throw new UnsupportedOperationException();
    }

    /** Is told when the person wants the editor to fill the window, and when no longer. */
    public void onFullScreen(Consumer<Boolean> wanted) {
        throw new UnsupportedOperationException();
    }

    /** The template's whole HTML now: to the byte what was shown, unless the person changed something. */
    public String html() {
        throw new UnsupportedOperationException();
    }

    /** The images that its HTML refers to, with those that came in while editing. */
    public List<TemplateImage> images() {
        throw new UnsupportedOperationException();
    }

    /** Whether the person changed anything since it was shown that was not undone. */
    public boolean isTouched() {
        throw new UnsupportedOperationException();
    }

    /** The names to offer besides those that the template has. */
    public void offerVariables(List<String> names) {
        throw new UnsupportedOperationException();
    }

    /** Puts a variable where the caret is. */
    public void insertVariable(String name) {
        throw new UnsupportedOperationException();
    }

    /** Selects something and scrolls to it; false when it is not there. */
    public boolean select(Spot.Target target, int ordinal) {
        throw new UnsupportedOperationException();
    }

    /** Opens find and replace. */
    public void find() {
        throw new UnsupportedOperationException();
    }

    /** Puts the caret into the text. */
    public void focus() {
        throw new UnsupportedOperationException();
    }
}
