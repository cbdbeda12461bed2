package app.mailroom.template;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * Parses HTML that somebody wrote, whatever it is. The parser gives up on {@code template} elements that stand hundreds of
 * levels deep; they are then read as elements of another name, so that whoever wrote it can be told, and every place is where
 * it was.
 */
public final class Markup {
    private static final Pattern TEMPLATE = Pattern.compile("(</?templat)e", Pattern.CASE_INSENSITIVE);

    private Markup() {}

    /** A whole document. */
    public static Document parse(String html) {
        return parse(html, Jsoup::parse);
    }

    /** A document in whose body the fragment stands. */
    public static Document parseFragment(String html) {
        return parse(html, Jsoup::parseBodyFragment);
    }

    /** A whole document whose elements know where they stand in the text. */
    static Document parseWithPlaces(String html) {
        return parse(html, text -> Jsoup.parse(text, Parser.htmlParser().setTrackPosition(true)));
    }

    private static Document parse(String html, Function<String, Document> parser) {
        try {
            return parser.apply(html);
        } catch (IllegalArgumentException e) {
            return parser.apply(TEMPLATE.matcher(html).replaceAll("$1x"));
        }
    }
}
