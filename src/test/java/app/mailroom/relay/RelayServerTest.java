package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RelayServerTest {
    /** Certificates take a second each. */
    @TempDir
    static Path made;

    private static TestCertificate certificate;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(made.resolve("relay.p12"), "relay", "-keyalg", "EC");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void speaksBothVersionsOfHttpInTheClear(HttpClient.Version version) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS)) {
            HttpClient client = HttpClient.newBuilder().version(version).build();

            HttpResponse<String> got =
                    client.send(request("http", server, "/o/a").build(), BodyHandlers.ofString());

            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.version()).isEqualTo(version);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void speaksBothVersionsOfHttpEncryptedWithPemFiles(HttpClient.Version version) throws Exception {
        RelaySettings.Tls tls = certificate.pem(folder.resolve("chain.pem"), folder.resolve("key.pem"));
        try (ServerUnderTest server = ServerUnderTest.encrypted(tls, ServerUnderTest.LIMITS)) {
            HttpClient client = HttpClient.newBuilder()
                    .version(version)
                    .sslContext(certificate.trusting())
                    .build();

            HttpResponse<String> got =
                    client.send(request("https", server, "/o/a").build(), BodyHandlers.ofString());

            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.version()).isEqualTo(version);
            assertThat(got.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
        }
    }

    @Test
    void speaksEncryptedWithAStore() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.encrypted(certificate.pkcs12(), ServerUnderTest.LIMITS)) {
            HttpClient client =
                    HttpClient.newBuilder().sslContext(certificate.trusting()).build();

            assertThat(client.send(request("https", server, "/").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** Minor version of the hello, and the first byte of what comes back: 21 is an alert, 22 goes on (RFC 5246, appendix A). */
    @ParameterizedTest
    @CsvSource({"1, 21", "2, 21", "3, 22"})
    void speaksNoOutdatedTls(int version, int answer) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.encrypted(certificate.pkcs12(), ServerUnderTest.LIMITS);
                RawClient client = new RawClient(server.port())) {
            String hello = "030" + version + "72".repeat(32) + "00" // version, random, no session
                    + "0006c02bc009c00a" // ECDHE with ECDSA, of version 1.2 and before
                    + "0100" // no compression
                    + "0010000a000400020017" // the curve secp256r1
                    + "000d000400020403"; // signatures: SHA-256 with ECDSA
            String handshake = "010000" + HexFormat.of().toHexDigits((byte) (hello.length() / 2)) + hello;
            String record = "16030100" + HexFormat.of().toHexDigits((byte) (handshake.length() / 2)) + handshake;

            client.send(new String(HexFormat.of().parseHex(record), StandardCharsets.ISO_8859_1));

            assertThat(client.nextByte()).isEqualTo(answer);
        }
    }

    @Test
    void takesARenewedCertificateIntoUseWithoutClosingConnections() throws Exception {
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        TestCertificate after = TestCertificate.make(folder.resolve("after.p12"), "after", "-keyalg", "RSA");
        RelaySettings.Tls tls = certificate.pem(chain, key);
        try (ServerUnderTest server = ServerUnderTest.encrypted(tls, ServerUnderTest.LIMITS);
                SSLSocket open = (SSLSocket)
                        certificate.trusting().getSocketFactory().createSocket("127.0.0.1", server.port())) {
            open.startHandshake();

            after.pem(chain, key);

            await().ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(shown(server, after.trusting())).isEqualTo(after.certificate()));
            open.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(open.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void refusesWhatIsTooLarge(HttpClient.Version version) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS)) {
            HttpClient client = HttpClient.newBuilder().version(version).build();

            assertThat(status(client, request("http", server, "/o/" + "a".repeat(4_000))))
                    .isEqualTo(200);
            assertThat(status(client, request("http", server, "/o/" + "a".repeat(4_200))))
                    .isEqualTo(414);
            assertThat(status(client, request("http", server, "/u/a").POST(BodyPublishers.ofString("a".repeat(4_096)))))
                    .isEqualTo(200);
            assertThat(status(client, request("http", server, "/u/a").POST(BodyPublishers.ofString("a".repeat(4_097)))))
                    .isEqualTo(413);
        }
    }

    @Test
    void refusesAHeadThatIsTooLarge() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS)) {
            HttpRequest.Builder large = request("http", server, "/o/a").header("X-Large", "a".repeat(8_192));
            HttpClient http1 =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpClient http2 = HttpClient.newHttpClient();

            assertThat(status(http1, large)).isEqualTo(431);
            // The first request is made in HTTP/1.1, and asks for the other version.
            assertThat(status(http2, request("http", server, "/"))).isEqualTo(200);
            assertThatThrownBy(() -> status(http2, large))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("GOAWAY");
            assertThat(status(http2, request("http", server, "/"))).isEqualTo(200);
        }
    }

    @Test
    void refusesABodyThatTurnsOutToBeTooLarge() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS);
                RawClient client = new RawClient(server.port())) {
            client.send("POST /u/a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send("1001\r\n" + "a".repeat(0x1001) + "\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 413");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /fails HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /o/../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /o/%00secret HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /o/%zzsecret HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /secret HTTP/1.1\r\n\r\n",
                "GET /secret HTTP/9.9\r\nHost: a\r\n\r\n",
                "secret\r\n\r\n",
                "GET /secret HTTP/1.1\r\nHost: a\r\nsecret header\r\n\r\n",
                "GET /secret HTTP/1.1\r\nHost: a\r\nExpect: secret\r\n\r\n",
                "POST /secret HTTP/1.1\r\nHost: a\r\nContent-Length: secret\r\n\r\n",
                "POST /secret HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
                "POST /secret HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nsecret\r\n"
            })
    void saysNothingOfItselfNorOfTheRequestWhateverIsAsked(String request) throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS);
                RawClient client = new RawClient(server.port())) {
            String answer = client.send(request + "GET /fails HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .untilClosed();

            assertThat(answer).startsWith("HTTP/1.1 ").containsAnyOf(" 400", " 404", " 417", " 500", " 505");
            assertThat(answer.toLowerCase(Locale.ROOT))
                    .doesNotContain("server:", "jetty", "powered", "secret", "java", "exception", "passwd");
        }
    }

    @Test
    void believesTheConnectionAndNoHeaderWithoutAProxy() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS)) {
            assertThat(body(request("http", server, "/").header("X-Forwarded-For", "203.0.113.7")))
                    .contains("from 127.0.0.1");
        }
    }

    @Test
    void believesTheLastEntryOfTheProxysHeader() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.behindProxy("X-Forwarded-For")) {
            assertThat(body(request("http", server, "/").header("X-Forwarded-For", "10.0.0.1, 203.0.113.7")))
                    .contains("from 203.0.113.7 ");
            assertThat(body(request("http", server, "/")
                            .header("X-Forwarded-For", "203.0.113.7")
                            .header("X-Forwarded-For", "203.0.113.8:5123")))
                    .contains("from 203.0.113.8 ");
            assertThat(body(request("http", server, "/").header("X-Forwarded-For", "2001:db8::7")))
                    .contains("2001:db8::7");
            assertThat(body(request("http", server, "/"))).contains("from 127.0.0.1");
        }
    }

    @Test
    void believesAnotherHeaderIfItIsNamed() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.behindProxy("CF-Connecting-IP")) {
            assertThat(body(request("http", server, "/")
                            .header("X-Forwarded-For", "203.0.113.7")
                            .header("CF-Connecting-IP", "203.0.113.9")))
                    .contains("from 203.0.113.9 ");
        }
    }

    @Test
    void letsRequestsUnderWayEndWhenItStops() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        CompletableFuture<Callback> waiting = new CompletableFuture<>();
        Handler slow = new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                waiting.complete(callback);
                arrived.countDown();
                return true;
            }
        };
        ServerUnderTest server = ServerUnderTest.plain(slow);
        int port = server.port();
        try (RawClient client = new RawClient(port)) {
            client.send("POST /u/a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            arrived.await();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
            await().until(() -> refusesConnections(port));
            assertThat(stopped).isNotDone();

            waiting.join().succeeded();

            assertThat(client.untilClosed()).startsWith("HTTP/1.1 200");
            stopped.join();
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerUnderTest server = ServerUnderTest.plain(ServerUnderTest.LIMITS)) {
            RelaySettings same = new RelaySettings(
                    new RelaySettings.Listening("127.0.0.1", server.port(), Optional.empty(), Optional.empty()),
                    ServerUnderTest.settings(Optional.empty(), Optional.empty(), ServerUnderTest.LIMITS)
                            .keys(),
                    folder,
                    HitSpool.Limits.USUAL,
                    false,
                    ServerUnderTest.LIMITS);
            try (RelayServer second = new RelayServer(same, new ServerUnderTest.Telling(), new RelayMetrics())) {
                assertThatThrownBy(second::start)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("127.0.0.1:" + server.port())
                        .hasMessageContaining("Another program");
            }
        }
    }

    private static boolean refusesConnections(int port) {
        try (RawClient client = new RawClient(port)) {
            return client.send("").cutOff("x");
        } catch (IOException e) {
            return true;
        }
    }

    private static X509Certificate shown(ServerUnderTest server, SSLContext trusting) throws IOException {
        try (SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket("127.0.0.1", server.port())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private static String body(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    private static HttpRequest.Builder request(String scheme, ServerUnderTest server, String path) {
        return HttpRequest.newBuilder(URI.create(scheme + "://localhost:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }
}
