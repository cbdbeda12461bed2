package app.mailroom.relay;

import java.time.Instant;

/**
 * A hit that was read from the spool.
 *
 * @param event as it is reported
 * @param at when it came
 * @param end where it ends in the spool
 */
record SpooledHit(String event, Instant at, long end) {}
