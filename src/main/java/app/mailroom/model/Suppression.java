package app.mailroom.model;

import java.time.Instant;

/**
 * An address that must not be mailed, and why.
 *
 * @param world what {@link World#LIVE} holds back is held back in practice too; what practice holds back, only there
 * @param address as it was mailed or typed
 * @param reason {@code BOUNCE}, {@code COMPLAINT}, {@code UNSUBSCRIBED} or {@code MANUAL}
 * @param detail what the mail service said of it, or empty
 * @param createdAt since when
 */
public record Suppression(World world, String address, String reason, String detail, Instant createdAt) {}
