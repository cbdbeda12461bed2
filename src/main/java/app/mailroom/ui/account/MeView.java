package app.mailroom.ui.account;

import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;

/** One's own page: name, picture, language, theme, the computers that stay signed in. */
public final class MeView implements Screen {
    private final StackPane node = new StackPane();

    /** back leads to where the person came from. */
    public MeView(ScreenContext context, Runnable back) {}

    @Override
    public Node node() {
        return node;
    }
}
