package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;

import app.mailroom.model.Suppression;
import app.mailroom.model.World;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jooq.DSLContext;

/** Addresses that must not be mailed. They are compared without regard to case. */
public final class SuppressionStore {
    private final Database database;
    private final Clock clock;

    /** Suppressions in the given workspace database. */
    public SuppressionStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Those that contain the text (all for an empty one), the newest first. */
    public List<Suppression> list(String search, int limit) {
        return database.read(sql -> sql.selectFrom(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.contains(key(search)))
                .orderBy(SUPPRESSIONS.CREATED_AT.desc(), SUPPRESSIONS.ADDRESS_KEY)
                .limit(limit)
                .fetch(row -> new Suppression(row.getAddress(), row.getReason(), row.getDetail(), row.getCreatedAt())));
    }

    /** Adds an address; one that is there already keeps its reason. */
    public void add(String address, String reason, String detail) {
        database.change(sql -> add(sql, clock, World.LIVE, address, reason, detail));
    }

    /** Allows an address to be mailed again. */
    public void lift(String address) {
        database.change(sql -> sql.deleteFrom(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.eq(key(address)))
                .execute());
    }

    static void add(DSLContext sql, Clock clock, World world, String address, String reason, String detail) {
        sql.insertInto(SUPPRESSIONS)
                .set(SUPPRESSIONS.ADDRESS_KEY, key(address))
                .set(SUPPRESSIONS.WORLD, world)
                .set(SUPPRESSIONS.ADDRESS, address)
                .set(SUPPRESSIONS.REASON, reason)
                .set(SUPPRESSIONS.DETAIL, detail)
                .set(SUPPRESSIONS.CREATED_AT, clock.instant())
                .onConflictDoNothing()
                .execute();
    }

    private static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
