package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramVariablesTest {
    private static final String FROM = "news@shop.example";
    private static final String PAGE = "https://hits.shop.example/u/1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            help@shop.example          | mailto:help@shop.example?subject=Unsubscribe
            Help <help@shop.example>   | mailto:help@shop.example?subject=Unsubscribe
            a+b&c=d?e%f#g@shop.example | mailto:a%2Bb%26c%3Dd%3Fe%25f%23g@shop.example?subject=Unsubscribe
            도움@가게.example            | mailto:%EB%8F%84%EC%9B%80@%EA%B0%80%EA%B2%8C.example?subject=Unsubscribe
            ''                         | mailto:news@shop.example?subject=Unsubscribe
            """)
    void whoLeavesWritesToTheReplyAddressOrToTheSender(String replyTo, String link) {
        assertThat(ProgramVariables.mailToLeave(FROM, replyTo)).isEqualTo(link);
    }

    @Test
    void aColumnOfThatNameWins() {
        var values = ProgramVariables.beside(Map.of("unsubscribe", "https://shop.example/u/1")::get, PAGE);

        assertThat(values.apply("unsubscribe")).isEqualTo("https://shop.example/u/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \u00A0"})
    void aColumnWithoutAValueDoesNot(String empty) {
        var values = ProgramVariables.beside(Map.of("unsubscribe", empty)::get, PAGE);

        assertThat(values.apply("unsubscribe")).isEqualTo(PAGE);
    }

    @Test
    void otherVariablesAreTheColumnsAlone() {
        var values = ProgramVariables.beside(Map.of("name", "Mina")::get, PAGE);

        assertThat(values.apply("name")).isEqualTo("Mina");
        assertThat(values.apply("city")).isNull();
    }

    @Test
    void theLinkStandsInHtmlAndText() throws Exception {
        CompiledTemplate template = CompiledTemplate.compile(
                new TemplateContent("S", "", "<p><a href=\"{{ Unsubscribe }}\">Leave</a> {{unsubscribe}}</p>"));

        RenderedMail mail = template.render(
                ProgramVariables.beside(key -> null, ProgramVariables.mailToLeave("a+b@shop.example", "")));

        String link = "mailto:a%2Bb@shop.example?subject=Unsubscribe";
        assertThat(Jsoup.parse(mail.html()).select("a").attr("href")).isEqualTo(link);
        assertThat(mail.text()).isEqualTo("Leave (" + link + ") " + link);
    }
}
