package app.mailroom.template;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Derives the text part of a message from its HTML. Sentinels stay, those in links are marked as such. */
final class PlainText {

    private static final Set<String> DROPPED = Set.of(
            "head", "script", "style", "title", "template", "noframes", "noembed", "iframe", "object", "svg", "select");

    private static final Set<String> PARAGRAPHS = Set.of(
            "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "table", "hr", "figure");

    private static final Set<String> LINES = Set.of(
            "div",
            "section",
            "article",
            "header",
            "footer",
            "main",
            "nav",
            "aside",
            "address",
            "center",
            "form",
            "li",
            "dt",
            "dd",
            "tr",
            "tbody",
            "thead",
            "tfoot",
            "caption",
            "fieldset",
            "figcaption",
            "body",
            "html");

    private final StringBuilder out = new StringBuilder();
    private int pendingLines;
    private boolean pendingSpace;
    private int listDepth;
    private int tableDepth;

    private final List<VariableScan.Occurrence> occurrences;

    private PlainText(List<VariableScan.Occurrence> occurrences) {
        this.occurrences = occurrences;
    }

    /** The text, with lines separated by {@code \n}. */
    static String of(Document document, List<VariableScan.Occurrence> occurrences) {
        PlainText text = new PlainText(occurrences);
        text.children(document);
        return text.out.toString();
    }

    private void children(Node parent) {
        for (Node child : parent.childNodes()) {
            if (child instanceof TextNode text) {
                if (isPreformatted(text.parent())) {
                    preformatted(text.getWholeText());
                } else {
                    collapsed(text.getWholeText());
                }
            } else if (child instanceof Element element) {
                element(element);
            }
        }
    }

    private void element(Element element) {
        String name = element.normalName();
        if (DROPPED.contains(name) || isHidden(element)) {
            return;
        }
        int lines = linesAround(element, name);
        breakLines(lines);
        switch (name) {
            case "br" -> lineBreak();
            case "hr" -> append("----");
            case "img" -> collapsed(element.attr("alt"));
            case "a" -> link(element);
            case "li" -> listItem(element);
            case "ul", "ol" -> {
                listDepth++;
                children(element);
                listDepth--;
            }
            case "td", "th" -> {
                pendingSpace = true;
                children(element);
                pendingSpace = true;
            }
            case "table" -> {
                tableDepth++;
                children(element);
                tableDepth--;
            }
            default -> children(element);
        }
        breakLines(lines);
    }

    private int linesAround(Element element, String name) {
        boolean nestedList = listDepth > 0 && (name.equals("ul") || name.equals("ol"));
        boolean nestedTable = tableDepth > 0 && name.equals("table");
        if (nestedList || nestedTable || LINES.contains(name)) {
            return 1;
        }
        boolean aloneInItem = name.equals("p") && isItem(element.parent());
        if (aloneInItem) {
            return element.previousElementSibling() == null ? 0 : 1;
        }
        return PARAGRAPHS.contains(name) ? 2 : 0;
    }

    private static boolean isItem(@Nullable Element element) {
        return element != null && element.normalName().equals("li");
    }

    private void listItem(Element item) {
        append("  ".repeat(Math.max(0, listDepth - 1)) + "-");
        pendingSpace = true;
        children(item);
    }

    private void link(Element link) {
        int start = out.length();
        children(link);
        String target = target(link.attr("href"));
        String label = out.substring(Math.min(start, out.length())).strip();
        if (target.isEmpty()
                || shown(target).equals(shown(label))
                || (label.isEmpty() && link.selectFirst("img") == null)) {
            return;
        }
        Matcher sentinel = VariableScan.SENTINEL.matcher(target);
        String marked = sentinel.replaceAll(VariableScan.OPEN + "$1u" + VariableScan.CLOSE);
        if (label.isEmpty()) {
            append(marked);
        } else {
            pendingSpace = true;
            append("(" + marked + ")");
        }
    }

    /** The link to show, or nothing if it leads nowhere outside the message. */
    private static String target(String href) {
        String link = href.strip();
        String lower = link.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mailto:") && lower.indexOf('?') < 0) {
            return link.substring("mailto:".length());
        }
        if (lower.startsWith("tel:")) {
            return link.substring("tel:".length());
        }
        boolean absolute = lower.startsWith("http://")
                || lower.startsWith("https://")
                || lower.startsWith("mailto:")
                || link.startsWith(String.valueOf(VariableScan.OPEN));
        return absolute ? link : "";
    }

    /** For comparing a link with its label: two uses of one variable differ in their sentinels, not in their names. */
    private String shown(String text) {
        return CompiledTemplate.withNames(text, occurrences)
                .replaceFirst("(?i)^https?://", "")
                .replaceFirst("/$", "");
    }

    private static boolean isHidden(Element element) {
        String style = element.attr("style").toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
        return element.hasAttr("hidden") || style.contains("display:none") || style.contains("visibility:hidden");
    }

    private static boolean isPreformatted(@Nullable Element element) {
        for (Element e = element; e != null; e = e.parent()) {
            if (e.normalName().equals("pre") || e.normalName().equals("textarea")) {
                return true;
            }
        }
        return false;
    }

    private void preformatted(String text) {
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                lineBreak();
            }
            if (!lines[i].isBlank()) {
                append(lines[i].stripTrailing());
            }
        }
    }

    private void collapsed(String text) {
        String[] words = text.split("[\\s\\u00A0]+", -1);
        for (int i = 0; i < words.length; i++) {
            if (i > 0) {
                pendingSpace = true;
            }
            if (!words[i].isEmpty()) {
                append(words[i]);
            }
        }
    }

    private void breakLines(int count) {
        if (count > 0) {
            pendingLines = Math.max(pendingLines, count);
            pendingSpace = false;
        }
    }

    private void lineBreak() {
        pendingLines = Math.min(2, pendingLines + 1);
        pendingSpace = false;
    }

    private void append(String text) {
        if (!out.isEmpty()) {
            out.append("\n".repeat(pendingLines));
            if (pendingSpace && pendingLines == 0) {
                out.append(' ');
            }
        }
        pendingLines = 0;
        pendingSpace = false;
        out.append(text);
    }
}
