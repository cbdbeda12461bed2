package app.mailroom.account;

import app.mailroom.account.ReturnPage.State;
import app.mailroom.account.SignInException.Code;
import com.google.api.client.auth.oauth2.AuthorizationCodeResponseUrl;
import com.google.api.client.extensions.java6.auth.oauth2.VerificationCodeReceiver;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the browser comes back to: a port of this computer that nobody else can reach (RFC 8252, section 7.3). It takes one
 * answer, right or wrong. The library's own receiver is not used, for it takes an answer whatever its state is.
 */
final class LoopbackReceiver implements VerificationCodeReceiver {
    private static final Logger log = LoggerFactory.getLogger(LoopbackReceiver.class);
    private static final String HOST = "127.0.0.1";
    private static final String PATH = "/signed-in";

    /** Browsers open connections that they may need; one that says nothing must not keep the others waiting. */
    private static final int THREADS = 8;

    private final int port;
    private final OneTimeValue state;
    private final Duration patience;
    private final ReturnPage page;
    private final CompletableFuture<String> code = new CompletableFuture<>();
    private final AtomicBoolean taken = new AtomicBoolean();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "sign-in-return");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable HttpServer server;

    /**
     * Opens nothing yet.
     *
     * @param port 0 for a free one
     * @param state what the answer has to bring back
     * @param patience how long to wait for it
     */
    LoopbackReceiver(int port, OneTimeValue state, Duration patience, ReturnPage page) {
        this.port = port;
        this.state = state;
        this.patience = patience;
        this.page = page;
    }

    /** Opens the port, and says where it is. */
    @Override
    public String getRedirectUri() throws SignInException {
        try {
            InetAddress here = InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
            HttpServer opened = HttpServer.create(new InetSocketAddress(here, port), 0);
            opened.setExecutor(threads);
            opened.createContext("/", this::answer);
            opened.start();
            server = opened;
            return "http://" + authority(opened) + PATH;
        } catch (BindException e) {
            throw new SignInException(
                    Code.PORT_TAKEN,
                    port == 0
                            ? "This computer has no free port on which the browser could come back. Close other programs, then"
                                    + " sign in again."
                            : "Another program uses port " + port
                                    + " of this computer, on which the browser is to come back. Close that program, or let"
                                    + " Mailroom choose a free port.",
                    e);
        } catch (IOException e) {
            throw new SignInException(
                    Code.PORT_TAKEN,
                    "No port can be opened on which the browser could come back: " + e.getMessage(),
                    e);
        }
    }

    /** Interrupting the thread ends the wait; the thread stays marked as interrupted. */
    @Override
    public String waitForCode() throws SignInException {
        try {
            return code.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SignInException(
                    Code.TIMED_OUT,
                    "The browser did not come back within " + minutes()
                            + ". If you have closed its page, sign in again and finish there.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SignInException why) {
                throw why;
            }
            throw new IllegalStateException("nothing else ends a sign-in", e);
        }
    }

    /** Closes the port. Answers that are on their way still arrive. */
    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
        threads.shutdown();
    }

    static SignInException cancelled() {
        return new SignInException(Code.CANCELLED, "Signing in was cancelled.");
    }

    private String minutes() {
        return patience.compareTo(Duration.ofMinutes(1)) < 0
                ? patience.toSeconds() + " seconds"
                : patience.toMinutes() + " minutes";
    }

    private static String authority(HttpServer server) {
        return HOST + ":" + server.getAddress().getPort();
    }

    /** Another name than the number of this computer means that a page of somebody else's asks. */
    private void answer(HttpExchange exchange) throws IOException {
        String expected = HOST + ":" + exchange.getLocalAddress().getPort();
        if (!exchange.getRequestURI().getPath().equals(PATH)
                || !expected.equals(exchange.getRequestHeaders().getFirst("Host"))) {
            nothing(exchange, 404);
        } else if (!exchange.getRequestMethod().equals("GET")) {
            nothing(exchange, 405);
        } else if (!taken.compareAndSet(false, true)) {
            nothing(exchange, 404);
        } else {
            take(exchange);
        }
    }

    /** The wait ends only when the page was handed over, for the port closes then. */
    private void take(HttpExchange exchange) {
        String url = "http://" + HOST + exchange.getRequestURI();
        try {
            String arrived = codeOf(url);
            show(exchange, State.ARRIVED);
            code.complete(arrived);
        } catch (SignInException e) {
            show(exchange, e.code() == Code.STATE_MISMATCH ? State.UNEXPECTED : State.REFUSED);
            code.completeExceptionally(e);
        }
    }

    /** RFC 6749, section 4.1.2. */
    private String codeOf(String url) throws SignInException {
        AuthorizationCodeResponseUrl response;
        try {
            response = new AuthorizationCodeResponseUrl(url);
        } catch (IllegalArgumentException e) {
            // Neither a code nor an error, or both. Its words may repeat a code, so they are left out.
            throw unexpected();
        }
        if (!state.is(response.getState())) {
            throw unexpected();
        }
        String error = response.getError();
        if (error == null) {
            return response.getCode();
        }
        throw error.equals("access_denied")
                ? new SignInException(
                        Code.DENIED,
                        "Google was told not to let Mailroom know who you are. To sign in, choose your account and agree.")
                : new SignInException(
                        Code.REFUSED_BY_GOOGLE, "Google refused the sign-in" + GoogleSignIn.said(error) + ".");
    }

    private static SignInException unexpected() {
        return new SignInException(
                Code.STATE_MISMATCH,
                "The browser came back with an answer that does not belong to this sign-in. It may be left over from an earlier"
                        + " one, or somebody tries to sign you in as somebody else. Sign in again.");
    }

    private void show(HttpExchange exchange, State how) {
        byte[] html = page.html(how).getBytes(StandardCharsets.UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", page.policy());
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        headers.set("Connection", "close");
        try (exchange) {
            exchange.sendResponseHeaders(200, html.length);
            exchange.getResponseBody().write(html);
        } catch (IOException e) {
            // The browser did not wait for its page; what it brought counts all the same.
            log.debug("The browser did not take its page", e);
        }
    }

    private static void nothing(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
