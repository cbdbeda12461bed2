package app.mailroom.secrets;

import com.github.javakeyring.BackendNotSupportedException;
import com.github.javakeyring.Keyring;
import com.github.javakeyring.PasswordAccessException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operating system's keychain: Keychain on macOS, Credential Manager on Windows, Secret Service (GNOME, KDE) on
 * Linux. Entries are named for the workspace, so that two workspaces do not share them. It is opened when it is first
 * used, for that may take a while and may ask the person to unlock it. Where there is none that can be used, secrets
 * are kept in memory.
 *
 * <p>A locked keychain that nobody unlocks answers after minutes, so every use has its own thread to wait in and is
 * given up after half a minute. Until that one has ended, the keychain counts as silent.
 */
public final class Keychain implements SecretStore {
    private static final Logger log = LoggerFactory.getLogger(Keychain.class);
    private static final String PROGRAM = "Mailroom";
    private static final long PATIENCE_SECONDS = 30;

    private final String workspace;
    private final SessionSecrets otherwise = new SessionSecrets();
    private final ExecutorService waiting = Executors.newSingleThreadExecutor(Keychain::thread);
    private @Nullable Future<?> running;
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
            return attempt(open, used -> read(used, name)).filter(secret -> !secret.isEmpty());
        } catch (KeychainFault e) {
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
                return Optional.empty();
            });
        } catch (KeychainFault e) {
            throw new SecretStoreException("The keychain did not take the secret: " + e.getMessage(), e);
        }
        if (!get(name).equals(Optional.of(secret))) {
            throw new SecretStoreException("The keychain did not keep the secret. Is it locked?", null);
        }
    }

    @Override
    public synchronized void remove(String name) {
        otherwise.remove(name);
        Keyring open = open();
        if (open == null || get(name).isEmpty()) {
            return;
        }
        try {
            attempt(open, used -> {
                used.deletePassword(PROGRAM, account(name));
                return Optional.empty();
            });
        } catch (KeychainFault e) {
            throw new SecretStoreException("The keychain did not forget the secret: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized boolean lasting() {
        return open() != null;
    }

    private interface Use {
        Optional<String> of(Keyring keyring) throws PasswordAccessException;
    }

    /** It said no, or nothing. Never holds a secret. */
    private static final class KeychainFault extends Exception {
        private static final long serialVersionUID = 1L;

        KeychainFault(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private Optional<String> read(Keyring open, String name) {
        try {
            return Optional.ofNullable(open.getPassword(PROGRAM, account(name)));
        } catch (PasswordAccessException e) {
            // The library has one exception for “none of that name” and for “not allowed”.
            log.debug("No secret {} can be read", name, e);
            return Optional.empty();
        }
    }

    /** The way to a keychain may break, as when its program was started anew; then it is opened once more. */
    private Optional<String> attempt(Keyring open, Use use) throws KeychainFault {
        try {
            return within(() -> use.of(open));
        } catch (TimeoutException e) {
            throw new KeychainFault("it does not answer. Is it locked?", e);
        } catch (ExecutionException e) {
            log.debug("The keychain failed and is opened again", e);
            looked = false;
            Keyring again = open();
            if (again == null) {
                throw new KeychainFault(String.valueOf(e.getCause()), e);
            }
            return attemptAgain(again, use);
        }
    }

    private Optional<String> attemptAgain(Keyring again, Use use) throws KeychainFault {
        try {
            return within(() -> use.of(again));
        } catch (TimeoutException e) {
            throw new KeychainFault("it does not answer. Is it locked?", e);
        } catch (ExecutionException e) {
            throw new KeychainFault(String.valueOf(e.getCause()), e);
        }
    }

    private @Nullable Keyring open() {
        if (!looked) {
            looked = true;
            keyring = null;
            try {
                keyring = within(Keychain::create);
            } catch (TimeoutException | ExecutionException e) {
                log.info(
                        "This computer has no keychain that can be used; secrets are kept until the program ends: {}",
                        e.toString());
                log.debug("Why there is no keychain", e);
            }
        }
        return keyring;
    }

    private static Keyring create() throws BackendNotSupportedException {
        try {
            return Keyring.create();
        } catch (LinkageError e) {
            throw new BackendNotSupportedException("a system library is missing: " + e, e);
        }
    }

    private <T> T within(Callable<T> use) throws TimeoutException, ExecutionException {
        if (running != null && !running.isDone()) {
            throw new TimeoutException("the keychain has not answered the last question yet");
        }
        Future<T> answer = waiting.submit(use);
        running = answer;
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            TimeoutException given = new TimeoutException("interrupted while the keychain was asked");
            given.initCause(e);
            throw given;
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "keychain");
        thread.setDaemon(true);
        return thread;
    }

    private String account(String name) {
        return workspace + "/" + name;
    }
}
