package app.mailroom.relay;

import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;

/** A relay's web server in front of a handler that tells what it was asked. */
final class ServerUnderTest implements AutoCloseable {
    static final RelaySettings.Limits LIMITS = RelaySettings.Limits.USUAL;

    private final RelayServer server;

    private ServerUnderTest(RelaySettings settings, Handler handler) throws IOException {
        server = new RelayServer(settings, handler, new RelayMetrics());
        server.start();
    }

    static ServerUnderTest plain(RelaySettings.Limits limits) throws IOException {
        return new ServerUnderTest(settings(Optional.empty(), Optional.empty(), limits), new Telling());
    }

    static ServerUnderTest plain(Handler handler) throws IOException {
        return new ServerUnderTest(settings(Optional.empty(), Optional.empty(), LIMITS), handler);
    }

    static ServerUnderTest behindProxy(String header) throws IOException {
        return new ServerUnderTest(settings(Optional.empty(), Optional.of(header), LIMITS), new Telling());
    }

    static ServerUnderTest encrypted(RelaySettings.Tls tls, RelaySettings.Limits limits) throws IOException {
        return new ServerUnderTest(settings(Optional.of(tls), Optional.empty(), limits), new Telling());
    }

    static RelaySettings settings(
            Optional<RelaySettings.Tls> tls, Optional<String> header, RelaySettings.Limits limits) {
        return new RelaySettings(
                new RelaySettings.Listening("127.0.0.1", 0, tls, header),
                new SigningKeys(List.of(SigningKey.random(new SecureRandom()))),
                Path.of("unused"),
                HitSpool.Limits.USUAL,
                false,
                limits);
    }

    static RelaySettings.Limits limits(int connections, Duration idle, Duration request) {
        return new RelaySettings.Limits(connections, connections, 100, 1_000, idle, request);
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Answers with the method, the reader's address and the size of the body; fails at /fails. */
    static final class Telling extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (request.getHttpURI().getPath().equals("/fails")) {
                throw new IllegalStateException("a secret of the program");
            }
            if (request.getMethod().equals("GET")) {
                tell(request, response, callback, 0);
                return true;
            }
            Content.Source.asByteArrayAsync(request, -1, new Promise.Invocable<byte[]>() {
                @Override
                public void succeeded(byte[] body) {
                    tell(request, response, callback, body.length);
                }

                @Override
                public void failed(Throwable failure) {
                    callback.failed(failure);
                }
            });
            return true;
        }

        private static void tell(Request request, Response response, Callback callback, int bytes) {
            String text = request.getMethod() + " from " + Request.getRemoteAddr(request) + " with " + bytes + " over "
                    + request.getConnectionMetaData().getProtocol();
            response.write(true, StandardCharsets.US_ASCII.encode(text), callback);
        }
    }
}
