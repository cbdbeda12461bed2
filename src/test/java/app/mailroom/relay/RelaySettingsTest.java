package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a relay from a file and the environment. */
class RelaySettingsTest {
    private static final String QUEUE = "https://sqs.eu-central-1.amazonaws.com/123456789012/hits";

    @TempDir
    Path folder;

    private SigningKeys keys;

    @BeforeEach
    void writeKeys() throws IOException {
        keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom()), SigningKey.random(new SecureRandom())));
        Files.writeString(folder.resolve("relay.keys"), keys.secretText());
    }

    @Test
    void readsAFileAndTakesWhatIsUsualForTheRest() throws Exception {
        RelayConfiguration read = read("listen = 127.0.0.1:8080");

        assertThat(read.settings().listening())
                .isEqualTo(new RelaySettings.Listening("127.0.0.1", 8080, Optional.empty(), Optional.empty()));
        assertThat(read.settings().keys().ids()).isEqualTo(keys.ids());
        assertThat(read.settings().spool()).isEqualTo(folder.resolve("spool"));
        assertThat(read.settings().spoolLimits()).isEqualTo(HitSpool.Limits.USUAL);
        assertThat(read.settings().limits()).isEqualTo(RelaySettings.Limits.USUAL);
        assertThat(read.settings().keepReaders()).isFalse();
        assertThat(read.queue()).isEqualTo(new RelayConfiguration.Queue("eu-central-1", QUEUE, ""));
    }

    @Test
    void readsEverySetting() throws Exception {
        RelayConfiguration read = read("""
                listen = [::]:8080
                proxy = true
                proxy.header = CF-Connecting-IP
                region = us-east-1
                endpoint = http://localhost:9324
                spool.bytes = 5000000
                keep_readers = true
                metrics.from = 10.1.2.3, 192.168.7.0/24 fd00::/8
                limits.connections = 500
                limits.connections_per_address = 20
                limits.requests_per_second = 7
                limits.burst = 70
                limits.idle_seconds = 5
                limits.request_seconds = 3""");

        assertThat(read.settings().listening())
                .isEqualTo(new RelaySettings.Listening("::", 8080, Optional.empty(), Optional.of("CF-Connecting-IP")));
        assertThat(read.settings().limits())
                .isEqualTo(new RelaySettings.Limits(500, 20, 7, 70, Duration.ofSeconds(5), Duration.ofSeconds(3)));
        assertThat(read.settings().spoolLimits().bytes()).isEqualTo(5_000_000);
        assertThat(read.settings().metricsFrom()).containsExactly("10.1.2.3", "192.168.7.0/24", "fd00::/8");
        assertThat(read.settings().keepReaders()).isTrue();
        assertThat(read.queue()).isEqualTo(new RelayConfiguration.Queue("us-east-1", QUEUE, "http://localhost:9324"));
    }

    @Test
    void theExampleOfThePackageShowsEverySettingAndWhatIsUsual() throws Exception {
        String example = Files.readString(Path.of("installer", "relay", "relay.properties"));
        Matcher setting = Pattern.compile("^#?([a-z._]+) = ", Pattern.MULTILINE).matcher(example);
        assertThat(setting.results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(ConfigurationReading.NAMES);

        RelayConfiguration read = read(example.lines()
                .map(line -> line.replaceFirst("^#(limits|spool|keep_readers)", "$1"))
                .filter(line -> line.matches("(limits|spool[.]bytes|keep_readers).*"))
                .collect(Collectors.joining("\n", "listen = 127.0.0.1:8080\n", "")));
        assertThat(read.settings().limits()).isEqualTo(RelaySettings.Limits.USUAL);
        assertThat(read.settings().spoolLimits()).isEqualTo(HitSpool.Limits.USUAL);
        assertThat(read.settings().keepReaders()).isFalse();
    }

    @Test
    void theEnvironmentComesBeforeTheFileAndSufficesAlone() throws Exception {
        Map<String, String> environment = Map.of(
                "MAILROOM_RELAY_LISTEN",
                "localhost:9090",
                "MAILROOM_RELAY_KEYS_FILE",
                folder.resolve("relay.keys").toString(),
                "MAILROOM_RELAY_SPOOL_FOLDER",
                folder.resolve("elsewhere").toString(),
                "MAILROOM_RELAY_QUEUE_URL",
                QUEUE);

        assertThat(RelayConfiguration.read(Optional.of(write("listen = 127.0.0.1:8080")), environment)
                        .settings()
                        .listening()
                        .port())
                .isEqualTo(9090);
        assertThat(RelayConfiguration.read(Optional.empty(), environment)
                        .settings()
                        .spool())
                .isEqualTo(folder.resolve("elsewhere"));
    }

    @Test
    void saysAllThatIsWrongAtOnceWithItsLine() throws Exception {
        Files.delete(folder.resolve("relay.keys"));

        List<String> problems = problems("""
                # the first line
                listen = everywhere
                listn = 127.0.0.1:80
                limits.burst = 0
                limits.burst = 12
                keep_readers = perhaps
                tls.key = key.pem
                region = here""");

        assertThat(problems)
                .anyMatch(problem -> problem.contains("line 2: listen is not an address and a port"))
                .anyMatch(problem -> problem.contains("line 3: there is no setting “listn”"))
                .anyMatch(problem -> problem.contains("“limits.burst” is set twice"))
                .anyMatch(problem -> problem.contains("line 6: keep_readers is neither true nor false"))
                .anyMatch(problem -> problem.contains("tls.key is set, and tls.certificates is not"))
                .anyMatch(problem -> problem.contains("region is not a region of AWS"))
                .anyMatch(problem -> problem.contains("relay.keys, which is not there"))
                .hasSize(7);
    }

    @Test
    void saysWhatIsMissingAndHowToSetIt() {
        RelayConfigurationException failure = catchThrowableOfType(
                RelayConfigurationException.class, () -> RelayConfiguration.read(Optional.empty(), Map.of()));

        assertThat(failure.problems())
                .hasSize(4)
                .allMatch(problem -> problem.contains(" is missing. Set it (or MAILROOM_RELAY_"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8080, refused",
        "[::]:8080, refused",
        "192.0.2.1:8080, refused",
        "127.0.0.1:8080, taken",
        "127.8.8.8:8080, taken",
        "[::1]:8080, taken",
        "localhost:0, taken"
    })
    void plainHttpThatOthersCanReachNeedsAnExplicitSetting(String listen, String outcome) throws Exception {
        String setting = "listen = " + listen;

        assertThat(read(setting + "\nproxy = true").settings().listening().readerHeader())
                .contains("X-Forwarded-For");
        if (outcome.equals("refused")) {
            assertThat(problems(setting)).singleElement().asString().contains("plain HTTP that others can reach");
        } else {
            assertThat(read(setting).settings().listening().tls()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits.connections = 9",
                "limits.connections_per_address = 0",
                "limits.requests_per_second = -1",
                "limits.burst = 1.5",
                "limits.idle_seconds = 3601",
                "limits.request_seconds = 99999999999999999999",
                "spool.bytes = 1000",
                "proxy.header = X-Forwarded-For",
                "endpoint = localhost",
                "metrics.from = monitor.example.com",
                "metrics.from = 10.0.0.0/33",
                "metrics.from = 10.0.0.300",
                "listen = 127.0.0.1:65536"
            })
    void refusesValuesThatMakeNoSense(String setting) throws Exception {
        String first = setting.startsWith("listen") ? "" : "listen = 127.0.0.1:8080\n";

        assertThat(problems(first + setting))
                .singleElement()
                .asString()
                .contains("line " + (first.isEmpty() ? 1 : 2) + ": " + setting.substring(0, setting.indexOf(' ')));
    }

    @Test
    void readsTheCertificateAndSaysHowLongItIsGood() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder.resolve("made.p12"), "hits", "-keyalg", "EC");
        certificate.pem(folder.resolve("chain.pem"), folder.resolve("key.pem"));

        RelayConfiguration read = read("listen = 0.0.0.0:8443\ntls.certificates = chain.pem\ntls.key = key.pem");

        CertificateSight sight = read.certificate().orElseThrow();
        assertThat(sight.subject()).isEqualTo("CN=hits");
        assertThat(sight.daysLeft(sight.until().minus(Duration.ofDays(30)))).isEqualTo(30);
        assertThat(sight.daysLeft(sight.until().plusSeconds(1))).isEqualTo(-1);
    }

    @Test
    void saysWhenACertificateCannotBeRead() throws Exception {
        assertThat(problems("listen = 0.0.0.0:8443\ntls.certificates = chain.pem\ntls.key = key.pem"))
                .singleElement()
                .isEqualTo(folder.resolve("chain.pem") + " is not there.");
    }

    @Test
    void neverShowsAKey() throws Exception {
        Files.writeString(folder.resolve("relay.keys"), keys.secretText() + "\nnonsense");

        assertThat(problems("listen = 127.0.0.1:8080"))
                .singleElement()
                .asString()
                .contains("is not what the program wrote")
                .doesNotContain("nonsense")
                .doesNotContain(keys.secretText().lines().findFirst().orElseThrow());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void warnsWhenOthersCanReadTheKeys() throws Exception {
        Path file = folder.resolve("relay.keys");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(read("listen = 127.0.0.1:8080").warnings()).isEmpty();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(read("listen = 127.0.0.1:8080").warnings())
                .singleElement()
                .asString()
                .contains("chmod o-r " + file);
    }

    @Test
    void warnsOfVariablesThatDoNothing() throws Exception {
        assertThat(RelayConfiguration.read(
                                Optional.of(write("listen = 127.0.0.1:8080")), Map.of("MAILROOM_RELAY_LISTN", "x"))
                        .warnings())
                .anyMatch(warning -> warning.contains("MAILROOM_RELAY_LISTN"));
    }

    @Test
    void saysWhenTheFileIsNotThereOrNotUtf8() throws Exception {
        Path latin1 = folder.resolve("latin1.properties");
        Files.write(latin1, "# Schlüssel".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> RelayConfiguration.read(Optional.of(folder.resolve("none")), Map.of()))
                .hasMessageContaining(folder.resolve("none") + " is not there");
        assertThatThrownBy(() -> RelayConfiguration.read(Optional.of(latin1), Map.of()))
                .hasMessageContaining("UTF-8");
    }

    private RelayConfiguration read(String settings) throws Exception {
        return RelayConfiguration.read(Optional.of(write(settings)), Map.of());
    }

    private List<String> problems(String settings) throws IOException {
        Path file = write(settings);
        return catchThrowableOfType(
                        RelayConfigurationException.class, () -> RelayConfiguration.read(Optional.of(file), Map.of()))
                .problems();
    }

    private Path write(String settings) throws IOException {
        Path file = folder.resolve("relay.properties");
        Files.writeString(
                file, settings + "\nkeys_file = relay.keys\nspool.folder = spool\nqueue_url = " + QUEUE + "\n");
        return file;
    }
}
