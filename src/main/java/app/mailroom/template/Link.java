package app.mailroom.template;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Links that a value may be, and values as pieces of links. */
final class Link {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*|\\[[0-9A-Fa-f:.]+]");
    private static final Pattern PORT = Pattern.compile("(?::[0-9]{1,5})?");
    private static final Pattern TEL = Pattern.compile("[+0-9A-Za-z().;=*#% -]+");
    private static final Pattern ENCODED_TWICE = Pattern.compile("%25([0-9A-Fa-f]{2})");
    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = "!#$&'()*+,/:;=?@[]";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Link() {}

    /**
     * The value as an absolute http, https, mailto or tel link in ASCII, or empty if it is none. A web link with a user
     * name before its host is none, because it misleads about the host.
     */
    static Optional<String> absolute(String value) {
        String link = Variables.trimmed(value);
        int colon = link.indexOf(':');
        if (colon < 0 || link.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        String scheme = link.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = link.substring(colon + 1);
        return switch (scheme) {
            case "http", "https" -> rest.startsWith("//") ? web(scheme, rest.substring(2)) : Optional.empty();
            case "mailto" -> rest.isBlank() ? Optional.empty() : Optional.of("mailto:" + encoded(rest, RESERVED, true));
            case "tel" ->
                TEL.matcher(rest).matches() ? Optional.of("tel:" + encoded(rest, RESERVED, true)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<String> web(String scheme, String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String authority = rest.substring(0, end);
        int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (hostEnd < 0) {
            hostEnd = authority.length();
        }
        String host = authority.substring(0, hostEnd);
        try {
            host = host.startsWith("[") ? host : IDN.toASCII(host);
        } catch (IllegalArgumentException notAName) {
            return Optional.empty();
        }
        String port = authority.substring(hostEnd);
        if (!HOST.matcher(host).matches() || !PORT.matcher(port).matches()) {
            return Optional.empty();
        }
        return Optional.of(scheme + "://" + host + port + encoded(rest.substring(end), RESERVED, true));
    }

    /**
     * Percent-encoded as UTF-8, apart from letters, digits, {@code -._~} and those to keep.
     *
     * @param keepEncoded whether what is percent-encoded already stays so
     */
    static String encoded(String value, String keep, boolean keepEncoded) {
        if (isPlain(value, keep)) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if (isPlain(c, keep)) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return keepEncoded ? ENCODED_TWICE.matcher(out).replaceAll("%$1") : out.toString();
    }

    private static boolean isPlain(String value, String keep) {
        for (int i = 0; i < value.length(); i++) {
            if (!isPlain(value.charAt(i), keep)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char c, String keep) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED.indexOf(c) >= 0
                || (c < 0x80 && keep.indexOf(c) >= 0);
    }
}
