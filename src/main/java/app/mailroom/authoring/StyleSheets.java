package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Kind;
import app.mailroom.authoring.HtmlScan.Piece;
import app.mailroom.model.TemplateImage;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The style sheets of a template for the editor's document: with its own images as data, and nothing to fetch or to run. */
final class StyleSheets {
    private static final Pattern ESCAPED_LETTER =
            Pattern.compile("\\\\0{0,4}([46][1-9a-fA-F]|[57][0-9aA])[ \\t\\n\\r\\f]?");
    private static final Pattern IMPORT = Pattern.compile("(?is)@import[^;}]*(?:;|$)?");
    private static final Pattern URL =
            Pattern.compile("(?is)url\\(\\s*(?:\"([^\"]*)\"|'([^']*)'|([^)]*?))\\s*(?:\\)|$)");
    private static final Pattern IMAGE_SET =
            Pattern.compile("(?i)(?:-webkit-)?image-set\\(|(?<![\\w-])src\\(|(?<![\\w-])image\\(");

    private StyleSheets() {}

    static String of(String html, List<TemplateImage> images) {
        Map<String, TemplateImage> byName = new HashMap<>();
        images.forEach(image -> byName.put(image.name(), image));
        StringBuilder styles = new StringBuilder();
        String media = "";
        for (Piece piece : HtmlScan.of(html)) {
            if (piece.kind() == Kind.START && piece.name().equals("style")) {
                media = piece.attribute("media")
                        .filter(value -> value.matches("[\\w\\s():,.-]+"))
                        .orElse("");
            } else if (piece.kind() == Kind.RAW && piece.name().equals("style")) {
                String css = withoutFetching(html.substring(piece.start(), piece.end()), byName);
                styles.append(media.isBlank() ? css : "@media " + media + " {" + css + "}")
                        .append('\n');
            }
        }
        return styles.toString();
    }

    /** CSS that fetches nothing and cannot end the element in which it stands. */
    static String withoutFetching(String css, Map<String, TemplateImage> images) {
        String plain = ESCAPED_LETTER
                .matcher(css)
                .replaceAll(found -> Character.toString(Integer.parseInt(found.group(1), 16)));
        plain = IMPORT.matcher(plain).replaceAll("");
        plain = URL.matcher(plain).replaceAll(found -> Matcher.quoteReplacement(address(found, images)));
        plain = IMAGE_SET.matcher(plain).replaceAll("none-of(");
        return plain.replace("<!--", "").replace("-->", "").replace("</", "<\\/");
    }

    private static String address(MatchResult url, Map<String, TemplateImage> images) {
        String address =
                (url.group(1) != null ? url.group(1) : url.group(2) != null ? url.group(2) : url.group(3)).strip();
        TemplateImage own = images.get(address);
        if (own != null) {
            return "url(\"" + EditorDocument.data(own) + "\")";
        }
        String lower = address.toLowerCase(Locale.ROOT);
        boolean harmless = lower.startsWith("data:image/") || lower.startsWith("#");
        return harmless && address.matches("[\\w:/;,+=#.%-]*") ? "url(\"" + address + "\")" : "none";
    }
}
