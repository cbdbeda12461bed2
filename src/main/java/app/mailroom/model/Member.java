package app.mailroom.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who works with the workspace and signs in.
 *
 * @param subject the account's number at the issuer, by which they are known again; an address may be given to somebody else
 * @param email the address at their latest sign-in, in small letters
 * @param name as they write it
 * @param removedAt when they were taken out; such a member may not come in, and what they did still names them
 */
public record Member(
        long id,
        String subject,
        String email,
        String name,
        Role role,
        Instant joinedAt,
        Instant lastSeenAt,
        Optional<Instant> removedAt) {}
