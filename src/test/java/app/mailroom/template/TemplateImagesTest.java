package app.mailroom.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Attachment;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import java.util.Base64;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of a template become parts of its mails. */
class TemplateImagesTest {
    private static final byte[] PIXEL = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
    private static final TemplateImage LOGO = png("images/logo.png", "the logo");
    private static final TemplateImage HEAD = png("head.png", "the head");

    @Test
    void aStoredImageIsReferredToByItsContentId() throws Exception {
        CompiledTemplate template = compile("<p>Hi</p><img src=\"images/logo.png\" alt=\"Logo\">", LOGO, HEAD);

        assertThat(template.images()).singleElement().satisfies(image -> {
            assertThat(image.isInline()).isTrue();
            assertThat(image.fileName()).isEqualTo("logo.png");
            assertThat(image.contentType()).isEqualTo("image/png");
            assertThat(image.content()).isEqualTo(LOGO.content());
            assertThat(image.contentId()).isEqualTo(LOGO.hash().substring(0, 32) + "@mailroom");
        });
        assertThat(src(template)).isEqualTo(cid(LOGO));
        assertThat(template.render(key -> "").text()).isEqualTo("Hi\n\nLogo");
    }

    @Test
    void theContentIdIsTheSameWheneverTheTemplateIsCompiled() throws Exception {
        String html = "<img src=\"images/logo.png\">";

        assertThat(compile(html, LOGO).images())
                .isEqualTo(compile(html, LOGO, HEAD).images());
    }

    @ParameterizedTest
    @CsvSource({
        "logo/my head.png, logo/my%20head.png",
        "logo/my%20head.png, logo/my head.png",
        "./head.png, head.png",
        "head.png, ./head.png",
        "그림/로고.png, %EA%B7%B8%EB%A6%BC/%EB%A1%9C%EA%B3%A0.png",
        "50% off+more.png, 50% off+more.png",
        "a+b.png, a+b.png",
        "a+b.png, ./a%2Bb.png"
    })
    void namesAreTheSameHoweverTheyAreEncoded(String name, String src) throws Exception {
        TemplateImage image = png(name, "x");

        CompiledTemplate template = compile("<img src=\"" + src + "\">", image);

        assertThat(src(template)).isEqualTo(cid(image));
    }

    @Test
    void anExactNameWinsOverOneThatIsOnlyTheSameWhenDecoded() throws Exception {
        TemplateImage encoded = png("a%20b.png", "one");
        TemplateImage plain = png("a b.png", "other");

        assertThat(src(compile("<img src=\"a b.png\">", encoded, plain))).isEqualTo(cid(plain));
        assertThat(src(compile("<img src=\"a%20b.png\">", encoded, plain))).isEqualTo(cid(encoded));
    }

    @Test
    void backgroundsInAttributesStylesAndStyleSheetsAreFound() throws Exception {
        CompiledTemplate template = compile(
                "<html><head><style>.hero{background:url(head.png) no-repeat}"
                        + "@media (max-width:600px){.hero{background-image:url('images/logo.png')}}</style></head><body>"
                        + "<table background=\"head.png\"><tr><td class=\"hero\">x</td></tr></table>"
                        + "<div style=\"color:red;background:URL( 'images/logo.png' )\">y</div></body></html>",
                LOGO,
                HEAD);
        String html = template.render(key -> "").html();

        assertThat(Jsoup.parse(html).select("table").attr("background")).isEqualTo(cid(HEAD));
        assertThat(Jsoup.parse(html).select("td").attr("style")).contains(cid(HEAD));
        assertThat(Jsoup.parse(html).select("div").attr("style")).contains("'" + cid(LOGO) + "'");
        assertThat(Jsoup.parse(html).select("style").html()).contains(cid(LOGO));
        assertThat(html).doesNotContain("head.png").doesNotContain("logo.png");
        assertThat(template.images())
                .extracting(Attachment::fileName)
                .containsExactlyInAnyOrder("logo.png", "head.png");
    }

    @Test
    void whatOnlyOutlookReadsIsFoundToo() throws Exception {
        CompiledTemplate template = compile(
                "<!--[if gte mso 9]><v:rect><v:fill type=\"frame\" src='head.png' color=\"#fff\"/></v:rect><![endif]-->"
                        + "<p>x</p><!-- src=\"head.png\" -->",
                HEAD);

        assertThat(template.render(key -> "").html())
                .contains("<v:fill type=\"frame\" src='" + cid(HEAD) + "' color=\"#fff\"/>")
                .contains("<!-- src=\"head.png\" -->");
        assertThat(template.images()).hasSize(1);
    }

    @Test
    void eachContentIsSentOnceUnderWhateverNamesItStands() throws Exception {
        TemplateImage again = LOGO.named("other/name.png");
        CompiledTemplate template = compile(
                "<img src=\"images/logo.png\"><img src=\"other/name.png\"><img src=\"images/logo.png\">", LOGO, again);

        assertThat(template.images()).hasSize(1);
        assertThat(Jsoup.parse(template.render(key -> "").html()).select("img").eachAttr("src"))
                .containsOnly(cid(LOGO))
                .hasSize(3);
    }

    @Test
    void filesOfOneNameAreToldApart() throws Exception {
        TemplateImage other = png("b/logo.png", "another logo");
        CompiledTemplate template = compile("<img src=\"images/logo.png\"><img src=\"b/logo.png\">", LOGO, other);

        assertThat(template.images())
                .extracting(Attachment::fileName)
                .containsExactly("logo.png", "logo-" + other.hash().substring(0, 8) + ".png");
    }

    @ParameterizedTest
    @CsvSource({
        "photo.JPG, image/jpeg, photo.jpg",
        "photo.jpeg, image/jpeg, photo.jpg",
        "photo.exe, image/jpeg, photo.exe.jpg",
        "photo, image/gif, photo.gif",
        "a/b\\..\\c:d?.png, image/png, c_d_.png",
        "그림.png, image/png, 그림.png"
    })
    void theFileNameHasTheExtensionOfItsKind(String name, String type, String fileName) throws Exception {
        TemplateImage image = new TemplateImage(name, type, 1, 1, PIXEL);

        CompiledTemplate template = compile("<img src=\"" + name + "\">", image);

        assertThat(template.images()).extracting(Attachment::fileName).containsExactly(fileName);
    }

    @Test
    void imagesThatAreWrittenIntoTheHtmlBecomePartsToo() throws Exception {
        String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(PIXEL);
        CompiledTemplate template = compile("<table background=\"" + data + "\"><tr><td>x</td></tr></table>"
                + "<img src=\"" + data + "\"><img src=\"DATA:image/jpg;base64,QUJ%44\n  RA==\">"
                + "<img src=\"data:image/gif,GIF89a%00+\">");

        assertThat(template.images())
                .extracting(Attachment::contentType)
                .containsExactly("image/png", "image/jpeg", "image/gif");
        assertThat(template.images().get(0).content()).isEqualTo(PIXEL);
        assertThat(template.images().get(0).fileName()).matches("image-[0-9a-f]{8}\\.png");
        assertThat(template.images().get(1).content()).isEqualTo("ABCD".getBytes(UTF_8));
        assertThat(template.images().get(2).content()).isEqualTo("GIF89a\0+".getBytes(UTF_8));
        assertThat(template.render(key -> "").html()).doesNotContainIgnoringCase("data:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,not base64!",
                "data:image/png;base64,",
                "data:image/png;base64",
                "data:image/png",
                "data:image/png,%zz",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "data:image/webp;base64,QUJD",
                "data:text/html,<p>x</p>",
                "data:,",
                "https://shop.example/images/logo.png",
                "http://shop.example/a.png?x=data:image/png;base64,QUJD",
                "//shop.example/images/logo.png",
                "cid:somebody@example.com",
                "images/nobody-has-this.png",
                "",
                "%"
            })
    void whateverElseStaysAsItIs(String src) throws Exception {
        CompiledTemplate template = compile("<img src=\"" + src.replace("<", "&lt;") + "\">", LOGO);

        assertThat(src(template)).isEqualTo(src);
        assertThat(template.images()).isEmpty();
    }

    @Test
    void aValueInALinkOfAnImageIsFilledAsEver() throws Exception {
        CompiledTemplate template = compile(
                "<img src=\"{{photo}}\"><img src=\"https://shop.example/{{photo_id}}.png\">", LOGO, png("7.png", "7"));

        assertThat(Jsoup.parse(template.render(key -> key.equals("photo") ? "https://a.example/b.png" : "7")
                                .html())
                        .select("img")
                        .eachAttr("src"))
                .containsExactly("https://a.example/b.png", "https://shop.example/7.png");
        assertThat(template.images()).isEmpty();
    }

    @Test
    void linksAndScriptsThatNameAnImageAreNoImages() throws Exception {
        CompiledTemplate template = compile("<a href=\"images/logo.png\">see images/logo.png</a>", LOGO);

        assertThat(template.images()).isEmpty();
        assertThat(template.render(key -> "").html()).contains("<a href=\"images/logo.png\">see images/logo.png</a>");
    }

    @Test
    void aPreviewShowsTheImagesAsData() throws Exception {
        CompiledTemplate template = compile("<img src=\"images/logo.png\"><img src=\"head.png\">", LOGO, HEAD);

        RenderedMail shown = template.render(key -> "").withImagesAsData(template.images());

        assertThat(Jsoup.parse(shown.html()).select("img").eachAttr("src"))
                .containsExactly(
                        "data:image/png;base64," + Base64.getEncoder().encodeToString(LOGO.content()),
                        "data:image/png;base64," + Base64.getEncoder().encodeToString(HEAD.content()));
    }

    private static CompiledTemplate compile(String html, TemplateImage... images) throws TemplateException {
        return CompiledTemplate.compile(new TemplateContent("Subject", "", html, List.of(images)));
    }

    private static String src(CompiledTemplate template) throws RenderException {
        return Jsoup.parse(template.render(key -> "").html()).select("img").attr("src");
    }

    private static String cid(TemplateImage image) {
        return "cid:" + image.hash().substring(0, 32) + "@mailroom";
    }

    private static TemplateImage png(String name, String content) {
        return new TemplateImage(name, "image/png", 10, 10, content.getBytes(UTF_8));
    }
}
