package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import app.mailroom.template.ClickMap.Badge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class ClickMapTest {
    private static final String DRAWN = "[data-mailroom-badge]";

    private static TemplateContent content(String body) {
        return new TemplateContent("Subject", "", body);
    }

    private static RenderedMail numbered(String body) throws Exception {
        return CompiledTemplate.compileNumbered(content(body)).render(key -> "https://shop.example/of-" + key);
    }

    private static List<String> numbers(RenderedMail mail) {
        return Jsoup.parse(mail.html()).select("[" + ClickMap.NUMBER + "]").eachAttr(ClickMap.NUMBER);
    }

    @Test
    void aLinkThatStandsInTheMailTwiceHasOneNumber() throws Exception {
        RenderedMail mail = numbered("<a href='https://a.example'>1</a><a href='https://b.example'>2</a>"
                + "<a href='https://a.example'>3</a><a href='https://c.example'>4</a>");

        assertThat(numbers(mail)).containsExactly("1", "2", "1", "4");
    }

    @Test
    void whatIsNoLinkOfTheMailHasNoNumber() throws Exception {
        RenderedMail mail = numbered("<a name='top'>x</a><a href='mailto:a@b.example'>m</a><a href='#top'>t</a>"
                + "<a href='{{link}}'>v</a><a href='https://a.example/{{code}}'>p</a>");

        assertThat(numbers(mail)).containsExactly("1", "2");
    }

    @Test
    void aNumberThatTheAuthorWroteIsNotBelieved() throws Exception {
        RenderedMail mail =
                numbered("<p data-mailroom-link='9'>x</p><a href='mailto:a@b.example' data-mailroom-link='7'>m</a>"
                        + "<a href='https://a.example' data-mailroom-link='5'>a</a>");

        assertThat(numbers(mail)).containsExactly("1");
    }

    @Test
    void aMailThatIsSentHasNoNumbers() throws Exception {
        assertThat(numbers(CompiledTemplate.compile(content("<a href='https://a.example'>1</a>"))
                        .render(key -> "")))
                .isEmpty();
    }

    @Test
    void badgesStandOnTheLinksOfTheirNumber() throws Exception {
        RenderedMail mail = numbered("<a href='https://a.example'>1</a><a href='https://b.example'>2</a>"
                + "<a href='https://a.example'>3</a>");

        Document drawn = Jsoup.parse(ClickMap.over(mail, Map.of(1, new Badge("80 %", 1), 2, new Badge("20 %", 0.25)))
                .html());

        assertThat(drawn.select("a").eachText()).containsExactly("80 %1", "20 %2", "80 %3");
    }

    @Test
    void theBadgeOfAnAreaStandsOnItsPicture() throws Exception {
        RenderedMail mail = numbered("<img src='https://i.example/i.png' usemap='#m'>"
                + "<map name='m'><area shape='rect' coords='10,20,30,40' href='https://a.example'></map>");

        Document drawn =
                Jsoup.parse(ClickMap.over(mail, Map.of(1, new Badge("5 %", 1))).html());

        Element badge = drawn.expectFirst("span" + DRAWN);
        assertThat(badge.nextElementSibling()).isEqualTo(drawn.selectFirst("img"));
        assertThat(badge.child(0).attr("style")).contains("left:10px!important").contains("top:20px!important");
    }

    @Test
    void whatABadgeSaysIsTextAndNeverMarkup() throws Exception {
        RenderedMail mail = numbered("<a href='https://a.example'>1</a>");

        Document drawn = Jsoup.parse(ClickMap.over(mail, Map.of(1, new Badge("<b onclick=\"x\">&amp;", 1)))
                .html());

        assertThat(drawn.select("b, [onclick]")).isEmpty();
        assertThat(drawn.select("a").text()).isEqualTo("<b onclick=\"x\">&amp;1");
    }

    @Property(tries = 200)
    void numbersAreThoseOfTheTemplateAndTheMailBesideIsAsItWas(@ForAll("bodies") String body) throws Exception {
        CompiledTemplate sent = CompiledTemplate.compile(content(body));
        RenderedMail mail = numbered(body);
        List<String> expected = new ArrayList<>();
        sent.links().forEach(link -> expected.add(Integer.toString(sent.links().indexOf(link) + 1)));
        assertThat(numbers(mail)).isEqualTo(expected);

        Map<Integer, Badge> badges = new HashMap<>();
        for (int i = 0; i < expected.size(); i++) {
            badges.put(i + 1, new Badge(i + " %", (double) i / expected.size()));
        }
        Document drawn = Jsoup.parse(ClickMap.over(mail, badges).html());
        drawn.select(DRAWN).remove();
        drawn.select("[" + ClickMap.NUMBER + "]").removeAttr(ClickMap.NUMBER);
        drawn.outputSettings().prettyPrint(false);
        String before = sent.render(key -> "https://shop.example/of-" + key).html();
        Document plain = Jsoup.parse(before);
        plain.outputSettings().prettyPrint(false);
        assertThat(drawn.outerHtml()).isEqualTo(plain.outerHtml());
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> pieces = Arbitraries.of(
                "<p>Text &amp; more</p>",
                "<a href='https://a.example'>a</a>",
                "<a href='https://a.example/?x=1&amp;y=2'><b>b</b></a>",
                "<a href='https://c.example/{{code}}'><img src='https://i.example/i.png'></a>",
                "<a href='{{link}}'>v</a>",
                "<a href='mailto:x@y.example'>m</a>",
                "<table><tr><td><a href='https://d.example'>d</a></td></tr></table>",
                "<map name='m'><area href='https://e.example' coords='1,2,3,4'></map>",
                "<style>span{display:none!important}</style>",
                "<!-- <a href='https://hidden.example'>h</a> -->");
        return pieces.list().ofMaxSize(12).map(list -> String.join("\n", list));
    }
}
