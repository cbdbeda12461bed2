package app.mailroom.secrets;

import java.util.Optional;

/** As a keychain that stays locked. */
public final class RefusingSecrets implements SecretStore {
    @Override
    public Optional<String> get(String name) {
        return Optional.empty();
    }

    @Override
    public void put(String name, String secret) {
        throw refusal();
    }

    @Override
    public void remove(String name) {
        throw refusal();
    }

    @Override
    public boolean lasting() {
        return true;
    }

    private static SecretStoreException refusal() {
        return new SecretStoreException("The keychain is locked.", null);
    }
}
