package app.mailroom.ui.editor;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of an HTML text that are to be coloured. Takes whatever stands there, however broken; reads each char once.
 */
final class HtmlTokens {
    /** Kinds of parts. */
    enum Kind {
        TAG("token-tag"),
        ATTRIBUTE("token-attribute"),
        VALUE("token-value"),
        COMMENT("token-comment"),
        ENTITY("token-entity"),
        VARIABLE("token-variable"),
        SELECTOR("token-selector"),
        PROPERTY("token-attribute");

        private final String styleClass;

        Kind(String styleClass) {
            this.styleClass = styleClass;
        }

        /** By which the style sheet knows it. */
        String styleClass() {
            return styleClass;
        }
    }

    /** A part; end is behind it. What lies between two of them is plain. */
    record Token(int start, int end, Kind kind) {}

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private HtmlTokens(String text) {
        this.text = text;
    }

    /** The parts in their order; none overlaps another. */
    static List<Token> of(String text) {
        HtmlTokens reading = new HtmlTokens(text);
        reading.document();
        return reading.tokens;
    }

    private void document() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '<') {
                markup();
            } else if (c == '{' && text.startsWith("{{", at)) {
                variable();
            } else if (c == '&') {
                entity();
            } else {
                at++;
            }
        }
    }

    private void markup() {
        if (text.startsWith("<!--", at)) {
            through("-->", Kind.COMMENT);
        } else if (text.startsWith("<!", at) || text.startsWith("<?", at)) {
            through(">", Kind.COMMENT);
        } else if (at + 1 < text.length() && (text.charAt(at + 1) == '/' || isLetter(text.charAt(at + 1)))) {
            tag();
        } else {
            at++;
        }
    }

    private void tag() {
        int start = at;
        at += text.charAt(at + 1) == '/' ? 2 : 1;
        int name = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        add(start, at, Kind.TAG);
        boolean opensStyle = name == start + 1 && text.regionMatches(true, name, "style", 0, 5) && at - name == 5;
        boolean opensScript = name == start + 1 && text.regionMatches(true, name, "script", 0, 6) && at - name == 6;
        attributes();
        if (opensStyle) {
            css(endOf("</style"));
        } else if (opensScript) {
            at = endOf("</script");
        }
    }

    private void attributes() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '>') {
                add(at, ++at, Kind.TAG);
                return;
            }
            if (c == '<') {
                return;
            }
            if (c == '/' && text.startsWith("/>", at)) {
                add(at, at + 2, Kind.TAG);
                at += 2;
                return;
            }
            if (c == '{' && text.startsWith("{{", at)) {
                variable();
            } else if (c == '=') {
                at++;
                value();
            } else if (Character.isWhitespace(c) || c == '"' || c == '\'' || c == '/') {
                at++;
            } else {
                int start = at;
                while (at < text.length() && !isAttributeEnd(text.charAt(at))) {
                    at++;
                }
                add(start, at, Kind.ATTRIBUTE);
            }
        }
    }

    private void value() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return;
        }
        char quote = text.charAt(at);
        if (quote == '"' || quote == '\'') {
            int end = text.indexOf(quote, at + 1);
            valueUntil(end < 0 ? text.length() : end + 1);
        } else {
            int end = at;
            while (end < text.length() && text.charAt(end) != '>' && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            valueUntil(end);
        }
    }

    private void valueUntil(int end) {
        int start = at;
        while (at < end) {
            if (text.startsWith("{{", at)) {
                add(start, at, Kind.VALUE);
                variable();
                start = at;
            } else {
                at++;
            }
        }
        add(start, Math.max(start, end), Kind.VALUE);
        at = Math.max(at, end);
    }

    private void variable() {
        int end = text.indexOf("}}", at);
        int line = text.indexOf('\n', at);
        if (end < 0 || (line >= 0 && line < end)) {
            at += 2;
        } else {
            add(at, end + 2, Kind.VARIABLE);
            at = end + 2;
        }
    }

    private void entity() {
        int end = at + 1;
        while (end < text.length() && end - at < 12 && isEntityPart(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) == ';' && end > at + 1) {
            add(at, end + 1, Kind.ENTITY);
            at = end + 1;
        } else {
            at++;
        }
    }

    private void css(int end) {
        int start = at;
        boolean declares = false;
        while (at < end) {
            char c = text.charAt(at);
            if (c == '/' && text.startsWith("/*", at)) {
                add(start, at, declares ? Kind.PROPERTY : Kind.SELECTOR);
                int close = text.indexOf("*/", at + 2);
                int after = close < 0 || close + 2 > end ? end : close + 2;
                add(at, after, Kind.COMMENT);
                at = after;
                start = at;
            } else if (c == '{') {
                // The block of an at-rule such as @media holds rules, any other declarations.
                boolean rules = text.substring(start, at).stripLeading().startsWith("@media");
                add(start, at, Kind.SELECTOR);
                declares = !rules;
                start = ++at;
            } else if (c == '}') {
                add(start, at, declares ? Kind.PROPERTY : Kind.SELECTOR);
                declares = false;
                start = ++at;
            } else if (c == ';') {
                start = ++at;
            } else if (c == ':' && declares) {
                add(start, at, Kind.PROPERTY);
                at = cssValue(at + 1, end);
                start = at;
            } else {
                at++;
            }
        }
        at = end;
    }

    private int cssValue(int from, int end) {
        int to = from;
        while (to < end && text.charAt(to) != ';' && text.charAt(to) != '}') {
            to++;
        }
        add(from, to, Kind.VALUE);
        return to;
    }

    private int endOf(String closing) {
        for (int i = text.indexOf('<', at); i >= 0; i = text.indexOf('<', i + 1)) {
            if (text.regionMatches(true, i, closing, 0, closing.length())) {
                return i;
            }
        }
        return text.length();
    }

    private void through(String closing, Kind kind) {
        int end = text.indexOf(closing, at);
        int after = end < 0 ? text.length() : end + closing.length();
        add(at, after, kind);
        at = after;
    }

    private void add(int start, int end, Kind kind) {
        if (end > start) {
            tokens.add(new Token(start, end, kind));
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isNamePart(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == ':' || c == '-';
    }

    private static boolean isEntityPart(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '#';
    }

    private static boolean isAttributeEnd(char c) {
        return c == '=' || c == '>' || c == '<' || c == '/' || Character.isWhitespace(c);
    }
}
