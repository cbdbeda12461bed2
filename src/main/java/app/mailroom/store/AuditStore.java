package app.mailroom.store;

import app.mailroom.model.AuditEntry;
import java.time.Clock;
import java.util.List;

/** Who did what, when. Entries are added and never changed or taken away. They name no recipient. */
public final class AuditStore {
    private final Database database;
    private final Clock clock;

    /** The audit of the given workspace database. */
    public AuditStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds an entry. */
    public void add(String actor, String action, String subject, String detail) {
        throw new UnsupportedOperationException();
    }

    /** The newest entries first. */
    public List<AuditEntry> newest(int limit) {
        throw new UnsupportedOperationException();
    }
}
