package app.mailroom.ui.results;

import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** Mailings side by side. */
public final class CompareView implements Screen {
    private final VBox node = new VBox();

    /** Empty until opened. */
    public CompareView(ScreenContext context, List<Long> planIds, Runnable back) {}

    @Override
    public Node node() {
        return node;
    }
}
