package app.mailroom.tracking;

import app.mailroom.template.HitAddresses;

/** The relay's addresses for one message. */
public final class MessageAddresses implements HitAddresses {
    private final RelayAddress address;
    private final HitTokens tokens;
    private final String tag;

    MessageAddresses(RelayAddress address, HitTokens tokens, String tag) {
        this.address = address;
        this.tokens = tokens;
        this.tag = tag;
    }

    /** {@inheritDoc} The page on which its reader leaves stays as it is: whoever leaves is not counted as interested. */
    @Override
    public String click(int number, String to) {
        String leave = address.of(HitLink.Kind.UNSUBSCRIBE, "");
        return to.regionMatches(true, 0, leave, 0, leave.length()) || !HitTokens.canLeadTo(to)
                ? to
                : address.of(HitLink.Kind.CLICK, tokens.token(HitLink.click(tag, number, to)));
    }

    @Override
    public String open() {
        return address.of(HitLink.Kind.OPEN, tokens.token(HitLink.open(tag)));
    }

    /** The page on which its reader leaves, which also takes one-click requests (RFC 8058). */
    public String unsubscribe() {
        return address.of(HitLink.Kind.UNSUBSCRIBE, tokens.token(HitLink.unsubscribe(tag)));
    }
}
