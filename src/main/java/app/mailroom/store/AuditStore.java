package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.AUDIT;

import app.mailroom.model.Actor;
import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Records;

/** Who did what, when. Entries are added and never changed or taken away. They name no recipient. */
public final class AuditStore {
    /** Small changes that lie less far apart are one entry. */
    private static final Duration BOUT = Duration.ofMinutes(15);

    private final Database database;
    private final Clock clock;

    /** The audit of the given workspace database. */
    public AuditStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Adds an entry in the name of whoever uses the database, in the transaction of what it tells of. */
    static void tell(
            DSLContext sql, Database database, Clock clock, AuditAction action, String subject, String detail) {
        tell(sql, clock, database.access().actor(), action, subject, detail);
    }

    /** The same in somebody's name. */
    static void tell(DSLContext sql, Clock clock, Actor actor, AuditAction action, String subject, String detail) {
        sql.insertInto(AUDIT)
                .set(AUDIT.AT, clock.instant())
                .set(AUDIT.ACTOR, actor.name())
                .set(AUDIT.ACTION, action.name())
                .set(AUDIT.SUBJECT, subject)
                .set(AUDIT.DETAIL, detail)
                .execute();
    }

    /**
     * {@link #tell} of one of many small changes in a row: adds nothing while the last entry that would say the same in the same
     * name is younger than {@link #BOUT}.
     */
    static void tellOnce(
            DSLContext sql, Database database, Clock clock, AuditAction action, String subject, String detail) {
        boolean told = sql.fetchExists(
                AUDIT,
                AUDIT.ACTOR
                        .eq(database.access().actor().name())
                        .and(AUDIT.ACTION.eq(action.name()))
                        .and(AUDIT.SUBJECT.eq(subject))
                        .and(AUDIT.DETAIL.eq(detail))
                        .and(AUDIT.AT.gt(clock.instant().minus(BOUT))));
        if (!told) {
            tell(sql, database, clock, action, subject, detail);
        }
    }

    /** What an entry is about: its kind, its number in the workspace and its name at that time. */
    public static String subject(String kind, long id, String name) {
        return kind + " " + id + " “" + name + "”";
    }

    /** Adds an entry for what changes nothing in the database, in the name of whoever uses it. */
    public void add(AuditAction action, String subject, String detail) {
        database.changeUnasked(sql -> tell(sql, database, clock, action, subject, detail));
    }

    /** Adds an entry. */
    public void add(String actor, String action, String subject, String detail) {
        database.changeUnasked(sql -> sql.insertInto(AUDIT)
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
