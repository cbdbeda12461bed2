package app.mailroom.ui.account;

import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** Who did what, when: searched, narrowed and exported. */
public final class AuditView implements Screen {
    private final StackPane node = new StackPane();

    /** back leads to where the person came from. */
    public AuditView(ScreenContext context, Runnable back) {}

    @Override
    public Node node() {
        return node;
    }
}
