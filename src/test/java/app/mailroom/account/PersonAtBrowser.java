package app.mailroom.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Somebody who signs in at the page that the program opens, as an account with these claims, and is led back. */
public final class PersonAtBrowser implements Consumer<URI> {
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    private final Map<String, Object> claims = new LinkedHashMap<>(Map.of(
            "email", "Mina@Example.COM",
            "email_verified", true,
            "name", "김미나",
            "picture", "https://example.com/mina.png",
            "hd", "example.com"));
    private String subject = "108";
    private String page = "";

    /** Uses the account of this number. */
    public PersonAtBrowser as(String account) {
        subject = account;
        return this;
    }

    /** Has the account claim this of the person. */
    public PersonAtBrowser with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    /** Has the account not claim this. */
    public PersonAtBrowser without(String claim) {
        claims.remove(claim);
        return this;
    }

    /** The page with which the browser ended. */
    public String page() {
        return page;
    }

    @Override
    public void accept(URI address) {
        try {
            String form = "username=" + encoded(subject) + "&claims="
                    + encoded(new ObjectMapper().writeValueAsString(claims));
            client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding());
            page = client.send(
                            HttpRequest.newBuilder(address)
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(BodyPublishers.ofString(form))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a browser gets that comes back with these parameters, to the place that a page names. */
    public static HttpResponse<String> comesBack(URI page, String parameters) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            parameters(page.getRawQuery()).get("redirect_uri") + "?" + parameters))
                                    .build(),
                            BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of an address or a form. */
    public static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
