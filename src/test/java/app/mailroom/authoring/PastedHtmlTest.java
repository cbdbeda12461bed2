package app.mailroom.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import net.jqwik.api.Example;

class PastedHtmlTest {
    private static String clean(String html) {
        return PastedHtml.clean(html).html();
    }

    /** An item as Word writes it. */
    private static String item(int level, String mark, String text) {
        return "<p class=MsoListParagraphCxSpMiddle style='margin-left:.5in;mso-add-space:auto;text-indent:-.25in;mso-list:l0 level"
                + level + " lfo1'><![if !supportLists]><span lang=EN-US style='font-family:Symbol;mso-list:Ignore'>"
                + mark
                + "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]><span lang=EN-US>"
                + text + "<o:p></o:p></span></p>\n";
    }

    @Example
    void wordKeepsItsWordsAndLosesItsWays() {
        String html =
                "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta name=Generator content=\"Microsoft Word 15\">"
                        + "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p.MsoNormal{margin:0}</style></head><body lang=KO>"
                        + "<!--StartFragment--><p class=MsoTitle>Title</p><p class=MsoNormal style='margin-top:0cm;mso-pagination:none;text-align:center'>"
                        + "<b style='mso-bidi-font-weight:normal'><span lang=EN-US style='font-size:12.0pt;color:red;mso-fareast-language:KO'>Bold</span></b> and"
                        + " <st1:place w:st=\"on\">Seoul</st1:place><o:p></o:p></p><w:sdt>x</w:sdt><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
                        + "<img src=\"file:///C:/Users/x/clip_image001.png\" alt=\"A computer\"><v:shape>y</v:shape><!--EndFragment--></body></html>";

        assertThat(clean(html))
                .isEqualTo(
                        "<h1>Title</h1><p style=\"text-align: center;\"><strong><span style=\"color: #ff0000;\">Bold</span></strong>"
                                + " and Seoul</p><p>&nbsp;</p>");
    }

    @Example
    void wordsParagraphsWithMarksAreLists() {
        String html =
                "<p class=MsoNormal>Before</p>" + item(1, "·", "one") + item(2, "o", "inner") + item(2, "o", "more")
                        + item(1, "·", "two") + "<p class=MsoNormal>Between</p>" + item(1, "3.", "three")
                        + item(2, "(a)", "letter")
                        + item(1, "4.", "four") + "<p>After</p>";

        assertThat(clean(html).replace("\n", ""))
                .isEqualTo(
                        "<p>Before</p><ul><li>one<ul><li>inner</li><li>more</li></ul></li><li>two</li></ul><p>Between</p>"
                                + "<ol start=\"3\"><li>three<ol><li>letter</li></ol></li><li>four</li></ol><p>After</p>");
    }

    @Example
    void googleDocsIsText() {
        String html = "<meta charset='utf-8'><b style=\"font-weight:normal;\" id=\"docs-internal-guid-1\">"
                + "<p dir=\"ltr\" style=\"line-height:1.38;margin-top:0pt;\"><span style=\"font-size:11pt;font-family:Arial;color:#000000;font-weight:700;"
                + "font-style:normal;text-decoration:none;vertical-align:baseline;white-space:pre-wrap;\">Bold</span><span style=\"font-weight:400;font-style:italic;\"> slanted</span></p>"
                + "<ul><li dir=\"ltr\" aria-level=\"1\" style=\"list-style-type:disc;\"><p role=\"presentation\"><span style=\"font-weight:400\">a</span></p></li>"
                + "<ul><li aria-level=\"2\"><p>b</p></li></ul></ul></b><br class=\"Apple-interchange-newline\">";

        assertThat(clean(html))
                .isEqualTo("<p><strong>Bold</strong><em> slanted</em></p><ul><li>a<ul><li>b</li></ul></li></ul>");
    }

    @Example
    void spreadsheetsAreTablesWithTheirBordersAndAlignment() {
        String excel =
                "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta name=ProgId content=Excel.Sheet><style><!--table {mso-x:1}\n"
                        + ".xl65\n\t{mso-style-parent:style0;\n\ttext-align:right;\n\tborder:.5pt solid windowtext;\n\twhite-space:normal;}\n--></style></head><body>"
                        + "<table border=0 cellpadding=0 cellspacing=0 width=144 style='border-collapse:collapse;width:108pt'><!--StartFragment-->"
                        + "<col width=72 style='width:54pt'><tr height=20 style='height:15.0pt'><td height=20 class=xl65 width=72>1</td>"
                        + "<td colspan=2 x:num>2</td></tr><!--EndFragment--></table></body></html>";
        String calc =
                "<html><head><meta name=\"generator\" content=\"LibreOffice Calc\"/></head><body><table cellspacing=\"0\" border=\"0\"><colgroup width=\"85\"></colgroup>"
                        + "<tr><td style=\"border-top: 1px solid #000000\" height=\"17\" align=\"left\" bgcolor=\"#FFFF00\"><font face=\"Arial\" color=\"#FF0000\">x</font></td></tr></table></body></html>";

        assertThat(clean(excel))
                .isEqualTo(
                        "<table border=\"0\" cellpadding=\"0\" cellspacing=\"0\" style=\"border-collapse: collapse;\"><tbody><tr>"
                                + "<td style=\"border: 0.5pt solid #000000; text-align: right;\">1</td><td colspan=\"2\">2</td></tr></tbody></table>");
        assertThat(clean(calc))
                .isEqualTo(
                        "<table border=\"0\" cellspacing=\"0\"><tbody><tr><td align=\"left\" bgcolor=\"#FFFF00\""
                                + " style=\"border-top: 1px solid #000000;\"><span style=\"color: #ff0000;\">x</span></td></tr></tbody></table>");
    }

    @Example
    void pagesOfTheWebAreTheirText() {
        String html =
                "Version:0.9\r\nStartHTML:0000000105\r\n<html><body><!--StartFragment--><article class=\"x\" id=\"y\" onclick=\"z()\">"
                        + "<h2 style=\"font-family:x;position:fixed;color:rgb(0, 128, 0)\">Head</h2><div><span>One</span> <a href=\"https://example.com/a?b=1&amp;c=2\" target=_blank>link</a>"
                        + " <a href=\"/local\">local</a> <a href=\"javascript:x()\">bad</a></div><form><input value=a><label>Label</label></form>"
                        + "<img src=\"https://example.com/p.gif\" width=1 height=1 alt=\"spy\"><img src=\"https://example.com/cat.jpg\" alt=\"A cat\">"
                        + "<iframe src=\"https://example.com\"></iframe><p style=\"display:none\">hidden</p></article><!--EndFragment--></body></html>";

        assertThat(clean(html))
                .isEqualTo(
                        "<h2 style=\"color: #008000;\">Head</h2><p>One <a href=\"https://example.com/a?b=1&amp;c=2\">link</a> local bad</p>"
                                + "<p>Label</p>A cat");
    }

    @Example
    void imagesThatCameAsDataAreTakenInto() {
        byte[] png = TestImages.plain("png", 20, 10);
        byte[] pixel = TestImages.plain("png", 1, 1);
        String html = "<p><img alt=\"&quot;x\" width=\"15\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(png)
                + "\"><img src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(pixel)
                + "\"><img src=\"data:image/png;base64,AAAA\"><img src=\"data:image/svg+xml,<svg onload=x>\"></p>";

        PastedHtml pasted = PastedHtml.clean(html);

        assertThat(pasted.images()).hasSize(1);
        assertThat(pasted.images().get(0).content()).isEqualTo(png);
        assertThat(pasted.html())
                .startsWith("<p><img src=\"data:image/png;base64,")
                .contains("data-mr-src=\"" + pasted.images().get(0).name() + "\"", "alt=\"&quot;x\"", "width=\"15\"")
                .doesNotContain("svg", "AAAA\"");
    }

    @Example
    void variablesBecomeChipsAndChipsStayChips() {
        assertThat(clean("<p>Dear {{name}}, " + EditorDocument.chip("a|<b>") + "</p>"))
                .isEqualTo("<p>Dear " + EditorDocument.chip("name") + ", " + EditorDocument.chip("a|<b>") + "</p>");
        assertThat(clean("just text")).isEqualTo("just text");
        assertThat(clean("")).isEmpty();
    }
}
