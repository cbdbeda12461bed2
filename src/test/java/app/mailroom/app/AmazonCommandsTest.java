package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.aws.FakeAws;
import app.mailroom.aws.SesControlStub;
import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code mailroom aws …} as a person types it, against servers that answer as Amazon does. */
class AmazonCommandsTest extends CommandRun {
    private static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private final SesControlStub ses = new SesControlStub(100);
    private final Map<String, String> environment =
            new HashMap<>(Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", SECRET));
    private SecretStore secrets = new LastingSecrets();

    @AfterEach
    void close() {
        ses.close();
    }

    @Test
    void checkTellsAccountSendersAndChain() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            use(aws);
            ses.identity(
                    "example.com",
                    "{'IdentityType':'DOMAIN','VerifiedForSendingStatus':true,'VerificationStatus':'SUCCESS'}");

            assertThat(mailroom("aws", "check")).as(err + out).isEqualTo(0);
            assertThat(out)
                    .contains(FakeAws.ACCOUNT, "sandbox", "3 of 200", "1.000 recipients a second", "enabled")
                    .containsPattern("example.com +domain +may send")
                    .contains("missing   dead letter queue");

            assertThat(mailroom("aws", "check", "--json")).isEqualTo(0);
            assertThat(json().path("account").asText()).isEqualTo(FakeAws.ACCOUNT);
            assertThat(json().path("sandbox").asBoolean()).isTrue();
            assertThat(json().path("quota_24h").asLong()).isEqualTo(200);
            assertThat(json().path("senders").path(0).path("may_send").asBoolean())
                    .isTrue();
            assertThat(json().path("chain").path(0).path("state").asText()).isEqualTo("MISSING");
            assertThat(json().path("problems")).isEmpty();
        }
    }

    @Test
    void oneThingThatIsForbiddenDoesNotHideTheOthers() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            use(aws);
            ses.denied.add("GET /v2/email/identities");

            assertThat(mailroom("aws", "check", "--json")).isEqualTo(1);
            assertThat(json().path("account").asText()).isEqualTo(FakeAws.ACCOUNT);
            assertThat(json().path("problems").path(0).path("about").asText()).isEqualTo("senders");
            assertThat(json().path("problems").path(0).path("code").asText()).isEqualTo("NOT_ALLOWED");
            assertThat(json().path("chain")).isNotEmpty();
        }
    }

    @Test
    void setUpAsksFirstThenMakesAllAndRemoveTakesItAway() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            setting("aws.region", FakeAws.REGION);
            setting("aws.endpoint", aws.endpoint());

            assertThat(mailroom("aws", "setup")).isEqualTo(3);
            assertThat(err).contains("will make").contains("--yes");
            assertThat(aws.topics).isEmpty();

            assertThat(mailroom("aws", "setup", "--yes", "--json"))
                    .as(err + out)
                    .isEqualTo(0);
            assertThat(json().path("complete").asBoolean()).isTrue();
            assertThat(err).containsPattern("present +queue ");
            assertThat(mailroom("settings", "get")).isEqualTo(0);
            assertThat(out).contains("aws.queue_url = http").contains("aws.configuration_set = mailroom-");

            int changes = aws.topics.size();
            assertThat(mailroom("aws", "setup")).isEqualTo(0);
            assertThat(aws.topics).hasSize(changes);
            assertThat(err).doesNotContain("will");

            assertThat(mailroom("aws", "remove")).isEqualTo(3);
            assertThat(err).contains("will delete").contains("--yes");
            assertThat(mailroom("aws", "remove", "--yes")).as(err).isEqualTo(0);
            assertThat(aws.topics).isEmpty();
        }
    }

    @Test
    void setUpLeavesSendingOffAndDoesNotCallTheChainWhole() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            setting("aws.region", FakeAws.REGION);
            setting("aws.endpoint", aws.endpoint());
            assertThat(mailroom("aws", "setup", "--yes")).as(err + out).isEqualTo(0);
            aws.configurationSets.values().forEach(set -> set.sending = false);

            assertThat(mailroom("aws", "setup", "--yes")).isEqualTo(1);
            assertThat(out)
                    .contains("by hand   configuration set", "switch it on in the SES console")
                    .contains("not whole", "this program leaves it as it is")
                    .doesNotContain("is set up");
            assertThat(mailroom("aws", "setup", "--yes", "--json")).isEqualTo(1);
            assertThat(json().path("complete").asBoolean(true)).isFalse();
            assertThat(json().findValuesAsText("state")).contains("BY_HAND");
            assertThat(aws.configurationSets.values()).noneMatch(set -> set.sending);
        }
    }

    @Test
    void removingShowsExactlyWhatItDeletesAndForgetsTheRest() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            setting("aws.region", FakeAws.REGION);
            setting("aws.endpoint", aws.endpoint());
            assertThat(mailroom("aws", "setup", "--yes")).as(err + out).isEqualTo(0);
            aws.createQueue("news");
            setting("aws.configuration_set", "letters");
            setting("aws.queue_url", aws.queueUrl("news"));

            assertThat(mailroom("aws", "remove")).isEqualTo(3);
            assertThat(err)
                    .containsPattern("will delete  queue +mailroom-")
                    .containsPattern("will delete  topic +mailroom-")
                    .contains("will forget  letters → news")
                    .doesNotContainPattern("will delete .*(news|letters)");

            assertThat(mailroom("aws", "remove", "--yes")).as(err).isEqualTo(0);
            assertThat(aws.topics).isEmpty();
            assertThat(aws.queueUrl("news")).isNotEmpty();

            setting("aws.configuration_set", "letters");
            setting("aws.queue_url", aws.queueUrl("news"));
            assertThat(mailroom("aws", "remove")).isEqualTo(3);
            assertThat(err).doesNotContain("will delete").contains("will forget", "--yes");
        }
    }

    @Test
    void theChainIsNotRemovedInLiveMode() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            setting("aws.region", FakeAws.REGION);
            setting("aws.endpoint", aws.endpoint());
            assertThat(mailroom("aws", "setup", "--yes")).as(err + out).isEqualTo(0);
            assertThat(mailroom("mode", "live", "--unchecked")).as(err + out).isEqualTo(0);

            assertThat(mailroom("aws", "remove", "--yes")).isEqualTo(1);
            assertThat(err).contains("mailroom mode practice").doesNotContain("will delete", "Amazon's own words");
            assertThat(aws.topics).hasSize(1);
        }
    }

    @Test
    void sendersAreListedAndAddedWithTheirDns() throws Exception {
        useSesAlone();

        assertThat(mailroom("aws", "senders", "list")).isEqualTo(0);
        assertThat(out).contains("There is no sender yet");
        assertThat(mailroom("aws", "senders", "verify", "example.com")).isEqualTo(0);
        assertThat(out)
                .contains("t1._domainkey.example.com  t1.dkim.amazonses.com")
                .contains("DNS");
        assertThat(mailroom("aws", "senders", "verify", "news@example.com", "--json"))
                .isEqualTo(0);
        assertThat(json().path("verification").asText()).isEqualTo("PENDING");
        assertThat(mailroom("aws", "senders", "list", "--json")).isEqualTo(0);
        assertThat(json()).hasSize(2);
        assertThat(json().path(0).path("dns").path(0).path("type").asText()).isEqualTo("CNAME");
        assertThat(mailroom("aws", "senders", "verify", "shop")).isEqualTo(1);
        assertThat(err).contains("“shop” is not a domain like shop.example.com");
    }

    @Test
    void suppressionsAreMadeEqual() throws Exception {
        useSesAlone();
        ses.suppressed.put(
                "gone@example.com", new SesControlStub.Suppressed("BOUNCE", Instant.parse("2026-01-01T00:00:00Z")));

        assertThat(mailroom("aws", "suppressions", "sync", "--json")).isEqualTo(0);
        assertThat(json().path("taken_in").asInt()).isEqualTo(1);
        assertThat(mailroom("aws", "suppressions", "sync")).isEqualTo(0);
        assertThat(out).contains("0 taken in, 0 handed out, 0 lifted at Amazon, 0 refused by Amazon");
        assertThat(mailroom("aws", "suppressions", "sync", "--json")).isEqualTo(0);
        assertThat(json().path("failed").asInt(-1)).isZero();
    }

    @Test
    void withoutARegionItSaysHowToChooseOne() throws Exception {
        assertThat(mailroom("aws", "senders", "list")).isEqualTo(1);
        assertThat(err).contains("no AWS region is chosen").contains("mailroom settings set aws.region");
        assertThat(mailroom("aws", "check", "--json")).isEqualTo(1);
        assertThat(json().path("problems")).hasSize(1);
        assertThat(json().path("problems").path(0).path("code").asText()).isEqualTo("NO_REGION");
    }

    @Test
    void withoutKeysItSaysHowToGiveThem() throws Exception {
        useSesAlone();
        secrets.put("aws-access-key-id", KEY_ID);
        secrets.put("aws-secret-access-key", SECRET);
        assertThat(typing(SECRET, "aws", "keys", "set", KEY_ID)).isEqualTo(0);
        secrets.remove("aws-secret-access-key");

        assertThat(mailroom("aws", "senders", "list")).isEqualTo(1);
        assertThat(err).contains("the keychain holds no AWS keys").contains("mailroom aws keys set");
    }

    @Test
    void anEndpointThatIsAwayIsSaidToBe() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        setting("aws.region", FakeAws.REGION);
        setting("aws.endpoint", "http://localhost:" + port);

        assertThat(mailroom("aws", "check")).isEqualTo(1);
        assertThat(out).contains("Problem with the account").contains("Check the network");
    }

    @Test
    void proofWantsASenderAndTakesTheSurroundingsOne() throws Exception {
        useSesAlone();

        assertThat(mailroom("aws", "verify")).isEqualTo(3);
        assertThat(err).contains("--from ADDRESS");
        assertThat(mailroom("aws", "verify", "--from", "news@example.com", "--wait", "0"))
                .isEqualTo(3);
    }

    @Test
    void theWholeRoadFromNothingToLiveAndBack() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            setting("aws.region", FakeAws.REGION);
            setting("aws.endpoint", aws.endpoint());
            aws.verified.add("news@example.com");
            assertThat(mailroom("mode", "live")).isEqualTo(1);
            assertThat(err).contains("not set up yet");
            assertThat(mailroom("mode", "--json")).isEqualTo(0);
            assertThat(json().path("mode").asText()).isEqualTo("practice");

            assertThat(mailroom("aws", "setup", "--yes")).as(err + out).isEqualTo(0);
            assertThat(mailroom("aws", "verify", "--from", "news@example.com", "--wait", "20"))
                    .as(err + out)
                    .isEqualTo(0);
            assertThat(out).contains("proven", "complaint").doesNotContain("failed", "skipped");

            // From here on, SES's questions about the account and its senders are answered by the other server.
            setting("aws.endpoint_ses", ses.endpoint());
            assertThat(mailroom("mode", "live")).isEqualTo(1);
            assertThat(err).contains("no verified address or domain");
            ses.identity(
                    "example.com",
                    "{'IdentityType':'DOMAIN','VerifiedForSendingStatus':true,'VerificationStatus':'SUCCESS'}");
            assertThat(mailroom("mode", "live")).as(err + out).isEqualTo(0);
            assertThat(out).contains("live:");
            assertThat(mailroom("mode", "practice")).isEqualTo(0);
            assertThat(out).contains("practice:");
        }
    }

    @Test
    void aProofThatStopsSaysAtWhichLinkAndWhy() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            setting("aws.region", FakeAws.REGION);
            setting("aws.endpoint", aws.endpoint());
            aws.verified.add("news@example.com");
            assertThat(mailroom("aws", "setup", "--yes")).as(err + out).isEqualTo(0);
            aws.subscriptions.clear();

            assertThat(mailroom("aws", "verify", "--from", "news@example.com", "--wait", "4", "--json"))
                    .isEqualTo(1);
            assertThat(json().findValuesAsText("state")).startsWith("PROVEN", "FAILED", "SKIPPED");
            assertThat(out).contains("subscription");
        }
    }

    @Test
    void keysAreKeptUsedAndForgottenAndNeverSeen() throws Exception {
        try (FakeAws aws = FakeAws.start()) {
            environment.clear();
            use(aws);

            assertThat(typing(SECRET + "\n", "aws", "keys", "set", KEY_ID)).isEqualTo(0);
            String said = out + err;
            assertThat(secrets.get("aws-secret-access-key")).contains(SECRET);
            assertThat(mailroom("aws", "check")).as(err + out).isEqualTo(0);
            said += out + err;
            assertThat(out).contains("from this computer's keychain");
            assertThat(mailroom("settings", "get", "--json")).isEqualTo(0);
            said += out + err;
            ses.denied.add("GET /v2/email/identities");
            assertThat(mailroom("aws", "senders", "list")).isEqualTo(1);
            said += out + err;
            assertThat(mailroom("aws", "keys", "forget")).isEqualTo(0);
            said += out + err;

            assertThat(secrets.get("aws-secret-access-key")).isEmpty();
            assertThat(said).doesNotContain(SECRET);
            assertThat(filesWith(SECRET)).isEmpty();
        }
    }

    @Test
    void theSecretOfADotEnvFileIsUsedAndSeenNowhereElse() throws Exception {
        useSesAlone();
        environment.clear();
        Path file = Files.writeString(
                workspace().resolve(".env"),
                "AWS_ACCESS_KEY_ID=" + KEY_ID + "\nAWS_SECRET_ACCESS_KEY=" + SECRET + "\n" + SECRET + "\n");

        assertThat(mailroom("aws", "senders", "list")).as(err).isEqualTo(0);

        assertThat(out + err).doesNotContain(SECRET);
        assertThat(filesWith(SECRET)).containsExactly(file);
    }

    @Test
    void keysAreNotTakenWhereTheyWouldBeLostOrCannotBeKeys() throws Exception {
        assertThat(typing("", "aws", "keys", "set", KEY_ID)).isEqualTo(3);
        assertThat(err).contains("There is no secret");
        assertThat(typing(SECRET, "aws", "keys", "set", SECRET)).isEqualTo(3);
        assertThat(err).doesNotContain(SECRET);
        secrets = new SessionSecrets();
        assertThat(typing(SECRET, "aws", "keys", "set", KEY_ID)).isEqualTo(3);
        assertThat(err).contains("no keychain");
        assertThat(mailroom("settings", "get")).isEqualTo(0);
        assertThat(out).doesNotContain("KEPT_KEYS");
    }

    @ParameterizedTest
    @CsvSource({
        "aws.region, eu-central-1, 0",
        "aws.region, Frankfurt, 3",
        "aws.region, '', 0",
        "aws.profile, work, 0",
        "aws.endpoint_sqs, http://localhost:9324, 0",
        "aws.endpoint, http://user:password@localhost, 3",
        "aws.endpoint, localhost, 3",
        "aws.configuration_set, mailroom-0123456789abcdef, 0",
        "aws.configuration_set, my set, 3",
        "aws.queue_url, https://sqs.eu-central-1.amazonaws.com/123456789012/mailroom-0123456789abcdef, 0",
        "aws.ses_tracking, yes, 3",
        "aws.sync_suppressions, true, 0",
        "aws.credentials, KEPT_KEYS, 3",
        "aws.secret, x, 3",
        "workspace.id, x, 3",
        "aws.profile, AKIAIOSFODNN7EXAMPLE, 3",
        "aws.profile, wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, 3",
        "practice.seed, wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY, 3",
        "delivery.rate_cap, 14, 0"
    })
    void settingsOfAmazonAreCheckedAndKeysAreNoSettings(String name, String value, int code) throws Exception {
        assertThat(mailroom("settings", "set", name, value)).as(err).isEqualTo(code);
        assertThat(err).doesNotContain(SECRET);
    }

    /** With this test's surroundings and keychain instead of the computer's. */
    @Override
    Mailroom open(Path workspace) throws IOException {
        Workspace chosen = Workspace.in(workspace);
        return Mailroom.open(
                chosen,
                Clock.systemUTC(),
                Surroundings.of(chosen.folder(), chosen.folder(), environment),
                id -> secrets);
    }

    private void use(FakeAws aws) {
        setting("aws.region", FakeAws.REGION);
        setting("aws.endpoint", aws.endpoint());
        setting("aws.endpoint_ses", ses.endpoint());
    }

    private void useSesAlone() {
        setting("aws.region", FakeAws.REGION);
        setting("aws.endpoint", ses.endpoint());
    }

    private void setting(String name, String value) {
        assertThat(mailroom("settings", "set", name, value)).as(err).isEqualTo(0);
    }

    private int typing(String typed, String... command) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)));
        try {
            return mailroom(command);
        } finally {
            System.setIn(before);
        }
    }

    /** Files of the workspace and logs of this program that hold the text. */
    private List<Path> filesWith(String text) throws IOException {
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        String needle = new String(wanted, StandardCharsets.ISO_8859_1);
        try (Stream<Path> files = Files.walk(folder);
                Stream<Path> logs = Files.isDirectory(Path.of("target", "logs"))
                        ? Files.walk(Path.of("target", "logs"))
                        : Stream.empty()) {
            return Stream.concat(files, logs)
                    .filter(Files::isRegularFile)
                    .filter(file -> contains(file, needle))
                    .toList();
        }
    }

    private static boolean contains(Path file, String needle) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(needle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
