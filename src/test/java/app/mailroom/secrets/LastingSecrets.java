package app.mailroom.secrets;

import java.util.Optional;

/** As a keychain that works. */
public final class LastingSecrets implements SecretStore {
    private final SessionSecrets kept = new SessionSecrets();

    @Override
    public Optional<String> get(String name) {
        return kept.get(name);
    }

    @Override
    public void put(String name, String secret) {
        kept.put(name, secret);
    }

    @Override
    public void remove(String name) {
        kept.remove(name);
    }

    @Override
    public boolean lasting() {
        return true;
    }
}
