package app.mailroom.secrets;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service (GNOME, KDE) on
 * Linux. Entries are named for the workspace, so that two workspaces do not share them.
 */
public final class Keychain implements SecretStore {
    private static final Logger log = LoggerFactory.getLogger(Keychain.class);
    private static final String PROGRAM = "Mailroom";

    private final Keyring keyring;
    private final String workspace;

    private Keychain(Keyring keyring, String workspace) {
        this.keyring = keyring;
        this.workspace = workspace;
    }

    /** The keychain of this computer, or, where there is none that can be used, memory for this run. */
    public static SecretStore ofThisComputer(String workspace) {
        try {
            return new Keychain(Keyring.create(), workspace);
        } catch (BackendNotSupportedException | RuntimeException | LinkageError e) {
            log.info("This computer has no keychain that can be used; secrets are kept until the program ends", e);
            return new SessionSecrets();
        }
    }

    @Override
    public Optional<String> get(String name) {
        try {
            return Optional.ofNullable(keyring.getPassword(PROGRAM, account(name)))
                    .filter(secret -> !secret.isEmpty());
        } catch (PasswordAccessException e) {
            // The library has one exception for “none of that name” and for “not allowed”.
            log.debug("No secret {} can be read", name, e);
            return Optional.empty();
        }
    }

    @Override
    public void put(String name, String secret) {
        try {
            keyring.setPassword(PROGRAM, account(name), secret);
        } catch (PasswordAccessException e) {
            throw new SecretStoreException("the keychain did not take the secret: " + e.getMessage(), e);
        }
    }

    @Override
    public void remove(String name) {
        if (get(name).isEmpty()) {
            return;
        }
        try {
            keyring.deletePassword(PROGRAM, account(name));
        } catch (PasswordAccessException e) {
            throw new SecretStoreException("the keychain did not forget the secret: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean lasting() {
        return true;
    }

    private String account(String name) {
        return workspace + "/" + name;
    }
}
