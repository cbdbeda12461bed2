package app.mailroom.relay;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.BlockingArrayQueue;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The web server of a relay: connectors, certificates, limits. */
public final class RelayServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RelayServer.class);

    private static final int HEADER_BYTES = 8 * 1024;
    /** One-click requests have 26 bytes (RFC 8058, section 3.1), the page's form a few more. */
    private static final int BODY_BYTES = 4 * 1024;

    /** No request waits within a thread, so that a few are enough; what they cannot begin is bounded too. */
    private static final int MOST_THREADS = 64;

    private static final int FEWEST_THREADS = 8;
    private static final int WAITING_JOBS = 20_000;
    /** Buffers that are kept for later use, on the heap and beside it. */
    private static final long KEPT_BUFFER_BYTES = 32L << 20;

    /** About what a connection with TLS holds on the heap while it is silent. */
    private static final long HEAP_PER_CONNECTION = 32L << 10;

    private static final int BACKLOG = 1_024;
    private static final int MOST_UNDER_WAY = 2_000;
    /** Jetty keeps some 2 KB for each that a connection ever had at once, as long as it is open. */
    private static final int HTTP2_STREAMS = 32;
    /** Frames of a connection that cost work and bring none, such as resets of what was just asked (CVE-2023-44487). */
    private static final int HTTP2_ODD_FRAMES_PER_SECOND = 64;

    private static final int HTTP2_STREAM_WINDOW = 16 * 1024;
    private static final int HTTP2_SESSION_WINDOW = 64 * 1024;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration CROWDED_PATIENCE = Duration.ofSeconds(2);
    /** From this share of all connections on, those that are of no use are cut sooner. */
    private static final double CROWDED = 0.8;

    private static final Duration STOPPING = Duration.ofSeconds(5);
    /** A silent connection holds nothing up. */
    private static final Duration STOPPING_IDLE = Duration.ofMillis(200);

    private final RelaySettings settings;
    private final MemoryWatch memory;
    private final StalledConnections stalled;
    private final int mostConnections;
    private final LongAdder cut = new LongAdder();
    private final Server server;
    private final Optional<SslContextFactory.Server> tls;
    private final ServerConnector connector;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** A server that is not started. */
    public RelayServer(RelaySettings settings, Handler handler, RelayMetrics metrics) {
        this(settings, handler, metrics, new MemoryWatch());
    }

    RelayServer(RelaySettings settings, Handler handler, RelayMetrics metrics, MemoryWatch memory) {
        this.settings = settings;
        this.memory = memory;
        RelaySettings.Limits limits = settings.limits();
        this.mostConnections = (int)
                Math.max(1, Math.min(limits.connections(), Runtime.getRuntime().maxMemory() / HEAP_PER_CONNECTION));
        this.stalled = new StalledConnections(limits.request(), CROWDED_PATIENCE);
        this.server = new Server(threads(), new ScheduledExecutorScheduler("relay-timer", true), buffers());
        server.setErrorHandler(new SilentErrors(metrics));
        server.setStopTimeout(STOPPING.toMillis());
        this.tls = settings.listening().tls().map(files -> new SslContextFactory.Server());
        this.connector = new ServerConnector(server, 1, -1, protocols());
        connector.setHost(settings.listening().host());
        connector.setPort(settings.listening().port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.setIdleTimeout(limits.idle().toMillis());
        connector.setShutdownIdleTimeout(STOPPING_IDLE.toMillis());
        server.addConnector(connector);
        metrics.gauge(
                "connections",
                "Open connections.",
                () -> connector.getConnectedEndPoints().size());
        NetworkConnectionLimit cap = new NetworkConnectionLimit(mostConnections, connector);
        cap.setEndPointIdleTimeout(Math.min(limits.idle().toMillis(), CROWDED_PATIENCE.toMillis()));
        server.addBean(cap);
        if (settings.listening().readerHeader().isEmpty()) {
            connector.addBean(new ConnectionsPerAddress(limits.connectionsPerAddress()));
        }
        metrics.counter("connections_cut_total", "Connections that were cut since nothing came to its end.", cut::sum);
        SizeLimitHandler bodies = new SizeLimitHandler(BODY_BYTES, -1);
        bodies.setHandler(handler);
        server.setHandler(new GracefulHandler(new Admission(bodies, MOST_UNDER_WAY, limits.request(), memory)));
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when the port is taken or a certificate cannot be read; the message says which and what to do
     */
    public void start() throws IOException {
        try {
            if (tls.isPresent()) {
                CertificateReload.use(
                        Certificates.read(settings.listening().tls().orElseThrow()), tls.get());
            }
            server.start();
        } catch (IOException e) {
            close();
            throw e instanceof BindException || e.getCause() != null ? cannotStart(e) : e;
        } catch (Exception e) {
            close();
            throw cannotStart(e);
        }
        if (mostConnections < settings.limits().connections()) {
            log.warn(
                    "The heap has room for {} connections, which are fewer than the limit of {}; give it more (-Xmx)",
                    mostConnections,
                    settings.limits().connections());
        }
        Optional<CertificateReload> reload = tls.map(
                context -> new CertificateReload(settings.listening().tls().orElseThrow(), context));
        Thread watch = new Thread(() -> watchUntilClosed(reload), "relay-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** The port on which it listens. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Takes no more connections, and lets requests that are under way end. */
    @Override
    public void close() {
        closed.countDown();
        try {
            server.stop();
        } catch (Exception e) {
            // It has stopped listening all the same, and what waits in the spool must not be held up.
            log.warn("Not all requests came to an end", e);
        }
    }

    private void watchUntilClosed(Optional<CertificateReload> reload) {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    memory.look();
                    lookAtConnections();
                    reload.ifPresent(CertificateReload::look);
                } catch (RuntimeException e) {
                    log.error("The relay could not look after itself; it tries again", e);
                }
            }
        } catch (InterruptedException e) {
            log.warn("Nothing cuts slow connections any more", e);
        }
    }

    private void lookAtConnections() {
        Collection<EndPoint> connected = connector.getConnectedEndPoints();
        boolean crowded = connected.size() > CROWDED * mostConnections || memory.getAsBoolean();
        int stopped = stalled.close(connected, crowded);
        cut.add(stopped);
        if (stopped > 0) {
            log.debug("Cut {} of {} connections, on which nothing came to its end", stopped, connected.size());
        }
    }

    private ConnectionFactory[] protocols() {
        HttpConfiguration http = http();
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {http1, limited(new HTTP2CServerConnectionFactory(http))};
        }
        tls.get().setIncludeProtocols("TLSv1.3", "TLSv1.2");
        tls.get().setRenegotiationAllowed(false);
        HTTP2ServerConnectionFactory http2 = limited(new HTTP2ServerConnectionFactory(http));
        ALPNServerConnectionFactory choice = new ALPNServerConnectionFactory();
        choice.setDefaultProtocol(http1.getProtocol());
        SslConnectionFactory encrypted = new SslConnectionFactory(tls.get(), choice.getProtocol());
        encrypted.setEnsureSecureRequestCustomizer(false);
        return new ConnectionFactory[] {encrypted, choice, http2, http1};
    }

    private HttpConfiguration http() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setOutputBufferSize(HEADER_BYTES);
        http.setUriCompliance(UriCompliance.RFC3986);
        http.setMaxUnconsumedRequestContentReads(1);
        settings.listening().readerHeader().ifPresent(header -> http.addCustomizer(new ReaderAddress(header)));
        return http;
    }

    private <F extends AbstractHTTP2ServerConnectionFactory> F limited(F http2) {
        http2.setMaxConcurrentStreams(HTTP2_STREAMS);
        http2.setMaxHeaderBlockFragment(HEADER_BYTES);
        http2.setRateControlFactory(new WindowRateControl.Factory(HTTP2_ODD_FRAMES_PER_SECOND));
        http2.setInitialStreamRecvWindow(HTTP2_STREAM_WINDOW);
        http2.setInitialSessionRecvWindow(HTTP2_SESSION_WINDOW);
        http2.setStreamIdleTimeout(settings.limits().request().toMillis());
        return http2;
    }

    private static QueuedThreadPool threads() {
        QueuedThreadPool threads =
                new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS, new BlockingArrayQueue<>(WAITING_JOBS));
        threads.setName("relay-web");
        return threads;
    }

    private static ArrayByteBufferPool buffers() {
        return new ArrayByteBufferPool(-1, -1, -1, -1, KEPT_BUFFER_BYTES, KEPT_BUFFER_BYTES);
    }

    private IOException cannotStart(Exception failure) {
        String where = settings.listening().host() + ":" + settings.listening().port();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return new IOException(
                        "The relay cannot listen on " + where + " (" + cause.getMessage()
                                + "). Another program may use this port, this computer may not have this address,"
                                + " or ports below 1024 may be reserved for administrators.",
                        failure);
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new IOException("The relay cannot listen on " + where + ": nobody knows this address.", failure);
            }
        }
        return new IOException("The relay cannot start on " + where + ": " + failure.getMessage(), failure);
    }
}
