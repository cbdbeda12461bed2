package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients do that mean harm, over real connections, while a decent one has to be served. */
@Timeout(180)
class RelayHardeningIT {
    private static final int ATTACKERS = 500;
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** HTTP/2, RFC 9113: preface and an empty SETTINGS frame. */
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + frame(4, 0, 0, "");
    /** GET / of host a, in the static table of HPACK (RFC 7541, appendix A). */
    private static final String REQUEST = "\u0082\u0086\u0084A\u0001a";

    @TempDir
    Path folder;

    private final List<RawClient> attackers = new ArrayList<>();

    @AfterEach
    void hangUp() throws IOException {
        for (RawClient attacker : attackers) {
            attacker.close();
        }
    }

    /** How an attack begins, and what it goes on with, a little at a time. */
    enum Attack {
        NOTHING("", "G"),
        HEAD("GET /o/a HTTP/1.1\r\nHost: a\r\nX-Slow: ", "a"),
        BODY("POST /u/a HTTP/1.1\r\nHost: a\r\nContent-Length: 4000\r\n\r\n", "a"),
        CHUNKS("POST /u/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
        HTTP2_FRAME(PREFACE + frame(1, 4, 1, REQUEST).substring(0, 12), "\u0082"),
        HTTP2_CONTINUATION(PREFACE + frame(1, 0, 1, REQUEST), frame(9, 0, 1, ""));

        private final String begin;
        private final String more;

        Attack(String begin, String more) {
            this.begin = begin;
            this.more = more;
        }
    }

    @ParameterizedTest
    @EnumSource
    void fiveHundredTricklingConnectionsAreCutOffWhileADecentClientIsServed(Attack attack) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.limits(2_000, LONG, SHORT))) {
            attack(server, attack.begin);

            untilAllAreCutOff(attack.more, () -> assertServed("http", server, HttpClient.newHttpClient()));
        }
    }

    @Test
    void handshakesThatTrickleAreCutOff() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder.resolve("relay.p12"), "relay", "-keyalg", "EC");
        HttpClient decent =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        try (ServerUnderTest server =
                ServerUnderTest.encrypted(certificate.pkcs12(), ServerUnderTest.limits(2_000, LONG, SHORT))) {
            attack(server, "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u00fc\u0003\u0003");

            untilAllAreCutOff("r", () -> assertServed("https", server, decent));
        }
    }

    @Test
    void silentConnectionsGiveWayWhenThereAreAsManyAsMayBe() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.limits(50, LONG, LONG))) {
            for (int i = 0; i < 100; i++) {
                attackers.add(new RawClient(server.port()));
            }

            assertServed("http", server, HttpClient.newHttpClient());
        }
    }

    @Test
    void oneAddressCannotHaveAllConnections() throws Exception {
        RelaySettings.Limits limits = new RelaySettings.Limits(1_000, 5, 100, 1_000, LONG, LONG);
        try (ServerUnderTest server = ServerUnderTest.plain(limits)) {
            for (int i = 0; i < 5; i++) {
                attackers.add(new RawClient(server.port()));
                assertThat(attackers
                                .get(i)
                                .send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                                .head())
                        .startsWith("HTTP/1.1 200");
            }
            try (RawClient sixth = new RawClient(server.port())) {
                assertThat(sixth.untilClosed()).isEmpty();
            }
            attackers.get(0).close();

            await().untilAsserted(() -> {
                try (RawClient next = new RawClient(server.port())) {
                    assertThat(next.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                                    .untilClosed())
                            .startsWith("HTTP/1.1 200");
                }
            });
        }
    }

    @Test
    void requestsThatAreTakenBackAtOnceEndTheConnection() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.limits(100, LONG, LONG));
                RawClient client = new RawClient(server.port())) {
            StringBuilder attack = new StringBuilder(PREFACE);
            for (int stream = 1; stream < 2_000; stream += 2) {
                attack.append(frame(1, 4 | 1, stream, REQUEST)).append(frame(3, 0, stream, "\0\0\0\u0008"));
            }
            client.send(attack.toString());

            assertThat(client.untilClosed()).contains("invalid_rst_stream_frame_rate");
        }
    }

    /** A window of nothing (RFC 9113, section 6.9.2), so that no body may be sent. */
    @Test
    void answersThatNobodyTakesAreNotHeapedUp() throws Exception {
        StringBuilder asks = new StringBuilder(PREFACE).append(frame(4, 0, 0, "\0\u0004\0\0\0\0"));
        for (int stream = 1; stream < 64; stream += 2) {
            asks.append(frame(1, 4 | 1, stream, REQUEST));
        }
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.limits(2_000, LONG, LONG))) {
            URI page = URI.create("http://localhost:" + server.port() + "/o/a");
            HttpRequest http1 = HttpRequest.newBuilder(page)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            HttpRequest http2 = HttpRequest.newBuilder(page)
                    .version(HttpClient.Version.HTTP_2)
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(http2, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
            for (int i = 0; i < 200; i++) {
                attackers.add(new RawClient(server.port()).send(asks.toString()));
            }

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.send(http2, BodyHandlers.discarding()).statusCode() == 503);
            assertThat(HttpClient.newHttpClient()
                            .send(http1, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            hangUp();

            await().atMost(Duration.ofMinutes(1))
                    .until(() -> client.send(http2, BodyHandlers.discarding()).statusCode() == 200);
        }
    }

    private void attack(ServerUnderTest server, String begin) throws IOException {
        for (int i = 0; i < ATTACKERS; i++) {
            attackers.add(new RawClient(server.port()).send(begin));
        }
    }

    /** Each look sends a little more to all, and asks something decent in between. */
    private void untilAllAreCutOff(String more, Runnable inBetween) {
        List<RawClient> left = new ArrayList<>(attackers);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    left.removeIf(attacker -> attacker.cutOff(more));
                    inBetween.run();
                    return left.isEmpty();
                });
    }

    private static void assertServed(String scheme, ServerUnderTest server, HttpClient client) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + server.port() + "/o/a"))
                .timeout(Duration.ofSeconds(30))
                .build();
        try {
            assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        } catch (IOException e) {
            throw new AssertionError("a decent client was not served", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String frame(int type, int flags, int stream, String payload) {
        byte[] head = {
            0,
            (byte) (payload.length() >> 8),
            (byte) payload.length(),
            (byte) type,
            (byte) flags,
            (byte) (stream >> 24),
            (byte) (stream >> 16),
            (byte) (stream >> 8),
            (byte) stream
        };
        return new String(head, StandardCharsets.ISO_8859_1) + payload;
    }
}
