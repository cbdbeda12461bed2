package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.CHAIN_PROBES;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Signs of life that came through the event chain. Whoever polls the queue keeps them here, so that a proof sees them
 * even when another process received them.
 */
public final class ProbeStore {
    /** A sign of life: which, and at which link it went in, such as {@code TOPIC}, {@code DELIVERY} or {@code RELAY_OPEN}. */
    public record Arrival(String probe, String link) {}

    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final Clock clock;

    /** Over the given workspace database. */
    public ProbeStore(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps arrivals, each once, and forgets those of yesterday. */
    public void keep(Collection<Arrival> arrivals) {
        database.change(sql -> {
            sql.deleteFrom(CHAIN_PROBES)
                    .where(CHAIN_PROBES.RECEIVED_AT.lt(clock.instant().minus(KEPT)))
                    .execute();
            for (Arrival arrival : arrivals) {
                sql.insertInto(CHAIN_PROBES)
                        .set(CHAIN_PROBES.PROBE, arrival.probe())
                        .set(CHAIN_PROBES.LINK, arrival.link())
                        .set(CHAIN_PROBES.RECEIVED_AT, clock.instant())
                        .onConflictDoNothing()
                        .execute();
            }
        });
    }

    /** At which links signs of this probe came in. */
    public Set<String> linksOf(String probe) {
        return database.read(sql -> sql.select(CHAIN_PROBES.LINK)
                .from(CHAIN_PROBES)
                .where(CHAIN_PROBES.PROBE.eq(probe))
                .fetchSet(CHAIN_PROBES.LINK));
    }
}
