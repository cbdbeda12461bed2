package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;

import app.mailroom.store.jooq.tables.records.MessagesRecord;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** A message whose person was erased: it counts for its mailing, and tells nothing of whose it was. */
final class ErasedMessage {
    private static final String PREFIX = "erased-";

    private ErasedMessage() {}

    /** What stands in the place of the address, another for each message. No address looks like it. */
    static String token(long messageId) {
        return PREFIX + messageId;
    }

    static boolean is(MessagesRecord message) {
        return message.getAddressKey().equals(token(message.getId()));
    }

    /** Leaves erased messages out: every address has this sign. */
    static Condition isNot() {
        return MESSAGES.ADDRESS_KEY.contains("@");
    }

    /**
     * Of a link that somebody clicked, what every reader of the mailing could have: what stands behind the question mark
     * often tells who it was.
     */
    static @Nullable String common(@Nullable String link) {
        if (link == null) {
            return null;
        }
        try {
            URI uri = new URI(link);
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            if (uri.getScheme() == null || uri.getRawAuthority() == null) {
                return null;
            }
            boolean personal =
                    path.contains("@") || path.toLowerCase(Locale.ROOT).contains("%40");
            return site(uri) + (personal ? "/" : path);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** The site of a link, and nothing of the page. */
    static @Nullable String site(String link) {
        try {
            URI uri = new URI(link);
            return uri.getScheme() == null || uri.getRawAuthority() == null ? null : site(uri) + "/";
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String site(URI uri) {
        String authority = uri.getRawAuthority();
        return uri.getScheme() + "://" + authority.substring(authority.indexOf('@') + 1);
    }
}
