package app.mailroom.tracking;

/**
 * What an address of the relay stands for.
 *
 * @param tag the message's, see {@link app.mailroom.model.WorkspaceId}
 * @param link number of the link among those of the mailing, from 1; 0 unless one is followed
 * @param target where a followed link leads, an http or https address; empty otherwise
 */
public record HitLink(Kind kind, String tag, int link, String target) {
    /** What asking for it means. */
    public enum Kind {
        /** The picture that a mail program fetches when the mail is shown. */
        OPEN('o'),
        /** A link of the mail. */
        CLICK('c'),
        /** The page on which the reader leaves. */
        UNSUBSCRIBE('u');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        /** The first part of its path. */
        public String path() {
            return "/" + letter + "/";
        }

        char letter() {
            return letter;
        }
    }

    /** An opening of a message. */
    public static HitLink open(String tag) {
        return new HitLink(Kind.OPEN, tag, 0, "");
    }

    /** A link of a message. */
    public static HitLink click(String tag, int link, String target) {
        return new HitLink(Kind.CLICK, tag, link, target);
    }

    /** The page on which the reader of a message leaves. */
    public static HitLink unsubscribe(String tag) {
        return new HitLink(Kind.UNSUBSCRIBE, tag, 0, "");
    }
}
