package app.mailroom.relay;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A browser without a window and one page in it, driven over the
 * <a href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>.
 */
final class Chromium implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final WebSocket socket;
    private @Nullable String session;

    private Chromium(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, new Reader())
                .join();
    }

    /** The browser of this machine; empty if it has none. */
    static Optional<Path> program() {
        return NAMES.stream()
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts the browser with a profile of its own in a folder, and opens a page with nothing on it. */
    static Chromium start(Path program, Path profile) throws IOException {
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless=new",
                        // A test may run as root, in a container without the kernel's sandboxes; it opens our own page
                        // only.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        Path port = profile.resolve("DevToolsActivePort");
        try {
            await().atMost(PATIENCE)
                    .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
            List<String> lines = Files.readAllLines(port);
            Chromium browser = new Chromium(process, URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)));
            browser.attach();
            return browser;
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void attach() {
        String target = ask("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        session = ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Network", "Runtime", "Log", "Accessibility")) {
            ask(domain + ".enable", Map.of());
        }
    }

    /** Calls a method of the protocol and waits for its result. */
    JsonNode ask(String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode call = JSON.createObjectNode().put("id", id).put("method", method);
        call.set("params", JSON.valueToTree(parameters));
        if (session != null) {
            call.put("sessionId", session);
        }
        socket.sendText(call.toString(), true).join();
        JsonNode message =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (message.has("error")) {
            throw new AssertionError(method + ": " + message.path("error"));
        }
        return message.path("result");
    }

    /** What an expression of JavaScript is worth on the page. */
    JsonNode evaluate(String expression) {
        JsonNode result = ask("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /** Goes to an address and waits until all of the page is there. */
    void open(URI address) {
        long loaded = seen("Page.loadEventFired").count();
        ask("Page.navigate", Map.of("url", address.toString()));
        await().atMost(PATIENCE).until(() -> seen("Page.loadEventFired").count() > loaded);
    }

    /** Presses a key and lets it go. */
    void press(String key, int code, String text) {
        ask("Input.dispatchKeyEvent", key("keyDown", key, code, text));
        ask("Input.dispatchKeyEvent", key("keyUp", key, code, ""));
    }

    private static Map<String, Object> key(String type, String key, int code, String text) {
        return Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text);
    }

    /** What the page shows to somebody who does not see it, without what is there for order only. */
    List<JsonNode> accessible() {
        List<JsonNode> nodes = new CopyOnWriteArrayList<>();
        ask("Accessibility.getFullAXTree", Map.of()).path("nodes").forEach(node -> {
            if (!node.path("ignored").asBoolean()) {
                nodes.add(node);
            }
        });
        return nodes;
    }

    /** All that the page and the browser for it asked the network for. */
    List<String> requests() {
        return seen("Network.requestWillBeSent")
                .map(event -> event.path("params").path("request"))
                .map(request -> request.path("method").asText() + " "
                        + request.path("url").asText())
                .toList();
    }

    /** What a developer would see in the console, in whatever colour. */
    List<String> complaints() {
        return Stream.of("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
                .flatMap(this::seen)
                .map(JsonNode::toString)
                .toList();
    }

    private Stream<JsonNode> seen(String event) {
        return events.stream().filter(one -> one.path("method").asText().equals(event));
    }

    @Override
    public void close() {
        session = null;
        ask("Browser.close", Map.of());
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** Puts messages together, which may come in pieces. */
    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(String text) {
            try {
                JsonNode message = JSON.readTree(text);
                CompletableFuture<JsonNode> answer =
                        asked.remove(message.path("id").asInt());
                if (answer == null) {
                    events.add(message);
                } else {
                    answer.complete(message);
                }
            } catch (JsonProcessingException e) {
                throw new AssertionError("not of the protocol: " + text, e);
            }
        }
    }
}
