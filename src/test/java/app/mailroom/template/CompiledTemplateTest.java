package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.TemplateProblem.Code;
import app.mailroom.template.TemplateProblem.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompiledTemplateTest {

    private static CompiledTemplate body(String html) throws TemplateException {
        return CompiledTemplate.compile(new TemplateContent("Subject", "", html));
    }

    private static String html(String html, String... namesAndValues) throws Exception {
        return body(html).render(values(namesAndValues)::get).html();
    }

    private static Map<String, String> values(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }

    private static List<TemplateProblem> problems(String html) {
        return catchThrowableOfType(TemplateException.class, () -> body(html)).problems();
    }

    private static RenderException.Code refusal(String html, String value) throws TemplateException {
        CompiledTemplate template = body(html);
        return catchThrowableOfType(RenderException.class, () -> template.render(key -> value))
                .code();
    }

    @Test
    void valuesFillSubjectPreheaderBodyAndText() throws Exception {
        var template = CompiledTemplate.compile(
                new TemplateContent("Hello {{이름}}", "News for {{prénom}}", "<p>Dear {{ PRÉNOM }} ({{이름}})</p>"));

        RenderedMail mail = template.render(values("이름", "민수", "prénom", "Zoé")::get);

        assertThat(mail.subject()).isEqualTo("Hello 민수");
        assertThat(mail.html()).contains("News for Zoé</div><p>Dear Zoé (민수)</p>");
        assertThat(mail.text()).isEqualTo("Dear Zoé (민수)");
        assertThat(template.variables()).containsExactly("이름", "prénom");
    }

    @Test
    void fallbackStandsInForAnEmptyValueAndIsEscapedLikeOne() throws Exception {
        assertThat(html("<p>{{name|Tom &amp; <you>}}</p>", "name", " \u00A0")).contains("<p>Tom &amp; &lt;you&gt;</p>");
        assertThat(html("<p>{{name|friend}}</p>", "name", "Ann")).contains("<p>Ann</p>");
        assertThat(html("<p>[{{name|}}]</p>")).contains("<p>[]</p>");
    }

    @Test
    void missingValueWithoutFallbackIsRefusedAndFoundBeforehand() throws Exception {
        CompiledTemplate template = body("<p>{{Name}} {{city|Seoul}} {{Code|x}} {{code}}</p>");

        assertThat(template.missingIn(key -> "")).containsExactly("Name", "Code");
        assertThat(template.missingIn(key -> "x")).isEmpty();
        assertThat(refusal("<p>{{Name}}</p>", " ")).isEqualTo(RenderException.Code.MISSING_VALUE);
        assertThatThrownBy(() -> template.render(key -> "")).hasMessageContaining("{{Name}}");
    }

    @Test
    void valuesAreNotReadAgainAsTemplates() throws Exception {
        assertThat(html("<p>{{a}} {{b}}</p>", "a", "{{b}}", "b", "\uFDD00\uFDD1"))
                .contains("<p>{{b}} \uFDD00\uFDD1</p>");
    }

    @Test
    void textAndAttributesAreEscaped() throws Exception {
        assertThat(html("<title>{{x}}</title><p title='{{x}}' class=a{{x}}>{{x}}</p>", "x", "<&>\"'\0\u0007\r\nz"))
                .contains("<title>&lt;&amp;&gt;&quot;&#39;\nz</title>")
                .contains("<p title=\"&lt;&amp;&gt;&quot;&#39;\nz\" class=\"a&lt;&amp;&gt;&quot;&#39;\nz\">");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.com/a?b=c&d",
                "HTTP://example.com",
                "mailto:a@example.com",
                "tel:+82-2-123",
                "https://[::1]:80/",
                " https://example.com/경로 "
            })
    void absoluteLinksMayFillAWholeLink(String value) throws Exception {
        assertThat(html("<a href='{{x}}'>y</a>", "x", value))
                .containsPattern("<a href=\"(https?|mailto|tel):[!-~]+\">y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,x",
                "//example.com",
                "example.com",
                "/path",
                "https:example.com",
                "https://",
                "https://good.com@evil.com",
                "https://good.com\\@evil.com",
                "https://a b.com/",
                "https://example.com:x/",
                "https://example.com/\r\nx",
                "mailto:",
                "vbscript:x",
                "file:///etc/passwd"
            })
    void anythingElseMayNot(String value) throws Exception {
        assertThat(refusal("<a href='{{x}}'>y</a>", value)).isEqualTo(RenderException.Code.NOT_A_LINK);
        assertThat(refusal("<img src='{{x}}/logo.png'>", value)).isEqualTo(RenderException.Code.NOT_A_LINK);
    }

    @Test
    void piecesOfLinksArePercentEncoded() throws Exception {
        assertThat(html("<a href='https://example.com/u/{{x}}?q={{x}}#{{x}}'>y</a>", "x", "a/b?&c=é #\"'"))
                .contains("href=\"https://example.com/u/a%2Fb%3F%26c%3D%C3%A9%20%23%22%27?q=a%2Fb");
        assertThat(html("<a href='mailto:{{x}}?subject={{s}}'>y</a>", "x", "a+b@example.com", "s", "1&bcc=z"))
                .contains("href=\"mailto:a+b@example.com?subject=1%26bcc%3Dz\"");
        assertThat(html("<a href='{{base}}/u?i={{x}}'>y</a>", "base", "https://example.com", "x", "&"))
                .contains("href=\"https://example.com/u?i=%26\"");
        assertThat(html("<a href='/{{x}}'>y</a>", "x", "/evil.com")).contains("href=\"/%2Fevil.com\"");
    }

    @Test
    void variablesThatAnEditorPercentEncodedInLinksAreRead() throws Exception {
        assertThat(html(
                        "<a href='%7B%7Blink%7D%7D'>a</a><a href='https://a.b/?q=%7b%7B%20%EC%9D%B4%EB%A6%84%7cx%7D%7d'>b</a>",
                        "link", "https://c.d/", "이름", "é"))
                .contains("<a href=\"https://c.d/\">a</a><a href=\"https://a.b/?q=%C3%A9\">b</a>");
    }

    @Test
    void stylesTakeOnlyHarmlessCharacters() throws Exception {
        assertThat(html("<p style='color:{{x}}'>y</p>", "x", "#ff0000")).contains("style=\"color:#ff0000\"");
        for (String value : List.of("red;x:y", "url(x)", "red/**/", "\"", "a:b", "\\65", "x\ny", "<")) {
            assertThat(refusal("<p style='color:{{x}}'>y</p>", value)).isEqualTo(RenderException.Code.NOT_A_STYLE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            <script>var x = '{{x}}'</script> ~ IN_SCRIPT
            <script src='{{x}}'></script> ~ IN_SCRIPT
            <style>p { color: {{x}} }</style> ~ IN_STYLE
            <!-- {{x}} --> ~ IN_COMMENT
            <!--[if mso]><b>{{x}}</b><![endif]--> ~ IN_COMMENT
            <xmp>{{x}}</xmp> ~ IN_RAW_TEXT
            <svg><![CDATA[{{x}}]]></svg> ~ IN_RAW_TEXT
            <iframe srcdoc='{{x}}'></iframe> ~ IN_RAW_TEXT
            <noscript><p>{{x}}</p></noscript> ~ IN_RAW_TEXT
            <{{x}}>y ~ IN_TAG
            <b>y</{{x}}> ~ IN_TAG
            <b{{x}}>y ~ IN_TAG
            <b>y</b{{x}}> ~ IN_TAG
            <b {{x}}='1'>y</b> ~ IN_TAG
            <b a{{x}}>y</b> ~ IN_TAG
            <!DOCTYPE {{x}}><b>y</b> ~ IN_TAG
            <b onclick='f({{x}})'>y</b> ~ IN_EVENT_HANDLER
            <p srcdoc='{{x}}'></p> ~ IN_FORBIDDEN_ATTRIBUTE
            <img srcset='https://a.b/{{x}} 2x'> ~ IN_FORBIDDEN_ATTRIBUTE
            <meta http-equiv='refresh' content='0;url={{x}}'> ~ IN_FORBIDDEN_ATTRIBUTE
            <svg><a><set attributeName='href' to='{{x}}'/></a></svg> ~ IN_FORBIDDEN_ATTRIBUTE
            <a href='java{{x}}:alert(1)'>y</a> ~ IN_URL_SCHEME
            <a href='javascript:{{x}}'>y</a> ~ IN_URL_SCHEME
            <a href='https:{{x}}'>y</a> ~ IN_URL_SCHEME
            <a href='https://{{x}}.example.com/'>y</a> ~ IN_URL_SCHEME
            <a href='https://example.com{{x}}'>y</a> ~ IN_URL_SCHEME
            <a href='//{{x}}/'>y</a> ~ IN_URL_SCHEME
            <a href='/\\{{x}}'>y</a> ~ IN_URL_SCHEME
            <a href='{{y|https://a.b}}{{x|z}}'>y</a> ~ IN_URL_SCHEME
            <a href='{{x|nolink}}'>y</a> ~ BAD_FALLBACK
            <p style='color:{{x|url(x)}}'>y</p> ~ BAD_FALLBACK
            {{x ~ UNCLOSED
            {{x {{y}} ~ UNCLOSED
            {{<b>x</b>}} ~ BAD_NAME
            {{first name}} ~ BAD_NAME
            {{}} ~ BAD_NAME
            \uFDD00\uFDD1 {{x}} ~ RESERVED_CHARACTER
            &#xFDD0;0&#64977; {{x}} ~ RESERVED_CHARACTER
            """)
    void placesWithoutSafeValueAreRefusedWithTheirLine(String html, Code code) {
        assertThat(problems("<p>first</p>\r\n\n" + html)).anySatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.part()).isEqualTo(Part.BODY);
        });
    }

    @Test
    void everyProblemIsReportedAtOnceInWords() {
        assertThatThrownBy(() -> CompiledTemplate.compile(new TemplateContent("{{a", "{{b c}}", "x\n{{d!}}")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("Subject, line 1: the variable is opened with {{ but not closed; add }}")
                .hasMessageContaining("Preheader, line 1")
                .hasMessageContaining("Body, line 2");
    }

    @Test
    void whatTheParserGivesUpOnIsRefusedInWordsAndShownInItsPlace() {
        var content = new TemplateContent("Hi", "", "<p>{{a b}}</p>" + "<template><svg>".repeat(600));

        assertThatThrownBy(() -> CompiledTemplate.compile(content))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("Body, line 1: the elements stand in one another more deeply than can be read");
        assertThat(TemplateChecks.of(content, Set.of()))
                .extracting(TemplateFinding::code)
                .contains(TemplateFinding.Code.NESTED_TOO_DEEPLY, TemplateFinding.Code.BAD_NAME);
    }

    @Test
    void subjectStaysOneLine() throws Exception {
        var template = CompiledTemplate.compile(new TemplateContent("Hi\n{{x}}!", "", ""));

        assertThat(template.render(key -> "a\r\nBcc: x\u2028\u0085b\u202Ec\0d & <\uD800>")
                        .subject())
                .isEqualTo("Hi a Bcc: x b c d & <\uFFFD>!");
    }

    @Test
    void linksAreListedInOrderWithTheirVariables() throws Exception {
        assertThat(body("<a href='https://a.com/?u={{id}}'>1</a><a href='#top'>2</a><a href='mailto:x@y.z'>3</a>"
                                + "<a href='{{Link}}'>4</a><a href='https://a.com/'>5</a><a href='https://a.com/'>6</a>")
                        .links())
                .containsExactly("https://a.com/?u={{id}}", "{{Link}}", "https://a.com/", "https://a.com/");
    }

    @Test
    void conditionalCommentsAreKept() throws Exception {
        assertThat(html("<!--[if mso]><p>a</p><![endif]--><!--[if !mso]><!--><b>b</b><!--<![endif]-->"
                        + "<p><![if !mso]><i>c</i><![endif]></p>"))
                .contains("<!--[if mso]><p>a</p><![endif]-->")
                .contains("<!--[if !mso]><!--><b>b</b><!--<![endif]-->")
                .contains("<!--[if !mso]><!--><i>c</i><!--<![endif]-->");
    }

    @Test
    void templateWithoutVariablesIsTheSameEveryTime() throws Exception {
        CompiledTemplate template = body("<p class=\"a\">x &lt; y &amp;&nbsp;z</p>");

        assertThat(template.render(key -> "a")).isEqualTo(template.render(key -> "b"));
        assertThat(template.render(key -> "").html()).contains("<p class=\"a\">x &lt; y &amp;&nbsp;z</p>");
    }

    @Test
    void characterThatTheParserTakesForTheEndDoesNotCutTheBody() throws Exception {
        assertThat(html("<p>a\uFFFFb</p><p>c</p>")).contains("<p>a\uFFFDb</p><p>c</p>");
    }

    @Test
    void emptyBodyCompiles() throws Exception {
        assertThat(body("").render(key -> "").text()).isEmpty();
    }

    @Test
    void manyThreadsRenderOneTemplate() throws Exception {
        CompiledTemplate template = body("<p>{{x}}</p><a href='https://a.b/{{x}}'>{{y}}</a>");
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, 2000)
                    .<Callable<Boolean>>mapToObj(i -> () -> template.render(key -> key.equals("x") ? "v" + i : "w" + i)
                            .html()
                            .contains("<p>v" + i + "</p><a href=\"https://a.b/v" + i + "\">w" + i + "</a>"))
                    .toList();
            for (Future<Boolean> done : pool.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
