/**
 * The relay: a small web server that stands where readers' programs can reach it, notices openings, clicks and unsubscribing, and
 * hands them to the queue which the workspace polls. It keeps nothing else and knows no reader. Its parts, in the order of a hit:
 * {@link app.mailroom.relay.RelayServer}, {@link app.mailroom.relay.RelayHandler}, {@link app.mailroom.relay.HitSpool},
 * {@link app.mailroom.relay.HitForwarder}, {@link app.mailroom.relay.HitQueue}.
 */
@NullMarked
package app.mailroom.relay;

import org.jspecify.annotations.NullMarked;
