package app.mailroom.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A value that nobody can guess, sent out once to be recognised when it comes back: a state, or a nonce. */
record OneTimeValue(String text) {
    private static final int BYTES = 32;

    static OneTimeValue random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OneTimeValue(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** Whether this came back. Takes the same time however much of it is right. */
    boolean is(@Nullable String there) {
        return there != null
                && MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), there.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the value. */
    @Override
    public String toString() {
        return "OneTimeValue";
    }
}
