package app.mailroom.template;

import app.mailroom.template.TemplateFinding.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/** What in the styles of a template well-known mail programs leave out. It is found in style elements and in style attributes. */
final class StyleChecks {
    private static final int MOST = 20;

    /**
     * Styles that mail programs leave out.
     *
     * @param property the whole name of the property, in lower case
     * @param value a piece of the value
     */
    private record Dropped(Code code, Pattern property, Pattern value) {
        static Dropped of(Code code, String property, String value) {
            return new Dropped(code, Pattern.compile(property), Pattern.compile(value));
        }

        boolean concerns(String name, String written) {
            return property.matcher(name).matches() && value.matcher(written).find();
        }
    }

    /**
     * Rounded corners, shadows and the like are not here: a mail looks well without them. Nor is float, which newsletters
     * use for columns that may as well stand one below the other.
     */
    private static final List<Dropped> TABLE = List.of(
            // Gmail, Outlook on Windows and on the web.
            Dropped.of(Code.CSS_DROPPED, "position", "^(?!static|initial|inherit|unset)"),
            // Gmail, Outlook on Windows, Yahoo.
            Dropped.of(Code.CSS_DROPPED, "display", "\\bgrid\\b"),
            // Outlook on Windows; others, but not all of their versions, lay it out.
            Dropped.of(Code.CSS_NOT_IN_OUTLOOK, "display", "\\bflex\\b"),
            // Gmail, Outlook on Windows and on the web, Yahoo.
            Dropped.of(Code.CSS_DROPPED, "(?:animation|transition|transform)(?:-[a-z-]+)?", "^(?!none|initial|unset)"),
            // Gmail, Outlook on Windows.
            Dropped.of(
                    Code.CSS_DROPPED,
                    "filter|backdrop-filter|clip-path|mask(?:-[a-z-]+)?|mix-blend-mode",
                    "^(?!none|normal|alpha|progid|initial|unset)"),
            // Gmail, Outlook on Windows and on the web.
            Dropped.of(Code.CSS_DROPPED, "margin(?:-[a-z-]+)?", "(?:^|\\s)-(?:0*[1-9]|0*\\.0*[1-9])"),
            // Gmail, Outlook on Windows.
            Dropped.of(Code.CSS_DROPPED, ".*", "\\bvar\\("),
            // Outlook on Windows, which is Word: a colour is all that it shows behind text.
            Dropped.of(Code.CSS_NOT_IN_OUTLOOK, "background(?:-image)?", "\\burl\\(|gradient\\("),
            // Outlook on Windows.
            Dropped.of(Code.CSS_NOT_IN_OUTLOOK, ".*", "\\b(?:calc|min|max|clamp)\\("));

    /** Gmail and Outlook, on Windows and on the web, leave these out with all that is in them. */
    private static final Set<String> DROPPED_RULES =
            Set.of("@keyframes", "@-webkit-keyframes", "@-moz-keyframes", "@-o-keyframes", "@layer", "@container");

    private static final Pattern COMMENT = Pattern.compile("/\\*.*?(?:\\*/|$)|<!--|-->", Pattern.DOTALL);
    private static final Pattern IMAGE = Pattern.compile("url\\(\\s*[\"']?([^\"'()]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern REFERENCE = Pattern.compile("&(?:#\\w{1,9}|[a-zA-Z]\\w{0,40});");

    /** Rules or declarations between braces, or outside of any. */
    private static final class Block {
        final boolean inMedia;
        final boolean ignored;
        final Set<String> found = new HashSet<>();

        Block(boolean inMedia, boolean ignored) {
            this.inMedia = inMedia;
            this.ignored = ignored;
        }
    }

    private final TrackedBody body;
    private final KeptImages images;
    private final List<TemplateFinding> findings;
    private int count;

    private StyleChecks(TrackedBody body, KeptImages images, List<TemplateFinding> findings) {
        this.body = body;
        this.images = images;
        this.findings = findings;
    }

    /** Adds what is found: at most one finding for each property of each rule, and at most the first twenty. Images without a file are found too. */
    static void find(TrackedBody body, KeptImages images, List<TemplateFinding> findings) {
        StyleChecks checks = new StyleChecks(body, images, findings);
        for (Element element : body.document().getAllElements()) {
            checks.look(element);
        }
    }

    private void look(Element element) {
        if (element.sourceRange().startPos() >= element.sourceRange().endPos()) {
            return;
        }
        if (element.normalName().equals("style")) {
            for (DataNode data : element.dataNodes()) {
                Range range = data.sourceRange();
                if (range.isTracked()) {
                    scan(element, data.getWholeData(), range.startPos());
                }
            }
        } else if (element.normalName().equals("link")
                && element.attr("rel").toLowerCase(Locale.ROOT).matches("(?s)(?:.*\\s)?stylesheet(?:\\s.*)?")) {
            String address = body.written(element, "href");
            Range tag = element.sourceRange();
            add(linked(address), element, tag.startPos(), tag.endPos(), address);
        }
        body.value(element, "style").ifPresent(value -> {
            String written = body.masked().substring(value.startPos(), value.endPos());
            scan(element, withoutReferences(written), value.startPos());
        });
    }

    private static Code linked(String address) {
        return address.toLowerCase(Locale.ROOT).contains("font") ? Code.WEB_FONT : Code.STYLE_SHEET_LINKED;
    }

    private void scan(Element element, String written, int offset) {
        String css = withoutStrings(withoutComments(written));
        Deque<Block> blocks = new ArrayDeque<>();
        blocks.push(new Block(false, false));
        int from = 0;
        int brackets = 0;
        for (int i = 0; i <= css.length(); i++) {
            char c = i < css.length() ? css.charAt(i) : '}';
            if (c == '(') {
                brackets++;
            } else if (c == ')') {
                brackets = Math.max(0, brackets - 1);
            } else if (c == '{') {
                blocks.push(opened(element, css, from, i, offset, blocks.element()));
                from = i + 1;
                brackets = 0;
            } else if (c == '}' || (c == ';' && brackets == 0)) {
                ended(element, css, from, i, offset, blocks.element());
                from = i + 1;
                brackets = 0;
                if (c == '}' && blocks.size() > 1) {
                    blocks.pop();
                }
            }
        }
    }

    private Block opened(Element element, String css, int from, int to, int offset, Block around) {
        String prelude = css.substring(from, to).strip();
        if (!prelude.startsWith("@") || around.ignored) {
            return new Block(around.inMedia, around.ignored);
        }
        String name = prelude.split("[^@a-zA-Z-]", 2)[0].toLowerCase(Locale.ROOT);
        boolean font = name.equals("@font-face");
        boolean dropped = DROPPED_RULES.contains(name);
        if (font || dropped) {
            int start = from + css.substring(from, to).indexOf('@');
            int end = start + prelude.length();
            add(font ? Code.WEB_FONT : Code.CSS_DROPPED, element, offset + start, offset + end, prelude);
        }
        return new Block(around.inMedia || name.equals("@media"), font || dropped);
    }

    private void ended(Element element, String css, int from, int to, int offset, Block block) {
        String piece = css.substring(from, to);
        String stripped = piece.strip();
        if (stripped.isEmpty() || block.ignored) {
            return;
        }
        int start = offset + from + piece.indexOf(stripped);
        int end = start + stripped.length();
        String shown = body.source().substring(start, end);
        if (stripped.toLowerCase(Locale.ROOT).startsWith("@import")) {
            add(linked(shown), element, start, end, shown);
            return;
        }
        int colon = stripped.indexOf(':');
        if (colon < 0) {
            return;
        }
        String property = stripped.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        String value = stripped.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        if (value.contains("url(")) {
            findMissing(element, start, end);
        }
        for (Dropped dropped : TABLE) {
            // Outlook on Windows reads no media query, so nothing in one is meant for it.
            boolean meant = dropped.code() != Code.CSS_NOT_IN_OUTLOOK || !block.inMedia;
            if (meant && dropped.concerns(property, value) && block.found.add(property)) {
                add(dropped.code(), element, start, end, shown);
            }
        }
    }

    /** Images behind text; a style attribute may have quotes as character references. */
    private void findMissing(Element element, int start, int end) {
        String written = Parser.unescapeEntities(body.masked().substring(start, end), true);
        IMAGE.matcher(written)
                .results()
                .map(found -> found.group(1))
                .filter(images::lack)
                .forEach(lacking -> {
                    findings.add(new TemplateFinding(
                            Code.IMAGE_NOT_KEPT, body.spot(element, start, end), BodyChecks.shortened(lacking)));
                });
    }

    private void add(Code code, Element element, int start, int end, String detail) {
        if (count < MOST) {
            count++;
            findings.add(new TemplateFinding(code, body.spot(element, start, end), BodyChecks.shortened(detail)));
        }
    }

    /** The same text with character references replaced by as many characters; quotes stay quotes. */
    private static String withoutReferences(String attribute) {
        return REFERENCE.matcher(attribute).replaceAll(found -> {
            int length = found.group().length();
            String read = Parser.unescapeEntities(found.group(), true);
            return read.equals("\"") || read.equals("'") ? read + " ".repeat(length - 1) : "x".repeat(length);
        });
    }

    private static String withoutComments(String css) {
        return COMMENT.matcher(css).replaceAll(found -> " ".repeat(found.group().length()));
    }

    /** The same text with what is between quotes, and what is escaped, replaced character by character. */
    private static String withoutStrings(String css) {
        StringBuilder out = new StringBuilder(css);
        char quote = 0;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (c == '\\' && i + 1 < out.length()) {
                out.setCharAt(i, 'x');
                i++;
                out.setCharAt(i, 'x');
            } else if (quote != 0) {
                // A string ends with its line, closed or not.
                if (c == quote || c == '\n') {
                    quote = 0;
                } else {
                    out.setCharAt(i, 'x');
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            }
        }
        return out.toString();
    }
}
