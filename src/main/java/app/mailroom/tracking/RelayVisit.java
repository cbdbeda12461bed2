package app.mailroom.tracking;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Asks a relay as a reader's program does, and says in plain words why there was no answer. Follows nothing. */
final class RelayVisit implements AutoCloseable {
    private static final String AGENT = "Mailroom relay proof";

    /** What came back; length is that of its body in bytes. */
    record Answer(int status, HttpHeaders headers, int length) {
        /** In small letters but for addresses, which keep theirs; empty if it is not there. */
        String header(String name) {
            String value = headers.firstValue(name).orElse("");
            return name.equals("location") ? value : value.toLowerCase(Locale.ROOT);
        }
    }

    /** There was none; the message says why and what to do. */
    static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final Duration patience;
    private final ExecutorService threads;
    private final HttpClient client;

    /** Waits so long for each answer. */
    RelayVisit(Duration patience) {
        this(patience, null);
    }

    /** The same, with trust in other certificates than those that this computer trusts. */
    RelayVisit(Duration patience, @Nullable SSLContext trust) {
        this.patience = patience;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "relay-proof");
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder building = HttpClient.newBuilder()
                .executor(threads)
                .connectTimeout(patience)
                .proxy(ProxySelector.getDefault())
                .followRedirects(HttpClient.Redirect.NEVER);
        if (trust != null) {
            building.sslContext(trust);
        }
        this.client = building.build();
    }

    Answer get(String url) throws NoAnswer, InterruptedException {
        return ask(request(url).GET().build());
    }

    /** As a mail program sends it when its reader leaves by one click (RFC 8058, section 3.2). */
    Answer post(String url, String form) throws NoAnswer, InterruptedException {
        return ask(request(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(patience)
                .header("User-Agent", AGENT)
                .header("Accept-Language", "en");
    }

    private Answer ask(HttpRequest request) throws NoAnswer, InterruptedException {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body().length);
        } catch (IOException e) {
            throw new NoAnswer(why(e, request.uri()), e);
        }
    }

    private String why(IOException e, URI uri) {
        String host = String.valueOf(uri.getHost());
        int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        if (e instanceof HttpTimeoutException) {
            return host + " did not answer within " + patience.toSeconds()
                    + " seconds. Look whether the relay runs, and whether its firewall or security group lets port "
                    + port
                    + " through.";
        }
        if (has(e, UnresolvedAddressException.class::isInstance) || has(e, UnknownHostException.class::isInstance)) {
            return "There is no server of the name " + host
                    + ". Look for a typing mistake, and whether the name is in the DNS; a new one may take an hour to be"
                    + " known everywhere.";
        }
        if (has(e, NoRouteToHostException.class::isInstance)) {
            return "There is no way to " + host
                    + " from here. Look at this computer's network and at the name's address.";
        }
        if (e instanceof ConnectException) {
            return "Nobody listens at " + host + ", port " + port
                    + ". Look whether the relay runs, and whether the name leads to its computer.";
        }
        if (e instanceof SSLException) {
            return certificate(e, host);
        }
        return "The connection to " + host + " broke off (" + e.getMessage()
                + "). Look at the relay's log, and at what stands between.";
    }

    private static String certificate(IOException e, String host) {
        String renew = " Renew it: readers' programs show a warning in place of the relay.";
        if (has(e, cause -> cause instanceof CertificateExpiredException || isFor(cause, BasicReason.EXPIRED))) {
            return "The certificate of " + host + " has expired." + renew;
        }
        if (has(
                e,
                cause -> cause instanceof CertificateNotYetValidException || isFor(cause, BasicReason.NOT_YET_VALID))) {
            return "The certificate of " + host
                    + " is not valid yet. Look at the clock of this computer, or at the day from which it holds.";
        }
        if (has(e, CertPathBuilderException.class::isInstance)) {
            return "The certificate of " + host
                    + " is not signed by anybody whom browsers trust. Use one of a public authority, such as Let's Encrypt,"
                    + " and give the relay the whole chain, not the last certificate alone.";
        }
        // The JDK's check of the name throws the plain class, with “No subject alternative … matching …”.
        if (has(
                e,
                cause -> cause instanceof CertificateException
                        && String.valueOf(cause.getMessage()).startsWith("No "))) {
            return "The certificate at " + host + " is for another name. Get one for " + host
                    + ", or look whether the name leads to the right computer.";
        }
        return "The connection to " + host + " cannot be made secure (" + e.getMessage()
                + "). Look whether the relay or its proxy speaks TLS at this port.";
    }

    private static boolean isFor(Throwable cause, BasicReason reason) {
        return cause instanceof CertPathValidatorException path && path.getReason() == reason;
    }

    private static boolean has(Throwable failure, Predicate<Throwable> wanted) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Ends its threads; the client, which cannot be closed in this Java, goes with them. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
