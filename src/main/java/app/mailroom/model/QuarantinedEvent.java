package app.mailroom.model;

import java.time.Instant;

/** An event that could not be understood or matched; kept with its body. */
public record QuarantinedEvent(long id, Instant receivedAt, String reason, String body) {}
