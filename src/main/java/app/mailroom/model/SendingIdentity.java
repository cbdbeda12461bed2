package app.mailroom.model;

import java.util.List;
import java.util.Locale;

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

    /**
     * Whether a mail from this address may be sent under this identity. A domain covers its subdomains too, an address
     * covers itself with any label, as in {@code news+spring@example.com}; see “Creating and verifying identities” in
     * the SES developer guide.
     *
     * @param address an address without a name around it
     */
    public boolean covers(String address) {
        String lower = address.strip().toLowerCase(Locale.ROOT);
        String own = name.toLowerCase(Locale.ROOT);
        int at = lower.lastIndexOf('@');
        if (at < 1) {
            return false;
        }
        String host = lower.substring(at + 1);
        if (domain) {
            return host.equals(own) || host.endsWith("." + own);
        }
        int label = lower.indexOf('+');
        boolean labelled = label > 0 && label < at;
        return lower.equals(own) || (labelled && (lower.substring(0, label) + lower.substring(at)).equals(own));
    }
}
