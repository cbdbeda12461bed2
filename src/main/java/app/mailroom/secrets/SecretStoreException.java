package app.mailroom.secrets;

import org.jspecify.annotations.Nullable;

/** The keychain refused. Never holds a secret. */
public final class SecretStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
