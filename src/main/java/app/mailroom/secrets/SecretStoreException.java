package app.mailroom.secrets;

/** The keychain refused. Never holds a secret. */
public final class SecretStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SecretStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
