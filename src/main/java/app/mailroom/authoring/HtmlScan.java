package app.mailroom.authoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * HTML cut into its tags, comments and texts by the rules of browsers, with nothing parsed into a tree and nothing
 * lost: the pieces one after the other are the text again.
 */
final class HtmlScan {
    /** What a piece is. */
    enum Kind {
        TEXT,
        START,
        END,
        /** A comment, a declaration or an unfinished tag: everything that begins like a tag and is none. */
        COMMENT,
        /** What stands in an element that holds no tags, such as a script. */
        RAW
    }

    /** One attribute of a tag; name in lower case, value with its character references resolved. */
    record Attribute(String name, String value) {}

    /** One piece of the text; name is that of a tag in lower case, else empty. */
    record Piece(Kind kind, int start, int end, String name, List<Attribute> attributes) {
        Optional<String> attribute(String wanted) {
            return attributes.stream()
                    .filter(attribute -> attribute.name().equals(wanted))
                    .map(Attribute::value)
                    .findFirst();
        }
    }

    /** Elements whose content is no HTML. */
    private static final Set<String> RAW_TEXT =
            Set.of("script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title", "plaintext");

    private static final Set<String> VOID = Set.of(
            "area",
            "base",
            "basefont",
            "bgsound",
            "br",
            "col",
            "embed",
            "frame",
            "hr",
            "image",
            "img",
            "input",
            "keygen",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr");

    private final String html;
    private final List<Piece> pieces = new ArrayList<>();
    private int at;

    private HtmlScan(String html) {
        this.html = html;
    }

    static List<Piece> of(String html) {
        HtmlScan scan = new HtmlScan(html);
        scan.run();
        return List.copyOf(scan.pieces);
    }

    static boolean isVoid(String name) {
        return VOID.contains(name);
    }

    /**
     * For every start tag the index of the piece that ends its element, as written; -1 where there is none, and for
     * pieces that are no start tags.
     */
    static int[] ends(List<Piece> pieces) {
        int[] ends = new int[pieces.size()];
        Arrays.fill(ends, -1);
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            if (piece.kind() == Kind.START && !isVoid(piece.name())) {
                open.add(i);
            } else if (piece.kind() == Kind.END) {
                for (int j = open.size() - 1; j >= 0; j--) {
                    if (pieces.get(open.get(j)).name().equals(piece.name())) {
                        ends[open.get(j)] = i;
                        open.subList(j, open.size()).clear();
                        break;
                    }
                }
            }
        }
        return ends;
    }

    private void run() {
        int text = 0;
        while (at < html.length()) {
            int open = html.indexOf('<', at);
            if (open < 0 || open + 1 >= html.length()) {
                break;
            }
            char next = html.charAt(open + 1);
            boolean end = next == '/';
            if (isLetter(next) || (end && open + 2 < html.length() && isLetter(html.charAt(open + 2)))) {
                text(text, open);
                tag(open, end);
            } else if (next == '!' || next == '?' || (end && open + 2 < html.length())) {
                text(text, open);
                comment(open);
            } else {
                at = open + 1;
                continue;
            }
            text = at;
        }
        text(text, html.length());
    }

    private void text(int from, int to) {
        if (from < to) {
            pieces.add(new Piece(Kind.TEXT, from, to, "", List.of()));
        }
    }

    private void comment(int open) {
        int end = html.startsWith("<!--", open) ? commentEnd(open + 4) : after(">", open + 2);
        pieces.add(new Piece(Kind.COMMENT, open, end, "", List.of()));
        at = end;
    }

    private int commentEnd(int content) {
        if (html.startsWith(">", content)) {
            return content + 1;
        }
        if (html.startsWith("->", content)) {
            return content + 2;
        }
        int usual = html.indexOf("-->", content);
        int odd = html.indexOf("--!>", content);
        if (usual < 0 && odd < 0) {
            return html.length();
        }
        return odd < 0 || (usual >= 0 && usual < odd) ? usual + 3 : odd + 4;
    }

    private int after(String mark, int from) {
        int found = html.indexOf(mark, from);
        return found < 0 ? html.length() : found + mark.length();
    }

    private void tag(int open, boolean end) {
        int nameStart = open + (end ? 2 : 1);
        int i = nameStart;
        while (i < html.length() && !isSpace(html.charAt(i)) && html.charAt(i) != '/' && html.charAt(i) != '>') {
            i++;
        }
        String name = html.substring(nameStart, i).toLowerCase(Locale.ROOT);
        List<Attribute> attributes = new ArrayList<>();
        at = i;
        if (!attributes(attributes)) {
            pieces.add(new Piece(Kind.COMMENT, open, html.length(), "", List.of()));
            at = html.length();
            return;
        }
        pieces.add(new Piece(end ? Kind.END : Kind.START, open, at, name, List.copyOf(attributes)));
        if (!end && RAW_TEXT.contains(name)) {
            raw(name);
        }
    }

    /** Reads up to and including the bracket; false if the text ends before. */
    private boolean attributes(List<Attribute> attributes) {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '>') {
                at++;
                return true;
            }
            if (isSpace(c) || c == '/') {
                at++;
                continue;
            }
            int nameStart = at;
            at++;
            while (at < html.length() && !isSpace(html.charAt(at)) && "/>=".indexOf(html.charAt(at)) < 0) {
                at++;
            }
            String name = html.substring(nameStart, at).toLowerCase(Locale.ROOT);
            int before = at;
            skipSpace();
            if (at >= html.length()) {
                return false;
            }
            String value = "";
            if (html.charAt(at) == '=') {
                at++;
                skipSpace();
                if (at >= html.length()) {
                    return false;
                }
                Optional<String> read = value();
                if (read.isEmpty()) {
                    return false;
                }
                value = Parser.unescapeEntities(read.get(), true);
            } else {
                at = before;
            }
            if (attributes.stream().noneMatch(other -> other.name().equals(name))) {
                attributes.add(new Attribute(name, value));
            }
        }
        return false;
    }

    private Optional<String> value() {
        char quote = html.charAt(at);
        if (quote == '"' || quote == '\'') {
            int close = html.indexOf(quote, at + 1);
            if (close < 0) {
                return Optional.empty();
            }
            String value = html.substring(at + 1, close);
            at = close + 1;
            return Optional.of(value);
        }
        int start = at;
        while (at < html.length() && !isSpace(html.charAt(at)) && html.charAt(at) != '>') {
            at++;
        }
        return Optional.of(html.substring(start, at));
    }

    private void raw(String name) {
        int start = at;
        int end = html.length();
        if (!name.equals("plaintext")) {
            for (int close = html.indexOf("</", at); close >= 0; close = html.indexOf("</", close + 2)) {
                int after = close + 2 + name.length();
                if (html.regionMatches(true, close + 2, name, 0, name.length())
                        && after < html.length()
                        && (isSpace(html.charAt(after)) || html.charAt(after) == '/' || html.charAt(after) == '>')) {
                    end = close;
                    break;
                }
            }
        }
        if (start < end) {
            pieces.add(new Piece(Kind.RAW, start, end, name, List.of()));
        }
        at = end;
    }

    private void skipSpace() {
        while (at < html.length() && isSpace(html.charAt(at))) {
            at++;
        }
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }
}
