package app.mailroom.relay;

import app.mailroom.tracking.SigningKeys;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How a relay runs.
 *
 * @param host the address to listen on
 * @param port 0 for a free one
 * @param tls empty for plain HTTP, which is for a proxy on the same machine or for practice
 * @param keys with which addresses are signed
 * @param spool the folder in which hits wait
 * @param keepReaders whether readers' addresses are reported
 */
public record RelaySettings(
        String host, int port, Optional<Tls> tls, SigningKeys keys, Path spool, boolean keepReaders) {
    /** Where the certificate and its key lie. Both files are read anew when they change. */
    public sealed interface Tls {
        /** A certificate chain and a key in PEM (RFC 7468). */
        record Pem(Path certificates, Path key) implements Tls {}

        /** A store in PKCS#12 (RFC 7292), and the file that holds its password. */
        record Pkcs12(Path store, Path passwordFile) implements Tls {}
    }

    /** For practice: plain HTTP that only this computer can reach. */
    public static RelaySettings onLoopback(int port, SigningKeys keys, Path spool) {
        return new RelaySettings("127.0.0.1", port, Optional.empty(), keys, spool, false);
    }
}
