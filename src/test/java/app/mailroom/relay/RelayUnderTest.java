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

/** A whole relay on loopback, and what a reader's program does with it. */
final class RelayUnderTest implements AutoCloseable {
    /** So much of everything that nothing of it is met. */
    static final RelaySettings.Limits NO_LIMITS = new RelaySettings.Limits(
            10_000, 1_000, 1_000_000, 1_000_000, Duration.ofSeconds(30), Duration.ofSeconds(20));

    private final QueueInMemory queue = new QueueInMemory();
    private final HitTokens tokens;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Relay relay;
    private boolean ended;

    private RelayUnderTest(RelaySettings settings) throws IOException {
        this.tokens = new HitTokens(settings.keys());
        // The process of the tests holds much besides the relay, which would turn readers away for it.
        this.relay = Relay.start(settings, queue, new SettableClock(), new MemoryWatch(Long.MAX_VALUE));
    }

    /** One with room for everything. */
    static RelayUnderTest start(Path folder) throws IOException {
        return start(folder, HitSpool.Limits.USUAL, false, NO_LIMITS);
    }

    static RelayUnderTest start(Path folder, HitSpool.Limits spool, boolean keepReaders, RelaySettings.Limits limits)
            throws IOException {
        SigningKeys keys = new SigningKeys(List.of(SigningKey.random(new SecureRandom())));
        RelaySettings usual = RelaySettings.onLoopback(0, keys, folder);
        return new RelayUnderTest(new RelaySettings(usual.listening(), keys, folder, spool, keepReaders, limits));
    }

    int port() {
        return relay.port();
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

    /** One of the figures that the relay shows of itself; 0 if it has not met it. */
    long figure(String name) throws IOException, InterruptedException {
        return new String(ask("GET", "/metrics").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("mailroom_relay_" + name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElse(0);
    }

    /** Ends the relay, so that nothing is under way any more, and returns all hits that the queue got of it. */
    List<JsonNode> events() {
        close();
        return queue.events();
    }

    /** The same as they were written. */
    List<String> lines() {
        close();
        return queue.lines();
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            relay.close();
        }
    }
}
