package app.mailroom.relay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the person who runs a relay has set.
 *
 * @param certificate what readers' programs are shown; empty with plain HTTP
 * @param warnings what works, but should not stay as it is
 */
public record RelayConfiguration(
        RelaySettings settings, Queue queue, Optional<CertificateSight> certificate, List<String> warnings) {
    /**
     * The queue into which hits go.
     *
     * @param endpoint an address that stands in for Amazon's own; empty for that
     */
    public record Queue(String region, String url, String endpoint) {}

    /** Copies what it is given. */
    public RelayConfiguration {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file of properties in UTF-8, and before it the environment, where a setting such as {@code tls.key} is called
     * {@code MAILROOM_RELAY_TLS_KEY}. Paths in the file that are not absolute begin at its folder. All files that it names are
     * read as well, so that a relay which can be read can be started.
     *
     * @param file empty to read the environment alone
     * @throws RelayConfigurationException naming everything that is wrong or missing
     */
    public static RelayConfiguration read(Optional<Path> file, Map<String, String> environment)
            throws RelayConfigurationException {
        return new ConfigurationReading(SettingSource.of(file, environment)).configuration();
    }
}
