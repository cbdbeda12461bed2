package app.mailroom.ui.account;

import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** Who works with the workspace, who may come in, and how. */
public final class PeopleView implements Screen {
    private final StackPane node = new StackPane();

    /** back leads to where the person came from. */
    public PeopleView(ScreenContext context, Runnable back) {}

    @Override
    public Node node() {
        return node;
    }
}
