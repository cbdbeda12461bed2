package app.mailroom.delivery;

import app.mailroom.model.MailAccount;
import app.mailroom.model.SendResult;
import java.io.IOException;

/** The mail service, as the pipeline sees it. Called from many threads at once. */
public interface MailGateway extends AutoCloseable {
    /**
     * Asks the service once to send one mail, and never repeats the question by itself. Whatever goes wrong is a
     * result; above all, {@link SendResult.Unknown} when the request may have arrived and no answer came.
     */
    default SendResult send(OutgoingMail mail) {
        return send(mail, () -> {});
    }

    /** The same; onItsWay is run once, when the request begins to leave, or not at all if it never does. */
    SendResult send(OutgoingMail mail, Runnable onItsWay);

    /**
     * What the service allows at present.
     *
     * @throws IOException when it cannot be asked
     */
    MailAccount account() throws IOException;

    /** Lets go of connections. Nothing is sent afterwards. */
    @Override
    void close();
}
