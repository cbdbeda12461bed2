package app.mailroom.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.mailroom.aws.LocalSqs;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The relay as a process of its own, with a queue that speaks SQS. */
class RelayProcessIT {
    private static final List<String> SMALL =
            List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-Daws.accessKeyId=test", "-Daws.secretAccessKey=test");
    private static final int OPENINGS = 300;
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:([0-9]+)");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
    private final HitTokens tokens = new HitTokens(keys);
    private LocalSqs sqs;
    private String queue;

    @BeforeEach
    void writeSettings() throws IOException {
        sqs = LocalSqs.start();
        queue = sqs.createQueue("hits");
        Files.writeString(folder.resolve("relay.keys"), keys.secretText());
        write("listen = 127.0.0.1:0");
    }

    @AfterEach
    void stopQueue() {
        sqs.close();
    }

    @Test
    void whenItIsToldToEndEverythingItAnsweredIsInTheQueue() throws Exception {
        MailroomProcess process = relay();
        int port = port();
        HttpClient reader = HttpClient.newHttpClient();
        for (int i = 0; i < OPENINGS; i++) {
            String path = HitLink.Kind.OPEN.path() + tokens.token(HitLink.open("workspace-" + i));
            assertThat(reader.send(request(port, path).build(), BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
        String leave = HitLink.Kind.UNSUBSCRIBE.path() + tokens.token(HitLink.unsubscribe("workspace-7"));
        HttpRequest oneClick = request(port, leave)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("List-Unsubscribe=One-Click"))
                .build();
        assertThat(reader.send(oneClick, BodyHandlers.discarding()).statusCode())
                .isEqualTo(200);

        process.terminate();

        assertThat(process.waitFor()).isZero();
        assertThat(sqs.count(queue)).isEqualTo(OPENINGS + 1);
        assertThat(output())
                .as("tells whoever runs it, and nothing of readers")
                .contains("Keys: " + keys.ids().get(0), "The relay has ended")
                .doesNotContain(keys.secretText(), tokens.token(HitLink.open("workspace-1")), "workspace-7");
        assertThat(folder.resolve("workspace")).doesNotExist();
    }

    @Test
    void theCheckReadsEverythingAndStartsNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            write("listen = 127.0.0.1:" + taken.getLocalPort());

            assertThat(relay("--check").waitFor()).isZero();
            assertThat(output())
                    .contains("All settings are good", "Keys: " + keys.ids().get(0));
            assertThat(folder.resolve("spool")).doesNotExist();

            assertThat(relay().waitFor()).isEqualTo(1);
            assertThat(output()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void refusesToStartWithSettingsThatAreWrongAndNamesAllOfThem() throws Exception {
        Files.delete(folder.resolve("relay.keys"));
        write("listen = 0.0.0.0:8080\nlimits.burst = many");

        assertThat(relay().waitFor()).isEqualTo(3);
        assertThat(output())
                .contains("line 1: listen would be plain HTTP")
                .contains("line 2: limits.burst is not a whole number")
                .contains("relay.keys, which is not there");
    }

    private MailroomProcess relay(String... more) throws IOException {
        String[] command = new String[3 + more.length];
        command[0] = "relay";
        command[1] = "--config";
        command[2] = folder.resolve("relay.properties").toString();
        System.arraycopy(more, 0, command, 3, more.length);
        return MailroomProcess.start(folder.resolve("workspace"), folder.resolve("output.txt"), SMALL, command);
    }

    private int port() {
        return await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> {
                            Matcher listening = LISTENING.matcher(output());
                            return listening.find() ? Integer.parseInt(listening.group(1)) : 0;
                        },
                        port -> port > 0);
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output.txt"));
    }

    private void write(String first) throws IOException {
        Files.writeString(
                folder.resolve("relay.properties"),
                first + "\nkeys_file = relay.keys\nspool.folder = spool\nregion = eu-central-1\nqueue_url = " + queue
                        + "\nendpoint = " + sqs.endpoint() + "\n");
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }
}
