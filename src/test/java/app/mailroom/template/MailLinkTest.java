package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.TemplateContent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MailLinkTest {
    @Test
    void eachLinkIsThereOnceInOrderWithItsValues() throws Exception {
        assertThat(links(
                        "<a href=\"https://shop.example/{{city}}?q=a&amp;b=c\">Shop</a> <a href=\"#top\">Up</a>"
                                + "<a href=\"mailto:news@example.com\">Write</a>"
                                + "<map><area href=\"https://shop.example/map\"></map>"
                                + "<a href=\"https://shop.example/{{city}}?q=a&b=c\">Again</a>",
                        Map.of("city", "서울")))
                .containsExactly(
                        new MailLink("https://shop.example/%EC%84%9C%EC%9A%B8?q=a&b=c", false),
                        new MailLink("mailto:news@example.com", false),
                        new MailLink("https://shop.example/map", false));
    }

    @Test
    void anAddressWithSpacesAndForeignLettersIsInTheFormInWhichItIsAsked() throws Exception {
        assertThat(links("<a href=\" https://한글.example/가 나\">x</a>", Map.of()))
                .containsExactly(new MailLink("https://xn--bj0bj06e.example/%EA%B0%80%20%EB%82%98", false));
    }

    @Test
    void aLinkThatAVariableOfLeavingFilledLeavesWhateverItsWordsSay() throws Exception {
        assertThat(links(
                        "<a href=\"{{unsubscribe}}\">here</a> <a href=\"{{page}}\">there</a>"
                                + "<a href=\"https://shop.example/x?t={{수신거부_코드}}\">click</a>",
                        Map.of(
                                "unsubscribe", "https://shop.example/u/1",
                                "page", "https://shop.example/p/1",
                                "수신거부_코드", "77")))
                .containsExactly(
                        new MailLink("https://shop.example/u/1", true),
                        new MailLink("https://shop.example/p/1", false),
                        new MailLink("https://shop.example/x?t=77", true));
    }

    @Test
    void aLinkWhoseWordsOrAddressSaySoLeaves() throws Exception {
        assertThat(links(
                        "<a href=\"https://shop.example/1\">수신 거부</a><a href=\"https://shop.example/opt-out\">Click</a>"
                                + "<a href=\"https://shop.example/3\"><img src=\"https://shop.example/i.png\""
                                + " alt=\"Unsubscribe\"></a>",
                        Map.of()))
                .extracting(MailLink::leaves)
                .containsExactly(true, true, true);
    }

    @Test
    void aMailThatCannotBeWrittenHasNoLinks() {
        assertThatThrownBy(() -> links("<a href=\"{{page}}\">there</a>", Map.of()))
                .isInstanceOf(RenderException.class);
    }

    private static List<MailLink> links(String html, Map<String, String> values) throws Exception {
        return MailLink.of(CompiledTemplate.compile(new TemplateContent("Hello", "", html)), values::get);
    }
}
