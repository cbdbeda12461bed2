package app.mailroom.account;

import app.mailroom.account.SignInException.Code;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks an OpenID Connect issuer for what it publishes of itself. */
final class IssuerDocuments {
    static final JsonFactory JSON = GsonFactory.getDefaultInstance();

    /** Google's are of 2 KB. */
    private static final int MOST_BYTES = 256 * 1024;

    private final HttpTransport transport;
    private final HttpRequestInitializer manners;

    IssuerDocuments(HttpTransport transport, Duration patience) {
        this.transport = transport;
        this.manners = manners(patience);
    }

    /** Where an issuer has people sign in, where it gives tokens, and where its keys lie. */
    record Endpoints(String authorization, String token, String keys) {}

    /** How every request is made: given up after a while, not led elsewhere, and never logged, since many hold secrets. */
    static HttpRequestInitializer manners(Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        return (HttpRequest request) -> request.setConnectTimeout(millis)
                .setReadTimeout(millis)
                .setFollowRedirects(false)
                .setLoggingEnabled(false)
                .setCurlLoggingEnabled(false);
    }

    /** OpenID Connect Discovery 1.0, section 4. */
    Endpoints endpoints(URI issuer) throws SignInException {
        GenericJson said = get(issuer.toString().replaceFirst("/$", "") + "/.well-known/openid-configuration");
        if (!text(said, "issuer").filter(issuer.toString()::equals).isPresent()) {
            throw new SignInException(
                    Code.WRONG_ISSUER,
                    "What answers at " + issuer + " says that it is somebody else. Nobody was signed in.");
        }
        return new Endpoints(
                address(said, "authorization_endpoint"), address(said, "token_endpoint"), address(said, "jwks_uri"));
    }

    /** The object that lies there. */
    GenericJson get(String address) throws SignInException {
        try {
            HttpResponse response = transport
                    .createRequestFactory(manners)
                    .buildGetRequest(new GenericUrl(address))
                    .execute();
            try (InputStream body = response.getContent()) {
                byte[] bytes = body == null ? new byte[0] : body.readNBytes(MOST_BYTES);
                return parsed(new String(bytes, StandardCharsets.UTF_8), address);
            } finally {
                response.disconnect();
            }
        } catch (SignInException e) {
            throw e;
        } catch (IOException e) {
            throw new SignInException(
                    Code.UNREACHABLE,
                    URI.create(address).getHost()
                            + " does not answer as it should. Look at this computer's network, and"
                            + " whether a firewall or a proxy stands between, then try again.",
                    e);
        }
    }

    private static GenericJson parsed(String body, String address) throws SignInException {
        try {
            return JSON.fromString(body, GenericJson.class);
        } catch (IOException | IllegalArgumentException e) {
            throw new SignInException(
                    Code.UNREACHABLE,
                    "Something else answers in place of " + URI.create(address).getHost()
                            + ", as the page of a hotel's network does. Look at this computer's network, then try again.",
                    e);
        }
    }

    private static String address(GenericJson said, String name) throws SignInException {
        return text(said, name)
                .filter(GoogleClient::isSafe)
                .orElseThrow(() -> new SignInException(
                        Code.UNREACHABLE,
                        "The issuer does not say where its " + name + " is, or it is not reached by HTTPS."));
    }

    static Optional<String> text(GenericJson object, String name) {
        return object.get(name) instanceof String text && !text.isBlank() ? Optional.of(text) : Optional.empty();
    }
}
