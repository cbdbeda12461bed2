package app.mailroom.plan;

import app.mailroom.template.MailLink;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Follows the links of a mail as a reader would, and says which do not lead anywhere. A link by which its recipient
 * leaves is never followed. That a link is fine means that its server answered, not that the page is the right one.
 */
public final class LinkCheck implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_REDIRECTS = 10;
    private static final long LOOKS_FOR_CANCEL_MS = 100;
    private static final String AGENT = "Mailroom link check";

    /** How a link answered. */
    public enum Standing {
        FINE,
        /** The server says that there is no such page, or that something is wrong with it (status 4xx or 5xx). */
        BROKEN,
        /** No answer: the name does not exist, nobody listens, or it took too long. */
        UNREACHABLE,
        /** Not looked at: no web link, such as mailto, or one that leaves. */
        SKIPPED
    }

    /** Why it stands so; in English. */
    public enum Reason {
        /** The server answered with its page. */
        ANSWERED(""),
        NO_SUCH_PAGE("The server says that there is no such page."),
        NOT_ALLOWED("The server does not show the page to everybody."),
        TOO_OFTEN("The server says that it was asked too often. Open the link in a browser."),
        SERVER_TROUBLE("The server says that something is wrong with it."),
        REFUSED("The server refuses the page."),
        REDIRECTED_FOR_EVER("The server sends on and on, and never to a page."),
        NO_SUCH_NAME("There is no server of this name."),
        NOBODY_LISTENS("Nobody answers at this address."),
        TOO_SLOW("The server did not answer in time."),
        CERTIFICATE("The connection cannot be made secure; a browser would warn of it."),
        CONNECTION_LOST("The connection broke off."),
        NO_ADDRESS("This is not the address of a page."),
        NOT_ON_THE_WEB("Only web links are looked at."),
        LEAVES("Following it could unsubscribe the recipient.");

        private final String english;

        Reason(String english) {
            this.english = english;
        }
    }

    /**
     * One link.
     *
     * @param url as it stands in the first mail, with its values
     * @param status of HTTP; 0 where there was none
     */
    public record Answer(String url, Standing standing, int status, Reason reason) {
        /** The reason in plain English, empty where it is fine. */
        public String detail() {
            return reason.english;
        }
    }

    private final Duration patience;
    private final ExecutorService askers;
    private @Nullable HttpClient client;

    /** With ten seconds for each link. */
    public LinkCheck() {
        this(PATIENCE);
    }

    /** The same with so long for each link, its redirects included. */
    LinkCheck(Duration patience) {
        this.patience = patience;
        AtomicInteger number = new AtomicInteger();
        this.askers = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "link-check-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Made when it is first needed: that takes a moment, and most sessions never look at a link. */
    private synchronized HttpClient client() {
        HttpClient made = client;
        if (made == null) {
            // Redirects are followed here: the client gives up after five. Some servers send on until a cookie comes
            // back.
            made = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .cookieHandler(new CookieManager())
                    .connectTimeout(patience)
                    .build();
            client = made;
        }
        return made;
    }

    /**
     * Asks the links of a mail, several at a time; says of each when it is known, from the thread that called this. Ends
     * early when cancelled, with what is known until then.
     *
     * @return the answers in the order of the links
     */
    public List<Answer> check(List<MailLink> links, Consumer<Answer> known, BooleanSupplier cancelled) {
        CompletionService<Answer> answers = new ExecutorCompletionService<>(askers);
        List<Future<Answer>> asked = new ArrayList<>();
        for (MailLink link : links) {
            asked.add(answers.submit(() -> ask(link)));
        }
        try {
            int open = asked.size();
            while (open > 0 && !cancelled.getAsBoolean()) {
                Future<Answer> next = answers.poll(LOOKS_FOR_CANCEL_MS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    open--;
                    known.accept(answer(next));
                }
            }
            List<Answer> found = new ArrayList<>();
            for (Future<Answer> one : asked) {
                if (one.isDone()) {
                    found.add(answer(one));
                }
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            asked.forEach(one -> one.cancel(true));
        }
    }

    private static Answer answer(Future<Answer> done) throws InterruptedException {
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a link could not be asked", e.getCause());
        }
    }

    private Answer ask(MailLink link) throws InterruptedException {
        String url = link.url();
        if (link.leaves()) {
            return new Answer(url, Standing.SKIPPED, 0, Reason.LEAVES);
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("http:") && !lower.startsWith("https:")) {
            return new Answer(url, Standing.SKIPPED, 0, Reason.NOT_ON_THE_WEB);
        }
        Optional<URI> uri = uri(url).filter(LinkCheck::onTheWeb);
        if (uri.isEmpty()) {
            return new Answer(url, Standing.BROKEN, 0, Reason.NO_ADDRESS);
        }
        try {
            return follow(url, uri.get());
        } catch (IOException e) {
            return new Answer(url, Standing.UNREACHABLE, 0, reason(e));
        }
    }

    private Answer follow(String url, URI first) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        URI next = first;
        int status = 0;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<?> response = step(next, deadline);
            status = response.statusCode();
            Optional<String> location = response.headers().firstValue("Location");
            if (status < 300 || status >= 400 || location.isEmpty()) {
                return answer(url, status);
            }
            Optional<URI> target = uri(location.get()).map(next::resolve).filter(LinkCheck::onTheWeb);
            if (target.isEmpty()) {
                return new Answer(url, Standing.BROKEN, status, Reason.NO_ADDRESS);
            }
            next = target.get();
        }
        return new Answer(url, Standing.BROKEN, status, Reason.REDIRECTED_FOR_EVER);
    }

    /** Asks for the head alone first; many servers answer that with an error or not at all, and the page is fine. */
    private HttpResponse<?> step(URI uri, long deadline) throws IOException, InterruptedException {
        try {
            HttpResponse<?> head = send(uri, "HEAD", deadline);
            if (head.statusCode() < 400) {
                return head;
            }
        } catch (HttpTimeoutException | ConnectException | SSLException e) {
            throw e;
        } catch (IOException e) {
            // The connection was made and then broken off, perhaps for the question.
            return send(uri, "GET", deadline);
        }
        return send(uri, "GET", deadline);
    }

    private HttpResponse<?> send(URI uri, String method, long deadline) throws IOException, InterruptedException {
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(left)
                .header("User-Agent", AGENT)
                .build();
        HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
        // Nothing of the page is read: how it begins to answer is all that was asked.
        response.body().close();
        return response;
    }

    private static Answer answer(String url, int status) {
        if (status < 400) {
            return new Answer(url, Standing.FINE, status, Reason.ANSWERED);
        }
        Reason reason = switch (status) {
            case 404, 410 -> Reason.NO_SUCH_PAGE;
            case 401, 403, 407 -> Reason.NOT_ALLOWED;
            case 429 -> Reason.TOO_OFTEN;
            default -> status >= 500 ? Reason.SERVER_TROUBLE : Reason.REFUSED;
        };
        return new Answer(url, Standing.BROKEN, status, reason);
    }

    private static Reason reason(IOException e) {
        if (e instanceof HttpTimeoutException) {
            return Reason.TOO_SLOW;
        }
        if (e instanceof SSLException) {
            return Reason.CERTIFICATE;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return Reason.NO_SUCH_NAME;
            }
        }
        return e instanceof ConnectException ? Reason.NOBODY_LISTENS : Reason.CONNECTION_LOST;
    }

    /** A link that a browser would open; one with characters that no address may have is none. */
    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text.strip().replace(" ", "%20")));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean onTheWeb(URI uri) {
        return uri.getHost() != null
                && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
    }

    /** Ends what is still being asked. */
    @Override
    public void close() {
        askers.shutdownNow();
    }
}
