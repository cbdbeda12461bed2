package app.mailroom.relay;

import app.mailroom.tracking.HitTokens;
import java.net.IDN;
import java.nio.charset.StandardCharsets;

/** A signed address as the header Location may carry it. */
final class Location {
    private Location() {}

    /**
     * The address as it was signed, for a header takes no more than ASCII (RFC 9110, section 5.5): what is not, is escaped in UTF-8
     * (RFC 3986, section 2.5), and within the host as IDNA has it (RFC 3490), which is what a browser would do with it.
     */
    static String header(String target) {
        if (target.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return target;
        }
        int host = target.indexOf("//") + 2;
        int end = HitTokens.endOfHost(target);
        return target.substring(0, host) + host(target.substring(host, end)) + escaped(target.substring(end));
    }

    /** With the port that may stand behind it; no name stands before it, see {@link HitTokens#canLeadTo}. */
    private static String host(String authority) {
        int colon = authority.indexOf(':');
        int to = colon < 0 ? authority.length() : colon;
        String host = authority.substring(0, to);
        String ascii;
        try {
            ascii = escaped(IDN.toASCII(host));
        } catch (IllegalArgumentException e) {
            // No name that IDNA knows: left to the browser.
            ascii = escaped(host);
        }
        return ascii + escaped(authority.substring(to));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f) {
                escaped.append((char) b);
            } else {
                escaped.append(String.format("%%%02X", b & 0xff));
            }
        }
        return escaped.toString();
    }
}
