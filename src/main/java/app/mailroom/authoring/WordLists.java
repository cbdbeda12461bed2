package app.mailroom.authoring;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Word writes the items of lists as paragraphs with a mark in front of them: these become lists again. */
final class WordLists {
    private static final Pattern LIST = Pattern.compile("(?i)mso-list:\\s*l\\d+\\s+level(\\d)");
    private static final Pattern IGNORED = Pattern.compile("(?i)mso-list:\\s*ignore");
    private static final Pattern NUMBER = Pattern.compile(
            "\\(?(?:(\\d{1,4})|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,7}|\\p{IsHangul}|(?:\\d+\\.)+\\d+)[.)](?:\\s|\\p{Z})*");

    private record Open(int level, Element list) {}

    private WordLists() {}

    static void rebuild(Element body) {
        for (Element parent : List.copyOf(body.getAllElements())) {
            List<Node> run = new ArrayList<>();
            for (Node child : List.copyOf(parent.childNodes())) {
                if (child instanceof Element element && isItem(element)) {
                    run.add(element);
                } else if (!(child instanceof TextNode text && text.isBlank()) && !isComment(child)) {
                    build(run);
                    run.clear();
                }
            }
            build(run);
        }
    }

    private static boolean isComment(Node node) {
        return node.nodeName().equals("#comment");
    }

    private static boolean isItem(Element element) {
        return (element.normalName().equals("p") || element.normalName().equals("div"))
                && LIST.matcher(element.attr("style")).find();
    }

    private static void build(List<Node> run) {
        Deque<Open> open = new ArrayDeque<>();
        for (Node node : run) {
            Element paragraph = (Element) node;
            int level = level(paragraph);
            String mark = takeMark(paragraph);
            Matcher number = NUMBER.matcher(mark);
            String kind = number.matches() ? "ol" : "ul";
            while (!open.isEmpty() && open.element().level() > level) {
                open.pop();
            }
            if (!open.isEmpty()
                    && open.element().level() == level
                    && !open.element().list().normalName().equals(kind)) {
                open.pop();
            }
            if (open.isEmpty() || open.element().level() < level) {
                open.push(new Open(level, begin(kind, number, open, paragraph)));
            }
            Element item = open.element().list().appendElement("li");
            if (paragraph.hasAttr("style")) {
                item.attr("style", LIST.matcher(paragraph.attr("style")).replaceAll(""));
            }
            item.appendChildren(List.copyOf(paragraph.childNodes()));
            paragraph.remove();
        }
    }

    private static Element begin(String kind, Matcher number, Deque<Open> open, Element paragraph) {
        Element list = new Element(kind);
        if (number.matches() && number.group(1) != null && !number.group(1).equals("1")) {
            list.attr("start", number.group(1));
        }
        Element item = open.isEmpty() ? null : open.element().list().lastElementChild();
        if (item == null) {
            paragraph.before(list);
        } else {
            item.appendChild(list);
        }
        return list;
    }

    private static int level(Element paragraph) {
        Matcher list = LIST.matcher(paragraph.attr("style"));
        return list.find() ? Integer.parseInt(list.group(1)) : 1;
    }

    /** The bullet or number in front of the text, which lists write themselves. */
    private static String takeMark(Element paragraph) {
        for (Element span : paragraph.select("span[style]")) {
            if (IGNORED.matcher(span.attr("style")).find()) {
                String mark = span.text().replace('\u00A0', ' ').strip();
                span.remove();
                return mark;
            }
        }
        return "";
    }
}
