package app.mailroom.relay;

import java.io.IOException;
import java.net.BindException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The web server of a relay: connectors, certificates, limits. */
public final class RelayServer implements AutoCloseable {
    private final RelaySettings settings;
    private final Server server;
    private final ServerConnector connector;

    /** A server that is not started. */
    public RelayServer(RelaySettings settings, Handler handler, RelayMetrics metrics) {
        this.settings = settings;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("relay-web");
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setUriCompliance(UriCompliance.RFC3986);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(settings.listening().host());
        connector.setPort(settings.listening().port());
        connector.setIdleTimeout(settings.limits().idle().toMillis());
        server.addConnector(connector);
        server.setHandler(handler);
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when the port is taken or a certificate cannot be read; the message says which and what to do
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw cannotStart(e);
        }
    }

    private IOException cannotStart(Exception failure) {
        String where = settings.listening().host() + ":" + settings.listening().port();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new IOException(
                        "The relay cannot listen on " + where + ": " + cause.getMessage()
                                + ". Another program may use this port; choose another, or end that program.",
                        failure);
            }
        }
        return new IOException("The relay cannot start on " + where + ": " + failure.getMessage(), failure);
    }

    /** The port on which it listens. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more connections, and lets requests that are under way end. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the web server of the relay did not end", e);
        }
    }
}
