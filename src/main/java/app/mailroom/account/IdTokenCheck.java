package app.mailroom.account;

import app.mailroom.account.SignInException.Code;
import com.google.api.client.auth.openidconnect.IdToken;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Believes an ID token or does not (OpenID Connect Core 1.0, section 3.1.3.7). The signature is always checked, although the
 * token comes straight from the issuer; the library's own verifier is not used for that, since a variable of the environment
 * ({@code OAUTH_CLIENT_SKIP_SIGNATURE}) switches its check off.
 */
final class IdTokenCheck {
    /** How far this computer's clock may be off. */
    private static final Duration LEEWAY = Duration.ofMinutes(2);

    private final IssuerKeys keys;
    private final Clock clock;

    IdTokenCheck(IssuerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * What a token has to fit.
     *
     * @param clientId for whom it is
     * @param issuerNames who may have made it
     * @param keys where their keys lie
     * @param nonce in which sign-in
     * @param domain the organisation whose account it has to be; empty for any account
     */
    record Expected(
            String clientId, Set<String> issuerNames, String keys, OneTimeValue nonce, Optional<String> domain) {}

    /** Who the token says has signed in. */
    SignedIn signedIn(String text, Expected expected) throws SignInException {
        IdToken token = parsed(text);
        checkSignature(token, expected.keys());
        IdToken.Payload claims = token.getPayload();
        require(
                token.verifyIssuer(expected.issuerNames()),
                Code.WRONG_ISSUER,
                "The ID token was made by somebody else than " + String.join(", ", expected.issuerNames()) + ".");
        require(
                token.verifyAudience(Set.of(expected.clientId()))
                        && (claims.getAuthorizedParty() == null
                                || claims.getAuthorizedParty().equals(expected.clientId())),
                Code.WRONG_AUDIENCE,
                "The ID token is for another program. Look whether the client id under People is the right one.");
        require(
                isTimely(token),
                Code.EXPIRED,
                "The ID token is not valid at the time that this computer's clock shows, "
                        + clock.instant().truncatedTo(ChronoUnit.SECONDS)
                        + ". Set the clock if that is wrong, then sign in again.");
        require(
                expected.nonce().is(claims.getNonce()),
                Code.WRONG_NONCE,
                "The ID token belongs to another sign-in. Sign in again.");
        return person(claims, expected.domain());
    }

    private static IdToken parsed(String text) throws SignInException {
        try {
            return IdToken.parse(IssuerDocuments.JSON, text);
        } catch (IOException | IllegalArgumentException e) {
            // Left out as the cause: its words may repeat the token.
            throw new SignInException(Code.NOT_SIGNED, "What came as an ID token is none. Nobody was signed in.");
        }
    }

    private void checkSignature(IdToken token, String address) throws SignInException {
        String keyId = token.getHeader().getKeyId();
        Optional<PublicKey> key = keyId == null ? Optional.empty() : keys.key(keyId, address);
        require(
                "RS256".equals(token.getHeader().getAlgorithm()) && key.isPresent() && isSignedBy(token, key.get()),
                Code.NOT_SIGNED,
                "The ID token is not signed by a key of its issuer: it is forged, or was changed on its way. Nobody was signed"
                        + " in. If this happens again, somebody may stand between this computer and Google.");
    }

    private static boolean isSignedBy(IdToken token, PublicKey key) {
        try {
            return token.verifySignature(key);
        } catch (GeneralSecurityException e) {
            // As when the signature has not the length of the key.
            return false;
        }
    }

    private boolean isTimely(IdToken token) {
        return token.getPayload().getExpirationTimeSeconds() != null
                && token.getPayload().getIssuedAtTimeSeconds() != null
                && token.verifyTime(clock.millis(), LEEWAY.toSeconds());
    }

    private static SignedIn person(IdToken.Payload claims, Optional<String> demanded) throws SignInException {
        String email = text(claims, "email").orElse("").toLowerCase(Locale.ROOT);
        // Some issuers write the truth as a text.
        require(
                !email.isEmpty() && String.valueOf(claims.get("email_verified")).equals("true"),
                Code.EMAIL_NOT_VERIFIED,
                "Google does not know whether the address of this account is yours. Confirm it at myaccount.google.com, then"
                        + " sign in again.");
        Optional<String> domain = text(claims, "hd").map(name -> name.toLowerCase(Locale.ROOT));
        if (demanded.isPresent()) {
            require(
                    domain.equals(demanded.map(name -> name.toLowerCase(Locale.ROOT))),
                    Code.FOREIGN_DOMAIN,
                    "Only accounts of " + demanded.get() + " may sign in here. Choose your account there.");
        }
        String subject = claims.getSubject();
        require(
                subject != null && !subject.isBlank(),
                Code.REFUSED_BY_GOOGLE,
                "Google does not say which account this is. Sign in again.");
        return new SignedIn(
                String.valueOf(subject), email, text(claims, "name").orElse(email), text(claims, "picture"), domain);
    }

    private static Optional<String> text(IdToken.Payload claims, String name) {
        return claims.get(name) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    private static void require(boolean fine, Code code, String message) throws SignInException {
        if (!fine) {
            throw new SignInException(code, message);
        }
    }
}
