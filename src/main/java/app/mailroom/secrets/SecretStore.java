package app.mailroom.secrets;

import java.util.Optional;

/** Keeps secrets by name. Nothing of it ever reaches the workspace database or a log. */
public interface SecretStore {
    /** The secret of this name, if one is kept and can be read. */
    Optional<String> get(String name);

    /** Keeps a secret, replacing an earlier one. */
    void put(String name, String secret);

    /** Forgets a secret; does nothing if there is none. */
    void remove(String name);

    /** Whether secrets outlast the program. */
    boolean lasting();
}
