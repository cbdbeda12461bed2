package app.mailroom.tracking;

import java.util.Optional;

/** A relay that readers can reach, and how its addresses are signed. */
public final class RelayLinks {
    private final RelayAddress address;
    private final HitTokens tokens;

    /** Addresses at this relay. */
    public RelayLinks(RelayAddress address, HitTokens tokens) {
        this.address = address;
        this.tokens = tokens;
    }

    /** Those of one message. */
    public MessageAddresses of(String tag) {
        return new MessageAddresses(address, tokens, tag);
    }

    /** What an address stands for; empty if it is none of this relay's, or signed by nobody known. */
    public Optional<HitLink> read(String url) {
        for (HitLink.Kind kind : HitLink.Kind.values()) {
            String start = address.of(kind, "");
            if (url.startsWith(start)) {
                return tokens.read(kind, url.substring(start.length()));
            }
        }
        return Optional.empty();
    }
}
