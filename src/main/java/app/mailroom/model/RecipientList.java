package app.mailroom.model;

import java.time.Instant;

/** A recipient list. rowCount counts rows that can be mailed, problemCount what its import left out. */
public record RecipientList(long id, String name, String source, long rowCount, long problemCount, Instant createdAt) {}
