package app.mailroom.tracking;

import app.mailroom.tracking.RelayAddressException.Fault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where readers' programs reach a relay, such as {@code https://hits.example.com}.
 *
 * @param base without a slash at its end
 */
public record RelayAddress(String base) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern SIGNED = Pattern.compile(
            "https?://[^/?#]++/(?:[^?#]*/)?[ocu]/[A-Za-z0-9]{1,16}\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])");

    /**
     * Reads what a person typed. A missing scheme is https.
     *
     * @throws RelayAddressException when it is no address for a relay; the message says why
     */
    public static RelayAddress parse(String typed) {
        String text = typed.strip();
        String whole = (text.contains("://") ? text : "https://" + text).replaceFirst("/+$", "");
        URI uri;
        try {
            uri = new URI(whole);
        } catch (URISyntaxException e) {
            throw new RelayAddressException(Fault.UNREADABLE, "This is not a web address.");
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
            throw new RelayAddressException(
                    Fault.NOT_A_HOST, "An address is made of https:// and a host, such as hits.example.com.");
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && uri.getHost().equals(LOOPBACK))) {
            throw new RelayAddressException(Fault.NOT_HTTPS, "Readers reach a relay by https.");
        }
        return new RelayAddress(whole);
    }

    /** The relay on this computer itself, for practice. */
    public static RelayAddress onLoopback(int port) {
        return new RelayAddress("http://" + LOOPBACK + ":" + port);
    }

    /** Whether a link has the form of a relay's, whichever relay that is and whether or not the signature is right. */
    public static boolean looksSigned(String url) {
        return SIGNED.matcher(url).lookingAt();
    }

    /**
     * The page on which a reader leaves, as a preview shows it. Nobody signed it, so the relay knows nothing of it, and whoever
     * follows it unsubscribes nobody.
     */
    String exampleOfLeaving() {
        return of(HitLink.Kind.UNSUBSCRIBE, "example");
    }

    /** A whole address. */
    String of(HitLink.Kind kind, String token) {
        return base + kind.path() + token;
    }

    @Override
    public String toString() {
        return base;
    }
}
