package app.mailroom.authoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** What of the looks of pasted text stays: colours, alignment, weight and the borders of tables. */
final class PastedStyles {
    private static final Set<String> OF_TEXT = Set.of("color", "background-color");
    private static final Set<String> OF_BLOCKS =
            Set.of("color", "background-color", "text-align", "font-weight", "font-style", "text-decoration");
    private static final Set<String> OF_CELLS = Set.of(
            "color",
            "background-color",
            "text-align",
            "font-weight",
            "font-style",
            "text-decoration",
            "vertical-align",
            "border",
            "border-top",
            "border-right",
            "border-bottom",
            "border-left",
            "border-collapse");
    private static final Set<String> NOTHING = Set.of(
            "initial",
            "inherit",
            "unset",
            "normal",
            "400",
            "none",
            "start",
            "left",
            "auto",
            "baseline",
            "transparent",
            "windowtext",
            "#000000",
            "rgba(0,0,0,0)",
            "currentcolor",
            "0");
    private static final Pattern SIMPLE = Pattern.compile("[\\w#%(),. -]{1,80}");
    private static final Pattern CLASS_RULE =
            Pattern.compile("(?:^|[},>\\s])(?:[a-z]+)?\\.([\\w-]+)\\s*\\{([^{}]*)\\}", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> classes = new HashMap<>();

    /** With the classes that spreadsheets give their cells; for other programs and pages classes mean nothing here. */
    PastedStyles(String html, boolean spreadsheet) {
        if (spreadsheet) {
            Matcher rule = CLASS_RULE.matcher(html);
            while (rule.find()) {
                classes.merge(rule.group(1), rule.group(2).strip(), (before, now) -> before + ";" + now);
            }
        }
    }

    /** Everything that is said of an element, the last of each property. */
    Map<String, String> of(Element element) {
        List<String> texts = new ArrayList<>();
        element.classNames().forEach(name -> texts.add(classes.getOrDefault(name, "")));
        texts.add(element.attr("style"));
        Map<String, String> styles = new HashMap<>();
        for (StyleText.Declaration declaration :
                StyleText.of(String.join(";", texts)).declarations()) {
            String property = declaration.property();
            String value = StyleText.normalised(declaration.value())
                    .replace("!important", "")
                    .strip();
            if (property.equals("background")) {
                property = "background-color";
            }
            if (property.equals("text-decoration-line")) {
                property = "text-decoration";
            }
            styles.put(property, value);
        }
        return styles;
    }

    String ofText(Map<String, String> styles) {
        return kept(styles, OF_TEXT);
    }

    String ofBlock(Map<String, String> styles) {
        return kept(styles, OF_BLOCKS);
    }

    String ofCell(Map<String, String> styles) {
        return kept(styles, OF_CELLS);
    }

    private static String kept(Map<String, String> styles, Set<String> wanted) {
        List<String> kept = new ArrayList<>();
        wanted.stream().sorted().forEach(property -> {
            String value = styles.getOrDefault(property, "");
            boolean whiteGround = property.equals("background-color") && value.equals("#ffffff");
            if (SIMPLE.matcher(value).matches()
                    && !NOTHING.contains(value)
                    && !whiteGround
                    && !value.contains("var(")
                    && !value.contains("url(")
                    && !StyleText.isHostile(value)
                    && !(property.startsWith("border-") && value.startsWith("none"))
                    && !(property.endsWith("color") && value.contains(" "))) {
                kept.add(property + ": " + value.replace("windowtext", "#000000") + ";");
            }
        });
        return String.join(" ", kept);
    }

    static boolean isHidden(Element element, Map<String, String> styles) {
        return element.hasAttr("hidden")
                || "none".equals(styles.get("display"))
                || "hidden".equals(styles.get("visibility"))
                || "all".equals(styles.get("mso-hide"));
    }

    static boolean isBold(Map<String, String> styles) {
        String weight = styles.getOrDefault("font-weight", "");
        return weight.matches("[6-9]00|bolder");
    }

    static boolean isPlain(Map<String, String> styles) {
        return styles.getOrDefault("font-weight", "").toLowerCase(Locale.ROOT).matches("normal|[1-5]00");
    }
}
