package app.mailroom.template;

import app.mailroom.template.TemplateProblem.Code;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.CDataNode;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Finds where each variable stands in a parsed body, and what stands where no value may. */
final class PlaceFinder {

    /** Their text is not read as escaped text by every mail program, so no value is safe in it. */
    private static final Set<String> RAW_TEXT =
            Set.of("xmp", "iframe", "noembed", "noframes", "noscript", "plaintext", "object", "embed", "applet");

    /** What they load or change concerns the whole message. */
    private static final Set<String> WITHOUT_VARIABLE_ATTRIBUTES =
            Set.of("base", "link", "meta", "param", "animate", "animatemotion", "animatetransform", "set", "use");

    private static final Set<String> LINKS = Set.of(
            "href",
            "src",
            "action",
            "background",
            "formaction",
            "poster",
            "cite",
            "longdesc",
            "data",
            "codebase",
            "classid",
            "usemap",
            "profile",
            "manifest",
            "icon",
            "dynsrc",
            "lowsrc",
            "ping");

    private static final Set<String> FORBIDDEN_ATTRIBUTES =
            Set.of("srcdoc", "srcset", "imagesrcset", "archive", "http-equiv", "xmlns");

    private static final Pattern SETTLED_WEB =
            Pattern.compile("(?:https?:)?//[^/?#\\\\]+[/?#].*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final Pattern ANY_SENTINEL = Pattern.compile(VariableScan.OPEN + "(\\d+)u?" + VariableScan.CLOSE);

    private final Map<Integer, Place> places = new HashMap<>();
    private final Map<Integer, Code> refused = new HashMap<>();

    private PlaceFinder() {}

    /**
     * The places of the given variables in the document.
     *
     * @param problems gets what stands where no value may; its variable has no place then
     */
    static Map<Integer, Place> find(
            Document document, List<VariableScan.Occurrence> occurrences, List<TemplateProblem> problems) {
        PlaceFinder finder = new PlaceFinder();
        document.traverse((node, depth) -> finder.visit(node));
        for (VariableScan.Occurrence occurrence : occurrences) {
            Place place = finder.places.get(occurrence.index());
            // What the parser dropped stood in an end tag, a doctype or another place that is no text.
            Code code = finder.refused.getOrDefault(occurrence.index(), place == null ? Code.IN_TAG : null);
            if (code == null && place != null && !fallbackFits(place, occurrence.variable())) {
                code = Code.BAD_FALLBACK;
            }
            if (code != null) {
                problems.add(occurrence.problem(code));
            }
        }
        return finder.places;
    }

    private static boolean fallbackFits(Place place, Variable variable) {
        return !variable.hasFallback() || place.written(variable.fallback()) != null;
    }

    private void visit(Node node) {
        if (node instanceof Element element) {
            refuseAll(element.tagName(), Code.IN_TAG);
            for (Attribute attribute : element.attributes()) {
                visitAttribute(element, attribute);
            }
        } else if (node instanceof Comment comment) {
            refuseAll(comment.getData(), Code.IN_COMMENT);
        } else if (node instanceof TextNode || node instanceof DataNode) {
            String text =
                    node instanceof TextNode textNode ? textNode.getWholeText() : ((DataNode) node).getWholeData();
            if (text.indexOf(VariableScan.OPEN) < 0) {
                return;
            }
            Code code = codeWithin(node);
            if (code != null) {
                refuseAll(text, code);
            } else if (node instanceof DataNode || node instanceof CDataNode) {
                refuseAll(text, Code.IN_RAW_TEXT);
            } else {
                each(text, (index, sentinel) -> settle(index, Place.HTML));
            }
        } else {
            refuseAll(node.outerHtml(), Code.IN_TAG);
        }
    }

    private void visitAttribute(Element element, Attribute attribute) {
        String value = attribute.getValue();
        refuseAll(attribute.getKey(), Code.IN_TAG);
        if (value.indexOf(VariableScan.OPEN) < 0) {
            return;
        }
        String full = attribute.getKey().toLowerCase(Locale.ROOT);
        String name = full.substring(full.lastIndexOf(':') + 1);
        Code within = codeOf(element);
        if (within != null) {
            refuseAll(value, within);
        } else if (name.startsWith("on")) {
            refuseAll(value, Code.IN_EVENT_HANDLER);
        } else if (full.startsWith("xmlns")
                || FORBIDDEN_ATTRIBUTES.contains(name)
                || WITHOUT_VARIABLE_ATTRIBUTES.contains(localName(element))) {
            refuseAll(value, Code.IN_FORBIDDEN_ATTRIBUTE);
        } else if (name.equals("style")) {
            each(value, (index, sentinel) -> settle(index, Place.STYLE));
        } else if (LINKS.contains(name)) {
            visitLink(value);
        } else {
            each(value, (index, sentinel) -> settle(index, Place.HTML));
        }
    }

    private void visitLink(String value) {
        each(value, (index, sentinel) -> {
            Place place = placeInLink(value.substring(0, sentinel.start()));
            if (place == null) {
                refused.put(index, Code.IN_URL_SCHEME);
            } else {
                settle(index, place);
            }
        });
    }

    /** The place after this beginning of a link, or null if scheme or host could still be changed there. */
    @Nullable private static Place placeInLink(String beginning) {
        // Browsers pass over these characters when they look for the scheme.
        String start = beginning.replaceAll("[\\t\\n\\r]", "").replaceAll("^[\\x00-\\x20\\u00A0]+", "");
        if (start.isEmpty()) {
            return Place.LINK;
        }
        Matcher first = ANY_SENTINEL.matcher(start);
        if (first.lookingAt()) {
            String between = first.replaceAll("").replaceFirst("^[^/?#]*", "");
            return between.isEmpty() ? null : Place.LINK_PART;
        }
        if (SETTLED_WEB.matcher(start).matches()) {
            return Place.LINK_PART;
        }
        Matcher scheme = SCHEME.matcher(start);
        if (scheme.matches()) {
            return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
                case "mailto" -> Place.MAILTO_PART;
                case "tel" -> Place.TEL_PART;
                default -> null;
            };
        }
        boolean relative = start.matches("(?s)[?#].*|/(?![/\\\\]).*|\\.{1,2}/.*");
        return relative ? Place.LINK_PART : null;
    }

    private void settle(int index, Place place) {
        Place before = places.putIfAbsent(index, place);
        if (before != null && before != place) {
            refused.put(index, Code.IN_TAG);
        }
    }

    private void refuseAll(String text, Code code) {
        each(text, (index, sentinel) -> refused.put(index, code));
    }

    private static void each(String text, BiConsumer<Integer, Matcher> action) {
        if (text.indexOf(VariableScan.OPEN) >= 0) {
            Matcher sentinel = ANY_SENTINEL.matcher(text);
            while (sentinel.find()) {
                action.accept(Integer.valueOf(sentinel.group(1)), sentinel);
            }
        }
    }

    /** Why no variable may stand in this piece of text, or null if one may. */
    @Nullable static Code codeWithin(Node node) {
        for (Element element = node.parentElement(); element != null; element = element.parentElement()) {
            Code code = codeOf(element);
            if (code != null) {
                return code;
            }
        }
        return null;
    }

    @Nullable private static Code codeOf(Element element) {
        String name = localName(element);
        return switch (name) {
            case "script" -> Code.IN_SCRIPT;
            case "style" -> Code.IN_STYLE;
            default -> RAW_TEXT.contains(name) ? Code.IN_RAW_TEXT : null;
        };
    }

    private static String localName(Element element) {
        String name = element.tagName().toLowerCase(Locale.ROOT);
        return name.substring(name.lastIndexOf(':') + 1);
    }
}
