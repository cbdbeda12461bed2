package app.mailroom.authoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.internal.StringUtil;

/**
 * The declarations of a style attribute, compared by what they mean: colours in any notation, quotes and white space of any
 * kind, shorthands taken apart where that is simple. Declarations of one property that follow each other, the later for newer
 * mail programs, stay together.
 */
final class StyleText {
    /** One declaration; property in lower case, value as written. */
    record Declaration(String property, String value) {
        @Override
        public String toString() {
            return property + ":" + value;
        }
    }

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern RGB =
            Pattern.compile("rgb\\(\\s*(\\d{1,3})\\s*[, ]\\s*(\\d{1,3})\\s*[, ]\\s*(\\d{1,3})\\s*\\)");
    private static final Pattern SHORT_HEX = Pattern.compile("#([0-9a-f])([0-9a-f])([0-9a-f])(?![0-9a-f])");
    private static final Pattern ZERO =
            Pattern.compile("(?<![\\w.#-])-?0+(?:\\.0+)?(?:px|pt|em|rem|in|cm|mm|%)?(?![\\w.%])");
    private static final Pattern URL =
            Pattern.compile("url\\(\\s*(?:\"([^\"]*)\"|'([^']*)'|([^)]*?))\\s*\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HOSTILE = Pattern.compile(
            "javascript:|vbscript:|expression\\(|-moz-binding|data:text|behavior:", Pattern.CASE_INSENSITIVE);
    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-9a-fA-F]{1,6})[ \\t\\n\\r\\f]?");
    private static final Pattern SIDE =
            Pattern.compile(".*-(?:top|right|bottom|left)(?:-.*)?|border-(?:width|style|color)");
    private static final Pattern SIMPLE_VALUE = Pattern.compile("[\\w#%.,! -]+");
    private static final List<String> SIDES = List.of("top", "right", "bottom", "left");
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("black", "#000000"),
            Map.entry("white", "#ffffff"),
            Map.entry("red", "#ff0000"),
            Map.entry("green", "#008000"),
            Map.entry("blue", "#0000ff"),
            Map.entry("gray", "#808080"),
            Map.entry("grey", "#808080"),
            Map.entry("silver", "#c0c0c0"),
            Map.entry("yellow", "#ffff00"),
            Map.entry("orange", "#ffa500"),
            Map.entry("purple", "#800080"),
            Map.entry("navy", "#000080"),
            Map.entry("teal", "#008080"),
            Map.entry("maroon", "#800000"),
            Map.entry("lime", "#00ff00"),
            Map.entry("aqua", "#00ffff"),
            Map.entry("fuchsia", "#ff00ff"),
            Map.entry("olive", "#808000"));
    private static final Pattern COLOUR_NAME =
            Pattern.compile("(?<![\\w-#])(" + String.join("|", COLOURS.keySet()) + ")(?![\\w-])");

    private final List<Declaration> declarations;

    private StyleText(List<Declaration> declarations) {
        this.declarations = declarations;
    }

    static StyleText of(String style) {
        List<Declaration> declarations = new ArrayList<>();
        for (String part : parts(COMMENT.matcher(style).replaceAll(" "))) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                String property = part.substring(0, colon).strip().toLowerCase(Locale.ROOT);
                String value = part.substring(colon + 1).strip();
                if (!property.isEmpty() && !value.isEmpty()) {
                    declarations.add(new Declaration(property, value));
                }
            }
        }
        return new StyleText(declarations);
    }

    List<Declaration> declarations() {
        return declarations;
    }

    /** Whether an old mail program could run something that stands here. */
    static boolean isHostile(String style) {
        String plain = ESCAPE.matcher(COMMENT.matcher(style).replaceAll("")).replaceAll(found -> {
            int codePoint = Integer.parseInt(found.group(1), 16);
            return Character.isValidCodePoint(codePoint) ? Matcher.quoteReplacement(Character.toString(codePoint)) : "";
        });
        return HOSTILE.matcher(plain.replace("\\", "").replaceAll("[\\x00-\\x20]+", ""))
                .find();
    }

    /** The same without the declarations that an old mail program could run. */
    static String harmless(String style) {
        if (!isHostile(style)) {
            return style;
        }
        List<String> kept = new ArrayList<>();
        for (Declaration declaration : of(style).declarations) {
            if (!isHostile(declaration.toString())) {
                kept.add(declaration.toString());
            }
        }
        String text = String.join(";", kept);
        return isHostile(text) ? "" : text;
    }

    /** Whether an editor that keeps one declaration of each property, and its own notation, would write it differently. */
    static boolean isFragile(String style) {
        Set<String> seen = new HashSet<>();
        for (Declaration declaration : of(style).declarations) {
            if (!seen.add(declaration.property())
                    || SIDE.matcher(declaration.property()).matches()
                    || !SIMPLE_VALUE.matcher(declaration.value()).matches()) {
                return true;
            }
        }
        return COMMENT.matcher(style).find();
    }

    /** The original where the edited style means the same, and where it does not, as much of it as is still true. */
    static String merged(String original, String edited) {
        StyleText before = of(original);
        StyleText now = of(edited);
        Map<String, String> meantBefore = before.meaning();
        Map<String, String> meantNow = now.meaning();
        if (meantBefore.equals(meantNow)) {
            return original;
        }
        List<String> merged = new ArrayList<>();
        Set<String> covered = new HashSet<>();
        for (Declaration declaration : before.declarations) {
            Set<String> properties = expanded(declaration).keySet();
            if (properties.stream()
                    .allMatch(p ->
                            meantBefore.get(p) != null && meantBefore.get(p).equals(meantNow.get(p)))) {
                merged.add(declaration.toString());
                covered.addAll(properties);
            }
        }
        for (Declaration declaration : now.declarations) {
            if (!covered.containsAll(expanded(declaration).keySet())) {
                merged.add(declaration.toString());
            }
        }
        return String.join(";", merged);
    }

    /** Declarations that are not in the other, or mean something else there, in this one's words. */
    List<Declaration> lostIn(StyleText other) {
        Map<String, String> there = other.meaning();
        Map<String, String> here = meaning();
        Map<String, Integer> uses = other.uses();
        List<Declaration> lost = new ArrayList<>();
        for (Declaration declaration : declarations) {
            boolean same = expanded(declaration).keySet().stream()
                    .allMatch(p -> here.getOrDefault(p, "").equals(there.get(p)));
            boolean fewer = uses().getOrDefault(declaration.property(), 0) > 1
                    && uses.getOrDefault(declaration.property(), 0) < uses().getOrDefault(declaration.property(), 0);
            if (!same || fewer) {
                lost.add(declaration);
            }
        }
        return lost;
    }

    private Map<String, Integer> uses() {
        Map<String, Integer> uses = new LinkedHashMap<>();
        declarations.forEach(declaration -> uses.merge(declaration.property(), 1, Integer::sum));
        return uses;
    }

    /** The value that counts of every property. */
    private Map<String, String> meaning() {
        Map<String, String> meaning = new LinkedHashMap<>();
        for (Declaration declaration : declarations) {
            expanded(declaration).forEach((property, value) -> {
                String before = meaning.get(property);
                if (before == null || !before.endsWith("!important") || value.endsWith("!important")) {
                    meaning.put(property, value);
                }
            });
        }
        return meaning;
    }

    private static Map<String, String> expanded(Declaration declaration) {
        String property = declaration.property();
        String value = normalised(declaration.value());
        String important = value.endsWith("!important") ? "!important" : "";
        List<String> words = List.of(
                value.substring(0, value.length() - important.length()).strip().split(" ", -1));
        boolean plain = value.indexOf('(') < 0;
        Map<String, String> longhands = new LinkedHashMap<>();
        if (plain && words.size() <= 4 && (property.equals("margin") || property.equals("padding"))) {
            for (int i = 0; i < 4; i++) {
                longhands.put(property + "-" + SIDES.get(i), side(words, i) + important);
            }
        } else if (plain && words.size() <= 4 && property.matches("border-(?:width|style|color)")) {
            for (int i = 0; i < 4; i++) {
                longhands.put(
                        "border-" + SIDES.get(i) + property.substring("border".length()), side(words, i) + important);
            }
        } else if (plain && property.matches("border(?:-top|-right|-bottom|-left)?")) {
            border(property, words, important, longhands);
        } else {
            longhands.put(property, value);
        }
        return longhands;
    }

    private static void border(String property, List<String> words, String important, Map<String, String> longhands) {
        List<String> sides = property.equals("border") ? SIDES : List.of(property.substring("border-".length()));
        String width = "medium";
        String style = "none";
        String colour = "currentcolor";
        for (String word : words) {
            if (word.matches("[\\d.].*|thin|medium|thick")) {
                width = word;
            } else if (word.matches("none|hidden|solid|dashed|dotted|double|groove|ridge|inset|outset")) {
                style = word;
            } else {
                colour = word;
            }
        }
        for (String side : sides) {
            longhands.put("border-" + side + "-width", width + important);
            longhands.put("border-" + side + "-style", style + important);
            longhands.put("border-" + side + "-color", colour + important);
        }
    }

    private static String side(List<String> words, int side) {
        int index = side < words.size() ? side : side == 3 && words.size() > 1 ? 1 : side == 3 ? 0 : side - 2;
        return words.get(Math.max(0, index));
    }

    /** A value in one notation. */
    static String normalised(String value) {
        String text = StringUtil.normaliseWhitespace(value).strip();
        text = URL.matcher(text).replaceAll(found -> {
            String address =
                    found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
            return Matcher.quoteReplacement("url(" + address.strip() + ")");
        });
        if (text.indexOf("url(") < 0) {
            text = text.toLowerCase(Locale.ROOT);
        }
        text = text.replace("\"", "").replace("'", "");
        text = RGB.matcher(text)
                .replaceAll(found -> String.format(
                        "#%02x%02x%02x",
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3))));
        text = SHORT_HEX.matcher(text).replaceAll("#$1$1$2$2$3$3");
        text = COLOUR_NAME.matcher(text).replaceAll(found -> COLOURS.getOrDefault(found.group(1), found.group(1)));
        text = ZERO.matcher(text).replaceAll("0");
        text = text.replaceAll("\\s*,\\s*", ",").replaceAll("\\s*!\\s*important$", "!important");
        return text.replaceAll("\\bbold\\b", "700").replaceAll("(?<![\\w.])\\.(\\d)", "0.$1");
    }

    /** Cut at semicolons, but not at those in quotes and brackets. */
    private static List<String> parts(String style) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < style.length(); i++) {
            char c = style.charAt(i);
            if (c == '\\') {
                i++;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth = Math.max(0, depth - 1);
            } else if (c == ';' && depth == 0) {
                parts.add(style.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(style.substring(start));
        return parts;
    }
}
