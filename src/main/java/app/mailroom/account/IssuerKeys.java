package app.mailroom.account;

import com.google.api.client.json.GenericJson;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys with which an issuer signs (JWK sets, RFC 7517), RSA alone, which every issuer has (OpenID Connect Discovery 1.0,
 * section 3). They are asked for again after an hour, and when a token names one that is not known, for Google changes its keys
 * every few days.
 */
final class IssuerKeys {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final IssuerDocuments documents;
    private final Clock clock;
    private Map<String, PublicKey> keys = Map.of();
    private String from = "";
    private Instant until = Instant.MIN;

    IssuerKeys(IssuerDocuments documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /** The key of this id in the set at this address; empty if the set, as it is now, has none. */
    synchronized Optional<PublicKey> key(String id, String address) throws SignInException {
        if (!from.equals(address) || !clock.instant().isBefore(until) || !keys.containsKey(id)) {
            keys = read(documents.get(address));
            from = address;
            until = clock.instant().plus(GOOD_FOR);
        }
        return Optional.ofNullable(keys.get(id));
    }

    private static Map<String, PublicKey> read(GenericJson set) {
        Map<String, PublicKey> keys = new HashMap<>();
        if (set.get("keys") instanceof Collection<?> all) {
            for (Object each : all) {
                if (each instanceof Map<?, ?> key && isForSigning(key)) {
                    rsa(key).ifPresent(known -> keys.put(String.valueOf(key.get("kid")), known));
                }
            }
        }
        return Map.copyOf(keys);
    }

    private static boolean isForSigning(Map<?, ?> key) {
        return "RSA".equals(key.get("kty")) && (key.get("use") == null || "sig".equals(key.get("use")));
    }

    private static Optional<PublicKey> rsa(Map<?, ?> key) {
        try {
            RSAPublicKeySpec numbers = new RSAPublicKeySpec(number(key.get("n")), number(key.get("e")));
            return Optional.of(KeyFactory.getInstance("RSA").generatePublic(numbers));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            log.warn("A key of the issuer cannot be read and is left out", e);
            return Optional.empty();
        }
    }

    private static BigInteger number(@Nullable Object base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(String.valueOf(base64)));
    }
}
