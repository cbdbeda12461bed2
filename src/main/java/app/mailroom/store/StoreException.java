package app.mailroom.store;

import org.jspecify.annotations.Nullable;

/** The database could not be opened, read or written; the cause says why. Nothing of the transaction was kept. */
public sealed class StoreException extends RuntimeException permits DamagedException {
    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
