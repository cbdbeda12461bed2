package app.mailroom.account;

import app.mailroom.account.IssuerDocuments.Endpoints;
import app.mailroom.account.SignInException.Code;
import com.google.api.client.auth.oauth2.AuthorizationCodeFlow;
import com.google.api.client.auth.oauth2.AuthorizationCodeRequestUrl;
import com.google.api.client.auth.oauth2.BearerToken;
import com.google.api.client.auth.oauth2.ClientParametersAuthentication;
import com.google.api.client.auth.oauth2.TokenResponseException;
import com.google.api.client.extensions.java6.auth.oauth2.AuthorizationCodeInstalledApp;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.javanet.NetHttpTransport;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Signs a person in with Google: the browser asks them, comes back to a port of this computer with a code, and the code is
 * exchanged for an ID token that says who they are (OAuth 2.0 for native apps, RFC 8252; PKCE, RFC 7636; OpenID Connect Core
 * 1.0). Nothing that Google gives is kept but what {@link SignedIn} says.
 */
public final class GoogleSignIn {
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(15);
    private static final List<String> SCOPES = List.of("openid", "email", "profile");

    private final GoogleSettings settings;
    private final Consumer<URI> browser;
    private final SecureRandom random = new SecureRandom();
    private final HttpTransport transport = new NetHttpTransport();
    private final IssuerDocuments documents = new IssuerDocuments(transport, ANSWER_PATIENCE);
    private final IdTokenCheck check;

    /**
     * Asks nobody yet.
     *
     * @param browser shows an address to the person. It may also offer the address to be copied, for a browser that does not
     *     open
     */
    public GoogleSignIn(GoogleSettings settings, Consumer<URI> browser, Clock clock) {
        this.settings = settings;
        this.browser = browser;
        this.check = new IdTokenCheck(new IssuerKeys(documents, clock), clock);
    }

    /**
     * How to sign in.
     *
     * @param language of the page with which the browser ends; English unless it is Korean
     * @param patience how long to wait for the person
     * @param domain the organisation whose account it has to be; empty for any account
     * @param port on which the browser comes back; 0 for a free one
     */
    public record Wish(Locale language, Duration patience, Optional<String> domain, int port) {
        private static final Duration USUAL_PATIENCE = Duration.ofMinutes(5);

        /** Any account, a free port, five minutes. */
        public static Wish usual(Locale language) {
            return new Wish(language, USUAL_PATIENCE, Optional.empty(), 0);
        }
    }

    /**
     * Has a person sign in, and waits for them. Interrupting the thread cancels; while Google is being asked that is noticed
     * only when it has answered, within 15 seconds for each of three questions.
     *
     * @throws SignInException when nobody signed in, for whatever reason; nothing is left open then
     */
    public SignedIn signIn(Wish wish) throws SignInException {
        GoogleClient client = settings.client();
        Endpoints endpoints = documents.endpoints(client.issuer());
        requireWanted();
        OneTimeValue nonce = OneTimeValue.random(random);
        String token = new Attempt(client, endpoints, nonce, wish).idToken();
        requireWanted();
        return check.signedIn(
                token,
                new IdTokenCheck.Expected(client.id(), client.issuerNames(), endpoints.keys(), nonce, wish.domain()));
    }

    /** What Google named as its reason, if it is one word as it should be; anything else may hold anything. */
    static String said(@Nullable String error) {
        return error != null && error.matches("[a-z_]{1,40}") ? " (" + error + ")" : "";
    }

    private static void requireWanted() throws SignInException {
        if (Thread.currentThread().isInterrupted()) {
            throw LoopbackReceiver.cancelled();
        }
    }

    /** One sign-in; its PKCE verifier is made with the flow, so each needs its own. */
    private final class Attempt {
        private final GoogleClient client;
        private final Endpoints endpoints;
        private final OneTimeValue nonce;
        private final OneTimeValue state = OneTimeValue.random(random);
        private final Wish wish;

        Attempt(GoogleClient client, Endpoints endpoints, OneTimeValue nonce, Wish wish) {
            this.client = client;
            this.endpoints = endpoints;
            this.nonce = nonce;
            this.wish = wish;
        }

        String idToken() throws SignInException {
            AtomicReference<@Nullable Object> token = new AtomicReference<>();
            AuthorizationCodeFlow flow = new AuthorizationCodeFlow.Builder(
                            BearerToken.authorizationHeaderAccessMethod(),
                            transport,
                            IssuerDocuments.JSON,
                            new GenericUrl(endpoints.token()),
                            new ClientParametersAuthentication(client.id(), client.secret()),
                            client.id(),
                            endpoints.authorization())
                    .setScopes(SCOPES)
                    .setRequestInitializer(IssuerDocuments.manners(ANSWER_PATIENCE))
                    .setCredentialCreatedListener((credential, response) -> token.set(response.get("id_token")))
                    .enablePKCE()
                    .build();
            LoopbackReceiver receiver =
                    new LoopbackReceiver(wish.port(), state, wish.patience(), new ReturnPage(wish.language()));
            authorize(new AuthorizationCodeInstalledApp(flow, receiver, this::show) {
                @Override
                protected void onAuthorization(AuthorizationCodeRequestUrl url) throws IOException {
                    // Whoever is signed in to Google with several accounts is to choose one.
                    url.setState(state.text()).set("nonce", nonce.text()).set("prompt", "select_account");
                    wish.domain().ifPresent(domain -> url.set("hd", domain));
                    super.onAuthorization(url);
                }
            });
            if (token.get() instanceof String text) {
                return text;
            }
            throw new SignInException(
                    Code.REFUSED_BY_GOOGLE, "Google's answer does not say who has signed in. Sign in again.");
        }

        private void show(String url) throws SignInException {
            try {
                browser.accept(URI.create(url));
            } catch (RuntimeException e) {
                throw new SignInException(
                        Code.NO_BROWSER,
                        "The browser could not be started. Look which program this computer opens web pages with.",
                        e);
            }
        }

        /** Causes whose words may repeat what was sent or answered are left out. */
        private void authorize(AuthorizationCodeInstalledApp app) throws SignInException {
            try {
                app.authorize(null);
            } catch (SignInException e) {
                throw e;
            } catch (TokenResponseException e) {
                throw refused(e);
            } catch (IOException | IllegalArgumentException e) {
                throw new SignInException(
                        Code.UNREACHABLE,
                        URI.create(endpoints.token()).getHost() + " did not say who has signed in ("
                                + e.getClass().getSimpleName()
                                + "). Look at this computer's network, then sign in again.");
            }
        }

        /** HTTP 401 says invalid_client (RFC 6749, section 5.2), and the JDK gives no body with it. */
        private SignInException refused(TokenResponseException e) {
            String error =
                    e.getDetails() == null ? "" : String.valueOf(e.getDetails().getError());
            if (e.getStatusCode() >= 500) {
                return new SignInException(
                        Code.UNREACHABLE,
                        URI.create(endpoints.token()).getHost() + " has a problem of its own (HTTP " + e.getStatusCode()
                                + "). Sign in again in a minute.");
            }
            return e.getStatusCode() == 401 || error.equals("invalid_client") || error.equals("unauthorized_client")
                    ? new SignInException(
                            Code.CLIENT_REFUSED,
                            "Google does not know this client id, or the client secret is not the one that belongs to it. Enter"
                                    + " both anew under People.")
                    : new SignInException(
                            Code.REFUSED_BY_GOOGLE, "Google refused the sign-in" + said(error) + ". Sign in again.");
        }
    }
}
