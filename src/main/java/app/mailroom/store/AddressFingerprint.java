package app.mailroom.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What the audit says instead of a recipient's address: it names nobody, and who knows an address can look what was done to it.
 * Somebody who has all addresses that come into question can try them one by one.
 */
public final class AddressFingerprint {
    private static final int BYTES = 8;

    private AddressFingerprint() {}

    /** Of an address in the form in which it is compared ({@link SuppressionStore#key}): 16 hexadecimal digits. */
    public static String of(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
