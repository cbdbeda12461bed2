package app.mailroom.plan;

import app.mailroom.model.MailAccount;
import app.mailroom.model.World;
import java.io.IOException;
import java.util.Set;

/**
 * Where new mailings go at present, and what the mail service allows that sends in earnest; in practice nobody asks
 * for that. Asking may take seconds.
 */
public interface SendingConditions {
    /** Who may count openings and clicks. */
    enum HitCounter {
        /** The mail service, of every mail, so that it would hold up a mailing of which nothing is to be counted. */
        AMAZON,
        /** The relay, of mailings whose openings and clicks may be counted; it takes wishes to leave in any case. */
        RELAY
    }

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
     * Who counts openings and clicks of mails in earnest. Nobody need be; more than one is too many. Known without asking the
     * mail service.
     */
    Set<HitCounter> counting();
}
