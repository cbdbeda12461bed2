package app.mailroom.model;

/** What a hit says of itself, beside its agent, that helps to tell people and machines apart. */
public enum HitSign {
    /** Asked for the head alone (RFC 9110, section 9.3.2), as programs do that test links. */
    HEAD,
    /** Asked for in advance, before anybody wanted to see it ({@code Sec-Purpose}, {@code Purpose}, {@code X-Moz}). */
    PREFETCH,
    /** Named no language that its reader understands, as all browsers do. */
    NO_LANGUAGE,
    /** Named no agent. */
    NO_AGENT
}
