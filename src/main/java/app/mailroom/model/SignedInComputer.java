package app.mailroom.model;

import java.time.Instant;

/**
 * A computer on which a member stays signed in.
 *
 * @param computer its name, as it calls itself
 * @param here whether it is this one
 */
public record SignedInComputer(
        long id, long memberId, String computer, Instant beganAt, Instant lastUsedAt, boolean locked, boolean here) {}
