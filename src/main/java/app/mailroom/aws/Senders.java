package app.mailroom.aws;

import app.mailroom.model.SendingIdentity;
import java.util.List;

/** The addresses and domains from which the account may send. */
@SuppressWarnings("DoNotCallSuggester")
public final class Senders {
    Senders(Amazon amazon) {}

    /** All of them, with how their verification, DKIM and MAIL FROM stand, by name. */
    public List<SendingIdentity> list() throws AmazonException {
        throw new UnsupportedOperationException();
    }

    /** Whether mail from this address would be sent. */
    public boolean maySend(String address) throws AmazonException {
        return list().stream().anyMatch(identity -> identity.maySend() && identity.covers(address));
    }

    /** One of them. */
    public SendingIdentity look(String name) throws AmazonException {
        throw new UnsupportedOperationException();
    }

    /**
     * Starts the verification of an address (a mail with a link goes there) or of a domain (records for its DNS come
     * back). Of one that is there already, it only looks.
     */
    public SendingIdentity verify(String addressOrDomain) throws AmazonException {
        throw new UnsupportedOperationException();
    }
}
