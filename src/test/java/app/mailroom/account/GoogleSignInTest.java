package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.account.GoogleSignIn.Wish;
import app.mailroom.account.SignInException.Code;
import app.mailroom.account.StandInForGoogle.Reply;
import app.mailroom.model.Access;
import app.mailroom.secrets.SessionSecrets;
import app.mailroom.store.Database;
import app.mailroom.store.SettingsStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, from opening the browser to who has signed in, by real HTTP. */
class GoogleSignInTest {
    private static final String CLIENT = "4711-mailroom.apps.example.com";
    private static final String SECRET = "GOCSPX-of-the-client";
    private static final Wish USUAL = Wish.usual(Locale.ENGLISH);

    @TempDir
    private static Path folder;

    private static Database database;
    private StandInForGoogle google;
    private final List<URI> opened = new ArrayList<>();
    private final PersonAtBrowser person = new PersonAtBrowser();

    @BeforeAll
    static void openWorkspace() {
        database = Database.open(folder.resolve("workspace.db"), Database.Schema.WORKSPACE, Clock.systemUTC());
    }

    @AfterAll
    static void closeWorkspace() {
        database.close();
    }

    @BeforeEach
    void open() throws Exception {
        google = new StandInForGoogle();
    }

    @AfterEach
    void close() {
        google.close();
    }

    @Test
    void aPersonSignsIn() throws Exception {
        SignedIn signedIn = signIn(person, USUAL);

        assertThat(signedIn)
                .isEqualTo(new SignedIn(
                        "108",
                        "mina@example.com",
                        "김미나",
                        Optional.of("https://example.com/mina.png"),
                        Optional.of("example.com")));
        assertThat(person.page()).contains("lang=\"en\"").contains("Go back to Mailroom");
    }

    @Test
    void theBrowserEndsOnAPageInKorean() throws Exception {
        signIn(person, Wish.usual(Locale.KOREA));

        assertThat(person.page()).contains("lang=\"ko\"").contains("Mailroom으로 돌아가 주세요");
    }

    @Test
    void anAccountOfNoOrganisationHasNoDomainAndMayHaveNoNameAndNoPicture() throws Exception {
        SignedIn signedIn = signIn(person.without("hd").without("name").without("picture"), USUAL);

        assertThat(signedIn)
                .isEqualTo(new SignedIn(
                        "108", "mina@example.com", "mina@example.com", Optional.empty(), Optional.empty()));
    }

    @Test
    void theRequestCarriesStateNonceAndAChallengeThatTheVerifierMeets() throws Exception {
        signIn(person, new Wish(Locale.ENGLISH, USUAL.patience(), Optional.of("example.com"), 0));

        Map<String, String> page = PersonAtBrowser.parameters(opened.get(0).getRawQuery());
        Map<String, String> exchange = exchange(0);
        assertThat(page)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", CLIENT)
                .containsEntry("scope", "openid email profile")
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("prompt", "select_account")
                .containsEntry("hd", "example.com");
        assertThat(page.get("state")).hasSize(43);
        assertThat(page.get("nonce")).hasSize(43).isNotEqualTo(page.get("state"));
        assertThat(page.get("redirect_uri")).matches("http://127\\.0\\.0\\.1:\\d+/signed-in");
        assertThat(opened.get(0).toString()).doesNotContain(SECRET);
        assertThat(exchange)
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("client_id", CLIENT)
                .containsEntry("client_secret", SECRET)
                .containsEntry("redirect_uri", page.get("redirect_uri"));
        assertThat(exchange.get("code_verifier")).hasSizeGreaterThanOrEqualTo(43);
        assertThat(page.get("code_challenge")).isEqualTo(s256(String.valueOf(exchange.get("code_verifier"))));
    }

    @Test
    void nothingIsUsedTwice() throws Exception {
        GoogleSignIn signIn = signIn(person);
        signIn.signIn(USUAL);
        signIn.signIn(USUAL);

        for (String once : List.of("state", "nonce", "code_challenge")) {
            assertThat(opened)
                    .extracting(page ->
                            PersonAtBrowser.parameters(page.getRawQuery()).get(once))
                    .doesNotHaveDuplicates();
        }
        assertThat(exchange(0).get("code_verifier")).isNotEqualTo(exchange(1).get("code_verifier"));
        assertThat(google.asked(StandInForGoogle.KEYS)).as("keys are kept").hasSize(1);
    }

    @Test
    void thePortIsClosedWhenItIsOver() throws Exception {
        signIn(person, USUAL);

        URI back = URI.create(
                PersonAtBrowser.parameters(opened.get(0).getRawQuery()).get("redirect_uri"));
        assertThat(catchThrowableOfType(
                        ConnectException.class,
                        () -> new Socket(InetAddress.getLoopbackAddress(), back.getPort()).close()))
                .isNotNull();
    }

    @Test
    void anotherProgramsTokenIsRefused() {
        assertThat(failure(person.with("aud", "another.apps.example.com"))).isEqualTo(Code.WRONG_AUDIENCE);
    }

    @Test
    void aTokenForSeveralProgramsIsRefused() {
        assertThat(failure(person.with("aud", List.of(CLIENT, "another.apps.example.com"))))
                .isEqualTo(Code.WRONG_AUDIENCE);
    }

    @Test
    void anotherIssuersTokenIsRefused() {
        assertThat(failure(person.with("iss", "https://accounts.example.com"))).isEqualTo(Code.WRONG_ISSUER);
    }

    @Test
    void anotherSignInsTokenIsRefused() {
        assertThat(failure(person.with("nonce", "of-another-sign-in"))).isEqualTo(Code.WRONG_NONCE);
    }

    @Test
    void anExpiredTokenIsRefused() {
        google.answerExpired(CLIENT);

        assertThat(failure(person)).isEqualTo(Code.EXPIRED);
    }

    @Test
    void anAddressThatNobodyVerifiedIsRefused() {
        assertThat(failure(person.with("email_verified", false))).isEqualTo(Code.EMAIL_NOT_VERIFIED);
        assertThat(failure(person.without("email_verified"))).isEqualTo(Code.EMAIL_NOT_VERIFIED);
    }

    @Test
    void anAccountOfAnotherOrganisationIsRefused() {
        Wish wish = new Wish(Locale.ENGLISH, USUAL.patience(), Optional.of("elsewhere.example"), 0);

        assertThat(failure(person, wish)).isEqualTo(Code.FOREIGN_DOMAIN);
        assertThat(failure(person.without("hd"), wish)).isEqualTo(Code.FOREIGN_DOMAIN);
    }

    @Test
    void aChangedTokenIsRefused() {
        google.change(StandInForGoogle.TOKEN, reply -> StandInForGoogle.withAddress(reply, "boss@example.com"));

        assertThat(failure(person)).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void anAnswerWithAnotherStateEndsTheSignInWithoutTheCodeBeingUsed() {
        List<HttpResponse<String>> pages = new ArrayList<>();
        Code code = failure(page -> pages.add(PersonAtBrowser.comesBack(page, "code=4%2F0Forged&state=guessed")));

        assertThat(code).isEqualTo(Code.STATE_MISMATCH);
        assertThat(pages)
                .singleElement()
                .satisfies(page -> assertThat(page.body()).contains("does not belong to your sign-in"));
        assertThat(google.asked(StandInForGoogle.TOKEN)).isEmpty();
    }

    @Test
    void anAnswerWithoutAStateEndsTheSignIn() {
        assertThat(failure(page -> PersonAtBrowser.comesBack(page, "code=4%2F0Forged")))
                .isEqualTo(Code.STATE_MISMATCH);
        assertThat(failure(page -> PersonAtBrowser.comesBack(page, "nothing=useful")))
                .isEqualTo(Code.STATE_MISMATCH);
        assertThat(google.asked(StandInForGoogle.TOKEN)).isEmpty();
    }

    @Test
    void whoDoesNotAgreeIsNotSignedIn() {
        List<HttpResponse<String>> pages = new ArrayList<>();
        Code code =
                failure(page -> pages.add(PersonAtBrowser.comesBack(page, "error=access_denied&state=" + state(page))));

        assertThat(code).isEqualTo(Code.DENIED);
        assertThat(pages)
                .singleElement()
                .satisfies(page -> assertThat(page.body()).contains("You are not signed in"));
    }

    @Test
    void anyOtherNoOfTheSignInPageIsTold() {
        SignInException refused =
                refused(page -> PersonAtBrowser.comesBack(page, "error=org_internal&state=" + state(page)), USUAL);

        assertThat(refused.code()).isEqualTo(Code.REFUSED_BY_GOOGLE);
        assertThat(refused).hasMessageContaining("org_internal");
    }

    @Test
    void whoClosesTheBrowserCancels() {
        // The browser shows nothing more; the person presses Cancel, which interrupts the thread that waits.
        Code code = failure(page -> Thread.currentThread().interrupt());

        assertThat(code).isEqualTo(Code.CANCELLED);
        assertThat(Thread.interrupted()).as("the thread still knows").isTrue();
    }

    @Test
    void aBrowserThatDoesNotComeBackIsNotWaitedForForEver() {
        Wish impatient = new Wish(Locale.ENGLISH, Duration.ofMillis(1), Optional.empty(), 0);

        assertThat(failure(page -> {}, impatient)).isEqualTo(Code.TIMED_OUT);
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SignInException refused =
                    refused(person, new Wish(Locale.ENGLISH, USUAL.patience(), Optional.empty(), taken.getLocalPort()));

            assertThat(refused.code()).isEqualTo(Code.PORT_TAKEN);
            assertThat(refused).hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
        assertThat(opened).isEmpty();
    }

    @Test
    void aBrowserThatDoesNotStartIsTold() {
        assertThat(failure(page -> {
                    throw new UnsupportedOperationException("there is no browser here");
                }))
                .isEqualTo(Code.NO_BROWSER);
    }

    @Test
    void aClientThatIsNotKnownIsTold() {
        google.change(StandInForGoogle.TOKEN, reply -> new Reply(401, "{\"error\":\"invalid_client\"}"));

        assertThat(failure(person)).isEqualTo(Code.CLIENT_REFUSED);

        google.change(StandInForGoogle.TOKEN, reply -> new Reply(400, "{\"error\":\"unauthorized_client\"}"));
        assertThat(failure(person)).isEqualTo(Code.CLIENT_REFUSED);
    }

    @Test
    void aCodeThatIsRefusedIsTold() {
        google.change(StandInForGoogle.TOKEN, reply -> new Reply(400, "{\"error\":\"invalid_grant\"}"));

        SignInException refused = refused(person, USUAL);
        assertThat(refused.code()).isEqualTo(Code.REFUSED_BY_GOOGLE);
        assertThat(refused).hasMessageContaining("invalid_grant");
    }

    @Test
    void anAnswerWithoutAnIdTokenIsTold() {
        google.change(
                StandInForGoogle.TOKEN, reply -> reply.withBody("{\"access_token\":\"x\",\"token_type\":\"Bearer\"}"));

        assertThat(failure(person)).isEqualTo(Code.REFUSED_BY_GOOGLE);
    }

    @Test
    void whatIsNoTokenIsNotSigned() {
        google.change(
                StandInForGoogle.TOKEN,
                reply -> reply.withBody("{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"id_token\":\"rubbish\"}"));

        assertThat(failure(person)).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void whereNobodyAnswersTheBrowserIsNotOpened() {
        URI issuer = google.issuer();
        google.close();

        assertThat(failure(person)).isEqualTo(Code.UNREACHABLE);
        assertThat(refused(person, USUAL)).hasMessageContaining(issuer.getHost());
        assertThat(opened).isEmpty();
    }

    @Test
    void serversThatFailAreUnreachable() {
        google.change(StandInForGoogle.KEYS, reply -> new Reply(503, ""));
        assertThat(failure(person)).isEqualTo(Code.UNREACHABLE);

        google.change(StandInForGoogle.TOKEN, reply -> new Reply(503, "{}"));
        assertThat(failure(person)).isEqualTo(Code.UNREACHABLE);

        google.change(StandInForGoogle.TOKEN, reply -> new Reply(200, "<p>no JSON"));
        assertThat(failure(person)).isEqualTo(Code.UNREACHABLE);
    }

    @Test
    void thePageOfAHotelsNetworkIsNotTakenForGoogle() {
        google.change(StandInForGoogle.DISCOVERY, reply -> new Reply(200, "<html>Welcome! Room number?</html>"));

        assertThat(failure(person)).isEqualTo(Code.UNREACHABLE);
        assertThat(opened).isEmpty();
    }

    @Test
    void anIssuerThatCallsItselfSomebodyElseIsNotAsked() {
        google.change(
                StandInForGoogle.DISCOVERY,
                reply ->
                        reply.withBody(reply.body().replace(google.issuer() + "\"", "https://accounts.example.com\"")));

        assertThat(failure(person)).isEqualTo(Code.WRONG_ISSUER);
        assertThat(opened).isEmpty();
    }

    @Test
    void withoutAClientNobodyIsAsked() {
        GoogleSignIn signIn = new GoogleSignIn(
                new GoogleSettings(
                        new SettingsStore(database, Clock.systemUTC()), new SessionSecrets(), Map.of(), Access.PROGRAM),
                person,
                Clock.systemUTC());

        assertThat(catchThrowableOfType(SignInException.class, () -> signIn.signIn(USUAL))
                        .code())
                .isEqualTo(Code.NOT_CONFIGURED);
    }

    private SignedIn signIn(Consumer<URI> browser, Wish wish) throws SignInException {
        return signIn(browser).signIn(wish);
    }

    private GoogleSignIn signIn(Consumer<URI> browser) {
        GoogleSettings settings = new GoogleSettings(
                new SettingsStore(database, Clock.systemUTC()),
                new SessionSecrets(),
                Map.of(
                        GoogleSettings.ID,
                        CLIENT,
                        GoogleSettings.SECRET,
                        SECRET,
                        GoogleSettings.ISSUER,
                        google.issuer().toString()),
                Access.PROGRAM);
        Consumer<URI> watched = page -> {
            opened.add(page);
            browser.accept(page);
        };
        return new GoogleSignIn(settings, watched, Clock.systemUTC());
    }

    private Code failure(Consumer<URI> browser) {
        return failure(browser, USUAL);
    }

    private Code failure(Consumer<URI> browser, Wish wish) {
        return refused(browser, wish).code();
    }

    /** Why nobody signed in. Whatever went through the hands of this sign-in must not be in what is logged. */
    private SignInException refused(Consumer<URI> browser, Wish wish) {
        SignInException failure = catchThrowableOfType(SignInException.class, () -> signIn(browser, wish));
        StringWriter logged = new StringWriter();
        failure.printStackTrace(new PrintWriter(logged));
        assertThat(failure.getMessage()).isNotBlank();
        assertThat(logged.toString()).doesNotContain(secrets());
        return failure;
    }

    private List<String> secrets() {
        Map<String, String> all = new HashMap<>();
        opened.forEach(page -> all.putAll(PersonAtBrowser.parameters(page.getRawQuery())));
        google.asked(StandInForGoogle.TOKEN).forEach(asked -> all.putAll(PersonAtBrowser.parameters(asked.body())));
        return Stream.concat(
                        Stream.of(SECRET, "mina@example.com", "4/0Forged"),
                        Stream.of("state", "nonce", "code", "code_verifier")
                                .map(all::get)
                                .filter(value -> value != null))
                .toList();
    }

    private Map<String, String> exchange(int which) {
        return PersonAtBrowser.parameters(
                google.asked(StandInForGoogle.TOKEN).get(which).body());
    }

    private static String state(URI page) {
        return String.valueOf(PersonAtBrowser.parameters(page.getRawQuery()).get("state"));
    }

    private static String s256(String verifier) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
