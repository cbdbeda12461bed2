package app.mailroom.ui.editor;

import app.mailroom.authoring.EditorDocument;

/**
 * What the editor's page may call. Public, and a class of its own, because the engine reaches nothing else; whoever
 * hands one to a page has to hold it too, or it silently stops answering after a garbage collection. JavaFX thread
 * only.
 */
public final class EditorBridge {
    private final Calls calls;

    /** What becomes of the calls. */
    interface Calls {
        /** TinyMCE runs. */
        void ready();

        /** The person changed something. */
        void changed();

        /** The person wants the editor to fill the window, or no longer. */
        void fullScreen(boolean wanted);

        /** The person wants images from files. */
        void chooseImages();

        /** The person pastes. */
        void paste(boolean plain);

        /** The person copies: HTML with variables as they are written, and its text. */
        void copied(String html, String text);
    }

    EditorBridge(Calls calls) {
        this.calls = calls;
    }

    /** TinyMCE runs and can be filled. */
    public void ready() {
        calls.ready();
    }

    /** The person changed something. */
    public void changed() {
        calls.changed();
    }

    /** The person wants the editor to fill the window, or no longer. */
    public void fullScreen(boolean wanted) {
        calls.fullScreen(wanted);
    }

    /** The person wants to put in images from files. */
    public void chooseImages() {
        calls.chooseImages();
    }

    /** The person pastes, with the looks or only the text. */
    public void paste(boolean plain) {
        calls.paste(plain);
    }

    /** The person copies something. */
    public void copied(String html, String text) {
        calls.copied(html, text);
    }

    /** The chip for a variable; the argument is what stands between the braces. */
    public String chip(String variable) {
        return EditorDocument.chip(variable);
    }
}
