package app.mailroom.relay;

import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a configuration of settings, and finds all that is wrong on the way. Used once. */
final class ConfigurationReading {
    private static final String LISTEN = "listen";
    private static final String CERTIFICATES = "tls.certificates";
    private static final String KEY = "tls.key";
    private static final String STORE = "tls.store";
    private static final String PASSWORD_FILE = "tls.password_file";
    private static final String PROXY = "proxy";
    private static final String PROXY_HEADER = "proxy.header";
    private static final String KEYS_FILE = "keys_file";
    private static final String QUEUE_URL = "queue_url";
    private static final String REGION = "region";
    private static final String ENDPOINT = "endpoint";
    private static final String SPOOL_FOLDER = "spool.folder";
    private static final String SPOOL_BYTES = "spool.bytes";
    private static final String KEEP_READERS = "keep_readers";
    private static final String METRICS_FROM = "metrics.from";
    private static final String CONNECTIONS = "limits.connections";
    private static final String CONNECTIONS_PER_ADDRESS = "limits.connections_per_address";
    private static final String REQUESTS_PER_SECOND = "limits.requests_per_second";
    private static final String BURST = "limits.burst";
    private static final String IDLE_SECONDS = "limits.idle_seconds";
    private static final String REQUEST_SECONDS = "limits.request_seconds";

    /** All there are. */
    static final Set<String> NAMES = Set.of(
            LISTEN,
            CERTIFICATES,
            KEY,
            STORE,
            PASSWORD_FILE,
            PROXY,
            PROXY_HEADER,
            KEYS_FILE,
            QUEUE_URL,
            REGION,
            ENDPOINT,
            SPOOL_FOLDER,
            SPOOL_BYTES,
            KEEP_READERS,
            METRICS_FROM,
            CONNECTIONS,
            CONNECTIONS_PER_ADDRESS,
            REQUESTS_PER_SECOND,
            BURST,
            IDLE_SECONDS,
            REQUEST_SECONDS);

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\]\\s]+):([0-9]{1,5})");
    private static final Pattern AMAZON_QUEUE =
            Pattern.compile("https://sqs\\.([a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?/[0-9]{12}/.+");
    private static final Pattern REGION_FORM = Pattern.compile("[a-z]{2,}(-[a-z0-9]+)+");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern BETWEEN = Pattern.compile("[,\\s]+");
    private static final long SMALLEST_SPOOL = 1L << 20;
    private static final long LARGEST_SPOOL = 1L << 40;

    private final SettingSource source;

    ConfigurationReading(SettingSource source) {
        this.source = source;
    }

    RelayConfiguration configuration() throws RelayConfigurationException {
        source.knowOnly(NAMES);
        Optional<RelaySettings.Tls> tls = tls();
        Optional<CertificateSight> certificate = tls.flatMap(this::certificate);
        Optional<RelaySettings.Listening> listening = listening(tls);
        Optional<SigningKeys> keys = required(KEYS_FILE, "the file with the keys that the program wrote for the relay")
                .flatMap(this::keys);
        Optional<Path> spool = required(SPOOL_FOLDER, "a folder in which hits wait while the queue is away")
                .map(source::path);
        HitSpool.Limits usual = HitSpool.Limits.USUAL;
        HitSpool.Limits spoolLimits = new HitSpool.Limits(
                number(SPOOL_BYTES, SMALLEST_SPOOL, LARGEST_SPOOL, usual.bytes()),
                usual.waiting(),
                usual.flushWithin());
        boolean keepReaders = yes(KEEP_READERS);
        RelaySettings.Limits limits = limits();
        List<String> metricsFrom = metricsFrom();
        Optional<RelayConfiguration.Queue> queue = queue();
        if (!source.problems().isEmpty()) {
            throw new RelayConfigurationException(source.problems());
        }
        return new RelayConfiguration(
                new RelaySettings(
                        listening.orElseThrow(),
                        keys.orElseThrow(),
                        spool.orElseThrow(),
                        spoolLimits,
                        keepReaders,
                        limits,
                        metricsFrom),
                queue.orElseThrow(),
                certificate,
                source.warnings());
    }

    private Optional<RelaySettings.Listening> listening(Optional<RelaySettings.Tls> tls) {
        boolean proxy = yes(PROXY);
        Optional<SettingSource.Found> header = source.find(PROXY_HEADER);
        if (header.isPresent() && !proxy) {
            problem(header.get(), PROXY_HEADER, "is only used behind a proxy. Add proxy = true, or leave it out");
        }
        header.filter(name -> !HEADER_NAME.matcher(name.value()).matches())
                .ifPresent(name -> problem(name, PROXY_HEADER, "is not the name of a header"));
        Optional<SettingSource.Found> listen = required(LISTEN, "an address and a port, such as 0.0.0.0:8443");
        if (listen.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = HOST_AND_PORT.matcher(listen.get().value());
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
            problem(
                    listen.get(),
                    LISTEN,
                    "is not an address and a port, such as 0.0.0.0:8443 or [::]:8443 (port 0 is any free one)");
            return Optional.empty();
        }
        String host = parts.group(1).replaceAll("[\\[\\]]", "");
        boolean encrypts = tls.isPresent()
                || source.find(CERTIFICATES).or(() -> source.find(STORE)).isPresent();
        if (!encrypts && !proxy && !isLoopback(host)) {
            problem(
                    listen.get(),
                    LISTEN,
                    "would be plain HTTP that others can reach. Set tls.certificates and tls.key (or tls.store and"
                            + " tls.password_file); or proxy = true, if a proxy in front speaks HTTPS; or listen on 127.0.0.1");
        }
        return Optional.of(new RelaySettings.Listening(
                host,
                Integer.parseInt(parts.group(2)),
                tls,
                proxy
                        ? Optional.of(header.map(SettingSource.Found::value).orElse("X-Forwarded-For"))
                        : Optional.empty()));
    }

    private boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            source.problems().add("listen: nobody knows the address “" + host + "”.");
            return true;
        }
    }

    private Optional<RelaySettings.Tls> tls() {
        Optional<Path> certificates = source.find(CERTIFICATES).map(source::path);
        Optional<Path> key = source.find(KEY).map(source::path);
        Optional<Path> store = source.find(STORE).map(source::path);
        Optional<Path> password = source.find(PASSWORD_FILE).map(source::path);
        together(CERTIFICATES, KEY);
        together(STORE, PASSWORD_FILE);
        if (certificates.isPresent() && store.isPresent()) {
            source.problems()
                    .add("Both tls.certificates and tls.store are set. Keep the one that the relay is to use.");
        }
        key.ifPresent(this::warnIfOthersRead);
        password.ifPresent(this::warnIfOthersRead);
        if (certificates.isPresent() && key.isPresent()) {
            return Optional.of(new RelaySettings.Tls.Pem(certificates.get(), key.get()));
        }
        return store.isPresent() && password.isPresent()
                ? Optional.of(new RelaySettings.Tls.Pkcs12(store.get(), password.get()))
                : Optional.empty();
    }

    private void together(String one, String other) {
        if (source.find(one).isPresent() != source.find(other).isPresent()) {
            boolean first = source.find(one).isPresent();
            source.problems()
                    .add((first ? one : other) + " is set, and " + (first ? other : one)
                            + " is not. Each needs the other.");
        }
    }

    private Optional<CertificateSight> certificate(RelaySettings.Tls tls) {
        try {
            return Optional.of(CertificateSight.of(Certificates.read(tls)));
        } catch (IOException e) {
            source.problems().add(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<SigningKeys> keys(SettingSource.Found setting) {
        Path file = source.path(setting);
        try {
            SigningKeys keys = SigningKeys.parse(Files.readString(file));
            warnIfOthersRead(file);
            return Optional.of(keys);
        } catch (NoSuchFileException e) {
            problem(setting, KEYS_FILE, "names " + file + ", which is not there");
        } catch (IOException e) {
            problem(setting, KEYS_FILE, "names " + file + ", which cannot be read. May the relay's user read it?");
        } catch (IllegalArgumentException e) {
            problem(
                    setting,
                    KEYS_FILE,
                    "names " + file + ", which is not what the program wrote. " + e.getMessage()
                            + " Write the file anew: mailroom tracking key FILE");
        }
        return Optional.empty();
    }

    /** No refusal: secrets that a container is given are often readable for all within it. */
    private void warnIfOthersRead(Path file) {
        try {
            Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
            if (allowed.contains(PosixFilePermission.OTHERS_READ)) {
                source.warnings()
                        .add(file + " is secret, and every user of this computer can read it. Change that: chmod o-r "
                                + file);
            }
        } catch (UnsupportedOperationException | IOException e) {
            // Windows has other rules, and a file that is not there is complained of by whoever reads it.
        }
    }

    private Optional<RelayConfiguration.Queue> queue() {
        Optional<SettingSource.Found> url = required(QUEUE_URL, "the address of the queue that the program polls");
        Optional<SettingSource.Found> region = source.find(REGION);
        Optional<SettingSource.Found> endpoint = source.find(ENDPOINT);
        url.filter(found -> !isWebAddress(found.value()))
                .ifPresent(found -> problem(
                        found,
                        QUEUE_URL,
                        "is not the address of a queue, such as"
                                + " https://sqs.eu-central-1.amazonaws.com/123456789012/mailroom"));
        endpoint.filter(found -> !isWebAddress(found.value()))
                .ifPresent(found -> problem(found, ENDPOINT, "is not an address. Leave it out for Amazon's own"));
        region.filter(found -> !REGION_FORM.matcher(found.value()).matches())
                .ifPresent(found -> problem(found, REGION, "is not a region of AWS, such as eu-central-1"));
        if (url.isEmpty()) {
            return Optional.empty();
        }
        Matcher amazon = AMAZON_QUEUE.matcher(url.get().value());
        if (region.isEmpty() && !amazon.matches()) {
            missing(REGION, "the region of AWS in which the queue is, such as eu-central-1");
            return Optional.empty();
        }
        return Optional.of(new RelayConfiguration.Queue(
                region.map(SettingSource.Found::value).orElseGet(() -> amazon.group(1)),
                url.get().value(),
                endpoint.map(SettingSource.Found::value).orElse("")));
    }

    private List<String> metricsFrom() {
        Optional<SettingSource.Found> found = source.find(METRICS_FROM);
        List<String> networks = found.map(SettingSource.Found::value).stream()
                .flatMap(BETWEEN::splitAsStream)
                .filter(network -> !network.isEmpty())
                .toList();
        try {
            new PeerAddress.Allowed(networks);
        } catch (IllegalArgumentException e) {
            problem(
                    found.orElseThrow(),
                    METRICS_FROM,
                    "is not a list of addresses and networks, such as 10.1.2.3, 192.168.7.0/24");
        }
        return networks;
    }

    private RelaySettings.Limits limits() {
        RelaySettings.Limits usual = RelaySettings.Limits.USUAL;
        int connections = (int) number(CONNECTIONS, 10, 1_000_000, usual.connections());
        return new RelaySettings.Limits(
                connections,
                (int) number(CONNECTIONS_PER_ADDRESS, 1, 1_000_000, usual.connectionsPerAddress()),
                (int) number(REQUESTS_PER_SECOND, 1, 1_000_000, usual.requestsPerSecond()),
                (int) number(BURST, 1, 1_000_000, usual.burst()),
                Duration.ofSeconds(number(IDLE_SECONDS, 1, 3_600, usual.idle().toSeconds())),
                Duration.ofSeconds(
                        number(REQUEST_SECONDS, 1, 600, usual.request().toSeconds())));
    }

    private long number(String name, long least, long most, long usual) {
        Optional<SettingSource.Found> found = source.find(name);
        if (found.isEmpty()) {
            return usual;
        }
        try {
            long number = Long.parseLong(found.get().value());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what would do.
        }
        problem(found.get(), name, "is not a whole number from " + least + " to " + most);
        return usual;
    }

    private boolean yes(String name) {
        Optional<SettingSource.Found> found = source.find(name);
        if (found.isEmpty()) {
            return false;
        }
        boolean yes = found.get().value().equalsIgnoreCase("true");
        if (!yes && !found.get().value().equalsIgnoreCase("false")) {
            problem(found.get(), name, "is neither true nor false");
        }
        return yes;
    }

    private static boolean isWebAddress(String value) {
        try {
            URI uri = URI.create(value);
            return uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<SettingSource.Found> required(String name, String what) {
        Optional<SettingSource.Found> found = source.find(name);
        if (found.isEmpty()) {
            missing(name, what);
        }
        return found;
    }

    private void missing(String name, String what) {
        source.problems().add(name + " is missing. Set it (or " + SettingSource.variable(name) + ") to " + what + ".");
    }

    private void problem(SettingSource.Found found, String name, String what) {
        source.problems().add(found.place() + ": " + name + " " + what + ".");
    }
}
