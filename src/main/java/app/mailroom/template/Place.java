package app.mailroom.template;

import org.jspecify.annotations.Nullable;

/** Where a variable stands, and so how its value is written there. */
enum Place {
    /** HTML text or an attribute's value between double quotes. */
    HTML,
    /** A whole link, or the start of one. */
    LINK,
    /** A piece of a link whose scheme and host are settled. */
    LINK_PART,
    /** A piece of a mailto link after its scheme. */
    MAILTO_PART,
    /** A piece of a tel link after its scheme. */
    TEL_PART,
    /** In a style attribute. */
    STYLE,
    /** Plain text. */
    PLAIN,
    /** A whole link, or the start of one, in plain text. */
    PLAIN_LINK,
    /** The subject. */
    SUBJECT;

    /** The same place when the link is shown in plain text. */
    Place inPlainText() {
        return switch (this) {
            case LINK, PLAIN_LINK -> PLAIN_LINK;
            case LINK_PART, MAILTO_PART, TEL_PART -> this;
            case HTML, STYLE, PLAIN, SUBJECT -> PLAIN;
        };
    }

    /**
     * The value as it is written here, so that it cannot be anything but a value.
     *
     * @return null if it cannot stand here; why, {@link #refusal} says
     */
    @Nullable String written(String value) {
        return switch (this) {
            case HTML -> html(value);
            case LINK -> {
                String link = Link.absolute(value).orElse(null);
                yield link == null ? null : html(link);
            }
            case PLAIN_LINK -> Link.absolute(value).orElse(null);
            // What is percent-encoded has nothing left that HTML would have to escape.
            case LINK_PART -> Link.encoded(value, "", false);
            case MAILTO_PART -> Link.encoded(value, "@+", false);
            case TEL_PART -> Link.encoded(value, "+()", false);
            case STYLE -> value.codePoints().allMatch(Place::isStyleCharacter) ? value : null;
            case PLAIN -> plain(value);
            case SUBJECT -> line(value);
        };
    }

    /** Why a value cannot stand here; only links and styles refuse any. */
    RenderException.Code refusal() {
        return this == STYLE ? RenderException.Code.NOT_A_STYLE : RenderException.Code.NOT_A_LINK;
    }

    private static String html(String value) {
        int unchanged = 0;
        while (unchanged < value.length() && entity(value.charAt(unchanged)) == null && isPlain(value, unchanged)) {
            unchanged++;
        }
        if (unchanged == value.length()) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length() + 16).append(value, 0, unchanged);
        for (int i = unchanged; i < value.length(); i++) {
            String entity = entity(value.charAt(i));
            if (entity == null) {
                writeCharacter(out, value, i);
            } else {
                out.append(entity);
            }
        }
        return out.toString();
    }

    private static @Nullable String entity(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            default -> null;
        };
    }

    private static String plain(String value) {
        int unchanged = 0;
        while (unchanged < value.length() && isPlain(value, unchanged)) {
            unchanged++;
        }
        if (unchanged == value.length()) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length()).append(value, 0, unchanged);
        for (int i = unchanged; i < value.length(); i++) {
            writeCharacter(out, value, i);
        }
        return out.toString();
    }

    /** Whether {@link #writeCharacter} writes this character as it is. */
    private static boolean isPlain(String value, int i) {
        char c = value.charAt(i);
        return c == '\n' || c == '\t' || (!Character.isISOControl(c) && !isNoCharacter(value, i));
    }

    /** Line breaks become {@code \n}, other control characters vanish, what is no character becomes U+FFFD. */
    private static void writeCharacter(StringBuilder out, String value, int i) {
        char c = value.charAt(i);
        if (isPlain(value, i)) {
            out.append(c);
        } else if (c == '\r' || c == '\u0085') {
            boolean beforeLineFeed = c == '\r' && i + 1 < value.length() && value.charAt(i + 1) == '\n';
            if (!beforeLineFeed) {
                out.append('\n');
            }
        } else if (!Character.isISOControl(c)) {
            out.append('\uFFFD');
        }
    }

    private static String line(String value) {
        StringBuilder out = new StringBuilder(value.length());
        boolean replaced = false;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!breaksLine(c)) {
                out.append(isNoCharacter(value, i) ? '\uFFFD' : c);
                replaced = false;
            } else if (!replaced) {
                out.append(' ');
                replaced = true;
            }
        }
        return out.toString();
    }

    /** Whether a subject cannot have this character: controls, line separators, and what turns the direction of text. */
    static boolean breaksLine(char c) {
        return Character.isISOControl(c)
                || c == '\u2028'
                || c == '\u2029'
                || (c >= '\u202A' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069');
    }

    /** Half surrogate pairs, and two noncharacters that parsers take for the end of the text or for a byte order. */
    private static boolean isNoCharacter(String value, int i) {
        char c = value.charAt(i);
        if (c < Character.MIN_SURROGATE) {
            return false;
        }
        if (c >= '\uFFFE') {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    private static boolean isStyleCharacter(int c) {
        return Character.isLetterOrDigit(c) || (c < 0x80 && "#%.,_- ".indexOf(c) >= 0);
    }
}
