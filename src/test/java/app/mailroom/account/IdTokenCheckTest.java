package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.account.IdTokenCheck.Expected;
import app.mailroom.account.SignInException.Code;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTokenCheckTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CLIENT = "mailroom";

    private static final RSAKey FIRST = key("first");
    private static final RSAKey SECOND = key("second");

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer issuer;
    private volatile JWKSet published = new JWKSet(FIRST);
    private Instant time = NOW;
    private IdTokenCheck check;

    @BeforeEach
    void open() throws Exception {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] keys = published.toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
            try (exchange) {
                exchange.sendResponseHeaders(200, keys.length);
                exchange.getResponseBody().write(keys);
            }
        });
        issuer.start();
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return time;
            }
        };
        check = new IdTokenCheck(new IssuerKeys(new IssuerDocuments(new NetHttpTransport(), PATIENCE), clock), clock);
    }

    @AfterEach
    void close() {
        issuer.stop(0);
    }

    @Test
    void keysAreAskedForOnceAnHour() throws Exception {
        signedIn(signed(FIRST, claims()));
        signedIn(signed(FIRST, claims()));
        assertThat(asked).hasValue(1);

        time = NOW.plus(Duration.ofHours(1));
        signedIn(signed(FIRST, claims().expirationTime(Date.from(time.plusSeconds(60)))));
        assertThat(asked).hasValue(2);
    }

    @Test
    void aNewKeyIsFoundAtOnce() throws Exception {
        signedIn(signed(FIRST, claims()));
        published = new JWKSet(List.of(FIRST, SECOND));

        assertThat(signedIn(signed(SECOND, claims())).subject()).isEqualTo("108");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aKeyThatWasWithdrawnIsNotBelievedAnHourLater() throws Exception {
        signedIn(signed(FIRST, claims()));
        published = new JWKSet(SECOND);
        time = NOW.plus(Duration.ofHours(1));

        assertThat(refused(signed(FIRST, claims().expirationTime(Date.from(time.plusSeconds(60))))))
                .isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void anotherKeyUnderAKnownNameIsNotBelieved() throws Exception {
        assertThat(refused(signed(key("first"), claims()))).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void aKeyThatNobodyPublishesIsNotBelieved() throws Exception {
        assertThat(refused(signed(SECOND, claims()))).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void aKeyForEncryptingSignsNothing() throws Exception {
        published =
                new JWKSet(new RSAKey.Builder(FIRST).keyUse(KeyUse.ENCRYPTION).build());

        assertThat(refused(signed(FIRST, claims()))).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void keysOfOtherKindsAreLeftOut() throws Exception {
        JWK elliptic = new ECKeyGenerator(Curve.P_256).keyID("elliptic").generate();
        published = new JWKSet(List.of(elliptic, FIRST));

        assertThat(signedIn(signed(FIRST, claims())).subject()).isEqualTo("108");
    }

    @Test
    void aTokenWithoutASignatureIsNotBelieved() throws Exception {
        assertThat(refused(new PlainJWT(claims().build()).serialize())).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void thePublicKeyIsNoPassword() throws Exception {
        byte[] known = FIRST.toRSAPublicKey().getEncoded();

        assertThat(refused(signed(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(),
                        new MACSigner(known),
                        claims())))
                .isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void anAlgorithmThatTheIssuerDoesNotUseIsNotBelieved() throws Exception {
        assertThat(refused(signed(
                        new JWSHeader.Builder(JWSAlgorithm.RS512).keyID("first").build(),
                        new RSASSASigner(FIRST),
                        claims())))
                .isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void aTokenThatNamesNoKeyIsNotBelieved() throws Exception {
        assertThat(refused(signed(new JWSHeader(JWSAlgorithm.RS256), new RSASSASigner(FIRST), claims())))
                .isEqualTo(Code.NOT_SIGNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b.c", "....", "e30.e30.e30", "\u0000", "eyJhbGciOiJSUzI1NiJ9.bnVsbA.c2ln"})
    void rubbishIsNotBelieved(String rubbish) {
        assertThat(refused(rubbish)).isEqualTo(Code.NOT_SIGNED);
    }

    @Test
    void googleMayLeaveTheSchemeOutOfItsName() throws Exception {
        SignedIn person = signedIn(signed(FIRST, claims().issuer("accounts.google.com")));

        assertThat(person.email()).isEqualTo("mina@example.com");
    }

    @Test
    void aTokenMadeForAnotherProgramIsRefusedThoughItNamesThisOne() throws Exception {
        assertThat(refused(signed(FIRST, claims().claim("azp", "another")))).isEqualTo(Code.WRONG_AUDIENCE);
    }

    @Test
    void aTokenForNobodyIsRefused() throws Exception {
        assertThat(refused(signed(FIRST, claims().audience(List.of())))).isEqualTo(Code.WRONG_AUDIENCE);
    }

    @Test
    void aClockMayBeTwoMinutesOffEitherWay() throws Exception {
        String token = signed(FIRST, claims());

        time = NOW.plus(Duration.ofMinutes(62));
        assertThat(signedIn(token).subject()).isEqualTo("108");
        time = NOW.minus(Duration.ofMinutes(2));
        assertThat(signedIn(token).subject()).isEqualTo("108");

        time = NOW.plus(Duration.ofMinutes(62)).plusSeconds(1);
        assertThat(refused(token)).isEqualTo(Code.EXPIRED);
        time = NOW.minus(Duration.ofMinutes(2)).minusSeconds(1);
        assertThat(refused(token)).isEqualTo(Code.EXPIRED);
    }

    @Test
    void aTokenWithoutTimesIsRefused() throws Exception {
        assertThat(refused(signed(FIRST, claims().expirationTime(null)))).isEqualTo(Code.EXPIRED);
        assertThat(refused(signed(FIRST, claims().issueTime(null)))).isEqualTo(Code.EXPIRED);
    }

    @Test
    void aTokenWithoutANonceIsRefused() throws Exception {
        assertThat(refused(signed(FIRST, claims().claim("nonce", null)))).isEqualTo(Code.WRONG_NONCE);
    }

    @Test
    void aVerifiedAddressMayBeWrittenAsAText() throws Exception {
        assertThat(signedIn(signed(FIRST, claims().claim("email_verified", "true")))
                        .email())
                .isEqualTo("mina@example.com");
        assertThat(refused(signed(FIRST, claims().claim("email_verified", "false"))))
                .isEqualTo(Code.EMAIL_NOT_VERIFIED);
    }

    @Test
    void anAccountWithoutAnAddressIsRefused() throws Exception {
        assertThat(refused(signed(FIRST, claims().claim("email", null)))).isEqualTo(Code.EMAIL_NOT_VERIFIED);
    }

    @Test
    void theDomainIsTheOneThatGoogleNamesAndNotThatOfTheAddress() throws Exception {
        String privately = signed(FIRST, claims().claim("hd", null));

        assertThat(signedIn(privately).domain()).isEmpty();
        assertThat(refused(privately, Optional.of("example.com"))).isEqualTo(Code.FOREIGN_DOMAIN);
    }

    @Test
    void capitalsInADomainDoNotMatter() throws Exception {
        String token = signed(FIRST, claims().claim("hd", "Example.com"));

        assertThat(check.signedIn(token, expected(Optional.of("EXAMPLE.com"))).domain())
                .contains("example.com");
    }

    @Test
    void anAccountWithoutANumberIsRefused() throws Exception {
        assertThat(refused(signed(FIRST, claims().subject(null)))).isEqualTo(Code.REFUSED_BY_GOOGLE);
    }

    private SignedIn signedIn(String token) throws SignInException {
        return check.signedIn(token, expected(Optional.empty()));
    }

    private Code refused(String token) {
        return refused(token, Optional.empty());
    }

    private Code refused(String token, Optional<String> domain) {
        return catchThrowableOfType(SignInException.class, () -> check.signedIn(token, expected(domain)))
                .code();
    }

    private Expected expected(Optional<String> domain) {
        return new Expected(
                CLIENT,
                new GoogleClient(CLIENT, "secret", GoogleClient.GOOGLE).issuerNames(),
                "http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys",
                new OneTimeValue("of-this-sign-in"),
                domain);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://accounts.google.com")
                .audience(CLIENT)
                .subject("108")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plus(Duration.ofHours(1))))
                .claim("nonce", "of-this-sign-in")
                .claim("email", "mina@example.com")
                .claim("email_verified", true)
                .claim("hd", "example.com");
    }

    private static String signed(RSAKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        return signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), new RSASSASigner(key), claims);
    }

    private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet.Builder claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
