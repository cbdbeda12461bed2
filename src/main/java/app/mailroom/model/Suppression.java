package app.mailroom.model;

import java.time.Instant;

/** An address that must not be mailed, and why. */
public record Suppression(String address, String reason, String detail, Instant createdAt) {}
