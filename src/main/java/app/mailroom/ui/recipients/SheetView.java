package app.mailroom.ui.recipients;

import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import javafx.scene.Node;

/** The page of one list: its sheet, what is wrong in it, and what can be done to it. */
public final class SheetView implements Screen {
    /** The page of a list. */
    public SheetView(ScreenContext context, long listId, Runnable back) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Node node() {
        throw new UnsupportedOperationException();
    }
}
