package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.plan.LinkCheck.Answer;
import app.mailroom.plan.LinkCheck.Reason;
import app.mailroom.plan.LinkCheck.Standing;
import app.mailroom.template.MailLink;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asks a real server on this computer. */
class LinkCheckTest {
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final ExecutorService hands = Executors.newCachedThreadPool();
    private HttpServer server;
    private LinkCheck check;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(hands);
        server.start();
        check = new LinkCheck(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() {
        check.close();
        held.countDown();
        server.stop(0);
        hands.shutdownNow();
    }

    @Test
    void aPageIsFineAndIsAskedForItsHeadAlone() {
        answering("/page", 200);

        assertThat(only("/page")).isEqualTo(answer("/page", Standing.FINE, 200, Reason.ANSWERED));
        assertThat(asked).containsExactly("HEAD /page Mailroom link check");
    }

    @Test
    void errorsOfTheServerAreToldApart() {
        answering("/gone", 404);
        answering("/inside", 403);
        answering("/down", 500);

        assertThat(check("/gone", "/inside", "/down"))
                .containsExactly(
                        answer("/gone", Standing.BROKEN, 404, Reason.NO_SUCH_PAGE),
                        answer("/inside", Standing.BROKEN, 403, Reason.NOT_ALLOWED),
                        answer("/down", Standing.BROKEN, 500, Reason.SERVER_TROUBLE));
    }

    @Test
    void aServerThatRefusesToSendTheHeadAloneIsAskedForThePage() {
        on("/refuses", exchange -> reply(exchange, isHead(exchange) ? 405 : 200));
        on("/breaks", exchange -> {
            if (isHead(exchange)) {
                exchange.close();
            } else {
                reply(exchange, 200);
            }
        });

        assertThat(check("/refuses", "/breaks")).extracting(Answer::standing).containsOnly(Standing.FINE);
        assertThat(asked).contains("GET /refuses Mailroom link check", "GET /breaks Mailroom link check");
    }

    @Test
    void aRedirectIsFollowedToItsEnd() {
        redirecting("/old", "/older");
        redirecting("/older", "new?a=1");
        answering("/new", 200);
        redirecting("/lost", "/nowhere");
        answering("/nowhere", 404);

        assertThat(check("/old", "/lost"))
                .containsExactly(
                        answer("/old", Standing.FINE, 200, Reason.ANSWERED),
                        answer("/lost", Standing.BROKEN, 404, Reason.NO_SUCH_PAGE));
    }

    @Test
    void aCircleOfRedirectsComesToAnEnd() {
        redirecting("/a", "/b");
        redirecting("/b", "/a");

        assertThat(only("/a")).isEqualTo(answer("/a", Standing.BROKEN, 302, Reason.REDIRECTED_FOR_EVER));
        assertThat(asked).hasSize(11);
    }

    @Test
    void aServerThatSendsOnUntilItsCookieComesBackIsFollowed() {
        on("/shop", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Cookie")) {
                reply(exchange, 200);
            } else {
                exchange.getResponseHeaders().add("Set-Cookie", "seen=1; Path=/");
                exchange.getResponseHeaders().add("Location", "/shop");
                reply(exchange, 302);
            }
        });

        assertThat(only("/shop").standing()).isEqualTo(Standing.FINE);
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() {
        on("/never", exchange -> await());
        try (LinkCheck impatient = new LinkCheck(Duration.ofMillis(200))) {
            assertThat(impatient.check(links(at("/never")), answer -> {}, () -> false))
                    .containsExactly(answer("/never", Standing.UNREACHABLE, 0, Reason.TOO_SLOW));
        }
    }

    @Test
    void whereNobodyListensOrNoServerHasTheNameNobodyAnswers() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(check.check(
                        links("http://127.0.0.1:" + free + "/", "https://no-such-name.invalid/"),
                        answer -> {},
                        () -> false))
                .extracting(Answer::standing, Answer::reason)
                .containsExactly(
                        tuple(Standing.UNREACHABLE, Reason.NOBODY_LISTENS),
                        tuple(Standing.UNREACHABLE, Reason.NO_SUCH_NAME));
    }

    @Test
    void aConnectionThatCannotBeMadeSecureIsTold() throws Exception {
        HttpsServer withoutCertificate =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        withoutCertificate.setHttpsConfigurator(new HttpsConfigurator(SSLContext.getDefault()));
        withoutCertificate.start();
        try {
            String url = "https://127.0.0.1:" + withoutCertificate.getAddress().getPort() + "/";
            assertThat(check.check(links(url), answer -> {}, () -> false))
                    .containsExactly(new Answer(url, Standing.UNREACHABLE, 0, Reason.CERTIFICATE));
        } finally {
            withoutCertificate.stop(0);
        }
    }

    @Test
    void whatIsNoPageIsNotAsked() {
        assertThat(check.check(
                        links("mailto:news@example.com", "tel:+82212345678", "http:/one-slash", "https://a b c.d|e/"),
                        answer -> {},
                        () -> false))
                .extracting(Answer::standing, Answer::reason)
                .containsExactly(
                        tuple(Standing.SKIPPED, Reason.NOT_ON_THE_WEB),
                        tuple(Standing.SKIPPED, Reason.NOT_ON_THE_WEB),
                        tuple(Standing.BROKEN, Reason.NO_ADDRESS),
                        tuple(Standing.BROKEN, Reason.NO_ADDRESS));
    }

    @Test
    void aLinkThatLeavesIsNeverFollowed() {
        answering("/leave", 200);

        assertThat(check.check(List.of(new MailLink(at("/leave"), true)), answer -> {}, () -> false))
                .containsExactly(answer("/leave", Standing.SKIPPED, 0, Reason.LEAVES));
        assertThat(asked).isEmpty();
    }

    @Test
    void everyAnswerIsToldWhenItIsKnownAndCancellingKeepsThose() {
        answering("/quick", 200);
        on("/never", exchange -> await());
        AtomicBoolean enough = new AtomicBoolean();
        List<Answer> told = new ArrayList<>();

        List<Answer> found = check.check(
                links(at("/never"), at("/quick")),
                answer -> {
                    told.add(answer);
                    enough.set(true);
                },
                enough::get);

        assertThat(found).containsExactlyElementsOf(told);
        assertThat(found).containsExactly(answer("/quick", Standing.FINE, 200, Reason.ANSWERED));
    }

    @Test
    void moreLinksThanAreAskedAtOnceAreAllAnsweredInTheirOrder() {
        String[] paths = new String[40];
        for (int i = 0; i < paths.length; i++) {
            paths[i] = "/page" + i;
            answering(paths[i], i % 2 == 0 ? 200 : 404);
        }

        assertThat(check(paths))
                .extracting(Answer::url)
                .containsExactly(Arrays.stream(paths).map(this::at).toArray(String[]::new));
    }

    private void answering(String path, int status) {
        on(path, exchange -> reply(exchange, status));
    }

    private void redirecting(String path, String location) {
        on(path, exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            reply(exchange, 302);
        });
    }

    private void on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            asked.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " "
                            + exchange.getRequestHeaders().getFirst("User-Agent"));
            handler.handle(exchange);
        });
    }

    private static void reply(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private void await() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String at(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private Answer answer(String path, Standing standing, int status, Reason reason) {
        return new Answer(at(path), standing, status, reason);
    }

    private Answer only(String path) {
        return check(path).get(0);
    }

    private List<Answer> check(String... paths) {
        return check.check(links(Arrays.stream(paths).map(this::at).toArray(String[]::new)), answer -> {}, () -> false);
    }

    private static List<MailLink> links(String... urls) {
        return Arrays.stream(urls).map(url -> new MailLink(url, false)).toList();
    }
}
