package app.mailroom.ui.templates;

import app.mailroom.model.TemplateContent;
import app.mailroom.ui.common.ScreenContext;
import java.util.Optional;
import javafx.scene.Node;

/** Asks to whom a test mail is to go, sends it, and shows what became of it. */
final class TestSendDialog {
    private TestSendDialog() {}

    /**
     * Opens it.
     *
     * @param row as whom the mail is written; where there is none, variables show their fallback or their name
     */
    static void show(Node where, ScreenContext context, TemplateContent content, Optional<SampleRow> row) {
        throw new UnsupportedOperationException();
    }
}
