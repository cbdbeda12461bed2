package app.mailroom.relay;

import app.mailroom.SettableClock;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The handler on a plain server of Jetty, with a real spool, and what a reader's program does with it. */
final class BareRelay implements AutoCloseable {
    private static final SigningKeys KEYS = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));

    private final RelayMetrics metrics = new RelayMetrics();
    private final CollectingQueue queue = new CollectingQueue();
    private final HitTokens tokens = new HitTokens(KEYS);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final HitSpool spool;
    private final HitForwarder forwarder;
    private final Server server;

    private BareRelay(HitSpool spool, boolean keepReaders, SettableClock clock) throws Exception {
        this.spool = spool;
        this.forwarder = new HitForwarder(spool, queue);
        RelaySettings settings = RelaySettings.onLoopback(0, KEYS, Path.of("spool"));
        this.server = started(
                new RelayHandler(tokens, spool, keepReaders ? keepingReaders(settings) : settings, metrics, clock));
    }

    /** One that keeps as much as usual. */
    static BareRelay start(Path folder) throws Exception {
        return start(folder, HitSpool.Limits.USUAL, false);
    }

    static BareRelay start(Path folder, HitSpool.Limits limits, boolean keepReaders) throws Exception {
        return new BareRelay(HitSpool.open(folder, limits), keepReaders, new SettableClock());
    }

    private static RelaySettings keepingReaders(RelaySettings settings) {
        return new RelaySettings(
                settings.host(), settings.port(), settings.tls(), settings.keys(), settings.spool(), true);
    }

    private static Server started(Handler handler) throws Exception {
        Server server = new Server();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        return server;
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    RelayMetrics metrics() {
        return metrics;
    }

    HitTokens tokens() {
        return tokens;
    }

    /** The path that stands for a link. */
    String path(HitLink link) {
        return link.kind().path() + tokens.token(link);
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** What is asked for with a method and headers, given as names and values in turn. */
    HttpResponse<byte[]> ask(String method, String path, String... headers) throws IOException, InterruptedException {
        return ask(method, path, new byte[0], headers);
    }

    HttpResponse<byte[]> ask(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(path))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Writes what no client library would, and reads until the relay has nothing more to say. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** All hits so far, as the queue gets them. */
    List<JsonNode> events() {
        forwarder.flush(Duration.ofSeconds(20));
        return queue.events();
    }

    /** The same as they were written. */
    List<String> lines() {
        forwarder.flush(Duration.ofSeconds(20));
        return queue.lines();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server did not stop", e);
        }
        forwarder.close();
        spool.close();
    }
}
