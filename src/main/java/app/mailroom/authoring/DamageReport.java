package app.mailroom.authoring;

import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.authoring.EditorDocument.Kind;
import app.mailroom.template.Markup;
import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.DeltaType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** Compares the trees of two bodies and counts what the second has lost. */
final class DamageReport {
    private static final Set<String> MEANS_NOTHING_EMPTY =
            Set.of("class", "style", "id", "title", "name", "lang", "dir");
    private static final Set<String> FLAGS =
            Set.of("nowrap", "noshade", "compact", "checked", "disabled", "hidden", "ismap");
    private static final Pattern COLOUR = Pattern.compile("(?i).*color|text|link|vlink|alink");
    private static final Pattern PERCENT_BRACES = Pattern.compile("%7B%7B.*?%7D%7D", Pattern.CASE_INSENSITIVE);
    private static final int EXAMPLE_LENGTH = 80;

    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, String> examples = new EnumMap<>(Kind.class);

    private DamageReport() {}

    static List<Damage> of(String before, String after) {
        if (before.equals(after)) {
            return List.of();
        }
        DamageReport report = new DamageReport();
        report.compare(parsed(before), parsed(after));
        List<Damage> damage = new ArrayList<>();
        report.counts.forEach(
                (kind, count) -> damage.add(new Damage(kind, count, report.examples.getOrDefault(kind, ""))));
        return List.copyOf(damage);
    }

    private static Element parsed(String html) {
        Document document = Markup.parseFragment(html);
        return document.body();
    }

    private void found(Kind kind, String example) {
        counts.merge(kind, 1, Integer::sum);
        examples.putIfAbsent(kind, shortened(example));
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= EXAMPLE_LENGTH
                ? line
                : line.substring(0, line.offsetByCodePoints(0, EXAMPLE_LENGTH)) + "…";
    }

    private void compare(Element before, Element after) {
        compareElements(before, after);
        compareComments(before, after);
        compareTexts(before, after);
    }

    private void compareElements(Element before, Element after) {
        List<Element> old = elements(before);
        List<Element> now = elements(after);
        List<String> oldPaths = old.stream().map(DamageReport::path).toList();
        List<String> nowPaths = now.stream().map(DamageReport::path).toList();
        List<Element> lost = new ArrayList<>();
        List<Element> gained = new ArrayList<>();
        int next = 0;
        int shift = 0;
        for (AbstractDelta<String> delta : DiffUtils.diff(oldPaths, nowPaths).getDeltas()) {
            int from = delta.getSource().getPosition();
            comparePairs(old, now, next, from, shift);
            next = from + delta.getSource().size();
            shift += delta.getTarget().size() - delta.getSource().size();
            if (delta.getType() != DeltaType.EQUAL) {
                lost.addAll(old.subList(from, next));
                int target = delta.getTarget().getPosition();
                gained.addAll(now.subList(target, target + delta.getTarget().size()));
            }
        }
        comparePairs(old, now, next, old.size(), shift);
        countMoves(lost, gained);
    }

    /** An element that is gone in one place and there in another has moved, one that is only gone is lost. */
    private void countMoves(List<Element> lost, List<Element> gained) {
        Map<String, List<Element>> byTag = new HashMap<>();
        gained.forEach(element -> byTag.computeIfAbsent(element.normalName(), tag -> new ArrayList<>())
                .add(element));
        for (Element element : lost) {
            List<Element> others = byTag.getOrDefault(element.normalName(), List.of());
            if (others.isEmpty()) {
                found(Kind.ELEMENT_LOST, openingTag(element));
            } else {
                found(Kind.LAYOUT_CHANGED, openingTag(element));
                compareAttributes(element, others.remove(0));
            }
        }
        for (List<Element> others : byTag.values()) {
            others.forEach(element -> found(Kind.LAYOUT_CHANGED, openingTag(element)));
        }
    }

    private void comparePairs(List<Element> old, List<Element> now, int from, int to, int shift) {
        for (int i = from; i < to; i++) {
            compareAttributes(old.get(i), now.get(i + shift));
        }
    }

    private void compareAttributes(Element old, Element now) {
        for (Attribute attribute : old.attributes()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            String value = attribute.getValue();
            if (value.isBlank() && MEANS_NOTHING_EMPTY.contains(name)) {
                continue;
            }
            if (name.equals("style")) {
                StyleText.of(value)
                        .lostIn(StyleText.of(now.attr("style")))
                        .forEach(declaration -> found(Kind.STYLE_CHANGED, declaration.toString()));
            } else if (!now.hasAttr(attribute.getKey())
                    || !normalised(name, value).equals(normalised(name, now.attr(attribute.getKey())))) {
                found(Kind.ATTRIBUTE_LOST, old.normalName() + " " + name + "=\"" + value + "\"");
            }
        }
    }

    private static String normalised(String name, String value) {
        String text = value.strip().replaceAll("\\s+", " ");
        if (FLAGS.contains(name)) {
            return name;
        }
        if (COLOUR.matcher(name).matches()) {
            return StyleText.normalised(text);
        }
        if (name.equals("align") || name.equals("valign") || name.equals("dir")) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (name.equals("width") || name.equals("height") || name.equals("border")) {
            return text.toLowerCase(Locale.ROOT).replaceAll("px$", "");
        }
        return PERCENT_BRACES.matcher(text).replaceAll(found -> {
            try {
                return Matcher.quoteReplacement(
                        URLDecoder.decode(found.group().replace("+", "%2B"), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException notEncoded) {
                return Matcher.quoteReplacement(found.group());
            }
        });
    }

    private void compareComments(Element before, Element after) {
        List<String> now = comments(after);
        for (String comment : comments(before)) {
            if (!now.remove(comment)) {
                found(Kind.COMMENT_LOST, "<!--" + comment + "-->");
            }
        }
    }

    private void compareTexts(Element before, Element after) {
        List<String> old = texts(before);
        List<String> now = texts(after);
        if (String.join("", old).equals(String.join("", now))) {
            return;
        }
        for (AbstractDelta<String> delta : DiffUtils.diff(old, now).getDeltas()) {
            List<String> words = delta.getSource().getLines();
            found(
                    Kind.TEXT_CHANGED,
                    words.isEmpty() ? String.join(" ", delta.getTarget().getLines()) : String.join(" ", words));
        }
    }

    private static List<Element> elements(Element body) {
        List<Element> elements = new ArrayList<>(body.getAllElements());
        elements.remove(0);
        return elements;
    }

    private static String path(Element element) {
        StringBuilder path = new StringBuilder();
        for (Element e = element; e != null && !e.normalName().equals("body"); e = e.parent()) {
            path.append(e.normalName()).append('<');
        }
        return path.toString();
    }

    private static String openingTag(Element element) {
        String html = element.shallowClone().outerHtml();
        int end = html.indexOf("></");
        return end < 0 ? html : html.substring(0, end + 1);
    }

    private static List<String> comments(Element body) {
        List<String> comments = new ArrayList<>();
        each(body, (node, depth) -> {
            if (node instanceof Comment comment) {
                comments.add(comment.getData().replaceAll("\\s+", " "));
            }
        });
        return comments;
    }

    /** Every text that shows something, with one space where the text has white space. */
    private static List<String> texts(Element body) {
        List<String> texts = new ArrayList<>();
        each(body, (node, depth) -> {
            if (node instanceof TextNode text) {
                for (String word : text.getWholeText().split("[ \\t\\r\\n\\f]+", -1)) {
                    if (!word.isEmpty()) {
                        texts.add(word);
                    }
                }
            }
        });
        return texts;
    }

    private static void each(Element body, NodeVisitor visitor) {
        NodeTraversor.traverse(visitor, body);
    }
}
