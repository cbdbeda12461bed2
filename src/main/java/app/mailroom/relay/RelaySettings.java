package app.mailroom.relay;

import app.mailroom.tracking.SigningKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a relay runs.
 *
 * @param listening where it listens, and how
 * @param keys with which addresses are signed
 * @param spool the folder in which hits wait
 * @param spoolLimits how much of them is kept
 * @param keepReaders whether readers' addresses are reported
 * @param limits what it takes from strangers
 * @param metricsFrom addresses and networks, such as {@code 10.0.0.0/8}, that may read {@code /metrics} beside this computer
 */
public record RelaySettings(
        Listening listening,
        SigningKeys keys,
        Path spool,
        HitSpool.Limits spoolLimits,
        boolean keepReaders,
        Limits limits,
        List<String> metricsFrom) {
    /** Copies what it is given. */
    public RelaySettings {
        metricsFrom = List.copyOf(metricsFrom);
    }

    /** One whose figures are for this computer alone. */
    RelaySettings(
            Listening listening,
            SigningKeys keys,
            Path spool,
            HitSpool.Limits spoolLimits,
            boolean keepReaders,
            Limits limits) {
        this(listening, keys, spool, spoolLimits, keepReaders, limits, List.of());
    }

    /** For practice: plain HTTP that only this computer can reach. */
    public static RelaySettings onLoopback(int port, SigningKeys keys, Path spool) {
        return new RelaySettings(
                new Listening("127.0.0.1", port, Optional.empty(), Optional.empty()),
                keys,
                spool,
                HitSpool.Limits.USUAL,
                false,
                Limits.USUAL);
    }

    /**
     * Where a relay listens.
     *
     * @param host the address to listen on
     * @param port 0 for a free one
     * @param tls empty for plain HTTP, which is for a proxy in front or for practice
     * @param readerHeader the header in which the proxy in front names the reader; its last entry is believed. Empty if there is
     *     no proxy: whoever connects is the reader then, whatever the request says
     */
    public record Listening(String host, int port, Optional<Tls> tls, Optional<String> readerHeader) {}

    /** Where the certificate and its key lie. Both files are read anew when they change. */
    public sealed interface Tls {
        /** All that has to be read. */
        List<Path> files();

        /** A certificate chain and a key in PEM (RFC 7468). */
        record Pem(Path certificates, Path key) implements Tls {
            @Override
            public List<Path> files() {
                return List.of(certificates, key);
            }
        }

        /** A store in PKCS#12 (RFC 7292), and the file that holds its password. */
        record Pkcs12(Path store, Path passwordFile) implements Tls {
            @Override
            public List<Path> files() {
                return List.of(store, passwordFile);
            }
        }
    }

    /**
     * What a relay takes from strangers.
     *
     * @param connections at once; more wait until others end
     * @param connectionsPerAddress at once of one address; more are closed as soon as they come. Not counted behind a proxy
     * @param requestsPerSecond of one address of readers, over a longer time
     * @param burst requests of one address that may come at once
     * @param idle how long a connection may be silent
     * @param request how long a request may take to arrive, however it trickles
     */
    public record Limits(
            int connections,
            int connectionsPerAddress,
            int requestsPerSecond,
            int burst,
            Duration idle,
            Duration request) {
        /** For a relay of one's own on a small machine. Behind one address there may be the mail proxy of a whole country. */
        public static final Limits USUAL =
                new Limits(10_000, 1_000, 100, 1_000, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }
}
