package app.mailroom.tracking;

import app.mailroom.store.ProbeStore;
import app.mailroom.store.ProbeStore.Arrival;
import app.mailroom.tracking.HitLink.Kind;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server of HTTP that behaves as a relay does, or as one that is set up wrongly. What it notices arrives at once. */
public final class RelayStub implements AutoCloseable {
    /** What can be wrong. */
    public enum Fault {
        NONE,
        NOT_A_RELAY,
        SENDS_ON,
        BEHIND_A_LOGIN,
        PROXY_FINDS_NOBODY,
        OVERLOADED,
        TAKES_FORGED_LINKS,
        PICTURE_CHANGED,
        PICTURE_KEPT,
        LINK_CHANGED,
        LINK_FOLLOWED,
        PAGE_CHANGED,
        NO_POST,
        NO_ROOM,
        LOOKING_LEAVES,
        FORWARDS_NOTHING,
        FORWARDS_OPENINGS_ALONE
    }

    private static final String PROBE = "-probe-";

    final List<String> asked = new CopyOnWriteArrayList<>();
    public volatile Fault fault = Fault.NONE;
    volatile SigningKeys keys;
    private final ProbeStore probes;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> new Thread(task, "relay-stub"));

    public RelayStub(SigningKeys keys, ProbeStore probes, @Nullable SSLContext tls) throws IOException {
        this.keys = keys;
        this.probes = probes;
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(loopback, 0);
        } else {
            HttpsServer secure = HttpsServer.create(loopback, 0);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public RelayAddress address() {
        return RelayAddress.onLoopback(port());
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            asked.add(exchange.getRequestMethod() + " " + path.substring(0, Math.min(3, path.length())));
            switch (fault) {
                case NOT_A_RELAY -> answer(exchange, 404, "text/html", "nothing here");
                case SENDS_ON -> {
                    exchange.getResponseHeaders().set("Location", "https://www.example.com/");
                    answer(exchange, 301, "text/html", "");
                }
                case BEHIND_A_LOGIN -> answer(exchange, 401, "text/html", "");
                case PROXY_FINDS_NOBODY -> answer(exchange, 502, "text/html", "");
                case OVERLOADED -> answer(exchange, 503, "text/html", "");
                default -> asked(exchange, path);
            }
        }
    }

    private void asked(HttpExchange exchange, String path) throws IOException {
        if (path.equals("/healthz")) {
            answer(exchange, 200, "text/plain", "ok");
            return;
        }
        for (Kind kind : Kind.values()) {
            if (path.startsWith(kind.path())) {
                Optional<HitLink> link = new HitTokens(keys)
                        .read(kind, path.substring(kind.path().length()));
                if (link.isEmpty() && fault != Fault.TAKES_FORGED_LINKS) {
                    break;
                }
                hit(exchange, kind, link.orElseGet(() -> HitLink.open("")));
                return;
            }
        }
        answer(exchange, 404, "text/plain", "");
    }

    private void hit(HttpExchange exchange, Kind kind, HitLink link) throws IOException {
        switch (kind) {
            case OPEN -> {
                noticed(link);
                exchange.getResponseHeaders()
                        .set("Cache-Control", fault == Fault.PICTURE_KEPT ? "max-age=3600" : "no-store");
                answer(exchange, 200, "image/gif", "x".repeat(fault == Fault.PICTURE_CHANGED ? 35 : 43));
            }
            case CLICK -> {
                noticed(link);
                exchange.getResponseHeaders()
                        .set("Location", fault == Fault.LINK_CHANGED ? link.target() + "&utm=1" : link.target());
                answer(exchange, fault == Fault.LINK_FOLLOWED ? 200 : 302, "text/plain", "");
            }
            case UNSUBSCRIBE -> leave(exchange, link);
        }
    }

    private void leave(HttpExchange exchange, HitLink link) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            if (fault == Fault.LOOKING_LEAVES) {
                noticed(link);
            }
            answer(
                    exchange,
                    200,
                    fault == Fault.PAGE_CHANGED ? "application/json" : "text/html",
                    "<button>Leave</button>");
        } else if (fault == Fault.NO_POST) {
            answer(exchange, 405, "text/plain", "");
        } else if (fault == Fault.NO_ROOM) {
            answer(exchange, 503, "text/plain", "");
        } else {
            noticed(link);
            answer(exchange, 200, "text/html", "gone");
        }
    }

    private void noticed(HitLink link) {
        int probe = link.tag().indexOf(PROBE);
        boolean lost =
                fault == Fault.FORWARDS_NOTHING || (fault == Fault.FORWARDS_OPENINGS_ALONE && link.kind() != Kind.OPEN);
        if (!lost && probe >= 0) {
            probes.keep(List.of(new Arrival(link.tag().substring(probe + PROBE.length()), "RELAY_" + link.kind())));
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
