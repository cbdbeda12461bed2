package app.mailroom.template;

import app.mailroom.template.TemplateProblem.Part;
import app.mailroom.template.VariableScan.Occurrence;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Range;
import org.jsoup.nodes.TextNode;

/**
 * The body of a template, parsed so that whatever is found in it can be shown in its source. Every variable is
 * {@link VariableScan#OPEN}, filling, {@link VariableScan#CLOSE}, as long as it is written: so nothing in it is markup, and
 * every offset is one of the source.
 */
final class TrackedBody {
    /** Where text shows without being text that an editor could put a chip into. */
    private static final String WITHOUT_CHIPS = "textarea, title, option, template";

    private final String source;
    private final String masked;
    private final Document document;
    private final int[] lineStarts;
    private final IdentityHashMap<Element, Integer> links = new IdentityHashMap<>();
    private final IdentityHashMap<Element, Integer> images = new IdentityHashMap<>();
    private final Map<Integer, Spot> variables = new HashMap<>();

    /**
     * Parses a body.
     *
     * @param occurrences its variables
     */
    TrackedBody(String source, List<Occurrence> occurrences) {
        this.source = source;
        this.lineStarts = lineStarts(source);
        this.masked = masked(source, occurrences);
        this.document = Markup.parseWithPlaces(masked);
        document.body().select("a[href], area[href]").forEach(link -> links.put(link, links.size()));
        document.body().select("img").forEach(image -> images.put(image, images.size()));
        placeVariables(occurrences);
    }

    private static String masked(String source, List<Occurrence> occurrences) {
        StringBuilder masked = new StringBuilder(source.replace('\uFFFF', '\uFFFD'));
        for (Occurrence occurrence : occurrences) {
            int length = occurrence.end() - occurrence.start();
            masked.replace(
                    occurrence.start(),
                    occurrence.end(),
                    VariableScan.OPEN + "0".repeat(length - 2) + VariableScan.CLOSE);
        }
        return masked.toString();
    }

    private static int[] lineStarts(String source) {
        return IntStream.rangeClosed(0, source.length())
                .filter(i -> i == 0 || VariableScan.lineBreaks(source, i - 1, i) == 1)
                .toArray();
    }

    /** Links and images are looked at first, so that text wins where a start tag is written across it. */
    private void placeVariables(List<Occurrence> occurrences) {
        NavigableMap<Integer, Occurrence> byStart = new TreeMap<>();
        occurrences.forEach(occurrence -> byStart.put(occurrence.start(), occurrence));
        links.keySet().forEach(link -> placeWithin(link, byStart));
        images.keySet().forEach(image -> placeWithin(image, byStart));
        int[] chips = {0};
        document.body().nodeStream(TextNode.class).forEach(text -> {
            Range range = text.sourceRange();
            if (range.isTracked() && hasChips(text)) {
                for (Occurrence occurrence :
                        byStart.subMap(range.startPos(), range.endPos()).values()) {
                    variables.put(occurrence.index(), spot(occurrence, Spot.Target.VARIABLE, chips[0]));
                    chips[0]++;
                }
            }
        });
    }

    private static boolean hasChips(TextNode text) {
        Element parent = text.parentElement();
        return PlaceFinder.codeWithin(text) == null && parent != null && parent.closest(WITHOUT_CHIPS) == null;
    }

    private void placeWithin(Element element, NavigableMap<Integer, Occurrence> byStart) {
        Range tag = element.sourceRange();
        if (tag.isTracked()) {
            Spot around = spot(element);
            for (Occurrence occurrence :
                    byStart.subMap(tag.startPos(), tag.endPos()).values()) {
                variables.put(occurrence.index(), spot(occurrence, around.target(), around.ordinal()));
            }
        }
    }

    /** The parsed body. */
    Document document() {
        return document;
    }

    /** The source, as it is written. */
    String source() {
        return source;
    }

    /** The source as it was parsed. */
    String masked() {
        return masked;
    }

    /** A place in the source alone. */
    Spot spot(int start, int end) {
        return spot(start, end, Spot.Target.NONE, 0);
    }

    /** Where a variable stands, in whichever part. */
    Spot spot(Occurrence occurrence) {
        return variables.getOrDefault(occurrence.index(), spot(occurrence, Spot.Target.NONE, 0));
    }

    /** An element's start tag. */
    Spot spot(Element element) {
        Range tag = element.sourceRange();
        return spot(element, tag.startPos(), tag.endPos());
    }

    /** An attribute's value, or the start tag if it has none. */
    Spot spot(Element element, String attribute) {
        return value(element, attribute)
                .map(value -> spot(element, value.startPos(), value.endPos()))
                .orElseGet(() -> spot(element));
    }

    /** A piece of an element's start tag. */
    Spot spot(Element element, int start, int end) {
        if (links.containsKey(element)) {
            return spot(start, end, Spot.Target.LINK, links.getOrDefault(element, 0));
        }
        return images.containsKey(element)
                ? spot(start, end, Spot.Target.IMAGE, images.getOrDefault(element, 0))
                : spot(start, end);
    }

    /** What is written in the source at an attribute's value, with variables as they are; empty if it has none. */
    String written(Element element, String attribute) {
        return value(element, attribute)
                .map(value -> source.substring(value.startPos(), value.endPos()))
                .orElse("");
    }

    /** Where an attribute's value is written; nothing if it is empty. */
    Optional<Range> value(Element element, String attribute) {
        return Optional.ofNullable(element.attribute(attribute))
                .map(found -> found.sourceRange().valueRange())
                .filter(value -> value.startPos() < value.endPos());
    }

    private static Spot spot(Occurrence occurrence, Spot.Target target, int ordinal) {
        return new Spot(occurrence.part(), occurrence.line(), occurrence.start(), occurrence.end(), target, ordinal);
    }

    private Spot spot(int start, int end, Spot.Target target, int ordinal) {
        int found = Arrays.binarySearch(lineStarts, start);
        int line = found >= 0 ? found + 1 : -found - 1;
        return new Spot(Part.BODY, line, start, end, target, ordinal);
    }
}
