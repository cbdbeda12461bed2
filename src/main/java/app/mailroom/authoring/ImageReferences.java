package app.mailroom.authoring;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Where HTML refers to images: in attributes and in style sheets, those in conditional comments included. */
final class ImageReferences {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?i)([\\s\"'](?:src|background)\\s*=\\s*)(?:\"([^\"]*)\"|'([^']*)'|([^\\s>\"']+))");
    private static final Pattern SOURCE_SET = Pattern.compile("(?i)[\\s\"']srcset\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)')");
    private static final Pattern URL =
            Pattern.compile("(?i)(url\\(\\s*)(?:\"([^\"]*)\"|'([^']*)'|&quot;(.*?)&quot;|([^)\"'\\s]*))(?=\\s*\\))");

    private ImageReferences() {}

    /** All references, plain, each once, in order. Also those to other servers and to data. */
    static List<String> in(String html) {
        Set<String> references = new LinkedHashSet<>();
        ATTRIBUTE.matcher(html).results().forEach(found -> references.add(reference(found, 2)));
        SOURCE_SET.matcher(html).results().forEach(found -> {
            for (String candidate : reference(found, 1).split(",", -1)) {
                references.add(candidate.strip().split("\\s", 2)[0]);
            }
        });
        URL.matcher(html).results().forEach(found -> references.add(reference(found, 2)));
        references.removeIf(String::isBlank);
        return List.copyOf(references);
    }

    /**
     * The HTML with other references where the function has one. They must need no quotes, as those of data.
     */
    static String replaced(String html, Function<String, Optional<String>> others) {
        String inAttributes = replaced(ATTRIBUTE, html, others, "\"");
        return replaced(URL, inAttributes, others, "");
    }

    private static String replaced(
            Pattern pattern, String html, Function<String, Optional<String>> others, String quote) {
        return pattern.matcher(html)
                .replaceAll(found -> Matcher.quoteReplacement(others.apply(reference(found, 2))
                        .map(other -> found.group(1) + quote + other + quote)
                        .orElse(found.group())));
    }

    private static String reference(MatchResult found, int from) {
        for (int group = from; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return Parser.unescapeEntities(found.group(group), true);
            }
        }
        return "";
    }
}
