package app.mailroom.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The keys of one workspace or of one relay: the first signs, all of them are recognised. */
public final class SigningKeys {
    private final Map<String, SigningKey> byId = new LinkedHashMap<>();
    private final SigningKey current;

    /**
     * Keys in their order, the one that signs first.
     *
     * @throws IllegalArgumentException when there is none, or two have one id
     */
    public SigningKeys(List<SigningKey> keys) {
        for (SigningKey key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new IllegalArgumentException("There are two signing keys with the id " + key.id() + ".");
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("There is no signing key.");
        }
        this.current = keys.get(0);
    }

    /**
     * Reads what {@link #secretText} wrote: keys one on a line or after a comma. What follows a {@code #} on a line is a remark.
     *
     * @throws IllegalArgumentException when it is written otherwise; the message does not repeat it
     */
    public static SigningKeys parse(String text) {
        List<SigningKey> keys = new ArrayList<>();
        for (String key : text.replaceAll("#[^\\r\\n]*", "").split("[,\\s]+", -1)) {
            if (!key.isEmpty()) {
                keys.add(SigningKey.parse(key));
            }
        }
        return new SigningKeys(keys);
    }

    /** The one that signs. */
    public SigningKey current() {
        return current;
    }

    /** The one of an id. */
    Optional<SigningKey> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Their ids in their order. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /** The same keys, of which the one of this id signs; as they are if there is none of it. */
    SigningKeys signingWith(String id) {
        List<SigningKey> keys = new ArrayList<>(byId.values());
        keys.sort(Comparator.comparing(key -> !key.id().equals(id)));
        return new SigningKeys(keys);
    }

    /** With a new key that signs from now on; those before it are still recognised. */
    public SigningKeys rotated(SigningKey next) {
        List<SigningKey> keys = new ArrayList<>();
        keys.add(next);
        keys.addAll(byId.values());
        return new SigningKeys(keys);
    }

    /** The others; there has to be one. */
    SigningKeys without(String id) {
        return new SigningKeys(
                byId.values().stream().filter(key -> !key.id().equals(id)).toList());
    }

    /** All keys in a form that can be kept: whoever has it can forge hits. */
    public String secretText() {
        return byId.values().stream().map(SigningKey::secretText).collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "signing keys " + byId.keySet();
    }
}
