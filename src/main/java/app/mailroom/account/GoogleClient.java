package app.mailroom.account;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * What this program is to Google: an OAuth client of the kind “desktop app”.
 *
 * @param id such as {@code 1234-abc.apps.googleusercontent.com}
 * @param secret which Google gives to desktop programs too, although it cannot be one there (RFC 8252, section 8.5)
 * @param issuer who signs people in
 */
record GoogleClient(String id, String secret, URI issuer) {
    static final URI GOOGLE = URI.create("https://accounts.google.com");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Whether secrets may be sent to an address: HTTPS, or to this computer itself. */
    static boolean isSafe(String address) {
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null || uri.getUserInfo() != null) {
                return false;
            }
            return switch (String.valueOf(uri.getScheme())) {
                case "https" -> true;
                case "http" -> LOOPBACK.contains(uri.getHost());
                default -> false;
            };
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** How the issuer may call itself in a token: Google does so with and without the scheme. */
    Set<String> issuerNames() {
        return issuer.equals(GOOGLE) ? Set.of(GOOGLE.toString(), GOOGLE.getHost()) : Set.of(issuer.toString());
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "GoogleClient[" + id + " at " + issuer + "]";
    }
}
