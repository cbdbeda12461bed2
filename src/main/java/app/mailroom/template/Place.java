package app.mailroom.template;

import java.util.Optional;

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
     * Appends the value so that it cannot be anything but a value here.
     *
     * @return why the value cannot stand here; nothing is appended then
     */
    Optional<RenderException.Code> write(StringBuilder out, String value) {
        switch (this) {
            case HTML -> writeHtml(out, value);
            case LINK, PLAIN_LINK -> {
                Optional<String> link = Link.absolute(value);
                if (link.isEmpty()) {
                    return Optional.of(RenderException.Code.NOT_A_LINK);
                }
                if (this == LINK) {
                    writeHtml(out, link.get());
                } else {
                    out.append(link.get());
                }
            }
            // What is percent-encoded has nothing left that HTML would have to escape.
            case LINK_PART -> out.append(Link.encoded(value, "", false));
            case MAILTO_PART -> out.append(Link.encoded(value, "@+", false));
            case TEL_PART -> out.append(Link.encoded(value, "+()", false));
            case STYLE -> {
                if (!value.codePoints().allMatch(Place::isStyleCharacter)) {
                    return Optional.of(RenderException.Code.NOT_A_STYLE);
                }
                out.append(value);
            }
            case PLAIN -> writePlain(out, value);
            case SUBJECT -> writeLine(out, value);
        }
        return Optional.empty();
    }

    private static void writeHtml(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> writeCharacter(out, value, i);
            }
        }
    }

    private static void writePlain(StringBuilder out, String value) {
        for (int i = 0; i < value.length(); i++) {
            writeCharacter(out, value, i);
        }
    }

    /** Line breaks become {@code \n}, other control characters vanish, what is no character becomes U+FFFD. */
    private static void writeCharacter(StringBuilder out, String value, int i) {
        char c = value.charAt(i);
        if (c == '\r' || c == '\u0085') {
            boolean beforeLineFeed = c == '\r' && i + 1 < value.length() && value.charAt(i + 1) == '\n';
            if (!beforeLineFeed) {
                out.append('\n');
            }
        } else if (c == '\n' || c == '\t' || !Character.isISOControl(c)) {
            out.append(isNoCharacter(value, i) ? '\uFFFD' : c);
        }
    }

    private static void writeLine(StringBuilder out, String value) {
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
