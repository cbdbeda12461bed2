package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.authoring.EditorDocument.Damage;
import app.mailroom.authoring.EditorDocument.Kind;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.TemplateImage;
import java.util.List;
import net.jqwik.api.Example;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

class EditorDocumentTest {
    private static final String HEAD =
            "<!DOCTYPE html>\r\n<HTML lang=ko><head><!-- <body> --><script>if (a < b) '<body>'</script>"
                    + "<style>p { color: red }</style><!--[if gte mso 9]><xml><o:X/></xml><![endif]--></head>\n"
                    + "<BODY class='a>b' bgcolor=#EEEEEE onload='x()'>";
    private static final String REST = "</BODY >\n</HTML>\n<!-- end -->\n";

    private static EditorDocument document(String html) {
        return EditorDocument.of(new TemplateContent("", "", html));
    }

    private static String roundTrip(String html) {
        EditorDocument document = document(html);
        return document.source(document.editable());
    }

    /** What a browser's parser and serialiser make of it, as the editor would. */
    private static String serialised(String html) {
        Document document = Jsoup.parseBodyFragment(html);
        document.outputSettings().prettyPrint(false);
        return document.body().html();
    }

    @Example
    void whatIsTypedBesideAnInlineElementGetsNoSpaceOfTheLayout() {
        EditorDocument behind = document("<p>\n <b>Hello</b>\n</p>");
        assertThat(behind.source("<p><b>Hello</b>.</p>", "<p><b>Hello</b></p>")).contains("</b>.<");
        EditorDocument before = document("<table><tr><td>\n  <b>Kim</b>\n</td></tr></table>");
        String untouched = "<table><tbody><tr><td><b>Kim</b></td></tr></tbody></table>";
        assertThat(before.source(untouched.replace("<b>", "x<b>"), untouched)).contains("x<b>Kim");
        EditorDocument broken = document("<p>One<br>\n<b>Two</b></p>");
        assertThat(broken.source("<p>One<br>un<b>Two</b></p>", "<p>One<br><b>Two</b></p>"))
                .contains("un<b>Two");
    }

    @Example
    void aHiddenLineAtTheTopIsHeldSoThatTheEditorMakesNoParagraphOfIt() {
        EditorDocument document =
                document("<span style=\"display: none\">Inside <span>{{name}}</span></span><p>Hello</p>");

        assertThat(document.editable())
                .startsWith("<div data-mr-holder=\"1\"><span style=\"display: none\">")
                .contains("</span></span></div><p>Hello</p>");
        assertThat(document.source(document.editable()))
                .isEqualTo("<span style=\"display: none\">Inside <span>{{name}}</span></span><p>Hello</p>");
        assertThat(document.damage(document.editable())).isEmpty();
    }

    @Example
    void whatIsNotChangedStaysAsItsAuthorWroteIt() {
        String body = """
                <TABLE class=sheet>
                  <tr>
                    <td style='color:red'>
                      <p>One &amp; two</p>
                      <p>{{name}} is here</p>
                      <ul>
                        <li>a
                        <li>b
                      </ul>
                    </td>
                  </tr>
                </TABLE>""";
        EditorDocument document = document(body);
        String untouched = serialised(document.editable()).replaceAll(">\\s+<", "><");

        assertThat(document.source(untouched, untouched)).isEqualTo(body);
        assertThat(document.source(untouched.replace("One", "1"), untouched)).isEqualTo(body.replace("One", "1"));
        assertThat(document.source(untouched.replace("</p><p>", "</p><h2>New</h2><p>"), untouched))
                .isEqualTo(body.replace("two</p>\n      ", "two</p>\n      <h2>New</h2>\n      "));
        assertThat(document.source(untouched.replaceAll("(?s)<ul>.*</ul>", "<hr>"), untouched))
                .contains("<TABLE class=sheet>\n  <tr>\n    <td style='color:red'>", " is here</p>\n      <hr>")
                .doesNotContain("<li>");
    }

    @Example
    void theDocumentAroundTheBodyComesBackToTheByte() {
        EditorDocument document = document(HEAD + "\n  <p>Hello</p>\n" + REST);

        assertThat(document.editable()).isEqualTo("<p>Hello</p>");
        assertThat(document.source("<p>Goodbye</p>")).isEqualTo(HEAD + "\n  <p>Goodbye</p>\n" + REST);
    }

    @Example
    void aFragmentIsAllBody() {
        assertThat(document("<p>Hello</p>").source("<p>Goodbye</p>")).isEqualTo("<p>Goodbye</p>");
        assertThat(document("Hello").editable()).isEqualTo("Hello");
        assertThat(document("").source("<p>New</p>")).isEqualTo("<p>New</p>");
    }

    @Example
    void aDocumentWithoutTagsOfABodyIsCutBehindItsHead() {
        EditorDocument document = document("<!doctype html><head><title>A</title></head><p>Hello</p></html>");

        assertThat(document.editable()).isEqualTo("<p>Hello</p>");
        assertThat(document.source("<p>x</p>"))
                .isEqualTo("<!doctype html><head><title>A</title></head><p>x</p></html>");
        assertThat(document("<html><meta charset=utf-8><style>a{}</style><p>Hello")
                        .editable())
                .isEqualTo("<p>Hello");
    }

    @Example
    void conditionsAroundTheBodyTagsStay() {
        String html =
                "<html><!--[if mso]><body class=\"mso\"><![endif]--><!--[if !mso]><!--><body class=\"b\"><!--<![endif]-->"
                        + "<p>Hello</p><!--[if mso]></body><![endif]--></body></html>";

        assertThat(roundTrip(html)).isEqualTo(html);
        assertThat(document(html).bodyAttributes()).isEqualTo("class=\"b\"");
    }

    @Example
    void everyKindOfCommentAndScriptIsKeptFromTheEditor() {
        String html =
                "<!-- a --><!--[if mso]><v:rect fill=\"t\"><v:textbox><![endif]--><p>x</p><!--[if mso]></v:textbox></v:rect><![endif]-->"
                        + "<![if !mso]><p>y</p><![endif]><!--[if !mso]><!--><p>z</p><!--<![endif]-->"
                        + "<script>alert('<b>')</script><noscript><p>no</p></noscript><style>p{}</style>"
                        + "<v:roundrect href=\"x\"><center>b</center></v:roundrect><object><param name=a></object><embed src=x>"
                        + "<iframe src=x><p></iframe><svg><script>1</script></svg><o:p>text</o:p>"
                        + "<table><!-- row --><tr><!-- cell --><td>a</td></tr><!-- mr:0 --></table>";
        EditorDocument document = document(html);

        assertThat(document.editable())
                .doesNotContain("script", "v:rect", "[if", "<object", "<embed", "iframe", "svg", "o:p", "<style");
        assertThat(document.source(document.editable())).isEqualTo(html);
        assertThat(Jsoup.parse(document.source(serialised(document.editable()))).select("tbody"))
                .hasSize(1);
        assertThat(document.damage(serialised(document.editable()))).isEmpty();
    }

    @Example
    void aCommentThatLooksLikeOursIsOnlyAComment() {
        String html = "<p>a</p><!--mr:0:000000000000--><!--mr:empty--><!-- real -->";
        EditorDocument document = document(html);

        assertThat(document.source(document.editable())).isEqualTo(html);
        assertThat(document.source("<p>a</p><!--mr:2:000000000000--><!--mr:99:abcdefabcdef-->"))
                .isEqualTo("<p>a</p>");
    }

    @Example
    void piecesOfAnotherTemplateAreNotPutIn() {
        String other = document("<!--[if mso]>a<![endif]--><p>other</p>").editable();

        assertThat(document("<!--[if mso]>b<![endif]--><p>this</p>").source(other))
                .isEqualTo("<p>other</p>");
    }

    @Example
    void halfAConditionIsDroppedWithTheOtherHalf() {
        String html = "<!--[if !mso]><!--><p>a</p><!--<![endif]--><p>b</p>";
        EditorDocument document = document(html);
        String withoutBegin = document.editable().replaceFirst("^<!--.*?-->", "");
        String withoutEnd = document.editable().replaceFirst("</p><!--.*?-->", "</p>");

        assertThat(document.source(withoutBegin)).isEqualTo("<p>a</p><p>b</p>");
        assertThat(document.source(withoutEnd)).isEqualTo("<p>a</p><p>b</p>");
    }

    @Example
    void theTableThatOnlyOutlookSeesGoesAsAWhole() {
        String html = "<!--[if mso]><table><tr><td width=\"300\"><![endif]--><div>a</div>"
                + "<!--[if mso]></td><td><![endif]--><div>b</div><!--[if mso]></td></tr></table><![endif]--><p>c</p>";
        EditorDocument document = document(html);
        String editable = document.editable();

        assertThat(document.source(editable.substring(editable.indexOf("<div>b"))))
                .isEqualTo("<div>b</div><p>c</p>");
        assertThat(document.source(editable.replaceFirst("(a</div>)<!--.*?-->", "$1")))
                .isEqualTo(html.replace("<!--[if mso]></td><td><![endif]-->", ""));
    }

    @Example
    void aButtonThatIsCopiedTakesItsFormForOutlookAlong() {
        String html =
                "<!--[if mso]><v:rect href=\"x\">Go</v:rect><![endif]--><!--[if !mso]><!--><a href=\"x\">Go</a><!--<![endif]-->";
        EditorDocument document = document(html);

        assertThat(document.source(document.editable() + document.editable())).isEqualTo(html + html);
    }

    @Example
    void variablesOfTextsAreChipsAndThoseOfAttributesStay() {
        EditorDocument document = document(
                "<p>Dear {{ first_name|R&amp;D \"friend\" }}, <a href=\"{{link}}\">{{이름}}</a> {{ {{bad}} {{2 words}}</p>");

        assertThat(document.editable())
                .isEqualTo("<p>Dear <span class=\"mr-variable\" contenteditable=\"false\""
                        + " data-mr-variable=\" first_name|R&amp;D &quot;friend&quot; \">first_name</span>,"
                        + " <a href=\"{{link}}\"><span class=\"mr-variable\" contenteditable=\"false\""
                        + " data-mr-variable=\"이름\">이름</span></a> {{ "
                        + EditorDocument.chip("bad") + " {{2 words}}</p>");
        assertThat(document.source(document.editable()))
                .isEqualTo(
                        "<p>Dear {{ first_name|R&amp;D \"friend\" }}, <a href=\"{{link}}\">{{이름}}</a> {{ {{bad}} {{2 words}}</p>");
    }

    @Example
    void aChipGoesByItsAttributeAndAHostileOneBecomesItsText() {
        EditorDocument document = document("<p>x</p>");

        assertThat(document.source(
                        "<p><span class=\"mr-variable\" data-mr-variable=\"a|&lt;script&gt;\">zzz</span></p>"))
                .isEqualTo("<p>{{a|&lt;script&gt;}}</p>");
        assertThat(
                        document.source(
                                "<p><span class=\"mr-variable\" data-mr-variable=\"a}}&lt;script&gt;\"><i>te&lt;xt</i></span></p>"))
                .isEqualTo("<p>te&lt;xt</p>");
        assertThat(document.source("<p><span class=\"x mr-variable\">text</span></p>"))
                .isEqualTo("<p>text</p>");
        assertThat(document.source("<span class=\"mr-variable\" style=\"color: red;\" data-mr-variable=\"a\">a</span>"))
                .isEqualTo("<span style=\"color: red;\">{{a}}</span>");
        assertThat(EditorDocument.chip("no variable<b>")).isEqualTo("{{no variable&lt;b&gt;}}");
    }

    @Example
    void imagesOfTheTemplateShowAsDataAndKeepTheirNames() {
        TemplateImage image = new TemplateImage("logo/a&b.png", "image/png", 10, 10, new byte[] {1, 2, 3});
        String html =
                "<img src=\"logo/a&amp;b.png\" alt=\"A &lt;b&gt;\"><table background=\"logo/a&amp;b.png\"><tr><td>"
                        + "<img src=\"https://example.com/x.png\"></td></tr></table>";
        EditorDocument document = EditorDocument.of(new TemplateContent("", "", html, List.of(image)));

        assertThat(document.editable())
                .contains(
                        "<img src=\"data:image/png;base64,AQID\" data-mr-src=\"logo/a&amp;b.png\" alt=\"A &lt;b&gt;\">")
                .contains("<table background=\"data:image/png;base64,AQID\" data-mr-src=\"logo/a&amp;b.png\">");
        assertThat(document.source(document.editable())).isEqualTo(html.replace("logo/a&b", "logo/a&amp;b"));
        assertThat(document.source("<img src=\"https://example.com/new.png\" data-mr-src=\"logo/a.png\">"))
                .isEqualTo("<img src=\"https://example.com/new.png\">");
        assertThat(document.source(EditorDocument.image(image, "\"><script>")))
                .startsWith("<img src=\"logo/a&amp;b.png\" alt=\"&quot;&gt;&lt;script&gt;\" width=\"10\"");
    }

    @Example
    void imagesAreUsedInAttributesStyleSheetsAndConditions() {
        List<TemplateImage> images = List.of("a.png", "b.png", "c.png", "d.png", "e.png").stream()
                .map(name -> new TemplateImage(name, "image/png", 1, 1, new byte[] {1}))
                .toList();
        String html =
                "<style>p{background:url(a.png)}</style><img src=b.png><!--[if mso]><v:fill src='c.png'/><![endif]-->"
                        + "<td style=\"background:url(&quot;d.png&quot;)\">e.png</td>";

        assertThat(EditorDocument.used(html, images))
                .extracting(TemplateImage::name)
                .containsExactly("a.png", "b.png", "c.png", "d.png");
    }

    @Example
    void nothingOfTheEditorStaysAndNothingThatCouldRun() {
        EditorDocument document = document("<p>x</p>");

        assertThat(document.source("<p class=\"mce-item a\" data-mce-style=\"x\" contenteditable=\"true\">a\uFEFFb</p>"
                        + "<span data-mce-bogus=\"all\">gone</span><span data-mce-bogus=\"1\">kept</span>"
                        + "<span data-mce-type=\"bookmark\">gone</span><!--mce:protected %3Cscript%3E-->"
                        + "<a href=\"java&#10;script:alert(1)\" onclick=\"x\">l</a><script>a</script><iframe srcdoc=\"<b>\"></iframe>"
                        + "<img src=\"data:text/html,x\"><svg><a/></svg><meta http-equiv=\"refresh\">"))
                .isEqualTo("<p class=\"a\">ab</p>kept<a>l</a><img>");
    }

    @Example
    void whatIsDroppedDoesNotMakeATagOfItsNeighbours() {
        assertThat(document("").source("a <<!-- x -->img src=x onerror=alert(1)>"))
                .isEqualTo("a &lt;img src=x onerror=alert(1)>");
        assertThat(document("").source("<<script></script>script>alert(1)</script>"))
                .isEqualTo("&lt;script>alert(1)");
    }

    @Example
    void stylesComeWithoutWhatWouldBeFetched() {
        EditorDocument document = document(
                "<head><style>@import url(http://a.example/x.css); @import 'b';"
                        + "p{background:u\\72l(http://c.example) red}@media (max-width:1px){p{color:red}}</style></head>"
                        + "<body style=\"color:red;background:url(http://d.example/)\" onload=\"x\" link=\"blue\"><style media=\"screen\">b{}</style>");

        assertThat(document.styles())
                .doesNotContain("import", "http", "example")
                .contains("@media (max-width:1px){p{color:red}}", "@media screen {b{}}");
        assertThat(document.bodyAttributes()).isEqualTo("style=\"color:red;background:none\" link=\"blue\"");
    }

    @Example
    void aStyleThatTheEditorWritesInItsOwnWordsIsTheOldOneAgain() {
        String html =
                "<p style=\"font-size:16px;font-size:max(16px,1rem);FONT-FAMILY:&quot;Noto Sans&quot;,Arial;margin:0 auto 0 auto\">x</p>";
        EditorDocument document = document(html);
        String rewritten = document.editable()
                .replaceFirst(
                        " style=\"[^\"]*\"",
                        " style=\"font-size: max(16px, 1rem); font-family: 'Noto Sans', Arial; margin: 0px auto;\"");
        String recoloured =
                rewritten.replace("margin: ", "color: #ff0000; margin: ").replace("max(16px, 1rem)", "20px");

        assertThat(document.source(rewritten)).isEqualTo(html);
        assertThat(document.source(recoloured))
                .isEqualTo(
                        "<p style=\"font-family:&quot;Noto Sans&quot;,Arial;margin:0 auto 0 auto;font-size:20px;color:#ff0000\">x</p>");
        assertThat(document.source(rewritten.replaceFirst(" style=\"[^\"]*\"", "")))
                .isEqualTo("<p>x</p>");
    }

    @Example
    void emptyElementsStayEmptyAndInvisibleFillingStays() {
        String html =
                "<table><tbody><tr><td height=\"20\"></td><td> </td></tr></tbody></table><div>A&#847;&zwnj;&nbsp;&#8199;&#65279; B</div>";
        EditorDocument document = document(html);

        assertThat(document.editable())
                .contains("<td height=\"20\"><!--mr:empty--></td>")
                .doesNotContain("65279");
        assertThat(document.source(document.editable())).isEqualTo(html);
    }

    @Example
    void damageIsNoneForWhatNoMailProgramCanTell() {
        String html =
                "<TABLE width=100 NOWRAP bgcolor=#FFF class=''><tr><td style='color:RED;padding:0px'>a &eacute;<br/></td></tr></TABLE>";

        assertThat(document(html)
                        .damage("<table class=\"x\" bgcolor=\"#ffffff\" width=\"100\" nowrap=\"nowrap\"><tbody>\n<tr>\n"
                                + "<td style=\"padding: 0; color: #ff0000;\">a é<br></td></tr></tbody></table>"))
                .isEmpty();
    }

    @Example
    void damageSaysWhatIsLost() {
        EditorDocument document = document("<center><p title=\"t\" style=\"color:red\">Hello you</p></center>"
                + "<!-- note --><table><tr><td><b>x</b></td></tr></table>");

        assertThat(document.damage("<p style=\"color: blue\">Hello</p><b>x</b><table><tr><td></td></tr></table>"))
                .extracting(Damage::kind)
                .containsExactlyInAnyOrder(Kind.values());
        assertThat(document.damage("<center><p title=\"t\" style=\"color:blue\">Hello you</p></center>"
                        + "<table><tr><td><b>x</b></td></tr></table>"))
                .containsExactlyInAnyOrder(
                        new Damage(Kind.STYLE_CHANGED, 1, "color:red"),
                        new Damage(Kind.COMMENT_LOST, 1, "<!-- note -->"));
    }
}
