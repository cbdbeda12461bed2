package app.mailroom.support;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.support.UpdateAnswer.Fault;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateCheckTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Headers> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private final UpdateCheck check = new UpdateCheck("1.2.3", PATIENCE);

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(hands);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        hands.shutdownNow();
    }

    private String answering(int status, String body, String... headers) {
        server.createContext("/latest.json", exchange -> {
            asked.add(exchange.getRequestHeaders());
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/latest.json";
    }

    @Test
    void aNewerVersionIsToldWithItsPageAndNotes() throws InterruptedException {
        String address =
                answering(200, "{\"version\":\"1.10.0\",\"page\":\"https://example.org/new\",\"notes\":\" Faster. \"}");
        assertThat(check.ask(address))
                .isEqualTo(new UpdateAnswer.Newer(
                        "1.10.0", Optional.of(URI.create("https://example.org/new")), "Faster."));
    }

    @Test
    void aPageThatIsNotSafeIsLeftOut() throws InterruptedException {
        String address = answering(200, "{\"version\":\"2.0.0\",\"page\":\"javascript:alert(1)\"}");
        assertThat(check.ask(address)).isEqualTo(new UpdateAnswer.Newer("2.0.0", Optional.empty(), ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.3", "1.2.2", "1.2.3-rc.1", "0.99.99", "1.2.3+build.5"})
    void whatIsNotNewerIsNotOffered(String version) throws InterruptedException {
        assertThat(check.ask(answering(200, "{\"version\":\"" + version + "\"}")))
                .isEqualTo(new UpdateAnswer.Newest("1.2.3"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "[]", "{}", "{\"version\":\"new\"}", "{\"version\":{\"a\":1}}", "\"2.0.0\"", "null"
            })
    void anAnswerThatSaysNoVersionIsGarbage(String body) throws InterruptedException {
        assertThat(check.ask(answering(200, body))).isEqualTo(new UpdateAnswer.Failed(Fault.GARBAGE));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 410, 500, 503})
    void aServerThatHasNoAnswerIsToldAsSuch(int status) throws InterruptedException {
        assertThat(check.ask(answering(status, "{\"version\":\"9.9.9\"}")))
                .isEqualTo(new UpdateAnswer.Failed(Fault.REFUSED));
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws InterruptedException {
        String address = answering(200, "{\"version\":\"2.0.0\",\"notes\":\"" + "x".repeat(70_000) + "\"}");
        assertThat(check.ask(address)).isEqualTo(new UpdateAnswer.Failed(Fault.OVERSIZED));
    }

    @Test
    void noRedirectLeadsAwayFromHttps() throws InterruptedException {
        server.createContext("/elsewhere", exchange -> {
            byte[] newer = "{\"version\":\"9.9.9\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, newer.length);
            exchange.getResponseBody().write(newer);
            exchange.close();
        });
        String address = answering(
                302, "", "Location", "http://127.0.0.1:" + server.getAddress().getPort() + "/elsewhere");
        assertThat(check.ask(address)).isEqualTo(new UpdateAnswer.Failed(Fault.REDIRECT));
    }

    @Test
    void aServerThatSaysNothingIsNotWaitedForForever() throws InterruptedException {
        server.createContext("/silent", exchange -> await(over));
        server.createContext("/slow", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(over);
        });
        UpdateCheck hasty = new UpdateCheck("1.2.3", Duration.ofMillis(300));
        String at = "http://127.0.0.1:" + server.getAddress().getPort();
        assertThat(hasty.ask(at + "/silent")).isEqualTo(new UpdateAnswer.Failed(Fault.TIMEOUT));
        assertThat(hasty.ask(at + "/slow")).isEqualTo(new UpdateAnswer.Failed(Fault.TIMEOUT));
    }

    @Test
    void nobodyThereIsTold() throws InterruptedException {
        String address = answering(200, "{}");
        server.stop(0);
        assertThat(check.ask(address)).isEqualTo(new UpdateAnswer.Failed(Fault.UNREACHABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/a",
                "ftp://example.org/a",
                "https://me:secret@example.org/a",
                "file:///etc/passwd",
                "no address"
            })
    void whatIsNotHttpsIsNotAsked(String address) throws InterruptedException {
        assertThat(check.ask(address)).isEqualTo(new UpdateAnswer.Failed(Fault.ADDRESS));
    }

    @Test
    void withoutAnAddressNothingIsAsked() throws InterruptedException {
        assertThat(check.ask(" ")).isEqualTo(new UpdateAnswer.NoAddress());
    }

    @Test
    void nothingIsSentThatTellsWhoAsks() throws InterruptedException {
        String address = answering(200, "{\"version\":\"1.2.3\"}", "Set-Cookie", "who=me");
        check.ask(address);
        check.ask(address);
        assertThat(asked).hasSize(2).allSatisfy(headers -> {
            assertThat(headers.keySet()).isSubsetOf("Host", "User-agent", "Accept", "Content-length", "Connection");
            assertThat(headers.getFirst("User-agent")).isEqualTo("Mailroom");
            assertThat(headers.toString()).doesNotContain("1.2.3", "who", System.getProperty("java.version"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0-alpha, 1.0.0-alpha.1",
        "1.0.0-alpha.1, 1.0.0-alpha.beta",
        "1.0.0-alpha.beta, 1.0.0-beta",
        "1.0.0-beta, 1.0.0-beta.2",
        "1.0.0-beta.2, 1.0.0-beta.11",
        "1.0.0-beta.11, 1.0.0-rc.1",
        "1.0.0-rc.1, 1.0.0",
        "1.0.9, 1.0.10",
        "1.9.0, 1.10.0",
        "9.0.0, 10.0.0"
    })
    void versionsAreOrderedAsSemverSays(String older, String newer) {
        assertThat(SemanticVersion.of(older).orElseThrow())
                .isLessThan(SemanticVersion.of(newer).orElseThrow());
        assertThat(SemanticVersion.of(newer).orElseThrow())
                .isGreaterThan(SemanticVersion.of(older).orElseThrow());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
