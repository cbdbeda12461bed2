package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import app.mailroom.template.Spot.Target;
import app.mailroom.template.TemplateFinding.Code;
import app.mailroom.template.TemplateProblem.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateChecksTest {

    private static final String LEAVE = "<a href=\"{{unsubscribe}}\">Unsubscribe</a>";

    /** What is to be found stands between ⟦CODE⟧ and ⟦⟧, which are taken out before checking. */
    private static final String BROKEN = """
            <!doctype html><!-- 한글 😀 -->
            <html><head>
            ⟦STYLE_SHEET_LINKED⟧<link rel="stylesheet" href="https://example.com/mail.css">⟦⟧
            ⟦WEB_FONT⟧<link href='https://example.com/fonts?a=1&amp;b=2' rel=stylesheet>⟦⟧
            <style type="text/css"><!--
              ⟦STYLE_SHEET_LINKED⟧@import url("https://example.com/x;y.css")⟦⟧;
              /* position: fixed; } */
              ⟦WEB_FONT⟧@font-face⟦⟧ { font-family: Brand; src: url(brand.woff2) }
              ⟦CSS_DROPPED⟧@keyframes blink⟦⟧ { from { transform: none } to { position: absolute } }
              .가 { color: red; ⟦CSS_DROPPED⟧position : absolute⟦⟧; content: "😀; display:grid"; position: fixed }
              .b { ⟦CSS_NOT_IN_OUTLOOK⟧display: flex⟦⟧; ⟦CSS_DROPPED⟧margin: 0 -8px⟦⟧; ⟦CSS_DROPPED⟧color: var(--brand)⟦⟧ }
              @media (max-width: 600px) {
                .b { display: flex; ⟦CSS_DROPPED⟧display: grid⟦⟧; width: calc(100% - 8px) }
              }
              .c { ⟦CSS_NOT_IN_OUTLOOK⟧background: #fff url(https://example.com/a;b.png)⟦⟧; margin: 0 auto }
            --></style>
            ⟦SCRIPT_DROPPED⟧<script src="https://example.com/x.js">⟦⟧</script>
            </head>
            <body ⟦SCRIPT_DROPPED⟧onload="start('😀')"⟦⟧>
            <!--[if mso]><a href="">not looked into</a><img src="none.png"><![endif]-->
            <p>한글 😀 {{name|}} ⟦UNKNOWN_VARIABLE⟧{{ city }}⟦⟧ ⟦UNKNOWN_WITH_FALLBACK⟧{{town|Busan}}⟦⟧</p>
            ⟦LINK_EMPTY⟧<a>⟦⟧No address 😀</a>
            <a href=⟦LINK_EMPTY⟧#⟦⟧>Nowhere</a>
            ⟦LINK_EMPTY⟧<a href="">⟦⟧Empty</a>
            <a href="⟦LINK_RELATIVE⟧www.example.com/a?b=1&amp;c=2⟦⟧">Relative</a>
            <a href='⟦LINK_SCHEME⟧ java&#10;script:alert(1)⟦⟧'>Script</a>
            <a href="⟦LINK_SCHEME⟧data:text/html,x⟦⟧">Data</a>
            <a href="⟦LINK_MALFORMED⟧https://exa mple.com/⟦⟧">Wrong</a>
            ⟦LINK_WITHOUT_TEXT⟧<a href="https://example.com/{{name|}}">⟦⟧&nbsp;<img src="https://example.com/i.png" alt=""></a>
            <img src="⟦IMAGE_NOT_KEPT⟧images/none.png⟦⟧" alt="">
            ⟦IMAGE_WITHOUT_SOURCE⟧<img alt="">⟦⟧
            ⟦IMAGE_WITHOUT_ALT⟧<img src="https://example.com/한글.png">⟦⟧
            <img alt="" src="⟦IMAGE_TOO_LARGE IMAGES_TOO_LARGE⟧images/large.png⟦⟧" width="700">
            <img alt="" src="images/wide.png" width="⟦IMAGE_WIDER_THAN_SHOWN⟧100⟦⟧">
            <img alt="" src="⟦IMAGE_TYPE⟧data:image/svg+xml,x⟦⟧">
            <img alt="" src="images/other.png">
            <p style="color:red;⟦CSS_DROPPED⟧transform:rotate(3deg)⟦⟧;font-family:&quot;a;position:fixed&quot;">x</p>
            ⟦FORM_DROPPED⟧<form action="https://example.com/">⟦⟧<input name=q><button>Go</button></form>
            ⟦FORM_DROPPED⟧<input name="q">⟦⟧
            ⟦MEDIA_DROPPED⟧<video>⟦⟧<source src="https://example.com/v.mp4"></video>
            ⟦MEDIA_DROPPED⟧<iframe src="https://example.com/">⟦⟧</iframe>
            <td background="x">⟦NO_UNSUBSCRIBE_LINK⟧⟦⟧</body></html>
            """.replace(
                    "⟦LINK_EMPTY⟧<a>⟦⟧No address 😀</a>", "⟦LINK_EMPTY⟧<a>⟦⟧No address 😀</a>")
            .replace("", "");

    private record Expected(Code code, int start, int end, int line) {}

    private static List<TemplateFinding> findings(TemplateContent content, String... columns) {
        return TemplateChecks.of(content, Set.of(columns));
    }

    private static List<TemplateFinding> inBody(String html) {
        return findings(new TemplateContent("Hello", "More", html + LEAVE));
    }

    private static TemplateImage image(String name, int width, int bytes) {
        return new TemplateImage(name, "image/png", width, 10, new byte[bytes]);
    }

    private static TemplateContent broken(String html) {
        return new TemplateContent(
                " ",
                "",
                html,
                List.of(
                        image("images/large.png", 700, 513 * 1024),
                        image("images/wide.png", 301, 60 * 1024),
                        image("images/other.png", 900, 499 * 1024)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void everythingThatIsWrongIsFoundWhereItIs(String lineBreak) {
        StringBuilder html = new StringBuilder();
        List<Expected> expected = new ArrayList<>();
        String marked = BROKEN.replace("\n", lineBreak);
        int from = 0;
        for (int open = marked.indexOf('⟦'); open >= 0; open = marked.indexOf('⟦', from)) {
            html.append(marked, from, open);
            int close = marked.indexOf('⟧', open);
            int end = marked.indexOf("⟦⟧", close);
            int start = html.length();
            int line = 1 + (html.toString().split(lineBreak, -1).length - 1);
            html.append(marked, close + 1, end);
            for (String code : marked.substring(open + 1, close).split(" ", -1)) {
                expected.add(new Expected(Code.valueOf(code), start, html.length(), line));
            }
            from = end + 2;
        }
        html.append(marked, from, marked.length());

        List<TemplateFinding> found = findings(broken(html.toString()), "name");

        assertThat(found.subList(0, 2))
                .extracting(TemplateFinding::code)
                .containsExactly(Code.SUBJECT_MISSING, Code.PREHEADER_MISSING);
        assertThat(found.subList(2, found.size()))
                .extracting(f -> new Expected(
                        f.code(), f.spot().start(), f.spot().end(), f.spot().line()))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void aGoodTemplateHasNothingToFind() {
        var content = new TemplateContent(
                "{{name|Friend}}, spring is here 😀",
                "A look into the new season",
                """
                        <!DOCTYPE html>
                        <html lang="en"><head><meta charset="utf-8"><title>Spring</title>
                        <style>
                          .x { padding: 8px; margin: 0 auto; background-color: #fff; border-radius: 4px }
                          @media (max-width: 600px) { .x { width: 100% !important } }
                        </style>
                        <!--[if mso]><style>.x { position: absolute }</style><![endif]-->
                        </head><body><a name="top"></a>
                        <table role="presentation" width="600"><tr><td class="x" style="padding:8px">
                        <img src="images/a.png" alt="A tree" width="600"><img src="https://example.com/d.png" alt="">
                        <p>Dear {{name|Friend}}, <a href="https://example.com/?n={{ name|Friend }}#x">read on</a>,
                        <a href="mailto:a@example.com?subject=Hi">write</a>, <a href="tel:+82-2-123-4567">call</a>,
                        <a href="{{link}}">yours</a>, <a href="%7B%7Blink%7D%7D">again</a>, <a href="#top">up</a>,
                        <a href="https://example.com/"><img src="https://example.com/d.png" alt="Shop"></a></p>
                        <p><a href="{{unsubscribe}}">Leave</a></p>
                        </td></tr></table></body></html>
                        """,
                List.of(image("images/a.png", 1200, 100_000)));

        assertThat(findings(content, "name", "link")).isEmpty();
        assertThat(findings(content)).isEmpty();
    }

    @Test
    void whatStopsAMailBlocks() {
        EnumSet<Code> blocking = EnumSet.noneOf(Code.class);
        for (Code code : Code.values()) {
            if (new TemplateFinding(code, new Spot(Part.BODY, 1, 0, 0, Target.NONE, 0), "").blocks()) {
                blocking.add(code);
            }
        }
        EnumSet<Code> expected = EnumSet.of(
                Code.SUBJECT_MISSING, Code.UNKNOWN_VARIABLE, Code.LINK_RELATIVE, Code.LINK_SCHEME, Code.IMAGE_NOT_KEPT);
        Stream.of(TemplateProblem.Code.values())
                .map(code -> Code.valueOf(code.name()))
                .forEach(expected::add);

        assertThat(blocking).isEqualTo(expected);
    }

    @Test
    void whatCannotBeCompiledIsShownInItsPlace() {
        String html = "<p>😀\r\n<script>{{a}}</script>{{b c}}<a href='javascript:{{x}}'>z</a> \uFDD0 {{open";
        var content = new TemplateContent("S {{no-name}}", "P {{", html + LEAVE);

        List<TemplateFinding> found = findings(content);

        assertThat(found)
                .filteredOn(TemplateFinding::blocks)
                .extracting(TemplateFinding::code, f -> f.spot().part(), f -> written(content, f.spot()))
                .contains(
                        tuple(Code.BAD_NAME, Part.SUBJECT, "{{no-name}}"),
                        tuple(Code.UNCLOSED, Part.PREHEADER, "{{"),
                        tuple(Code.BAD_NAME, Part.BODY, "{{b c}}"),
                        tuple(Code.RESERVED_CHARACTER, Part.BODY, "\uFDD0"),
                        tuple(Code.UNCLOSED, Part.BODY, "{{"));
    }

    @Test
    void aVariableInAForbiddenPlaceIsShownInItsPlace() {
        var content = new TemplateContent(
                "S",
                "P",
                "<p>{{ok}}</p>\n<a href='java{{x}}'>z</a><style>{{s}}</style>"
                        + "<img alt='{{y}}' src='https://{{y}}/'>"
                        + LEAVE);

        assertThat(findings(content))
                .filteredOn(f -> f.code().name().startsWith("IN_"))
                .extracting(
                        TemplateFinding::code,
                        f -> written(content, f.spot()),
                        f -> f.spot().line(),
                        f -> f.spot().target(),
                        f -> f.spot().ordinal())
                .containsExactly(
                        tuple(Code.IN_URL_SCHEME, "{{x}}", 2, Target.LINK, 0),
                        tuple(Code.IN_STYLE, "{{s}}", 2, Target.NONE, 0),
                        tuple(Code.IN_URL_SCHEME, "{{y}}", 2, Target.IMAGE, 0));
    }

    private static String written(TemplateContent content, Spot spot) {
        String part = switch (spot.part()) {
            case SUBJECT -> content.subject();
            case PREHEADER -> content.preheader();
            case BODY -> content.html();
        };
        return part.substring(spot.start(), spot.end());
    }

    @Test
    void linksImagesAndVariablesAreCountedAsInTheVisualEditor() {
        List<TemplateFinding> found = inBody("<a name=x></a><a href=https://example.com/>a</a><!--<a href=x>-->"
                + "<map><area href='rel' alt=x></map><a href='rel2'>b</a><img src=https://example.com/ alt=''>"
                + "<p>{{a}}</p><img src='c.png' alt='{{b}}'>");

        assertThat(found)
                .extracting(
                        TemplateFinding::code,
                        f -> f.spot().target(),
                        f -> f.spot().ordinal())
                .containsExactly(
                        tuple(Code.LINK_RELATIVE, Target.LINK, 1),
                        tuple(Code.LINK_RELATIVE, Target.LINK, 2),
                        tuple(Code.IMAGE_NOT_KEPT, Target.IMAGE, 1));
    }

    @Test
    void aVariableThatTheListLacksIsNamedOnceAndWhereItHurts() {
        var content = new TemplateContent("{{city|x}}", "{{CITY}} {{unsubscribe}}", "<p>{{city}} {{name}}</p>" + LEAVE);

        assertThat(findings(content, "name"))
                .extracting(
                        TemplateFinding::code,
                        f -> f.spot().part(),
                        f -> f.spot().start(),
                        TemplateFinding::detail)
                .containsExactly(tuple(Code.UNKNOWN_VARIABLE, Part.PREHEADER, 0, "{{CITY}}"));
        assertThat(findings(content)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "70, a, false",
        "71, a, true",
        "35, 가, false",
        "36, 가, true",
        "60, a{{name}}, false",
        "61, a{{name}}, true",
        "69, a{{name|x}}, false",
        "70, a{{name|x}}, true"
    })
    void aSubjectIsLongWhenPhonesCutIt(int letters, String pattern, boolean isLong) {
        String subject = " " + pattern.substring(0, 1).repeat(letters) + pattern.substring(1) + " ";

        List<TemplateFinding> found = findings(new TemplateContent(subject, "P", LEAVE));

        assertThat(found).extracting(TemplateFinding::code).isEqualTo(isLong ? List.of(Code.SUBJECT_LONG) : List.of());
    }

    @Test
    void aHiddenTextAtTheBeginningIsAPreheader() {
        var content = new TemplateContent("S", "", "\n<div style='DISPLAY : none'><span>Hello</span></div>" + LEAVE);

        assertThat(findings(content)).isEmpty();
        assertThat(findings(content.withText("S", "", "<p>a</p>" + content.html())))
                .extracting(TemplateFinding::code)
                .containsExactly(Code.PREHEADER_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href='https://example.com/Unsubscribe?u=1'>here</a>",
                "<a href='https://example.com/'>Opt out</a>",
                "<a href='https://example.com/'>opt-out</a>",
                "<a href='https://example.com/'>Leave this list</a>",
                "<a href='https://example.com/'>Manage <b>preferences</b></a>",
                "<a href='https://example.com/'>수신 거부</a>",
                "<a href='https://example.com/'>수신거부하기</a>",
                "<a href='https://example.com/'>구독&nbsp;취소</a>",
                "<a href='https://example.com/'>구독 해지</a>",
                "<a href='https://example.com/'><img src='https://example.com/' alt='Unsubscribe'></a>",
                "<a href='%7B%7Bunsubscribe%7D%7D'>x</a>",
                "<a href='{{ unsubscribe_link }}'>x</a>"
            })
    void aLinkToUnsubscribeIsSeen(String html) {
        assertThat(findings(new TemplateContent("S", "P", html))).isEmpty();
    }

    @Test
    void aTextAboutUnsubscribingIsNoLink() {
        assertThat(findings(new TemplateContent("S", "P", "<p>unsubscribe</p><!-- <a href=unsubscribe>x</a> -->")))
                .extracting(TemplateFinding::code)
                .containsExactly(Code.NO_UNSUBSCRIBE_LINK);
    }

    @Test
    void gmailsLimitIsThatOfTheHtmlAsSent() {
        String row = "<p class=a>가나다라마바사아자차</p>\n";
        String styled = "<style>.a{color:#123456}</style>";
        int rowAsSent = "<p class=\"a\" style=\"color:#123456;\">\n</p>".length() + 30;
        int rows = 91 * 1024 / rowAsSent;

        assertThat(inBody(styled + row.repeat(rows)))
                .extracting(TemplateFinding::code)
                .containsExactly(Code.HTML_NEARLY_TOO_LARGE);
        assertThat(inBody(styled + row.repeat(rows * 13 / 11)))
                .extracting(TemplateFinding::code)
                .containsExactly(Code.HTML_TOO_LARGE);
        assertThat(inBody(styled + row.repeat(rows * 8 / 9))).isEmpty();
    }

    @Test
    void gmailsLimitIsThatOfAMailWhoseClicksAreNoticed() {
        String link = "<a href=\"https://shop.example/season/winter\">Go</a>\n";

        assertThat(inBody(link.repeat(620))).extracting(TemplateFinding::code).contains(Code.HTML_NEARLY_TOO_LARGE);
        assertThat(inBody(link.repeat(700))).extracting(TemplateFinding::code).contains(Code.HTML_TOO_LARGE);
    }

    @Test
    void stylesAreNamedTwentyTimesAtMost() {
        assertThat(inBody("<p style='position:fixed'>x</p>".repeat(30)))
                .hasSize(20)
                .allSatisfy(f -> assertThat(f.code()).isEqualTo(Code.CSS_DROPPED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position:static",
                "margin:0 auto",
                "margin-top:0",
                "margin:-0px",
                "animation:none",
                "background:#fff",
                "width:100%",
                "border-radius:4px;box-shadow:0 1px 2px #000",
                "font-family:'position:fixed'",
                "mso-line-height-rule:exactly",
                "color:{{x|red}}",
                "/*position:fixed*/color:red",
                "display:none;display:table-cell",
                ";;:;{}"
            })
    void stylesThatWorkAreLeftInPeace(String style) {
        assertThat(inBody(
                        "<p style=\"" + style + "\">x</p><style>p{" + style.replace("{{x|red}}", "red") + "}</style>"))
                .isEmpty();
    }

    @Test
    void imagesThatOthersHostOrAVariableGivesAreLeftInPeace() {
        assertThat(inBody("<img src='https://example.com/a.webp' alt=''><img src='{{photo}}' alt=''>"
                        + "<img src='data:image/png;base64,AAAA' alt='' width=1>"))
                .isEmpty();
    }

    @Test
    void imagesThatAreNowhereBlock() {
        assertThat(inBody(
                        "<img src='cid:a' alt=''><img src='file:///C:/a.png' alt=''><img src='//example.com/a' alt=''>"
                                + "<table><tr><td background='bg.png'></td></tr></table>"))
                .extracting(TemplateFinding::code)
                .containsOnly(Code.IMAGE_NOT_KEPT)
                .hasSize(4);
    }

    @Test
    void imagesBehindTextNeedTheirFileToo() {
        var content = new TemplateContent(
                "S",
                "P",
                "<style>@media screen{p{background-image:url(  none.png)}}</style>"
                        + "<p style=\"background-image:url(&quot;none2.png&quot;)\">x</p>"
                        + "<table><tr><td background='./my%20bg.png'>x</td></tr></table>"
                        + LEAVE,
                List.of(image("my bg.png", 10, 10)));

        assertThat(findings(content))
                .filteredOn(TemplateFinding::blocks)
                .extracting(TemplateFinding::code, TemplateFinding::detail, f -> written(content, f.spot()))
                .containsExactly(
                        tuple(Code.IMAGE_NOT_KEPT, "none.png", "background-image:url(  none.png)"),
                        tuple(Code.IMAGE_NOT_KEPT, "none2.png", "background-image:url(&quot;none2.png&quot;)"));
    }

    @Test
    void aRepeatedImageWeighsOnce() {
        var content = new TemplateContent(
                "S", "P", "<img src=a alt=''>".repeat(3) + LEAVE, List.of(image("a", 100, 400 * 1024)));

        assertThat(findings(content)).isEmpty();
    }

    @Test
    void imagesThatAreLargeOnlyTogetherAreNamedOnce() {
        var content = new TemplateContent(
                "S",
                "P",
                "<img src=a alt=''><img src=b alt=''><img src=c alt=''>" + LEAVE,
                List.of(image("a", 100, 350 * 1024), image("b", 100, 400 * 1024), image("c", 100, 350 * 1024)));

        assertThat(findings(content))
                .extracting(TemplateFinding::code, f -> f.spot().ordinal(), TemplateFinding::detail)
                .containsExactly(tuple(Code.IMAGES_TOO_LARGE, 1, "1100 KB"));
    }

    @Test
    void brokenHtmlIsNoObstacle() {
        for (String html : List.of(
                "",
                "<",
                "<a href='",
                "<style>",
                "<style>{{{{{{",
                "<p style=\"}}}}\">",
                "<a href=x><table><tr><td></a><a href=y>z</td></table>",
                "<!--",
                "\uFFFF<a href=x>y</a>",
                "<style>" + "{".repeat(50_000) + "</style>",
                "<b><p>".repeat(300))) {
            assertThat(inBody(html)).as(html).isNotNull();
        }
    }
}
