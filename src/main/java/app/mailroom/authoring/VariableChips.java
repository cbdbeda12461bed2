package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Attribute;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Variables as the editor shows them, and as a template has them. What stands between the braces is plain text here. */
final class VariableChips {
    /** No tag can be in it, as it is looked for in one text between two tags. */
    private static final Pattern VARIABLE = Pattern.compile("(?s)\\{\\{((?:(?!\\{\\{|\\}\\}).){1,500})\\}\\}");

    private static final Pattern INSIDE = Pattern.compile(
            "(?s)[\\s\\p{Z}\\x{FEFF}]*([\\p{L}\\p{Nd}_][\\p{L}\\p{Nd}\\p{M}_]*)[\\s\\p{Z}\\x{FEFF}]*(?:\\|.*)?");

    private VariableChips() {}

    /** The text of HTML between two tags with chips in place of its variables. */
    static String chipped(String text) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String inside = Parser.unescapeEntities(found.group(1), false);
            return Matcher.quoteReplacement(isVariable(inside) ? chip(inside) : found.group());
        });
    }

    static String chip(String inside) {
        if (!isVariable(inside)) {
            return EditorCleaning.escapedText("{{" + inside + "}}");
        }
        return EditorCleaning.tag(
                        "span",
                        List.of(
                                new Attribute("class", EditorDocument.CHIP_CLASS),
                                new Attribute("contenteditable", "false"),
                                new Attribute(EditorDocument.CHIP_ATTRIBUTE, inside)))
                + EditorCleaning.escapedText(name(inside))
                + "</span>";
    }

    /** The variable of a chip's attribute as it stands in a template; empty if it is none. */
    static Optional<String> variable(String attribute) {
        return isVariable(attribute)
                ? Optional.of("{{" + EditorCleaning.escapedText(attribute) + "}}")
                : Optional.empty();
    }

    private static boolean isVariable(String inside) {
        return !inside.contains("{{")
                && !inside.contains("}}")
                && !inside.endsWith("}")
                && INSIDE.matcher(inside).matches();
    }

    private static String name(String inside) {
        Matcher parts = INSIDE.matcher(inside);
        return parts.matches() ? parts.group(1) : inside;
    }
}
