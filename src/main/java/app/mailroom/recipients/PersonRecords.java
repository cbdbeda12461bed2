package app.mailroom.recipients;

import app.mailroom.store.AuditStore;
import app.mailroom.store.PersonStore;
import java.io.IOException;
import java.nio.file.Path;

/** All that is kept of one person: to be shown, handed over, and erased (GDPR, articles 15, 17 and 20). */
public final class PersonRecords {
    private final PersonStore people;
    private final AuditStore audit;

    /** Over the given stores. */
    public PersonRecords(PersonStore people, AuditStore audit) {
        this.people = people;
        this.audit = audit;
    }

    /** What is kept of the person with this address. */
    public PersonStore.Found find(String address) {
        throw new UnsupportedOperationException();
    }

    /** Writes all that is kept of the person into a zip file: for people to read, and for machines. */
    public void export(String actor, String address, Path zip) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Erases the person everywhere. Messages stay in the counts of their mailings, without the person.
     *
     * @param keepSuppressed whether the address stays on the suppression list, if it is on it, so that it is never
     *     mailed again
     * @return what was erased
     */
    public PersonStore.Found erase(String actor, String address, boolean keepSuppressed) {
        throw new UnsupportedOperationException();
    }
}
