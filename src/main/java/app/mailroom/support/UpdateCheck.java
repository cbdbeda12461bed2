package app.mailroom.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an address whether there is a newer version. What is sent is one GET without a body, cookies, or anything about the
 * person, the workspace or the version in use. The answer is a JSON object: {@code version}, and perhaps {@code page} and
 * {@code notes}. Nothing is downloaded or installed.
 */
public final class UpdateCheck {
    /** The setting of the address. */
    public static final String ADDRESS = "updates.address";
    /** The setting that has it asked once a day. */
    public static final String DAILY = "updates.daily";
    /** When it was last asked, in UTC epoch milliseconds. Windows remember it, so nobody needs a right to change it. */
    public static final String ASKED = "ui.updates.asked";

    private static final Logger log = LoggerFactory.getLogger(UpdateCheck.class);
    private static final int LARGEST = 64 << 10;
    private static final int NOTES_AT_MOST = 4_000;
    private static final int REDIRECTS_AT_MOST = 3;
    private static final int OK = 200;

    private final String version;
    private final Duration patience;
    private final ObjectMapper json = new ObjectMapper();

    /** For the version in use. patience is for all of it. */
    public UpdateCheck(String version, Duration patience) {
        this.version = version;
        this.patience = patience;
    }

    /** Whether this is an address that would be asked: HTTPS, or plain HTTP on this computer. */
    public static boolean isAddress(String text) {
        return address(text).isPresent();
    }

    /** Asks, which may take as long as the patience lasts. A blank address is not asked. */
    public UpdateAnswer ask(String address) throws InterruptedException {
        if (address.isBlank()) {
            return new UpdateAnswer.NoAddress();
        }
        Optional<URI> at = address(address.strip());
        if (at.isEmpty()) {
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.ADDRESS);
        }
        AtomicReference<InputStream> body = new AtomicReference<>();
        CompletableFuture<UpdateAnswer> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> answer.complete(asked(at.get(), body)), "update-check");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            close(body.get());
            asking.interrupt();
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.TIMEOUT);
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking ends with an answer", e);
        }
    }

    private UpdateAnswer asked(URI first, AtomicReference<InputStream> body) {
        try {
            return follow(first, body);
        } catch (HttpTimeoutException e) {
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.TIMEOUT);
        } catch (IOException e) {
            log.info("The address for updates cannot be reached", e);
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.TIMEOUT);
        }
    }

    private UpdateAnswer follow(URI first, AtomicReference<InputStream> body) throws IOException, InterruptedException {
        // Redirects are followed by hand, because only HTTPS may follow; there is no cookie handler and no
        // authenticator.
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
        URI at = first;
        for (int redirects = 0; redirects <= REDIRECTS_AT_MOST; redirects++) {
            HttpRequest request = HttpRequest.newBuilder(at)
                    .timeout(patience)
                    .header("Accept", "application/json")
                    // Otherwise the version of Java would stand there.
                    .header("User-Agent", "Mailroom")
                    .GET()
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                body.set(in);
                int status = response.statusCode();
                if (status == OK) {
                    byte[] said = in.readNBytes(LARGEST + 1);
                    return said.length > LARGEST ? new UpdateAnswer.Failed(UpdateAnswer.Fault.OVERSIZED) : read(said);
                }
                if (status / 100 != 3) {
                    return new UpdateAnswer.Failed(UpdateAnswer.Fault.REFUSED);
                }
                URI from = at;
                Optional<URI> next = response.headers().firstValue("Location").flatMap(to -> resolved(from, to));
                if (next.isEmpty() || !"https".equalsIgnoreCase(next.get().getScheme())) {
                    return new UpdateAnswer.Failed(UpdateAnswer.Fault.REDIRECT);
                }
                at = next.get();
            }
        }
        return new UpdateAnswer.Failed(UpdateAnswer.Fault.REDIRECT);
    }

    private UpdateAnswer read(byte[] said) throws IOException {
        JsonNode answer;
        try {
            answer = json.readTree(said);
        } catch (JsonProcessingException e) {
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.GARBAGE);
        }
        String offered = answer == null ? "" : answer.path("version").asText("");
        Optional<SemanticVersion> there = SemanticVersion.of(offered);
        if (answer == null || there.isEmpty()) {
            return new UpdateAnswer.Failed(UpdateAnswer.Fault.GARBAGE);
        }
        SemanticVersion here =
                SemanticVersion.of(version).orElseThrow(() -> new IllegalStateException(version + " is no version"));
        if (there.get().compareTo(here) <= 0) {
            return new UpdateAnswer.Newest(version);
        }
        Optional<URI> page = Optional.of(answer.path("page").asText(""))
                .flatMap(UpdateCheck::address)
                .filter(uri -> "https".equalsIgnoreCase(uri.getScheme()));
        String notes = answer.path("notes").asText("").strip();
        return new UpdateAnswer.Newer(
                offered, page, notes.length() <= NOTES_AT_MOST ? notes : notes.substring(0, NOTES_AT_MOST) + "…");
    }

    private static Optional<URI> address(String text) {
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            boolean here = "localhost".equals(host) || "127.0.0.1".equals(host) || "[::1]".equals(host);
            boolean fits = host != null
                    && uri.getUserInfo() == null
                    && ("https".equalsIgnoreCase(uri.getScheme())
                            || (here && "http".equalsIgnoreCase(uri.getScheme())));
            return fits ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> resolved(URI from, String to) {
        try {
            return Optional.of(from.resolve(new URI(to)));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static void close(@Nullable InputStream body) {
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            log.debug("An answer that came too slowly did not end well", e);
        }
    }
}
