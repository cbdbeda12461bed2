package app.mailroom.delivery;

import app.mailroom.outcome.OutcomeQueue;
import java.io.IOException;

/** The way to the mail service that sends in earnest, as it is set up at present. */
public interface LiveRoute {
    /** Equal as long as nothing has changed of which an open gateway or queue would not know. */
    Object setUp();

    /**
     * Opens the way to the mail service.
     *
     * @throws IOException when something is missing that a person has to set up
     */
    MailGateway gateway() throws IOException;

    /**
     * Opens the queue of outcomes.
     *
     * @throws IOException when something is missing that a person has to set up
     */
    OutcomeQueue outcomes() throws IOException;

    /**
     * Asks whether mailings can be sent in earnest. May take seconds.
     *
     * @throws IOException that says what is still missing
     */
    void checkReady() throws IOException;
}
