package app.mailroom.tracking;

import app.mailroom.tracking.ProofNote.Code;
import app.mailroom.tracking.RelayProof.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
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
                .followRedirects(HttpClient.Redirect.NEVER);
        if (trust != null) {
            building.sslContext(trust);
        }
        this.client = building.build();
    }

    Answer get(String url) throws Fault, InterruptedException {
        return ask(request(url).GET().build());
    }

    /** As a mail program sends it when its reader leaves by one click (RFC 8058, section 3.2). */
    Answer post(String url, String form) throws Fault, InterruptedException {
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

    private Answer ask(HttpRequest request) throws Fault, InterruptedException {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.headers(), response.body().length);
        } catch (IOException e) {
            throw new Fault(why(e, request.uri()), e);
        }
    }

    private ProofNote why(IOException e, URI uri) {
        String host = String.valueOf(uri.getHost());
        int port = uri.getPort() > 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
        if (e instanceof HttpTimeoutException) {
            return ProofNote.of(Code.SILENT, host, patience.toSeconds(), port);
        }
        if (has(e, UnresolvedAddressException.class::isInstance) || has(e, UnknownHostException.class::isInstance)) {
            return ProofNote.of(Code.NO_NAME, host);
        }
        if (has(e, NoRouteToHostException.class::isInstance)) {
            return ProofNote.of(Code.NO_WAY, host);
        }
        if (e instanceof ConnectException) {
            return ProofNote.of(Code.NOBODY_LISTENS, host, port);
        }
        return e instanceof SSLException ? certificate(e, host) : ProofNote.of(Code.BROKE_OFF, host, said(e));
    }

    private static ProofNote certificate(IOException e, String host) {
        if (has(e, cause -> cause instanceof CertificateExpiredException || isFor(cause, BasicReason.EXPIRED))) {
            return ProofNote.of(Code.CERTIFICATE_OVER, host);
        }
        if (has(
                e,
                cause -> cause instanceof CertificateNotYetValidException || isFor(cause, BasicReason.NOT_YET_VALID))) {
            return ProofNote.of(Code.CERTIFICATE_EARLY, host);
        }
        if (has(e, CertPathBuilderException.class::isInstance)) {
            return ProofNote.of(Code.CERTIFICATE_UNTRUSTED, host);
        }
        // The JDK's check of the name throws the plain class, with “No subject alternative … matching …”.
        if (has(
                e,
                cause -> cause instanceof CertificateException
                        && String.valueOf(cause.getMessage()).startsWith("No "))) {
            return ProofNote.of(Code.CERTIFICATE_OF_ANOTHER, host);
        }
        return ProofNote.of(Code.NO_TLS, host, said(e));
    }

    private static String said(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
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
