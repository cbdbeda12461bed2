package app.mailroom.secrets;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service (GNOME, KDE) on
 * Linux. Entries are named for the workspace, so that two workspaces do not share them. It is opened when it is first
 * used, for that may take a while and may ask the person to unlock it. Where there is none that can be used, secrets
 * are kept in memory.
 *
 * <p>Every use holds a lock, since the libraries beneath are not made for several threads.
 */
public final class Keychain implements SecretStore {
    private static final Logger log = LoggerFactory.getLogger(Keychain.class);
    private static final String PROGRAM = "Mailroom";

    private final String workspace;
    private final SessionSecrets otherwise = new SessionSecrets();
    private boolean looked;
    private @Nullable Keyring keyring;

    private Keychain(String workspace) {
        this.workspace = workspace;
    }

    /** The keychain of this computer, or, where there is none that can be used, memory for this run. */
    public static SecretStore ofThisComputer(String workspace) {
        return new Keychain(workspace);
    }

    @Override
    public synchronized Optional<String> get(String name) {
        Keyring open = open();
        if (open == null) {
            return otherwise.get(name);
        }
        try {
            return Optional.ofNullable(attempt(open, used -> used.getPassword(PROGRAM, account(name))))
                    .filter(secret -> !secret.isEmpty());
        } catch (PasswordAccessException e) {
            // The library has one exception for “none of that name” and for “not allowed”.
            log.debug("No secret {} can be read", name, e);
            return Optional.empty();
        } catch (RuntimeException e) {
            log.warn("The keychain could not be read", e);
            return Optional.empty();
        }
    }

    @Override
    public synchronized void put(String name, String secret) {
        Keyring open = open();
        if (open == null) {
            otherwise.put(name, secret);
            return;
        }
        try {
            attempt(open, used -> {
                used.setPassword(PROGRAM, account(name), secret);
                return "";
            });
        } catch (PasswordAccessException | RuntimeException e) {
            throw new SecretStoreException("The keychain did not take the secret: " + e.getMessage(), e);
        }
        if (!get(name).equals(Optional.of(secret))) {
            throw new SecretStoreException("The keychain did not keep the secret. Is it locked?", null);
        }
    }

    @Override
    public synchronized void remove(String name) {
        Keyring open = open();
        if (open == null) {
            otherwise.remove(name);
            return;
        }
        if (get(name).isEmpty()) {
            return;
        }
        try {
            attempt(open, used -> {
                used.deletePassword(PROGRAM, account(name));
                return "";
            });
        } catch (PasswordAccessException | RuntimeException e) {
            throw new SecretStoreException("The keychain did not forget the secret: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized boolean lasting() {
        return open() != null;
    }

    private interface Use {
        @Nullable String of(Keyring keyring) throws PasswordAccessException;
    }

    /** The way to a keychain may break, as when its program was started anew; then it is opened once more. */
    private @Nullable String attempt(Keyring open, Use use) throws PasswordAccessException {
        try {
            return use.of(open);
        } catch (RuntimeException e) {
            log.debug("The keychain failed and is opened again", e);
            looked = false;
            Keyring again = open();
            if (again == null) {
                throw e;
            }
            return use.of(again);
        }
    }

    private @Nullable Keyring open() {
        if (!looked) {
            looked = true;
            try {
                keyring = Keyring.create();
            } catch (BackendNotSupportedException | RuntimeException | LinkageError e) {
                keyring = null;
                log.info(
                        "This computer has no keychain that can be used; secrets are kept until the program ends: {}",
                        e.toString());
                log.debug("Why there is no keychain", e);
            }
        }
        return keyring;
    }

    private String account(String name) {
        return workspace + "/" + name;
    }
}
