package app.mailroom.ui.results;

import app.mailroom.model.MessageFilter;
import app.mailroom.ui.common.Screen;
import app.mailroom.ui.common.ScreenContext;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.layout.VBox;

/** The results of one mailing: figures, charts, links and the mail on which they were clicked. */
public final class MailingResults implements Screen {
    private final VBox node = new VBox();

    /** Empty until opened. */
    public MailingResults(ScreenContext context, long planId, Consumer<MessageFilter> showMessages) {}

    @Override
    public Node node() {
        return node;
    }
}
