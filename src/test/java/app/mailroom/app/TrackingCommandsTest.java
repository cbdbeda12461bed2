package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.secrets.LastingSecrets;
import app.mailroom.secrets.SecretStore;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.tracking.SigningKeys;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code mailroom tracking …} as a person types it. */
class TrackingCommandsTest extends CommandRun {
    private SecretStore secrets = new LastingSecrets();

    @Override
    Mailroom open(Path workspace) throws IOException {
        return Mailroom.open(
                Workspace.in(workspace),
                Clock.systemUTC(),
                Surroundings.of(workspace, workspace, Map.of()),
                id -> secrets);
    }

    @Test
    void aFreshWorkspaceHasNoRelay() throws Exception {
        assertThat(mailroom("tracking", "status")).isEqualTo(0);
        assertThat(out).contains("not set", "none", "not yet", "does not use the relay");

        assertThat(mailroom("tracking", "status", "--json")).isEqualTo(0);
        assertThat(json().path("on").asBoolean(true)).isFalse();
        assertThat(json().path("relay").isNull()).isTrue();
        assertThat(json().path("keys")).isEmpty();
    }

    @Test
    void anAddressThatReadersCannotUseIsRefusedAndAnotherIsKept() throws Exception {
        assertThat(mailroom("tracking", "relay", "http://hits.example.com")).isEqualTo(3);
        assertThat(err).contains("https");
        assertThat(mailroom("tracking", "relay", "hits.example.com", "--json")).isEqualTo(0);
        assertThat(json().path("relay").asText()).isEqualTo("https://hits.example.com");
    }

    @Test
    void theKeyFileIsWrittenOnceForItsOwnerAndNothingElseShowsTheKey() throws Exception {
        Path file = folder.resolve("relay.keys");

        assertThat(mailroom("tracking", "key", file.toString(), "--json"))
                .as(err)
                .isEqualTo(0);
        String secret = SigningKeys.parse(Files.readString(file)).current().secretText();
        assertThat(json().path("keys").path(0).asText())
                .isEqualTo(SigningKeys.parse(Files.readString(file)).current().id());
        assertThat(out + err).doesNotContain(secret.substring(secret.indexOf(':') + 1));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");

        assertThat(mailroom("tracking", "key", file.toString())).isEqualTo(3);
        assertThat(err).contains("there already", "--replace");
        assertThat(mailroom("tracking", "renew-key")).as(err).isEqualTo(0);
        assertThat(mailroom("tracking", "key", file.toString(), "--replace")).isEqualTo(0);
        List<String> ids = SigningKeys.parse(Files.readString(file)).ids();
        assertThat(ids).hasSize(2);
        assertThat(mailroom("tracking", "forget-key", ids.get(1))).isEqualTo(3);
        assertThat(err).contains("could not unsubscribe", "--yes");
        assertThat(mailroom("tracking", "forget-key", ids.get(0), "--yes"))
                .as("signs")
                .isEqualTo(3);
        assertThat(mailroom("tracking", "forget-key", ids.get(1), "--yes"))
                .as(err)
                .isEqualTo(0);
        assertThat(mailroom("tracking", "key", file.toString(), "--replace")).isEqualTo(0);
        assertThat(SigningKeys.parse(Files.readString(file)).ids()).containsExactly(ids.get(0));
        assertThat(mailroom(
                        "tracking", "key", folder.resolve("nowhere/relay.keys").toString()))
                .isEqualTo(3);
        assertThat(mailroom("tracking", "key", folder.toString())).isEqualTo(3);
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingIsSwitchedOn() {
        assertThat(mailroom("tracking", "on")).isEqualTo(3);
        assertThat(err).contains("mailroom tracking relay");
        assertThat(mailroom("tracking", "prove")).isEqualTo(3);
        assertThat(mailroom("tracking", "relay", "hits.example.com")).isEqualTo(0);
        assertThat(mailroom("tracking", "on")).isEqualTo(3);
        assertThat(err).contains("mailroom tracking key");
        assertThat(mailroom("tracking", "key", folder.resolve("keys").toString()))
                .isEqualTo(0);
        assertThat(mailroom("tracking", "on")).isEqualTo(3);
        assertThat(err).contains("mailroom tracking prove");
        assertThat(mailroom("tracking", "off")).isEqualTo(0);
        assertThat(mailroom("tracking", "prove", "--wait", "0")).isEqualTo(3);
    }

    @Test
    void withoutAKeychainTheKeyIsWrittenAndSaidToBeForgotten() {
        secrets = new SessionSecrets();

        assertThat(mailroom("tracking", "key", folder.resolve("keys").toString()))
                .isEqualTo(0);
        assertThat(out).contains("MAILROOM_RELAY_KEYS");
        assertThat(mailroom("tracking", "renew-key")).isEqualTo(3);
    }

    @Test
    void aProofShowsItsStepsAndFailsWhereTheRelayIsNone() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(mailroom("tracking", "relay", address)).isEqualTo(0);
            assertThat(mailroom("tracking", "key", folder.resolve("keys").toString()))
                    .isEqualTo(0);

            assertThat(mailroom("tracking", "prove", "--json")).isEqualTo(1);

            assertThat(json().path("proven").asBoolean(true)).isFalse();
            assertThat(json().path("links").path(0).path("state").asText()).isEqualTo("FAILED");
            assertThat(json().path("links").path(0).path("detail").asText()).contains("no relay");
            assertThat(err).containsPattern("waiting +reached").containsPattern("failed +reached");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void theRelaysSettingsAndCountingByAmazonBesideItAreRefused() throws Exception {
        assertThat(mailroom("settings", "set", "relay.on", "true")).isEqualTo(3);
        assertThat(err).contains("mailroom help tracking");
        try (Mailroom room = open(workspace())) {
            room.settings.put("relay.on", "true");
        }
        assertThat(mailroom("settings", "set", "aws.ses_tracking", "true")).isEqualTo(3);
        assertThat(err).contains("mailroom tracking off");
        assertThat(mailroom("tracking", "off")).isEqualTo(0);
        assertThat(mailroom("settings", "set", "aws.ses_tracking", "true")).isEqualTo(0);
    }
}
