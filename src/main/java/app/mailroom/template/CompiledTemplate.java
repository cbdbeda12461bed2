package app.mailroom.template;

import app.mailroom.model.Attachment;
import app.mailroom.model.TemplateContent;
import app.mailroom.template.VariableScan.Occurrence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A template made ready for many messages: variables found, CSS moved into style attributes, images made parts of the
 * mail, text part derived.
 * Rendering joins its segments, each value escaped for the place where it stands, so a value never becomes markup, a
 * header or a script. Immutable, so any number of threads may render at once.
 *
 * <p>The author of a template is trusted, the values are not: scripts that the template itself has are kept.
 */
public final class CompiledTemplate {

    private static final String PREHEADER_STYLE = "display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;"
            + "opacity:0;overflow:hidden;mso-hide:all";
    private static final Pattern WHOLE_DOCUMENT =
            Pattern.compile("<(?:!doctype|html|head|body|frameset)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_CONDITION = Pattern.compile("\\[if\\b[^\\]]*\\]", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONDITIONAL = Pattern.compile("\\s*\\[if\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT_LINK =
            Pattern.compile("\\bhref\\s*+=\\s*+(?:\"([^\"]++)\"|'([^']++)')", Pattern.CASE_INSENSITIVE);

    private final List<String> keys;
    private final List<String> names;
    private final Set<String> requiredKeys;
    private final List<String> links;
    private final List<Attachment> images;
    private final Segments subject;
    private final Segments html;
    private final Segments text;

    private CompiledTemplate(
            Map<String, String> namesByKey,
            Set<String> requiredKeys,
            List<String> links,
            List<Attachment> images,
            Segments subject,
            Segments html,
            Segments text) {
        this.keys = List.copyOf(namesByKey.keySet());
        this.names = List.copyOf(namesByKey.values());
        this.requiredKeys = Set.copyOf(requiredKeys);
        this.links = List.copyOf(links);
        this.images = images;
        this.subject = subject;
        this.html = html;
        this.text = text;
    }

    /**
     * Compiles a template. Broken CSS is left as it is and is no error.
     *
     * @throws TemplateException if a variable is malformed or stands where no value is safe
     */
    public static CompiledTemplate compile(TemplateContent source) throws TemplateException {
        return compile(source, false);
    }

    /**
     * The same for showing what became of a mailing: each link of the body that is among {@link #links} says its number in
     * an attribute, {@link ClickMap#NUMBER}. Of a link that stands there several times, all say the first one's. Not for
     * sending.
     *
     * @throws TemplateException as {@link #compile(TemplateContent)} does
     */
    public static CompiledTemplate compileNumbered(TemplateContent source) throws TemplateException {
        return compile(source, true);
    }

    private static CompiledTemplate compile(TemplateContent source, boolean numbered) throws TemplateException {
        List<VariableScan> scans = VariableScan.all(source);
        List<Occurrence> occurrences = new ArrayList<>();
        List<TemplateProblem> problems = new ArrayList<>();
        for (VariableScan scan : scans) {
            occurrences.addAll(scan.occurrences());
            problems.addAll(scan.problems());
        }
        VariableScan subject = scans.get(0);
        VariableScan preheader = scans.get(1);
        VariableScan body = scans.get(2);
        Document document = parse(body.marked(), problems);
        Map<Integer, Place> places = new HashMap<>();
        if (problems.isEmpty()) {
            places.putAll(PlaceFinder.find(document, body.occurrences(), problems));
        }
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparing(TemplateProblem::part).thenComparingInt(TemplateProblem::line));
            throw new TemplateException(problems);
        }
        preheader.occurrences().forEach(o -> places.put(o.index(), Place.HTML));
        subject.occurrences().forEach(o -> places.put(o.index(), Place.SUBJECT));
        StyleInliner.inline(document);
        insertPreheader(document, preheader.marked());
        List<Attachment> images = InlineImages.into(document, source.images());

        Map<String, String> namesByKey = new LinkedHashMap<>();
        Set<String> requiredKeys = new LinkedHashSet<>();
        for (Occurrence occurrence : occurrences) {
            Variable variable = occurrence.variable();
            String key = Variables.key(variable.name());
            namesByKey.putIfAbsent(key, variable.name());
            if (!variable.hasFallback()) {
                requiredKeys.add(key);
            }
        }
        List<String> keys = List.copyOf(namesByKey.keySet());
        Map<Integer, Segments.Slot> slots = new HashMap<>();
        for (Occurrence occurrence : occurrences) {
            int variable = keys.indexOf(Variables.key(occurrence.variable().name()));
            Place place = places.getOrDefault(occurrence.index(), Place.HTML);
            slots.put(occurrence.index(), new Segments.Slot(variable, occurrence.variable(), place));
        }
        // Before links are marked, for the text keeps them as they are: what it shows is read, not only followed.
        String text = PlainText.of(document, occurrences);
        List<String> links = links(document, occurrences, numbered);
        document.nodeStream(Comment.class).forEach(comment -> markLinks(comment, links));
        document.body().appendText(Segments.markedPicture());
        return new CompiledTemplate(
                namesByKey,
                requiredKeys,
                links,
                images,
                Segments.cut(oneLine(subject.marked()), (index, inLink) -> slot(slots, index)),
                Segments.cut(document.outerHtml(), (index, inLink) -> slot(slots, index)),
                Segments.cut(text, (index, inLink) -> {
                    Segments.Slot slot = slot(slots, index);
                    return new Segments.Slot(
                            slot.variable(), slot.use(), inLink ? slot.place().inPlainText() : Place.PLAIN);
                }));
    }

    private static Segments.Slot slot(Map<Integer, Segments.Slot> slots, int index) {
        Segments.Slot slot = slots.get(index);
        if (slot == null) {
            throw new IllegalStateException("No variable " + index + " in this template");
        }
        return slot;
    }

    private static Document parse(String marked, List<TemplateProblem> problems) {
        // The parser would stop at U+FFFF, and would move comments at the start of a fragment out of its body.
        String readable = marked.replace('\uFFFF', '\uFFFD');
        Document document;
        try {
            document =
                    WHOLE_DOCUMENT.matcher(marked).find() ? Jsoup.parse(readable) : Jsoup.parseBodyFragment(readable);
        } catch (IllegalArgumentException e) {
            problems.add(new TemplateProblem(
                    TemplateProblem.Part.BODY, 1, 0, 0, TemplateProblem.Code.NESTED_TOO_DEEPLY, "<template>"));
            document = Markup.parse(readable);
        }
        document.outputSettings()
                .prettyPrint(false)
                .syntax(Document.OutputSettings.Syntax.html)
                .escapeMode(Entities.EscapeMode.base)
                .charset(StandardCharsets.UTF_8);
        if (document.documentType() == null) {
            document.prependChild(new DocumentType("html", "", ""));
        }
        document.nodeStream(Comment.class).toList().forEach(CompiledTemplate::keepBareCondition);
        return document;
    }

    /** The parser makes a comment of {@code <![if ...]>}, which would lose its meaning; this form of it keeps it. */
    private static void keepBareCondition(Comment comment) {
        String data = comment.getData().strip();
        if (BARE_CONDITION.matcher(data).matches()) {
            comment.setData(data + "><!");
        } else if (data.equalsIgnoreCase("[endif]")) {
            comment.setData("<!" + data);
        }
    }

    private static void insertPreheader(Document document, String preheader) {
        if (!Variables.isBlank(preheader)) {
            Element hidden = document.createElement("div").attr("style", PREHEADER_STYLE);
            hidden.appendChild(new TextNode(preheader));
            document.body().prependChild(hidden);
        }
    }

    private static String oneLine(String subject) {
        StringBuilder line = new StringBuilder(subject.length());
        subject.strip()
                .replaceAll("\\R", " ")
                .chars()
                .forEach(c -> line.append(Place.breaksLine((char) c) ? ' ' : (char) c));
        return line.toString();
    }

    private static List<String> links(Document document, List<Occurrence> occurrences, boolean numbered) {
        List<String> links = new ArrayList<>();
        if (numbered) {
            document.select("[" + ClickMap.NUMBER + "]").removeAttr(ClickMap.NUMBER);
        }
        for (Element link : document.select("a[href], area[href]")) {
            String href = withNames(link.attr("href").strip(), occurrences);
            if (href.startsWith("{{")
                    || href.regionMatches(true, 0, "http://", 0, 7)
                    || href.regionMatches(true, 0, "https://", 0, 8)) {
                links.add(href);
                int number = links.indexOf(href) + 1;
                if (numbered) {
                    link.attr(ClickMap.NUMBER, Integer.toString(number));
                }
                link.attr("href", Segments.markedLink(number, link.attr("href")));
            }
        }
        return links;
    }

    /**
     * Outlook reads what other programs take for a comment, and often has there the button that they have as a link. Its
     * clicks count as that link's; a link that stands nowhere else has no number, and stays as it is.
     */
    private static void markLinks(Comment comment, List<String> links) {
        if (CONDITIONAL.matcher(comment.getData()).lookingAt()) {
            comment.setData(COMMENT_LINK.matcher(comment.getData()).replaceAll(found -> {
                String written = found.group(1) != null ? found.group(1) : found.group(2);
                int number =
                        links.indexOf(Parser.unescapeEntities(written, true).strip()) + 1;
                return Matcher.quoteReplacement(
                        number == 0
                                ? found.group()
                                : found.group().replace(written, Segments.markedLink(number, written)));
            }));
        }
    }

    /** Sentinels turned back into variables, for people to read. */
    static String withNames(String marked, List<Occurrence> occurrences) {
        return VariableScan.SENTINEL
                .matcher(marked)
                .replaceAll(found -> Matcher.quoteReplacement("{{"
                        + occurrences
                                .get(Integer.parseInt(found.group(1)))
                                .variable()
                                .name() + "}}"));
    }

    /** The names of the variables, in order of first appearance, as first written. */
    public Set<String> variables() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(names));
    }

    /**
     * The http and https links of the body that a reader can follow, in order and with repetitions, so that a link's
     * index is its number. A variable shows as <code>{{name}}</code>; a link that is a variable is listed too, although
     * its value may turn out to be a mailto or tel link.
     */
    public List<String> links() {
        return links;
    }

    /**
     * The images that the rendered HTML shows, the same for every recipient; it refers to each as {@code cid:} and its
     * content id. They are those of the template that its HTML refers to, and those that stand in it as {@code data:},
     * which Gmail, Outlook.com and Outlook for Windows would not show. Each content is there once. Images on the web are
     * not among them.
     */
    public List<Attachment> images() {
        return images;
    }

    /**
     * The names of the variables that have no value here and, somewhere in the template, no fallback. Does not say
     * whether the values fit their places.
     *
     * @param values gets a {@link Variables#key} and returns the value, {@code ""} or null when absent
     */
    public Set<String> missingIn(Function<String, @Nullable String> values) {
        Set<String> missing = new LinkedHashSet<>();
        for (int i = 0; i < keys.size(); i++) {
            if (requiredKeys.contains(keys.get(i)) && Variables.isBlank(value(values, keys.get(i)))) {
                missing.add(names.get(i));
            }
        }
        return Collections.unmodifiableSet(missing);
    }

    /**
     * Renders one message. Values are taken as they are: a value with <code>{{name}}</code> arrives literally.
     *
     * @param valueByKey gets a {@link Variables#key}, once for each variable, and returns the value, {@code ""} or null
     *     when absent
     * @throws RenderException if a value is missing or cannot stand in its place
     */
    public RenderedMail render(Function<String, @Nullable String> valueByKey) throws RenderException {
        return render(valueByKey, null);
    }

    /**
     * The same with links that lead where clicks are noticed, and a picture at the end of the body by which an opening is.
     * The text part stays as it is.
     *
     * @param hits null for neither
     * @throws RenderException if a value is missing or cannot stand in its place
     */
    public RenderedMail render(Function<String, @Nullable String> valueByKey, @Nullable HitAddresses hits)
            throws RenderException {
        List<String> values = new ArrayList<>(keys.size());
        for (String key : keys) {
            values.add(value(valueByKey, key));
        }
        return new RenderedMail(subject.join(values, null), html.join(values, hits), text.join(values, null));
    }

    /** How many bytes the HTML of one message has, nearly, if its openings and clicks are noticed; see {@link Segments#size}. */
    int htmlSize(int usualValue) {
        return html.size(usualValue);
    }

    private static String value(Function<String, @Nullable String> values, String key) {
        String value = values.apply(key);
        return value == null ? "" : value;
    }
}
