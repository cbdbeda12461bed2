package app.mailroom.authoring;

import app.mailroom.authoring.HtmlScan.Kind;
import app.mailroom.authoring.HtmlScan.Piece;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Markup;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * HTML from the clipboard made fit for a mail: what Word, Google Docs, spreadsheets and web pages put there besides
 * text is taken away, lists become lists, and nothing is left that could run or fetch. Images of other servers are replaced by
 * their alternative text, because a mail must not depend on those; images on the disk of the other program are left out.
 *
 * @param html ready for the visual editor, with variables as chips and images as {@link EditorDocument#image} writes them
 * @param images files that came with it, to which html refers
 */
public record PastedHtml(String html, List<TemplateImage> images) {
    /** Copies the list. */
    public PastedHtml {
        images = List.copyOf(images);
    }

    /** Cleans what another program put into the clipboard. */
    public static PastedHtml clean(String clipboardHtml) {
        return new Cleaning(clipboardHtml).run();
    }

    /** Builds the clean tree from nothing, so that only what is known here can be in it. */
    private static final class Cleaning {
        private static final Set<String> REMOVED = Set.of(
                "head",
                "script",
                "style",
                "meta",
                "link",
                "title",
                "base",
                "noscript",
                "template",
                "iframe",
                "frame",
                "frameset",
                "object",
                "embed",
                "applet",
                "param",
                "svg",
                "math",
                "video",
                "audio",
                "source",
                "track",
                "canvas",
                "map",
                "area",
                "input",
                "select",
                "option",
                "textarea",
                "button",
                "datalist",
                "progress",
                "meter",
                "dialog",
                "col",
                "colgroup",
                "xml",
                "xmp",
                "plaintext",
                "noframes",
                "noembed",
                "rt",
                "rp");
        private static final Set<String> BLOCKS = Set.of(
                "p",
                "h1",
                "h2",
                "h3",
                "h4",
                "h5",
                "h6",
                "blockquote",
                "pre",
                "ul",
                "ol",
                "li",
                "table",
                "hr",
                "div",
                "section",
                "article",
                "main",
                "header",
                "footer",
                "nav",
                "aside",
                "figure",
                "figcaption",
                "address",
                "center",
                "form",
                "fieldset",
                "details",
                "summary",
                "dl",
                "dt",
                "dd",
                "body",
                "thead",
                "tbody",
                "tfoot",
                "tr",
                "td",
                "th",
                "caption");
        private static final Set<String> KEPT_BLOCKS =
                Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre");
        private static final Set<String> OF_TABLES = Set.of("thead", "tbody", "tfoot", "tr", "td", "th", "caption");
        private static final Map<String, String> INLINE = Map.ofEntries(
                Map.entry("b", "strong"),
                Map.entry("strong", "strong"),
                Map.entry("i", "em"),
                Map.entry("em", "em"),
                Map.entry("u", "u"),
                Map.entry("ins", "u"),
                Map.entry("s", "s"),
                Map.entry("strike", "s"),
                Map.entry("del", "s"),
                Map.entry("sub", "sub"),
                Map.entry("sup", "sup"),
                Map.entry("code", "code"),
                Map.entry("kbd", "code"),
                Map.entry("samp", "code"),
                Map.entry("tt", "code"));
        private static final Map<String, String> WORD_STYLES = Map.of(
                "MsoTitle", "h1", "MsoSubtitle", "h2", "MsoQuote", "blockquote", "MsoIntenseQuote", "blockquote");
        private static final Pattern ADDRESS =
                Pattern.compile("(?is)(?:https?://|mailto:|tel:).+|\\{\\{[^{}]+\\}\\}.*");
        private static final Pattern DATA = Pattern.compile("(?is)data:image/[\\w.+-]+(?:;[\\w=-]+)*;base64,(.*)");
        private static final Pattern NEVER_SHOWN =
                Pattern.compile("[\\x{FEFF}\\x{FDD0}\\x{FDD1}\\p{Cntrl}&&[^\\t\\n\\r]]");
        private static final Pattern SPREADSHEET = Pattern.compile(
                "(?is)<meta[^>]*(?:excel|calc|spreadsheet)[^>]*>|<google-sheets-html-origin|data-sheets-|\"urn:schemas-microsoft-com:office:excel\"");

        private final Document document;
        private final PastedStyles styles;
        private final List<TemplateImage> images = new ArrayList<>();

        Cleaning(String html) {
            int begin = Math.max(0, html.indexOf('<'));
            String markup = html.startsWith("Version:") ? html.substring(begin) : html;
            this.document = Markup.parse(markup);
            this.styles = new PastedStyles(markup, SPREADSHEET.matcher(markup).find());
        }

        PastedHtml run() {
            chipsAsText();
            WordLists.rebuild(document.body());
            Document clean = Document.createShell("");
            clean.outputSettings().prettyPrint(false);
            children(document.body(), clean.body());
            return new PastedHtml(withChips(clean.body().html().strip()), images);
        }

        /** Chips that a person copied in the editor. */
        private void chipsAsText() {
            for (Element chip : document.select("span." + EditorDocument.CHIP_CLASS)) {
                if (VariableChips.variable(chip.attr(EditorDocument.CHIP_ATTRIBUTE))
                        .isPresent()) {
                    chip.replaceWith(new TextNode("{{" + chip.attr(EditorDocument.CHIP_ATTRIBUTE) + "}}"));
                }
            }
        }

        private static String withChips(String html) {
            StringBuilder chipped = new StringBuilder();
            for (Piece piece : HtmlScan.of(html)) {
                String text = html.substring(piece.start(), piece.end());
                chipped.append(piece.kind() == Kind.TEXT ? VariableChips.chipped(text) : text);
            }
            return chipped.toString();
        }

        private void children(Element from, Element to) {
            for (Node child : from.childNodes()) {
                if (child instanceof TextNode text) {
                    text(text.getWholeText(), to);
                } else if (child instanceof Element element) {
                    element(element, to);
                }
            }
        }

        private static void text(String text, Element to) {
            String plain = NEVER_SHOWN.matcher(text).replaceAll("");
            boolean noPlace = plain.isBlank()
                    && (isList(to)
                            || (OF_TABLES.contains(to.normalName()) && !isCell(to))
                            || to.normalName().equals("table"));
            if (!plain.isEmpty() && !noPlace) {
                to.appendChild(new TextNode(plain));
            }
        }

        private void element(Element element, Element to) {
            String tag = element.normalName();
            Map<String, String> said = styles.of(element);
            if (REMOVED.contains(tag) || PastedStyles.isHidden(element, said)) {
                return;
            }
            if (tag.indexOf(':') >= 0) {
                if (tag.startsWith("o:") || tag.startsWith("st1:")) {
                    children(element, to);
                }
                return;
            }
            switch (tag) {
                case "br" -> {
                    if (!element.hasClass("Apple-interchange-newline")) {
                        to.appendElement("br");
                    }
                }
                case "hr" -> to.appendElement("hr");
                case "img" -> image(element, to);
                case "a" -> link(element, to);
                case "ul", "ol" -> list(element, to);
                case "li" -> item(element, said, to);
                case "table" -> table(element, said, to);
                default -> {
                    if (OF_TABLES.contains(tag)) {
                        cell(element, said, to);
                    } else if (BLOCKS.contains(tag)) {
                        block(element, said, to);
                    } else {
                        inline(element, said, to);
                    }
                }
            }
        }

        private void link(Element element, Element to) {
            String href = element.attr("href").strip();
            boolean named = ADDRESS.matcher(href).matches() && !EditorCleaning.isHostile("href", href);
            if (!named || to.closest("a") != null) {
                children(element, to);
                return;
            }
            children(element, to.appendElement("a").attr("href", href));
        }

        private void list(Element element, Element to) {
            Element parent = to;
            if (isList(to)) {
                Element last = to.lastElementChild();
                parent = last == null ? to.appendElement("li") : last;
            }
            Element list = parent.appendElement(element.normalName());
            if (element.attr("start").matches("\\d{1,5}")) {
                list.attr("start", element.attr("start"));
            }
            children(element, list);
            if (list.childNodeSize() == 0) {
                list.remove();
            }
        }

        private void item(Element element, Map<String, String> said, Element to) {
            Element list = isList(to) ? to : to.appendElement("ul");
            children(element, styled(list.appendElement("li"), styles.ofBlock(said)));
        }

        private void table(Element element, Map<String, String> said, Element to) {
            Element table = to.appendElement("table");
            for (String name : List.of("border", "cellpadding", "cellspacing")) {
                if (element.attr(name).matches("\\d{1,2}")) {
                    table.attr(name, element.attr(name));
                }
            }
            children(element, styled(table, styles.ofCell(said)));
            if (table.select("td,th").isEmpty()) {
                table.remove();
            }
        }

        private void cell(Element element, Map<String, String> said, Element to) {
            if (!to.normalName().matches("table|thead|tbody|tfoot|tr")) {
                children(element, to);
                return;
            }
            Element cell = to.appendElement(element.normalName());
            for (String name : List.of("colspan", "rowspan")) {
                if (element.attr(name).matches("[1-9]\\d{0,2}")
                        && !element.attr(name).equals("1")) {
                    cell.attr(name, element.attr(name));
                }
            }
            for (String name : List.of("align", "valign")) {
                String value = element.attr(name).toLowerCase(Locale.ROOT);
                if (value.matches("left|center|right|top|middle|bottom")) {
                    cell.attr(name, value);
                }
            }
            if (element.attr("bgcolor").matches("#?\\w{3,20}")) {
                cell.attr("bgcolor", element.attr("bgcolor"));
            }
            styled(cell, styles.ofCell(said));
            Element only = isCell(cell) ? onlyParagraph(element) : null;
            if (only == null) {
                children(element, cell);
            } else {
                String align = styles.of(only).getOrDefault("text-align", only.attr("align"));
                if (!cell.hasAttr("align") && align.matches("center|right")) {
                    cell.attr("align", align);
                }
                children(only, cell);
            }
        }

        private static @Nullable Element onlyParagraph(Element cell) {
            Element only = cell.childrenSize() == 1 ? cell.child(0) : null;
            return only != null
                            && only.normalName().matches("p|div")
                            && cell.ownText().isBlank()
                            && !hasBlocks(only)
                    ? only
                    : null;
        }

        private void block(Element element, Map<String, String> said, Element to) {
            String tag = element.classNames().stream()
                    .filter(WORD_STYLES::containsKey)
                    .map(WORD_STYLES::get)
                    .findFirst()
                    .orElse(element.normalName());
            boolean kept = KEPT_BLOCKS.contains(tag);
            if (to.normalName().equals("li") && (tag.equals("p") || !kept)) {
                if (to.hasText() && to.selectFirst("ul,ol") == null) {
                    to.appendElement("br");
                }
                children(element, to);
                return;
            }
            if ((!kept || tag.equals("p")) && (hasBlocks(element) || !mayHoldBlocks(to))) {
                children(element, to);
                return;
            }
            if (kept && !mayHoldBlocks(to)) {
                children(element, to);
                return;
            }
            Element block = styled(to.appendElement(kept ? tag : "p"), styles.ofBlock(said));
            String align = element.attr("align").toLowerCase(Locale.ROOT);
            if (!said.containsKey("text-align") && align.matches("center|right")) {
                styled(block, (block.attr("style") + " text-align: " + align + ";").strip());
            }
            children(element, block);
            if (block.childNodeSize() == 0
                    || (block.childrenSize() == 0 && block.wholeText().chars().allMatch(c -> c <= ' '))) {
                block.remove();
            }
        }

        private void inline(Element element, Map<String, String> said, Element to) {
            if (hasBlocks(element)) {
                children(element, to);
                return;
            }
            List<String> tags = new ArrayList<>();
            String own = INLINE.getOrDefault(element.normalName(), "");
            if (!own.isEmpty() && !(own.equals("strong") && PastedStyles.isPlain(said))) {
                tags.add(own);
            }
            if (PastedStyles.isBold(said)) {
                tags.add("strong");
            }
            if (said.getOrDefault("font-style", "").startsWith("italic")) {
                tags.add("em");
            }
            String decoration = said.getOrDefault("text-decoration", "");
            boolean link = to.closest("a") != null;
            if (decoration.contains("underline") && !link) {
                tags.add("u");
            }
            if (decoration.contains("line-through")) {
                tags.add("s");
            }
            String vertical = said.getOrDefault("vertical-align", "");
            if (vertical.equals("super") || vertical.equals("sub")) {
                tags.add(vertical.equals("super") ? "sup" : "sub");
            }
            List<Element> made = new ArrayList<>();
            Element inner = to;
            for (String tag : tags) {
                if (inner.closest(tag) == null) {
                    inner = inner.appendElement(tag);
                    made.add(inner);
                }
            }
            if (element.normalName().equals("font") && element.attr("color").matches("#?\\w{3,20}")) {
                said.putIfAbsent("color", StyleText.normalised(element.attr("color")));
            }
            String style = styles.ofText(said);
            if (!style.isEmpty()) {
                inner = styled(inner.appendElement("span"), style);
                made.add(inner);
            }
            children(element, inner);
            for (int i = made.size() - 1; i >= 0 && made.get(i).childNodeSize() == 0; i--) {
                made.get(i).remove();
            }
        }

        private void image(Element element, Element to) {
            String source = element.attr("src").strip();
            String alt = element.attr("alt").strip();
            if (isTiny(element.attr("width")) || isTiny(element.attr("height"))) {
                return;
            }
            Matcher data = DATA.matcher(source);
            if (data.matches()) {
                taken(data.group(1)).ifPresent(image -> {
                    images.add(image);
                    Element shown = Markup.parseFragment(EditorDocument.image(image, alt))
                            .body()
                            .child(0);
                    if (element.attr("width").matches("[1-9]\\d{0,2}")
                            && Integer.parseInt(element.attr("width")) <= 600) {
                        shown.attr("width", element.attr("width"));
                    }
                    to.appendChild(shown);
                });
            } else if (source.toLowerCase(Locale.ROOT).matches("(?s)(?:https?:)?//.*") && !alt.isEmpty()) {
                text(alt, to);
            }
        }

        private static boolean isTiny(String size) {
            return size.strip().matches("[0-2](?:px)?");
        }

        private Optional<TemplateImage> taken(String base64) {
            try {
                TemplateImage image = ImageIntake.read(Base64.getMimeDecoder().decode(base64), "clipboard");
                return image.width() <= 2 && image.height() <= 2 ? Optional.empty() : Optional.of(image);
            } catch (ImageIntakeException | IllegalArgumentException unusable) {
                return Optional.empty();
            }
        }

        private static Element styled(Element element, String style) {
            if (!style.isEmpty()) {
                element.attr("style", style);
            }
            return element;
        }

        private static boolean isList(Element element) {
            return element.normalName().equals("ul") || element.normalName().equals("ol");
        }

        private static boolean isCell(Element element) {
            return element.normalName().equals("td")
                    || element.normalName().equals("th")
                    || element.normalName().equals("caption");
        }

        private static boolean mayHoldBlocks(Element to) {
            return to.normalName().matches("body|td|th|blockquote|li");
        }

        private static boolean hasBlocks(Element element) {
            return element.children().stream()
                    .anyMatch(child -> BLOCKS.contains(child.normalName()) || hasBlocks(child));
        }
    }
}
