package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.SUPPRESSIONS;
import static app.mailroom.store.jooq.Tables.SUPPRESSION_LIFTS;

import app.mailroom.model.AuditAction;
import app.mailroom.model.Right;
import app.mailroom.model.Suppression;
import app.mailroom.model.World;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * Addresses that must not be mailed. They are compared without regard to case. A real suppression holds in both
 * worlds, one of practice only there. That a person lifted a real one is remembered until {@link #forgetLift}, for the
 * mail service has a list of its own, which would bring it back.
 */
public final class SuppressionStore {
    /** A real suppression that a person lifted. */
    public record Lift(String address, Instant liftedAt) {}

    /** An address on the mail service's own list. */
    public record Listed(String address, String reason, Instant since) {}

    private final Database database;
    private final Clock clock;

    /** Suppressions in the given workspace database. */
    public SuppressionStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Those of both worlds that contain the text (all for an empty one), the newest first. */
    public List<Suppression> list(String search, int limit) {
        return database.read(sql -> sql.selectFrom(SUPPRESSIONS)
                .where(SUPPRESSIONS.ADDRESS_KEY.contains(key(search)))
                .orderBy(SUPPRESSIONS.CREATED_AT.desc(), SUPPRESSIONS.ADDRESS_KEY, SUPPRESSIONS.WORLD)
                .limit(limit)
                .fetch(row -> new Suppression(
                        row.getWorld(), row.getAddress(), row.getReason(), row.getDetail(), row.getCreatedAt())));
    }

    /** Real ones for one of these reasons, in order of address. */
    public List<Suppression> live(Collection<String> reasons) {
        return database.read(sql -> sql.selectFrom(SUPPRESSIONS)
                .where(SUPPRESSIONS.WORLD.eq(World.LIVE))
                .and(SUPPRESSIONS.REASON.in(reasons))
                .orderBy(SUPPRESSIONS.ADDRESS_KEY)
                .fetch(row -> new Suppression(
                        row.getWorld(), row.getAddress(), row.getReason(), row.getDetail(), row.getCreatedAt())));
    }

    /** Whether a real suppression of this address holds. */
    public boolean holds(String address) {
        return database.read(sql -> sql.fetchExists(
                SUPPRESSIONS, SUPPRESSIONS.ADDRESS_KEY.eq(key(address)).and(holdsIn(World.LIVE))));
    }

    /** Adds an address; one that is there already in this world keeps its reason. An earlier lift is forgotten. */
    public void add(World world, String address, String reason, String detail) {
        database.change(Right.EDIT_SUPPRESSIONS, sql -> {
            if (add(sql, clock, world, address, reason, detail)) {
                tell(sql, AuditAction.SUPPRESSION_ADDED, address, world.name() + " " + reason);
            }
        });
    }

    /** Adds an address by hand: it is mailed in neither world. */
    public void add(String address, String reason, String detail) {
        add(World.LIVE, address, reason, detail);
    }

    /** Allows an address to be mailed again, in the world of this suppression. */
    public void lift(Suppression suppression) {
        lift(suppression.world(), suppression.address());
    }

    /** Allows an address to be mailed again in this world; a real lift is remembered. */
    public void lift(World world, String address) {
        database.change(Right.EDIT_SUPPRESSIONS, sql -> {
            int lifted = sql.deleteFrom(SUPPRESSIONS)
                    .where(SUPPRESSIONS.ADDRESS_KEY.eq(key(address)))
                    .and(SUPPRESSIONS.WORLD.eq(world))
                    .execute();
            if (lifted > 0) {
                tell(sql, AuditAction.SUPPRESSION_LIFTED, address, world.name());
            }
            if (lifted > 0 && world == World.LIVE) {
                sql.insertInto(SUPPRESSION_LIFTS)
                        .set(SUPPRESSION_LIFTS.ADDRESS_KEY, key(address))
                        .set(SUPPRESSION_LIFTS.ADDRESS, address)
                        .set(SUPPRESSION_LIFTS.LIFTED_AT, clock.instant())
                        .onConflict(SUPPRESSION_LIFTS.ADDRESS_KEY)
                        .doUpdate()
                        .set(SUPPRESSION_LIFTS.LIFTED_AT, clock.instant())
                        .execute();
            }
        });
    }

    /** What a person lifted and the mail service may not have heard of, the oldest first. */
    public List<Lift> lifts() {
        return database.read(sql -> sql.selectFrom(SUPPRESSION_LIFTS)
                .orderBy(SUPPRESSION_LIFTS.LIFTED_AT, SUPPRESSION_LIFTS.ADDRESS_KEY)
                .fetch(row -> new Lift(row.getAddress(), row.getLiftedAt())));
    }

    /** For the program itself: forgets a lift of which the mail service knows by now, unless the address was lifted anew meanwhile. */
    public void forgetLift(Lift lift) {
        database.change(sql -> sql.deleteFrom(SUPPRESSION_LIFTS)
                .where(SUPPRESSION_LIFTS.ADDRESS_KEY.eq(key(lift.address())))
                .and(SUPPRESSION_LIFTS.LIFTED_AT.eq(lift.liftedAt()))
                .execute());
    }

    /**
     * For the program itself: takes in what the mail service's list holds, in one transaction, except what a person lifted at that time or
     * later.
     *
     * @return how many were not here before
     */
    public int takeIn(Collection<Listed> listed) {
        return database.write(sql -> {
            Map<String, Instant> lifts = sql.selectFrom(SUPPRESSION_LIFTS)
                    .fetchMap(SUPPRESSION_LIFTS.ADDRESS_KEY, SUPPRESSION_LIFTS.LIFTED_AT);
            int fresh = 0;
            for (Listed entry : listed) {
                Instant lifted = lifts.get(key(entry.address()));
                if (lifted == null || lifted.isBefore(entry.since())) {
                    fresh += insert(sql, World.LIVE, entry.address(), entry.reason(), "", entry.since());
                    if (lifted != null) {
                        forgetAnyLift(sql, entry.address());
                    }
                }
            }
            return fresh;
        });
    }

    private void tell(DSLContext sql, AuditAction action, String address, String detail) {
        AuditStore.tell(sql, database, clock, action, AddressFingerprint.of(key(address)), detail);
    }

    /** Returns whether it was not there before. */
    static boolean add(DSLContext sql, Clock clock, World world, String address, String reason, String detail) {
        int fresh = insert(sql, world, address, reason, detail, clock.instant());
        if (world == World.LIVE) {
            forgetAnyLift(sql, address);
        }
        return fresh == 1;
    }

    /** Which suppressions keep mail of a world from being sent: in practice, the real ones too. */
    static Condition holdsIn(World world) {
        return world == World.LIVE ? SUPPRESSIONS.WORLD.eq(World.LIVE) : DSL.noCondition();
    }

    /** The form of an address in which it is compared with others. */
    public static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    private static int insert(
            DSLContext sql, World world, String address, String reason, String detail, Instant since) {
        return sql.insertInto(SUPPRESSIONS)
                .set(SUPPRESSIONS.ADDRESS_KEY, key(address))
                .set(SUPPRESSIONS.WORLD, world)
                .set(SUPPRESSIONS.ADDRESS, address)
                .set(SUPPRESSIONS.REASON, reason)
                .set(SUPPRESSIONS.DETAIL, detail)
                .set(SUPPRESSIONS.CREATED_AT, since)
                .onConflictDoNothing()
                .execute();
    }

    private static void forgetAnyLift(DSLContext sql, String address) {
        sql.deleteFrom(SUPPRESSION_LIFTS)
                .where(SUPPRESSION_LIFTS.ADDRESS_KEY.eq(key(address)))
                .execute();
    }
}
