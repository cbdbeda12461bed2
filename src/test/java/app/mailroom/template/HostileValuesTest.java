package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Whatever a recipient sheet contains, a message keeps the structure that its template has. */
class HostileValuesTest {

    private static final String BODY = """
            <!DOCTYPE html><html><head><title>For {{x|you}}</title><style>p.c{margin:0} a:hover{color:red}</style></head>
            <body><p class="c" title="{{x|you}}" id={{x|you}} data-x='a{{x|you}}b'>Dear <b>{{x|you}}</b>&amp{{x|you}};</p>
            <textarea>{{x|you}}</textarea><table><tr><td>{{x|you}}</td></tr></table>
            <a href="https://example.com/{{x|you}}?q={{x|you}}#{{x|you}}">{{x|you}}</a>
            <a href='mailto:{{x|you}}?subject={{x|you}}'>m</a><a href="tel:{{x|you}}">t</a><a href="/{{x|you}}">r</a>
            <img src="https://example.com/i.png" alt="{{x|you}}"></body></html>
            """;

    private static final Set<String> LINK_SCHEMES = Set.of("http", "https", "mailto", "tel");

    private final CompiledTemplate template = compiled(BODY);
    private final CompiledTemplate linkTemplate =
            compiled("<p><a href='{{x}}'>y</a><img src={{x}}><a href=\"{{x}}/p?q={{x}}\">z</a></p>");
    private final CompiledTemplate styleTemplate = compiled("<p style='color:{{x}};width:{{x}}px'>y</p>");

    private static CompiledTemplate compiled(String body) {
        try {
            return CompiledTemplate.compile(new TemplateContent("Hi {{x|you}}!", "Pre {{x|you}}", body));
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> pieces = Arbitraries.of(
                "<script>alert(1)</script>",
                "\"><img src=x onerror=alert(1)>",
                "' onmouseover='x",
                "javascript:alert(1)",
                "java\tscript:",
                "data:text/html,<b>",
                "https://example.com",
                "https://a.b/",
                "@evil.com",
                "mailto:a@b.c",
                "tel:+1",
                "\r\nBcc: x@y.z",
                "\n\n",
                "\r",
                "{{name}}",
                "{{x}}",
                "{{",
                "}}",
                "</title>",
                "</textarea>",
                "</style>",
                "-->",
                "<!--",
                "]]>",
                "<![endif]-->",
                "\"",
                "'",
                "`",
                "=",
                "/",
                "//",
                "\\",
                "?",
                "#",
                ":",
                ";",
                "&",
                "&lt;",
                "&#60;",
                "&#x3c",
                "%3Cscript%3E",
                "%",
                "%0d%0a",
                "<",
                ">",
                " ",
                "\t",
                "\0",
                "\u0008",
                "\u001B",
                "\u007F",
                "\u0085",
                "\u00A0",
                "\u2028",
                "\u2029",
                "\u202E",
                "\u2066",
                "\u200F",
                "\uFEFF",
                "\uD800",
                "\uDC00",
                "😀",
                "\uFDD0",
                "\uFDD1",
                "\uFDD00\uFDD1",
                "\uFDD01u\uFDD1",
                "\uE000",
                "\uFFFE",
                "\uFFFF",
                "이름",
                "é",
                "e\u0301",
                "expression(1)",
                "url(x)",
                "red",
                "#fff",
                "10",
                "x:y");
        Arbitrary<String> any = Arbitraries.strings().all().ofMaxLength(5);
        return Arbitraries.frequencyOf(Tuple.of(6, pieces), Tuple.of(1, any))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(list -> String.join("", list));
    }

    @Property(tries = 1500)
    void valuesAddNoElementAttributeOrComment(@ForAll("hostile") String value) throws Exception {
        assertThat(structure(template.render(key -> value).html()))
                .isEqualTo(structure(template.render(key -> "harmless").html()));
    }

    @Property(tries = 1000)
    void valuesArriveAsTheyAre(@ForAll("hostile") String value) throws Exception {
        String shown = Variables.isBlank(value) ? "you" : value;
        Document document = Jsoup.parse(template.render(key -> value).html());

        assertThat(normalised(document.select("b").get(0).wholeText())).isEqualTo(normalised(shown));
        assertThat(normalised(document.select("td").get(0).wholeText())).isEqualTo(normalised(shown));
        assertThat(normalised(document.select("p").attr("title"))).isEqualTo(normalised(shown));
        assertThat(normalised(document.select("p").attr("data-x"))).isEqualTo(normalised("a" + shown + "b"));
        // Not by title(), which leaves out what cannot be seen.
        assertThat(normalised(document.select("title").get(0).wholeText())).isEqualTo(normalised("For " + shown));
    }

    @Example
    void whatCannotBeSeenArrivesToo() throws Exception {
        valuesArriveAsTheyAre("}}\u00AD\u200B&");
        valuesArriveAsTheyAre("a\u00AD");
    }

    @Property(tries = 1000)
    void valuesNeverChangeWhereALinkLeads(@ForAll("hostile") String value) throws Exception {
        Document document = Jsoup.parse(template.render(key -> value).html());

        assertThat(document.select("a").eachAttr("href"))
                .satisfiesExactly(
                        href -> assertThat(href)
                                .matches(
                                        "https://example\\.com/[A-Za-z0-9._~%-]+\\?q=[A-Za-z0-9._~%-]+#[A-Za-z0-9._~%-]+"),
                        href -> assertThat(href).matches("mailto:[A-Za-z0-9._~%@+-]+\\?subject=[A-Za-z0-9._~%@+-]+"),
                        href -> assertThat(href).matches("tel:[A-Za-z0-9._~%+()-]+"),
                        href -> assertThat(href).matches("/[A-Za-z0-9._~%-]+"));
    }

    @Property(tries = 1000)
    void wholeLinksHaveAnAllowedSchemeOrAreRefused(@ForAll("hostile") String value) throws Exception {
        String html;
        try {
            html = linkTemplate.render(key -> value).html();
        } catch (RenderException refused) {
            assertThat(refused.code()).isIn(RenderException.Code.NOT_A_LINK, RenderException.Code.MISSING_VALUE);
            return;
        }
        assertThat(structure(html))
                .isEqualTo(structure(
                        linkTemplate.render(key -> "https://harmless.example").html()));
        for (Element element : Jsoup.parse(html).select("[href], [src]")) {
            String link = element.hasAttr("href") ? element.attr("href") : element.attr("src");
            assertThat(LINK_SCHEMES).contains(link.substring(0, link.indexOf(':')));
            assertThat(link).matches("[!-~]+");
        }
    }

    @Property(tries = 1000)
    void stylesGetNoFurtherDeclarationOrAreRefused(@ForAll("hostile") String value) throws Exception {
        try {
            String style = Jsoup.parse(styleTemplate.render(key -> value).html())
                    .select("p")
                    .attr("style");
            assertThat(style).matches("color:[^:;()\\\\\"'/*]*;width:[^:;()\\\\\"'/*]*px");
        } catch (RenderException refused) {
            assertThat(refused.code()).isIn(RenderException.Code.NOT_A_STYLE, RenderException.Code.MISSING_VALUE);
        }
    }

    @Property(tries = 1000)
    void subjectHasNoLineBreakControlOrDirectionOverride(@ForAll("hostile") String value) throws Exception {
        assertThat(template.render(key -> value).subject())
                .startsWith("Hi ")
                .endsWith("!")
                .doesNotContainPattern("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");
    }

    @Property(tries = 500)
    void noPartHasControlCharactersOrHalfSurrogatePairs(@ForAll("hostile") String value) throws Exception {
        RenderedMail mail = template.render(key -> value);

        for (String part : List.of(mail.subject(), mail.html(), mail.text())) {
            assertThat(part).doesNotContainPattern("[\\p{Cc}&&[^\\n\\t]]");
            assertThat(part.codePoints()).noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        }
    }

    @Property(tries = 500)
    void whatStandsOutsideVariablesIsTheSameForEveryValue(@ForAll("hostile") String value) throws Exception {
        CompiledTemplate once = compiled("<p>one</p>{{x|you}}<p title=\"t\">two</p>");
        String harmless = once.render(key -> "|").html();
        String head = harmless.substring(0, harmless.indexOf('|'));
        String tail = harmless.substring(harmless.lastIndexOf('|') + 1);

        assertThat(once.render(key -> value).html()).startsWith(head).endsWith(tail);
    }

    @Property(tries = 200)
    void templateWithoutVariablesIgnoresValues(@ForAll("hostile") String value) throws Exception {
        CompiledTemplate constant = CompiledTemplate.compile(new TemplateContent("s", "p", "<p>a &amp; b</p>"));

        assertThat(constant.render(key -> value)).isEqualTo(constant.render(key -> ""));
    }

    /** The names of elements with those of their attributes, and the kinds of other nodes but text, in document order. */
    private static List<String> structure(String html) {
        List<String> structure = new ArrayList<>();
        Jsoup.parse(html).traverse((node, depth) -> {
            if (node instanceof Element element) {
                List<String> attributes = new ArrayList<>();
                element.attributes().forEach(attribute -> attributes.add(attribute.getKey()));
                structure.add(depth + element.tagName() + attributes);
            } else if (!node.nodeName().equals("#text")) {
                structure.add(depth + node.nodeName());
            }
        });
        return structure;
    }

    /** What is left of a value when white space and characters that no mail may have are out of account. */
    private static String normalised(String text) {
        String wellFormed = text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
                .map(c -> c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return wellFormed
                .replace('\u0085', '\n')
                .replaceAll("[\\p{Cc}&&[^\\t\\n\\r]]", "")
                .replaceAll("[\\s\\u00A0]+", " ")
                .strip();
    }
}
