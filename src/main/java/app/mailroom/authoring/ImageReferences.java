package app.mailroom.authoring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Where HTML refers to images: in attributes and in style sheets, those in conditional comments included. */
final class ImageReferences {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?i)[\\s\"'](src|background|srcset)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+))");
    private static final Pattern URL =
            Pattern.compile("(?i)url\\(\\s*(?:\"([^\"]*)\"|'([^']*)'|&quot;(.*?)&quot;|([^)\"'\\s]*))\\s*\\)");

    private ImageReferences() {}

    /** All references, plain, each once, in order. Also those to other servers and to data. */
    static List<String> in(String html) {
        Set<String> references = new LinkedHashSet<>();
        Matcher attribute = ATTRIBUTE.matcher(html);
        while (attribute.find()) {
            String value = Parser.unescapeEntities(first(attribute, 2, 4), true);
            if (attribute.group(1).equalsIgnoreCase("srcset")) {
                for (String candidate : value.split(",", -1)) {
                    add(references, candidate.strip().split("\\s", 2)[0]);
                }
            } else {
                add(references, value);
            }
        }
        Matcher url = URL.matcher(html);
        while (url.find()) {
            add(references, Parser.unescapeEntities(first(url, 1, 4), true));
        }
        return List.copyOf(references);
    }

    private static void add(Set<String> references, String reference) {
        if (!reference.isBlank()) {
            references.add(reference);
        }
    }

    private static String first(Matcher found, int from, int to) {
        for (int group = from; group <= to; group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        return "";
    }
}
