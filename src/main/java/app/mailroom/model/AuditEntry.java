package app.mailroom.model;

import java.time.Instant;

/** Who did what to what, and when. Kept for good. */
public record AuditEntry(long id, Instant at, String actor, String action, String subject, String detail) {}
