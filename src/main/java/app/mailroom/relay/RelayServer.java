package app.mailroom.relay;

import java.io.IOException;
import org.eclipse.jetty.server.Handler;

/** The web server of a relay: connectors, certificates, limits. */
@SuppressWarnings("DoNotCallSuggester")
public final class RelayServer implements AutoCloseable {
    /** A server that is not started. */
    public RelayServer(RelaySettings settings, Handler handler, RelayMetrics metrics) {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when the port is taken or a certificate cannot be read; the message says which and what to do
     */
    public void start() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The port on which it listens. */
    public int port() {
        throw new UnsupportedOperationException();
    }

    /** Takes no more connections, and lets requests that are under way end. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
