package app.mailroom.model;

import java.util.List;

/**
 * An address or domain from which the mail service may send, or that still has to be verified.
 *
 * @param name the address or the domain
 * @param domain whether it is a domain, so that every address of it may send
 * @param maySend whether it is verified and enabled
 * @param verification how the verification stands
 * @param dkim how signing with DKIM stands
 * @param mailFrom how a MAIL FROM domain of its own stands; {@link Standing#NONE} when none is set up
 * @param mailFromDomain that domain, or empty
 * @param records what has to be in DNS for all of this
 */
public record SendingIdentity(
        String name,
        boolean domain,
        boolean maySend,
        Standing verification,
        Standing dkim,
        Standing mailFrom,
        String mailFromDomain,
        List<DnsRecord> records) {
    /** How far something is that is proven through DNS or by a mail. */
    public enum Standing {
        NONE,
        PENDING,
        DONE,
        FAILED
    }

    /** A record for the domain's DNS. */
    public record DnsRecord(String type, String name, String value) {}

    /** Whether a mail from this address may be sent under this identity. */
    public boolean covers(String address) {
        String lower = address.toLowerCase(java.util.Locale.ROOT);
        String own = name.toLowerCase(java.util.Locale.ROOT);
        return domain ? lower.endsWith("@" + own) || lower.endsWith("." + own) : lower.equals(own);
    }
}
