package app.mailroom.account;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/**
 * An OpenID Connect server that nobody here wrote, behind a proxy that keeps what was asked and can change what is answered, as
 * somebody on the way could.
 */
public final class StandInForGoogle implements AutoCloseable {
    public static final String TOKEN = "/token";
    public static final String KEYS = "/jwks";
    public static final String DISCOVERY = "/.well-known/openid-configuration";

    /** What the proxy passed on; secrets are in the body. */
    public record Asked(String method, URI address, String body) {}

    /** What was answered, and how it may be changed. */
    public record Reply(int status, String body) {
        /** The same with another body. */
        public Reply withBody(String other) {
            return new Reply(status, other);
        }
    }

    private static final String ISSUER_ID = "google";

    public final MockOAuth2Server server = new MockOAuth2Server();
    private final HttpServer proxy;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient onward = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, UnaryOperator<Reply>> changes = new ConcurrentHashMap<>();

    /** Starts it. */
    public StandInForGoogle() throws IOException {
        server.start(InetAddress.getLoopbackAddress(), 0);
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.setExecutor(threads);
        proxy.createContext("/", this::pass);
        proxy.start();
    }

    /** Where it is, for GOOGLE_ISSUER. */
    public URI issuer() {
        return URI.create(
                "http://" + server.baseUrl().host() + ":" + proxy.getAddress().getPort() + "/" + ISSUER_ID);
    }

    /** Changes all answers for this path from now on. */
    public void change(String path, UnaryOperator<Reply> how) {
        changes.put(path, how);
    }

    /** Has the next ID token for this client be one that ended three minutes ago. */
    public void answerExpired(String client) {
        server.enqueueCallback(new DefaultOAuth2TokenCallback(
                ISSUER_ID,
                "108",
                "JWT",
                List.of(client),
                Map.of(),
                -Duration.ofMinutes(3).toSeconds()));
    }

    /** What was asked of this path. */
    public List<Asked> asked(String path) {
        return asked.stream()
                .filter(each -> each.address().getPath().endsWith(path))
                .toList();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI(), body));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(server.baseUrl().toString()).resolve(exchange.getRequestURI()))
                .header("x-forwarded-port", Integer.toString(proxy.getAddress().getPort()))
                .method(
                        exchange.getRequestMethod(),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            request.header("Content-Type", type);
        }
        try (exchange) {
            HttpResponse<String> answer = onward.send(request.build(), BodyHandlers.ofString());
            for (String header : List.of("Location", "Content-Type")) {
                answer.headers()
                        .firstValue(header)
                        .ifPresent(value -> exchange.getResponseHeaders().set(header, value));
            }
            Reply reply = changed(exchange.getRequestURI().getPath(), new Reply(answer.statusCode(), answer.body()));
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A token that says another address than the one that was signed, in an answer of the path for tokens. */
    public static Reply withAddress(Reply reply, String address) {
        String token = reply.body().replaceAll("(?s).*\"id_token\"\\s*:\\s*\"([^\"]+)\".*", "$1");
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = claims.replaceAll("\"email\"\\s*:\\s*\"[^\"]*\"", "\"email\":\"" + address + "\"");
        if (changed.equals(claims)) {
            throw new IllegalArgumentException("there is no address to change");
        }
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(changed.getBytes(StandardCharsets.UTF_8));
        return reply.withBody(reply.body().replace(token, String.join(".", parts)));
    }

    private Reply changed(String path, Reply reply) {
        return changes.entrySet().stream()
                .filter(change -> path.endsWith(change.getKey()))
                .findFirst()
                .map(change -> change.getValue().apply(reply))
                .orElse(reply);
    }

    @Override
    public void close() {
        proxy.stop(0);
        threads.shutdownNow();
        server.shutdown();
    }
}
