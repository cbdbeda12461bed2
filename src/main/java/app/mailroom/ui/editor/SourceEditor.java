package app.mailroom.ui.editor;

import app.mailroom.ui.common.Texts;
import javafx.scene.Node;

/** The HTML of a template with its syntax coloured, line numbers, find and replace, undo. JavaFX thread only. */
public final class SourceEditor {
    /** An empty one. */
    public SourceEditor(Texts texts) {
        throw new UnsupportedOperationException();
    }

    /** What is shown. */
    public Node node() {
        throw new UnsupportedOperationException();
    }

    /** Shows a text from its top, with nothing to undo. */
    public void show(String html) {
        throw new UnsupportedOperationException();
    }

    /** The text now, with the line ends that it had. */
    public String html() {
        throw new UnsupportedOperationException();
    }

    /** Is run after each change that the person makes. One listener. */
    public void onChange(Runnable changed) {
        throw new UnsupportedOperationException();
    }

    /** Selects chars of {@link #html} and scrolls to them. */
    public void select(int start, int end) {
        throw new UnsupportedOperationException();
    }

    /** Puts a text where the caret is. */
    public void insert(String text) {
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
