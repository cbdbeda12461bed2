package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;

/** HTML from anywhere on its way into the editor and out of it: nothing that runs gets through, nothing else is lost. */
class HostileHtmlTest {
    private static final Set<String> RUNNING = Set.of(
            "script",
            "noscript",
            "iframe",
            "object",
            "embed",
            "applet",
            "svg",
            "math",
            "style",
            "link",
            "meta",
            "base",
            "template",
            "textarea",
            "title",
            "xmp",
            "plaintext",
            "noembed",
            "noframes");

    @Property(tries = 2_000)
    void nothingThatRunsReachesTheEditor(@ForAll("hostile") String html) {
        String editable = document(html).editable();

        assertHarmless(editable);
        assertHarmless(Jsoup.parseBodyFragment(editable).body().html());
    }

    @Property(tries = 2_000)
    void nothingThatRunsComesFromTheEditor(@ForAll("hostile") String edited) {
        String source = document("<p>x</p>").source(edited);

        assertHarmless(source);
        Jsoup.parseBodyFragment(source)
                .body()
                .getAllElements()
                .forEach(element -> element.attributes()
                        .forEach(attribute -> assertThat(attribute.getKey())
                                .doesNotStartWith("data-mr-")
                                .doesNotStartWith("data-mce-")));
        assertThat(comments(source)).isEmpty();
    }

    @Property(tries = 2_000)
    void nothingThatRunsComesFromTheClipboard(@ForAll("hostile") String html) {
        String pasted = PastedHtml.clean(html).html();

        assertHarmless(pasted);
        assertThat(comments(pasted)).isEmpty();
    }

    @Property(tries = 1_000)
    void theTextOfAChipIsNeverMarkup(@ForAll("texts") String inside) {
        String chip = EditorDocument.chip(inside);

        assertThat(Jsoup.parseBodyFragment(chip).body().children()).hasSizeLessThanOrEqualTo(1);
        String source = document("").source(chip);
        assertThat(Jsoup.parseBodyFragment(source).body().children()).isEmpty();
        assertThat(Jsoup.parseBodyFragment(source).body().wholeText()).isEqualTo("{{" + inside + "}}");
    }

    @Property(tries = 2_000)
    void whatIsNotTouchedComesBackAsItWas(@ForAll("ordinary") String body) {
        EditorDocument document = document(body);

        assertThat(document.source(document.editable())).isEqualTo(body);
        assertThat(document.damage(document.editable())).isEmpty();
    }

    @Property(tries = 2_000)
    void whatABrowserWritesAnewIsTheSameMail(@ForAll("ordinary") String body) {
        EditorDocument document = document(body);
        Document written = Jsoup.parseBodyFragment(document.editable());
        written.outputSettings().prettyPrint(false);

        String source = document.source(written.body().html());

        assertThat(document.damage(written.body().html())).isEmpty();
        assertThat(comments(source)).isEqualTo(comments(body));
    }

    @Property(tries = 1_000)
    void keepingWhatIsNotChangedMakesNoOtherMail(@ForAll("ordinary") String body, @ForAll int place) {
        EditorDocument document = document(body);
        Document written = Jsoup.parseBodyFragment(document.editable());
        written.outputSettings().prettyPrint(false);
        String untouched = written.body().html();
        int behind = untouched.indexOf('>', untouched.isEmpty() ? 0 : Math.floorMod(place, untouched.length())) + 1;
        String edited = untouched.substring(0, behind) + "added" + untouched.substring(behind);

        String kept = document.source(edited, untouched);

        assertThat(document.source(untouched, untouched)).isEqualTo(body);
        assertThat(outline(kept)).isEqualTo(outline(document.source(edited)));
        assertThat(comments(kept)).isEqualTo(comments(document.source(edited)));
    }

    /** The elements and the words of a mail, in order. */
    private static List<String> outline(String html) {
        List<String> outline = new ArrayList<>();
        NodeTraversor.traverse(
                (node, depth) -> {
                    if (node instanceof Element element) {
                        outline.add(depth + "<" + element.normalName());
                    } else if (node instanceof TextNode text && !text.isBlank()) {
                        outline.add(text.getWholeText().replaceAll("\\s+", " ").strip());
                    }
                },
                Jsoup.parseBodyFragment(html).body());
        return outline;
    }

    @Property(tries = 1_000)
    void whateverAPersonDeletesNoHalfConditionRemains(
            @ForAll("ordinary") String body, @ForAll int cut, @ForAll int length) {
        EditorDocument document = document(body);
        String editable = document.editable();
        int from = editable.isEmpty() ? 0 : Math.floorMod(cut, editable.length());

        int to = from + Math.floorMod(length, editable.length() - from + 1);

        String source = document.source(editable.substring(0, from) + editable.substring(to));

        assertThat(count(source, "<!--[if !mso]><!-->")).isEqualTo(count(source, "<!--<![endif]-->"));
        assertThat(count(source, "<![if !mso]>")).isEqualTo(count(source, "<![endif]>"));
        assertThat(count(source, "<table><tr><td><![endif]")).isEqualTo(count(source, "</td></tr></table><![endif]"));
    }

    private static EditorDocument document(String html) {
        return EditorDocument.of(new TemplateContent("", "", html));
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static List<String> comments(String html) {
        List<String> comments = new ArrayList<>();
        NodeTraversor.traverse(
                (node, depth) -> {
                    if (node instanceof Comment comment) {
                        comments.add(comment.getData());
                    }
                },
                Jsoup.parseBodyFragment(html).body());
        return comments;
    }

    private static void assertHarmless(String html) {
        for (Element element : Jsoup.parseBodyFragment(html).getAllElements()) {
            assertThat(RUNNING).as(html).doesNotContain(element.normalName());
            for (Attribute attribute : element.attributes()) {
                String value =
                        attribute.getValue().replaceAll("[\\x00-\\x20]", "").toLowerCase(Locale.ROOT);
                assertThat(attribute.getKey().toLowerCase(Locale.ROOT))
                        .as(html)
                        .doesNotStartWith("on")
                        .isNotEqualTo("srcdoc");
                if (!attribute.getKey().startsWith("data-mr-")
                        && !Set.of("alt", "title", "class").contains(attribute.getKey())) {
                    assertThat(value)
                            .as(html)
                            .doesNotStartWith("javascript:")
                            .doesNotStartWith("vbscript:")
                            .doesNotStartWith("data:text");
                }
            }
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                        "<script>alert(1)</script>",
                        "<SCRIPT",
                        "</script>",
                        "<img src=x onerror=alert(1)>",
                        "<img/src=x/onerror=alert(1)//",
                        "<a href=\"java\tscript:alert(1)\">",
                        "<a href=' &#1;javascript:x'>",
                        "<a href=data:text/html,x>",
                        "<a href=vbscript:x>",
                        "</a>",
                        "<svg><style><img title=\"</style><img src onerror=alert(1)>\">",
                        "<svg onload=x>",
                        "</svg>",
                        "<math><mtext><table><mglyph><style>",
                        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
                        "<!--mce:protected %3Cscript%3E-->",
                        "<!-- --!><script>x</script>-->",
                        "<!--><img src=x onerror=x>-->",
                        "<!-->",
                        "<!--->",
                        "-->",
                        "<![CDATA[<script>x</script>]]>",
                        "<?xml <script>?>",
                        "</ <script>x>",
                        "<!doctype x>",
                        "<textarea><img title=\"</textarea><script>x</script>\">",
                        "<title>",
                        "</title>",
                        "<style>@import 'x'</style>",
                        "<style>",
                        "</style>",
                        "<iframe srcdoc='<script>x</script>'>",
                        "<form action=javascript:x><button formaction=javascript:x>",
                        "<meta http-equiv=refresh content='0;url=javascript:x'>",
                        "<base href=//x>",
                        "<p data-mce-href=\"javascript:x\" data-mr-src=\"javascript:x\" style=\"background:url(javascript:x)\">",
                        "<p style='width:expression(x)'>",
                        "<table>",
                        "<td>",
                        "</table>",
                        "<p>",
                        "<span class=mr-variable data-mr-variable=\"a|<img src=x onerror=x>\">",
                        "<span class=mr-variable data-mr-variable='}}<script>'>",
                        "</span>",
                        "<template>",
                        "<object data=javascript:x>",
                        "<embed src=javascript:x>",
                        "<plaintext>",
                        "<xmp>",
                        "<a \"onclick=x\" onclick='x'>",
                        "<img src=data:image/png;base64,AA data-mr-src=\"javascript:x\">",
                        "<x:y onclick=x>",
                        "<v:rect onclick=x>",
                        "{{a|<script>}}",
                        "{{",
                        "}}",
                        "\"",
                        "'",
                        ">",
                        "<",
                        "&lt;script&gt;",
                        "&#60;script>",
                        "text",
                        "\u0000",
                        "\n",
                        "<body onload=x>",
                        "</body>",
                        "<html>",
                        "<head>",
                        "<frameset>",
                        "<select><option>",
                        "</select>",
                        "=",
                        "<a b=\"")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("name가_1 |<>&\"'{}/=;\u00A0").ofMaxLength(12);
    }

    /** Well-formed bodies of mails, with all that their authors write for Outlook. */
    @Provide
    Arbitrary<String> ordinary() {
        Arbitrary<String> leaves = Arbitraries.of(
                "Hello",
                "{{name}}",
                "{{ name|friend &amp; \"all\" }}",
                "<!-- note -->",
                "<!--[if mso]><v:rect>x</v:rect><![endif]-->",
                "<a href=\"{{link}}?a=1&amp;b=2\">{{name}}</a>",
                "<img src=\"a.png\" alt=\"&lt;b&gt;\">",
                "<br>",
                "<div></div>",
                "<style>p{color:red}</style>",
                "<b>bold</b>",
                "&nbsp;&zwnj;&#65279;x",
                "<!--mr:0:0123456789ab-->",
                "<p style=\"font-size:1px;font-size:2px;margin:0 0 0 0\">p</p>",
                "<o:p>o</o:p>");
        return Arbitraries.lazyOf(() -> leaves, () -> leaves, () -> leaves, () -> pairs());
    }

    private Arbitrary<String> pairs() {
        return ordinary()
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .flatMap(parts -> Arbitraries.of(
                                "<!--[if !mso]><!-->|<!--<![endif]-->",
                                "<![if !mso]>|<![endif]>",
                                "<!--[if mso]><table><tr><td><![endif]-->|<!--[if mso]></td></tr></table><![endif]-->",
                                "<div style=\"color:red\">|</div>",
                                "<table><tbody><tr><td>|</td></tr></tbody></table>",
                                "|")
                        .map(around -> {
                            int bar = around.indexOf('|');
                            return around.substring(0, bar) + String.join("", parts) + around.substring(bar + 1);
                        }));
    }
}
