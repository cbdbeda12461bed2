package app.mailroom.ui.results;

import app.mailroom.model.MessageFilter;
import app.mailroom.results.ResultTable;
import app.mailroom.ui.common.ScreenContext;
import app.mailroom.ui.common.Texts;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;

/**
 * What all cards on the page of a mailing's results have in common.
 *
 * @param showMessages brings the person to the messages that a figure counts
 * @param mailing its title, with which the names of saved files begin; empty until it is known
 */
record MailingCards(
        ScreenContext context, long planId, Consumer<MessageFilter> showMessages, Supplier<String> mailing) {
    Texts texts() {
        return context.texts();
    }

    /** A card; title and hint are keys of texts. */
    Node card(String title, String hint, Node content, Supplier<ResultTable> table) {
        return new ResultCard(context, texts().get(title), texts().get(hint), content, table)
                .of(mailing)
                .node();
    }
}
