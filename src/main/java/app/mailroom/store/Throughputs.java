package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.THROUGHPUT;

import app.mailroom.model.SendResult;
import app.mailroom.model.SentResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/** The log of how many messages were accepted when: by second for an hour, by minute for a month. */
final class Throughputs {
    static final int SECOND = 1;
    static final int MINUTE = 60;

    private static final Duration SECONDS_KEPT = Duration.ofHours(1);
    private static final Duration MINUTES_KEPT = Duration.ofDays(31);

    private record Bucket(long planId, int seconds, Instant begins) {}

    private Throughputs() {}

    /** Counts what the mail service accepted, in the transaction that stores it. */
    static void add(DSLContext sql, Collection<SentResult> accepted) {
        Map<Bucket, Long> counts = new HashMap<>();
        for (SentResult sent : accepted) {
            if (sent.result() instanceof SendResult.Accepted) {
                for (int seconds : List.of(SECOND, MINUTE)) {
                    long begins = Math.floorDiv(sent.at().getEpochSecond(), seconds) * (long) seconds;
                    counts.merge(new Bucket(sent.planId(), seconds, Instant.ofEpochSecond(begins)), 1L, Long::sum);
                }
            }
        }
        counts.forEach((bucket, count) -> sql.insertInto(THROUGHPUT)
                .set(THROUGHPUT.PLAN_ID, bucket.planId())
                .set(THROUGHPUT.SECONDS, bucket.seconds())
                .set(THROUGHPUT.BEGINS_AT, bucket.begins())
                .set(THROUGHPUT.ACCEPTED, count)
                .onConflict(THROUGHPUT.PLAN_ID, THROUGHPUT.SECONDS, THROUGHPUT.BEGINS_AT)
                .doUpdate()
                .set(THROUGHPUT.ACCEPTED, THROUGHPUT.ACCEPTED.plus(count))
                .execute());
    }

    /** Forgets what is older than it is kept. */
    static void prune(DSLContext sql, Instant now) {
        prune(sql, SECOND, now.minus(SECONDS_KEPT));
        prune(sql, MINUTE, now.minus(MINUTES_KEPT));
    }

    private static void prune(DSLContext sql, int seconds, Instant before) {
        sql.deleteFrom(THROUGHPUT)
                .where(THROUGHPUT.SECONDS.eq(seconds))
                .and(THROUGHPUT.BEGINS_AT.lt(before))
                .execute();
    }
}
