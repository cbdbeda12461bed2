package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.AUDIT;

import app.mailroom.model.Actor;
import app.mailroom.model.AuditAction;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.AuditQuery;
import app.mailroom.model.Right;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Record6;
import org.jooq.Records;
import org.jooq.ResultQuery;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

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

    /** The newest entries first. Takes {@link Right#READ_AUDIT}, as all reading here does. */
    public List<AuditEntry> newest(int limit) {
        return page(AuditQuery.ALL, null, limit);
    }

    /**
     * A page of what is wanted, the newest first.
     *
     * @param after the last entry of the page before; null for the first page
     */
    public List<AuditEntry> page(AuditQuery query, @Nullable AuditEntry after, int limit) {
        return reading(sql -> page(sql, query, after, limit).fetch(Records.mapping(AuditEntry::new)));
    }

    /** How many entries are wanted, counted up to one more than {@code most}. */
    public int count(AuditQuery query, int most) {
        return reading(sql -> count(sql, query, most).fetchSingle().value1());
    }

    /** All who did something, by name. */
    public List<String> actors() {
        return reading(sql -> actors(sql).fetch(AUDIT.ACTOR));
    }

    private <T> T reading(Function<DSLContext, T> work) {
        database.access().require(Right.READ_AUDIT);
        return database.read(work);
    }

    static ResultQuery<Record6<Long, Instant, String, String, String, String>> page(
            DSLContext sql, AuditQuery query, @Nullable AuditEntry after, int limit) {
        Condition behind = after == null
                ? DSL.noCondition()
                // The first half is what the index can begin at.
                : AUDIT.AT.le(after.at()).and(AUDIT.AT.lt(after.at()).or(AUDIT.ID.lt(after.id())));
        return sql.select(AUDIT.ID, AUDIT.AT, AUDIT.ACTOR, AUDIT.ACTION, AUDIT.SUBJECT, AUDIT.DETAIL)
                .from(AUDIT)
                .where(condition(query))
                .and(behind)
                .orderBy(AUDIT.AT.desc(), AUDIT.ID.desc())
                .limit(limit);
    }

    static ResultQuery<Record1<Integer>> count(DSLContext sql, AuditQuery query, int most) {
        return sql.selectCount()
                .from(sql.select(DSL.inline(1))
                        .from(AUDIT)
                        .where(condition(query))
                        .limit(most + 1)
                        .asTable("wanted"));
    }

    static ResultQuery<Record1<String>> actors(DSLContext sql) {
        return sql.selectDistinct(AUDIT.ACTOR).from(AUDIT).orderBy(AUDIT.ACTOR);
    }

    private static Condition condition(AuditQuery query) {
        Condition condition = DSL.noCondition();
        String text = query.text().strip();
        if (!text.isEmpty()) {
            // SQLite's LIKE takes small and capital letters of English for the same; jOOQ escapes % and _ in the text.
            condition = AUDIT.ACTOR
                    .contains(text)
                    .or(AUDIT.SUBJECT.contains(text))
                    .or(AUDIT.DETAIL.contains(text))
                    .or(AUDIT.ACTION.in(query.meant()));
        }
        if (!query.actors().isEmpty()) {
            condition = condition.and(AUDIT.ACTOR.in(query.actors()));
        }
        if (!query.actions().isEmpty()) {
            condition = condition.and(AUDIT.ACTION.in(query.actions()));
        }
        if (query.from().isPresent()) {
            condition = condition.and(AUDIT.AT.ge(query.from().get()));
        }
        if (query.until().isPresent()) {
            condition = condition.and(AUDIT.AT.lt(query.until().get()));
        }
        return condition;
    }
}
