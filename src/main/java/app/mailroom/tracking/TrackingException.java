package app.mailroom.tracking;

import java.io.IOException;

/** Something is missing before the relay can be used. Never holds a key. */
public final class TrackingException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is missing; the windows have words for each. */
    public enum Code {
        /** No address of a relay is set. */
        NO_ADDRESS,
        /** The key is not in the keychain, or the keychain cannot be read. */
        NO_KEY,
        /** The keys come from the environment, so only whoever wrote them there can change them. */
        KEYS_OF_ENVIRONMENT,
        /** This computer has no keychain, so that the key would be lost with the program. */
        KEY_NOT_LASTING,
        /** The relay was not proven with this address and this key. */
        NOT_PROVEN,
        /** Amazon counts openings and clicks as well; each would be counted twice. */
        AMAZON_COUNTS
    }

    private final Code code;

    /** With plain English for logs and the command line. */
    TrackingException(Code code, String message) {
        super(message);
        this.code = code;
    }

    /** What is missing. */
    public Code code() {
        return code;
    }
}
