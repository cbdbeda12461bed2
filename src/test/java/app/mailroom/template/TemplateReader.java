package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.authoring.EditorDocument;
import app.mailroom.evidence.InputReader;
import app.mailroom.model.TemplateContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A template's HTML: checked, opened in the visual editor and closed untouched, compiled, and rendered with values that are
 * markup themselves.
 */
public final class TemplateReader implements InputReader {
    private static final String HOSTILE = "<i id=hostile>\"'></i>{{name}}";
    private static final String AS_TAG = "<i id=hostile>";
    private static final int DEEP = 20_000;

    private static final List<String> BODIES = List.of(
            "<p>Dear {{name|friend}}, <a href=\"https://example.com/{{code}}?x={{code}}\">look</a></p>",
            "<!DOCTYPE html><html><head><title>{{name}}</title><style>p.c{color:red} a:hover{color:{{none}}}</style></head>"
                    + "<body bgcolor=\"#ffffff\"><!--[if mso]><table><tr><td><![endif]--><p class=c title=\"{{name}}\">{{name}}"
                    + "</p><!--[if mso]></td></tr></table><![endif]--><img src=\"https://example.com/i.png\" alt='{{name}}'>"
                    + "<a href=\"{{unsubscribe}}\">Leave</a></body></html>",
            "<table><tr><td style=\"width:{{code}}px;background:url('a.png')\">{{name}}</td></tr></table><textarea>{{name}}"
                    + "</textarea><a href=mailto:{{name}}>m</a>");

    @Override
    public String name() {
        return "template HTML";
    }

    @Override
    public List<byte[]> corpus() {
        return BODIES.stream().map(TemplateReader::bytes).toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "<",
                ">",
                "\"",
                "'",
                "&",
                "&#x3c;",
                "&#0;",
                "</",
                "/>",
                "<!--",
                "-->",
                "<!--[if mso]>",
                "<![endif]-->",
                "<![CDATA[",
                "]]>",
                "<script>",
                "</script>",
                "<style>",
                "</style>",
                "<svg>",
                "<math>",
                "<template>",
                "<plaintext>",
                "<noscript>",
                "<select>",
                "<table>",
                "<body>",
                "</body>",
                "<html",
                "<a href=javascript:",
                "on=",
                "style=\"",
                "@media{",
                "{{",
                "}}",
                "{{name}}",
                "{{name|",
                "{{{",
                "{{#",
                "{{ name }}",
                "{{unsubscribe}}",
                "\0",
                "\u2028",
                "\uD83D\uDE00",
                "\r",
                "\n",
                "\t");
    }

    @Override
    public List<byte[]> extremes() {
        return Stream.of(
                        "<div>".repeat(DEEP) + "{{name}}",
                        "<b><i>".repeat(DEEP / 2),
                        "<table><tr><td>".repeat(DEEP / 10) + "{{name}}",
                        "{{name}}".repeat(DEEP),
                        "{{".repeat(DEEP),
                        "<!--".repeat(DEEP),
                        "<a " + "x='1' ".repeat(DEEP) + ">",
                        "<style>" + "a{b:c}".repeat(DEEP / 4) + "</style><p>{{name}}</p>",
                        "<p style=\"" + "color:red;".repeat(DEEP) + "\">{{name}}</p>",
                        "")
                .map(TemplateReader::bytes)
                .toList();
    }

    @Override
    public String read(byte[] input) throws RenderException {
        TemplateContent content = new TemplateContent("Hello {{name}}", "", new String(input, StandardCharsets.UTF_8));
        assertThat(TemplateChecks.of(content, Set.of("name", "code"))).isNotNull();
        EditorDocument document = EditorDocument.of(content);
        assertThat(document.source(document.editable(), document.editable()))
                .as("closed as it was opened")
                .isEqualTo(content.html());
        CompiledTemplate compiled;
        try {
            compiled = CompiledTemplate.compile(content);
        } catch (TemplateException e) {
            assertThat(e.getMessage()).isNotBlank();
            return "refused";
        }
        RenderedMail mail;
        try {
            mail = compiled.render(key -> HOSTILE);
        } catch (RenderException e) {
            assertThat(e.getMessage()).isNotBlank();
            return "value refused";
        }
        assertThat(mail.html()).as("what a value wrote").doesNotContain(AS_TAG);
        return "taken";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
