package app.mailroom.tracking;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret with which the addresses of a workspace are signed (HMAC-SHA-256, RFC 2104). Its id travels in every address, so that
 * a new key can take over while mails with the old one are still read. It never shows itself: {@link #toString} names the id
 * only, and {@link #secretText} is for the keychain and for the relay's key file.
 */
public final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    /** Half of the hash, the least that RFC 2104 allows: 128 bits, and addresses that stay short. */
    private static final int SIGNATURE_BYTES = 16;

    private static final int ID_CHARACTERS = 4;
    private static final String ID_FORM = "[A-Za-z0-9]{1,16}";

    private final String id;
    /** Knows the key and is copied for every signature, since looking one up and telling it the key costs more than signing. */
    private final Mac mac;

    private final byte[] bytes;

    private SigningKey(String id, byte[] bytes) {
        if (!id.matches(ID_FORM)) {
            throw new IllegalArgumentException("The id of a signing key is made of 1 to 16 letters and digits.");
        }
        if (bytes.length != SECRET_BYTES) {
            throw new IllegalArgumentException("A signing key has " + SECRET_BYTES + " bytes.");
        }
        this.id = id;
        this.bytes = bytes;
        try {
            this.mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** A new one that nobody can guess. */
    public static SigningKey random(SecureRandom random) {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_CHARACTERS; i++) {
            id.append(Character.forDigit(random.nextInt(32), 36));
        }
        return new SigningKey(id.toString(), bytes);
    }

    /**
     * Reads what {@link #secretText} wrote.
     *
     * @throws IllegalArgumentException when it is written otherwise; the message does not repeat it
     */
    public static SigningKey parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A signing key is written as id:secret.");
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text.substring(colon + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The secret of a signing key is written in base64url (RFC 4648).");
        }
        return new SigningKey(text.substring(0, colon).strip(), bytes);
    }

    /** What the addresses say that are signed with it. */
    public String id() {
        return id;
    }

    /** The key in a form that can be kept: whoever has it can forge hits. */
    public String secretText() {
        return id + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Another secret under the same id, as somebody would have who knows all but the secret. */
    SigningKey forged(SecureRandom random) {
        byte[] guess = new byte[SECRET_BYTES];
        random.nextBytes(guess);
        return new SigningKey(id, guess);
    }

    /** The signature of some bytes. */
    byte[] sign(byte[] signed) {
        try {
            return Arrays.copyOf(((Mac) mac.clone()).doFinal(signed), SIGNATURE_BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own " + ALGORITHM + " can be copied", e);
        }
    }

    /** Whether the signature is that of these bytes; takes as long for a wrong one as for a right one. */
    boolean signed(byte[] signed, byte[] signature) {
        return MessageDigest.isEqual(sign(signed), signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SigningKey that && id.equals(that.id) && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "signing key " + id;
    }
}
