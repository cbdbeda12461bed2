package app.mailroom.plan;

import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import java.io.IOException;

/**
 * Where new mailings go at present, and what the mail service allows that sends in earnest; in practice nobody asks
 * for that. Asking may take seconds.
 */
public interface SendingConditions {
    /** Where new mailings go. */
    World world();

    /**
     * What the account may send.
     *
     * @throws IOException when it cannot be asked
     */
    MailAccount account() throws IOException;

    /**
     * Whether mail from this address would be sent.
     *
     * @throws IOException when it cannot be asked
     */
    boolean maySend(String address) throws IOException;

    /**
     * Whether mail from this address is signed with DKIM under a domain of the sender's.
     *
     * @throws IOException when it cannot be asked
     */
    boolean signs(String address) throws IOException;

    /**
     * Whether the mail service counts openings and clicks of every mail, so that it would hold up a mailing of which nothing
     * is to be counted. Known without asking it.
     */
    boolean countsHits();
}
