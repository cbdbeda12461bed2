package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.AUDIT;

import app.mailroom.model.AuditEntry;
import java.time.Clock;
import java.util.List;
import org.jooq.Records;

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
        database.change(sql -> sql.insertInto(AUDIT)
                .set(AUDIT.AT, clock.instant())
                .set(AUDIT.ACTOR, actor)
                .set(AUDIT.ACTION, action)
                .set(AUDIT.SUBJECT, subject)
                .set(AUDIT.DETAIL, detail)
                .execute());
    }

    /** The newest entries first. */
    public List<AuditEntry> newest(int limit) {
        return database.read(
                sql -> sql.select(AUDIT.ID, AUDIT.AT, AUDIT.ACTOR, AUDIT.ACTION, AUDIT.SUBJECT, AUDIT.DETAIL)
                        .from(AUDIT)
                        .orderBy(AUDIT.ID.desc())
                        .limit(limit)
                        .fetch(Records.mapping(AuditEntry::new)));
    }
}
