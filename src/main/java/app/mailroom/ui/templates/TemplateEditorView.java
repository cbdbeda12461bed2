package app.mailroom.ui.templates;

import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.editor.RichEditor;
import java.util.function.Supplier;
import javafx.scene.Node;

/** The page on which one template is written. */
public final class TemplateEditorView implements Screen {
    /** The page of the template with this id. The editor is asked for when it is first needed. */
    public TemplateEditorView(ScreenContext context, long templateId, Supplier<RichEditor> editor, Runnable back) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Node node() {
        throw new UnsupportedOperationException();
    }
}
