package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {
    private static final int MOST = 2;
    private static final String POST = "POST /u/a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n";
    private static final String GET = "GET /o/a HTTP/1.1\r\nHost: a\r\n\r\n";

    private final AtomicBoolean shortOfMemory = new AtomicBoolean();
    private final CompletableFuture<Void> release = new CompletableFuture<>();
    private final CountDownLatch arrived = new CountDownLatch(MOST);
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        Handler waitsAtPosts = new Handler.Abstract.NonBlocking() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                if (request.getMethod().equals("GET")) {
                    callback.succeeded();
                } else {
                    arrived.countDown();
                    callback.completeWith(release);
                }
                return true;
            }
        };
        server.addConnector(connector);
        server.setErrorHandler(new SilentErrors(new RelayMetrics()));
        server.setHandler(new Admission(waitsAtPosts, MOST, RelaySettings.Limits.USUAL.request(), shortOfMemory::get));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void whatIsTooMuchAtOnceIsToldToComeBackLater() throws Exception {
        try (RawClient one = new RawClient(connector.getLocalPort());
                RawClient two = new RawClient(connector.getLocalPort());
                RawClient three = new RawClient(connector.getLocalPort())) {
            one.send(POST);
            two.send(POST);
            assertThat(arrived.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(three.send(POST).head()).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
            assertThat(three.send(GET).head()).as("waits for nothing").startsWith("HTTP/1.1 200");

            release.complete(null);

            assertThat(one.head()).startsWith("HTTP/1.1 200");
            assertThat(two.head()).startsWith("HTTP/1.1 200");
            assertThat(three.send(POST).head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void whileMemoryIsShortEverythingIsToldToComeBackLater() throws Exception {
        try (RawClient client = new RawClient(connector.getLocalPort())) {
            shortOfMemory.set(true);
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
            shortOfMemory.set(false);
            assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void memoryIsShortWhenACollectionLeavesTheHeapFull() {
        MemoryWatch tiny = new MemoryWatch(1);
        MemoryWatch large = new MemoryWatch(Long.MAX_VALUE);
        System.gc();

        tiny.look();
        large.look();

        assertThat(tiny.getAsBoolean()).isTrue();
        assertThat(large.getAsBoolean()).isFalse();
    }
}
