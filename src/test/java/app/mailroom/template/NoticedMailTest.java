package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import app.mailroom.tracking.HitLink;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.MessageAddresses;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayLinks;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Percentage;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail whose openings and clicks are noticed is, but for its addresses and the picture, the mail without. */
class NoticedMailTest {
    private static final String TAG = "workspace1-42";
    private static final RelayLinks RELAY = new RelayLinks(
            RelayAddress.parse("https://hits.shop.example"),
            new HitTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom())))));
    private static final MessageAddresses HITS = RELAY.of(TAG);

    private static final String BODY = """
            <html><head><style>img { width: 100% !important }</style></head><body>
            <!--[if mso]><v:roundrect href="https://shop.example/a?b=1&amp;c=2">Buy</v:roundrect><![endif]-->
            <a href="https://shop.example/a?b=1&amp;c=2">one</a>
            <a href='https://shop.example/{{x|none}}?q="{{x|none}}"'>two {{x|none}}</a>
            <a href="{{link}}">three</a> <a href="https://shop.example/a?b=1&amp;c=2">one again</a>
            <map><area href="http://shop.example/area"></map>
            <a href="mailto:{{x|none}}@shop.example">mail</a> <a href="tel:+82">call</a> <a href="#top">up</a>
            <a href="/rel">relative</a> <a name="top">here</a> <a href="{{unsubscribe}}">leave</a>
            <p title="{{x|none}}">{{x|none}}</p></body></html>
            """;

    private static CompiledTemplate body(String html) throws TemplateException {
        return CompiledTemplate.compile(new TemplateContent("S", "Before {{x|none}}", html));
    }

    private static Map<String, String> values(String value) {
        String link = Link.absolute(value).isPresent() ? value : "https://shop.example/third";
        return Map.of("x", value, "link", link, "unsubscribe", HITS.unsubscribe());
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "\"><script>alert(1)</script>",
                        "https://other.example/?a='b'&c=\"d\"",
                        "mailto:me@other.example",
                        "{{x}}",
                        "\uFDD0o\uFDD1",
                        "\uFDD0l1\uFDD1https://evil.example\uFDD0e\uFDD1",
                        "한글 & more"),
                Arbitraries.strings().all().ofMaxLength(20));
    }

    @Property(tries = 500)
    void takingTheAddressesBackGivesTheMailWithout(@ForAll("values") String value) throws Exception {
        CompiledTemplate template = body(BODY);
        RenderedMail plain = template.render(values(value)::get);
        RenderedMail noticed = template.render(values(value)::get, HITS);

        Document taken = Jsoup.parse(noticed.html());
        assertThat(taken.select("img")).hasSize(1);
        taken.select("img").remove();
        for (Element link : taken.select("a[href], area[href]")) {
            RELAY.read(link.attr("href"))
                    .filter(read -> read.kind() == HitLink.Kind.CLICK)
                    .ifPresent(read -> link.attr("href", read.target()));
        }
        Document expected = Jsoup.parse(plain.html());
        // Where it leads on is written as it can be asked for.
        for (Element link : expected.select("a[href^=http], area[href^=http]")) {
            link.attr("href", Link.absolute(link.attr("href")).orElseThrow());
        }
        assertThat(withoutComments(taken)).isEqualTo(withoutComments(expected));
        assertThat(noticed.subject()).isEqualTo(plain.subject());
        assertThat(noticed.text()).isEqualTo(plain.text());
    }

    @Property(tries = 200)
    void withoutHitsTheMailHasNoneOfIt(@ForAll("values") String value) throws Exception {
        String html = body(BODY).render(values(value)::get).html();

        assertThat(html).doesNotContain("<img", "hits.shop.example/c/", "hits.shop.example/o/");
    }

    @Test
    void linksHaveTheNumbersOfTheTemplate() throws Exception {
        CompiledTemplate template = body(BODY);
        Document mail = Jsoup.parse(template.render(values("v")::get, HITS).html());

        List<HitLink> clicks = clicks(mail);
        assertThat(clicks)
                .hasSize(5)
                .allSatisfy(click -> assertThat(click.tag()).isEqualTo(TAG));
        assertThat(clicks).extracting(HitLink::link).containsExactly(1, 2, 3, 1, 5);
        assertThat(template.links().get(0)).isEqualTo(clicks.get(0).target());
        assertThat(template.links().get(4)).isEqualTo("http://shop.example/area");
        assertThat(clicks.get(1).target()).isEqualTo("https://shop.example/v?q=%22v%22");
        assertThat(clicks.get(2).target()).isEqualTo("https://shop.example/third");
    }

    @Test
    void theButtonThatOnlyOutlookReadsCountsAsTheLinkThatOthersSee() throws Exception {
        String html = body(BODY).render(values("v")::get, HITS).html();

        String button = html.substring(html.indexOf("href=\"") + 6);
        assertThat(RELAY.read(button.substring(0, button.indexOf('"'))))
                .contains(HitLink.click(TAG, 1, "https://shop.example/a?b=1&c=2"));
        assertThat(html).contains("<!--[if mso]><v:roundrect href=\"https://hits.shop.example/c/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!--[if mso]><a href='https://shop.example/elsewhere'>x</a><![endif]--><a href='https://shop.example/'>y</a>",
                "<!-- <a href='https://shop.example/'>x</a> --><a href='https://shop.example/'>y</a>",
            })
    void otherLinksWithinCommentsStayAsTheyAre(String html) throws Exception {
        String noticed = body(html).render(key -> "", HITS).html();

        assertThat(noticed.substring(noticed.indexOf("<!--"), noticed.indexOf("-->")))
                .contains(html.substring(html.indexOf("<a "), html.indexOf("</a>")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Hello</p>",
                "<html><body><p>Hello</p>",
                "<html><body><p>Hello</p></body></html> after <!-- end -->",
                "<!doctype html><head><title>t</title></head><table><tr><td>Hello",
                "<p>Hello</p><!-- not closed",
                "",
            })
    void thePictureIsTheLastThingWithinTheBody(String html) throws Exception {
        String noticed = body(html).render(key -> "", HITS).html();

        Element picture =
                Objects.requireNonNull(Jsoup.parse(noticed).body().children().last(), "no picture");
        assertThat(RELAY.read(picture.attr("src"))).contains(HitLink.open(TAG));
        assertThat(picture.attr("alt")).isEmpty();
        assertThat(noticed).containsOnlyOnce("<img").containsOnlyOnce("</body>");
        assertThat(noticed.indexOf("<img")).isLessThan(noticed.indexOf("</body>"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example/서울, https://shop.example/%EC%84%9C%EC%9A%B8",
        "https://가게.example/, https://xn--o39akk.example/",
        "' https://shop.example/a b ', https://shop.example/a%20b",
        "https://shop.example/%41?a=%zz, https://shop.example/%41?a=%25zz",
        "https://shop.example/a#b, https://shop.example/a#b",
        "HTTPS://shop.example, https://shop.example",
    })
    void aLinkLeadsOnInTheFormInWhichItCanBeAskedFor(String written, String target) throws Exception {
        assertThat(clicks(Jsoup.parse(body("<a href=\"" + written + "\">x</a>")
                        .render(key -> "", HITS)
                        .html())))
                .containsExactly(HitLink.click(TAG, 1, target));
    }

    @Test
    void whatCannotLeadThroughTheRelayStaysToTheLetter() throws Exception {
        for (String link : List.of(
                "https://user:secret@shop.example/",
                "https://shop.example\\@evil.example/",
                "https://",
                "https://shop.example/" + "long".repeat(600),
                "http:/one-slash",
                HITS.unsubscribe(),
                HITS.unsubscribe().replace("https://hits", "HTTPS://HITS"))) {
            String html = "<a href=\"" + link + "\">x</a>";

            assertThat(body(html).render(key -> "", HITS).html()).contains(html);
        }
    }

    /** In them the button for Outlook leads elsewhere. */
    private static String withoutComments(Document mail) {
        return mail.html().replaceAll("<!--.*?-->", "");
    }

    private static List<HitLink> clicks(Document mail) {
        List<HitLink> clicks = new ArrayList<>();
        for (String address : mail.select("a[href], area[href]").eachAttr("href")) {
            RELAY.read(address)
                    .filter(read -> read.kind() == HitLink.Kind.CLICK)
                    .ifPresent(clicks::add);
        }
        return clicks;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 200})
    void theSizeThatIsForetoldIsNearlyThatOfTheMailAsItIsSent(int links) throws Exception {
        CompiledTemplate template = body(
                "<p>Text</p>" + "<a href=\"https://shop.example/season/winter?from=letter\">Go</a>\n".repeat(links));
        int sent = template.render(values("https://shop.example/x")::get, HITS)
                .html()
                .length();

        assertThat(template.htmlSize(10)).isCloseTo(sent, Percentage.withPercentage(8));
    }
}
