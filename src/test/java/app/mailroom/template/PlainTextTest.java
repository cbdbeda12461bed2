package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import org.junit.jupiter.api.Test;

class PlainTextTest {

    private static String text(String html, String value) throws Exception {
        return CompiledTemplate.compile(new TemplateContent("s", "Preheader", html))
                .render(key -> value)
                .text();
    }

    private static String text(String html) throws Exception {
        return text(html, "v");
    }

    @Test
    void blocksAreLinesWithAtMostOneBlankLine() throws Exception {
        assertThat(text("<h1>Head</h1>\n\n<div><div><p>One\n  two&nbsp; three</p></div></div><br><br><br><p>x<br>y</p>"
                        + "<div>a</div><div>b</div>"))
                .isEqualTo("Head\n\nOne two three\n\nx\ny\n\na\nb");
    }

    @Test
    void listsHaveDashesAndNestedOnesAreIndented() throws Exception {
        assertThat(text("<p>x</p><ul><li>a</li><li><p>b</p><ol><li>c</li></ol></li></ul>y"))
                .isEqualTo("x\n\n- a\n- b\n  - c\n\ny");
    }

    @Test
    void linksShowTheirTargetUnlessItIsTheirText() throws Exception {
        assertThat(text(
                        "<a href='https://a.com/x'>Shop</a>, <a href='https://a.com/'>a.com</a>, <a href='#t'>top</a>,"
                                + " <a href='mailto:a@b.c'>a@b.c</a>, <a href='{{u}}'>{{u}}</a>",
                        "https://v.com/é"))
                .isEqualTo("Shop (https://a.com/x), a.com, top, a@b.c, https://v.com/é");
    }

    @Test
    void variablesInShownLinksAreEncodedForLinksAndElsewhereNot() throws Exception {
        assertThat(text("<a href='https://a.com/?q={{x}}'>{{x}}</a>", "<a & b>\u0007\r\nc"))
                .isEqualTo("<a & b>\nc (https://a.com/?q=%3Ca%20%26%20b%3E%07%0D%0Ac)");
    }

    @Test
    void picturesAreTheirText() throws Exception {
        assertThat(text(
                        "<a href='https://a.com/'><img src='https://a.com/i.png' alt='Our {{x}}'></a><img src='x'>",
                        "<v>"))
                .isEqualTo("Our <v> (https://a.com/)");
        assertThat(text("<a href='https://a.com/'><img src='https://a.com/i.png'></a>"))
                .isEqualTo("https://a.com/");
    }

    @Test
    void tablesGoRowByRow() throws Exception {
        assertThat(text("<table><tr><th>Item</th><th>Price</th></tr>\n<tr><td>Tea</td><td>{{x}}</td></tr></table>z"))
                .isEqualTo("Item Price\nTea v\n\nz");
    }

    @Test
    void hiddenElementsStylesAndScriptsAreLeftOut() throws Exception {
        assertThat(text("<title>t</title><style>p:hover{color:red} .h{display:none}</style><script>s</script>"
                        + "<p>a</p><p style='DISPLAY : none'>b</p><p class=h>c</p><p hidden>d</p><!-- e -->"))
                .isEqualTo("a");
    }

    @Test
    void preformattedTextKeepsItsSpaces() throws Exception {
        assertThat(text("<pre>a  b\n  c</pre>")).isEqualTo("a  b\n  c");
    }
}
