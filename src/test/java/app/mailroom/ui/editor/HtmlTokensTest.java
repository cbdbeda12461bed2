package app.mailroom.ui.editor;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.ui.editor.HtmlTokens.Kind;
import app.mailroom.ui.editor.HtmlTokens.Token;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;

class HtmlTokensTest {
    @Test
    void partsAreToldApart() {
        assertThat(parts("<a href=\"{{url}}/x\">A &amp; {{b}}</a><!-- c -->"))
                .containsExactly(
                        "TAG <a",
                        "ATTRIBUTE href",
                        "VALUE \"",
                        "VARIABLE {{url}}",
                        "VALUE /x\"",
                        "TAG >",
                        "ENTITY &amp;",
                        "VARIABLE {{b}}",
                        "TAG </a",
                        "TAG >",
                        "COMMENT <!-- c -->");
    }

    @Test
    void styleSheetsAreReadToo() {
        assertThat(parts("<style>@media x { p { color: red } }</style>"))
                .contains("SELECTOR @media x ", "VALUE  red ")
                .anyMatch(part -> part.startsWith("PROPERTY") && part.contains("color"));
    }

    @Property
    void whateverIsReadItsPartsFollowEachOther(
            @ForAll @Chars({'<', '>', '{', '}', '"', '\'', '=', '/', '!', '-', ' ', '\n', 'a', '&', ';', ':', '\uD800'})
                    String text) {
        int at = 0;
        for (Token token : HtmlTokens.of(text + "<style>" + text)) {
            assertThat(token.start()).isGreaterThanOrEqualTo(at);
            assertThat(token.end()).isGreaterThan(token.start());
            at = token.end();
        }
        assertThat(at).isLessThanOrEqualTo(2 * text.length() + 7);
    }

    @Property
    void lineEndsComeBack(
            @ForAll @Chars({'\r', '\n', 'a', 'b'}) String before, @ForAll @Chars({'\r', '\n', 'c'}) String after) {
        String text = before + "|" + after;
        LineEnds ends = new LineEnds(text);
        assertThat(ends.restored(ends.plain())).isEqualTo(text);
        assertThat(ends.restored(ends.plain().replace("|", "||"))).isEqualTo(before + "||" + after);
    }

    private static List<String> parts(String html) {
        return HtmlTokens.of(html).stream()
                .map(token -> token.kind() + " " + html.substring(token.start(), token.end()))
                .filter(part -> !part.startsWith(Kind.TAG + " <style"))
                .toList();
    }
}
