package app.mailroom.model;

import java.time.Instant;

/** How many messages the mail service accepted in the second or minute that begins then. */
public record AcceptedCount(Instant begins, long messages) {}
