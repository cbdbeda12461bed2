package app.mailroom.model;

import java.time.Instant;

/** Lets every account of an organisation come in, in that role. The issuer says which account is whose; an address does not. */
public record AllowedDomain(String domain, Role role, String allowedBy, Instant allowedAt) {}
