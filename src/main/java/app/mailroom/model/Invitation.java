package app.mailroom.model;

import java.time.Instant;

/** Lets whoever has this address come in once, in that role. */
public record Invitation(String email, Role role, String invitedBy, Instant invitedAt) {}
