package app.mailroom.ui.templates;

import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.ScreenContext;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;

/** The versions of a template: look at one, compare it as text with what is being written or with another, restore it. */
final class VersionsPane {
    /**
     * The versions of one template.
     *
     * @param now what is being written at the moment
     * @param restore takes an earlier version into the editor, as a change that is not saved yet
     */
    VersionsPane(
            ScreenContext context, long templateId, Supplier<TemplateContent> now, Consumer<TemplateContent> restore) {
        throw new UnsupportedOperationException();
    }

    Node node() {
        throw new UnsupportedOperationException();
    }

    /** Reads them anew, as after saving. */
    void reload() {
        throw new UnsupportedOperationException();
    }
}
