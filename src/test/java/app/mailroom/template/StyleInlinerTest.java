package app.mailroom.template;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.TemplateContent;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class StyleInlinerTest {

    private static Document inlined(String css, String body) throws Exception {
        var source = new TemplateContent("s", "", "<head><style>" + css + "</style></head><body>" + body + "</body>");
        return Jsoup.parse(CompiledTemplate.compile(source).render(key -> "v").html());
    }

    private static String style(String css, String body) throws Exception {
        return inlined(css, body).body().child(0).attr("style");
    }

    @Test
    void moreSpecificSelectorWinsWhateverTheOrder() throws Exception {
        assertThat(style("#i{color:red} p.c{color:blue} .c{color:green} p{color:black}", "<p id=i class=c>x</p>"))
                .isEqualTo("color:red;");
        assertThat(style("p.c{color:blue} .c{color:green} p{color:black}", "<p class=c>x</p>"))
                .isEqualTo("color:blue;");
        assertThat(style("[title]{color:blue} p{color:black} *{color:red}", "<p title=a>x</p>"))
                .isEqualTo("color:blue;");
    }

    @Test
    void laterRuleWinsAmongEquals() throws Exception {
        assertThat(style("p{color:red;margin:0} p{color:blue}", "<p>x</p>")).isEqualTo("margin:0; color:blue;");
    }

    @Test
    void styleAttributeWinsOverAllButImportantRules() throws Exception {
        assertThat(style("#i{color:red}", "<p id=i style='color:blue'>x</p>")).isEqualTo("color:blue;");
        assertThat(style("p{color:red !important}", "<p style='color:blue'>x</p>"))
                .matches("color:red ?!important;");
        assertThat(style("p{color:red !important}", "<p style='color:blue!important'>x</p>"))
                .isEqualTo("color:blue!important;");
    }

    @Test
    void importantRuleWinsOverMoreSpecificOne() throws Exception {
        assertThat(style("p{color:red !important} #i{color:blue}", "<p id=i>x</p>"))
                .matches("color:red ?!important;");
    }

    @Test
    void laterShorthandComesAfterTheEarlierProperty() throws Exception {
        assertThat(style("p{margin-top:1px} p.c{margin:2px}", "<p class=c>x</p>"))
                .isEqualTo("margin-top:1px; margin:2px;");
    }

    @Test
    void repeatedPropertyOfOneRuleStaysForOldMailPrograms() throws Exception {
        assertThat(style("p{background:#fff;background:linear-gradient(red,blue)}", "<p>x</p>"))
                .matches("background:#fff; background:linear-gradient\\(red, ?blue\\);");
    }

    @Test
    void styleAttributeWithQuotesBracketsAndVariablesIsKept() throws Exception {
        assertThat(style("p{margin:0}", "<p style=\"background:url('a;b'),url(c;d);width:{{w}}px\">x</p>"))
                .isEqualTo("margin:0; background:url('a;b'),url(c;d); width:vpx;");
    }

    @Test
    void elementsWithoutRuleKeepTheirStyleAsWritten() throws Exception {
        assertThat(style("b{margin:0}", "<p style='COLOR : red'>x</p>")).isEqualTo("COLOR : red");
    }

    @Test
    void atRulesAndPseudoClassesStayInOneStyleElement() throws Exception {
        Document document = inlined(
                "p{color:red} a:hover,a{color:blue} @media (max-width:600px){p{color:green}}</style>"
                        + "<style>b{margin:0} @font-face{font-family:F;src:url(f.woff)} p::before{content:'x'}",
                "<p>x</p><a>y</a><b>z</b>");

        assertThat(document.select("style")).hasSize(1);
        String staying = document.select("style").get(0).data();
        assertThat(staying)
                .contains("@media", "green", "a:hover", "@font-face", "::before")
                .doesNotContain("red", "margin");
        assertThat(document.selectFirst("a")).isNotNull();
        assertThat(document.select("a").attr("style")).isEqualTo("color:blue;");
        assertThat(document.select("b").attr("style")).isEqualTo("margin:0;");
    }

    @Test
    void narrowScreenRulesStillWinOverMovedOnesButNotOverTheAuthorsStyleAttribute() throws Exception {
        String css = "#i{margin:0} .c{width:50%;color:red} @media (max-width:600px){.c{width:100%;margin:1px;top:0}}"
                + " b{color:red} b:hover{color:blue;top:0}";

        String staying = inlined(css, "<p id=i class=c>x</p><b>y</b>")
                .select("style")
                .get(0)
                .data();
        assertThat(staying.replaceAll("\\s", ""))
                .contains("width:100%!important;", "margin:1px;", "top:0;", "color:blue!important;");
        assertThat(inlined(css, "<p class=c style='width:1px'>x</p>")
                        .select("style")
                        .get(0)
                        .data()
                        .replaceAll("\\s", ""))
                .contains("width:100%;", "color:blue;");
    }

    @Test
    void whatStaysOfAFragmentsStyleGoesIntoTheHead() throws Exception {
        var source = new TemplateContent("s", "", "<style>a:hover{top:0} p{top:0}</style><p>x</p>");
        Document document =
                Jsoup.parse(CompiledTemplate.compile(source).render(key -> "").html());

        assertThat(document.head().select("style")).hasSize(1);
        assertThat(document.body().html()).isEqualTo("<p style=\"top:0;\">x</p>");
    }

    @Test
    void rulesForElementsThatAMailProgramAddsStay() throws Exception {
        assertThat(inlined("#MessageViewBody a, p{color:red}", "<p>x</p>")
                        .select("style")
                        .get(0)
                        .data())
                .contains("#MessageViewBody a", "red")
                .doesNotContain("p {");
    }

    @Test
    void addressesStayQuotedSoThatTheyCannotEndEarly() throws Exception {
        assertThat(style("p{background:url(\"https://a.b/(c);d.png?x=1&y=2\")}", "<p>x</p>"))
                .matches("background:url\\(['\"]https://a\\.b/\\(c\\);d\\.png\\?x=1&y=2['\"]\\);");
    }

    @Test
    void styleElementVanishesWhenNothingStays() throws Exception {
        assertThat(inlined("p{color:red}", "<p>x</p>").select("style")).isEmpty();
    }

    @Test
    void brokenCssIsLeftUntouched() throws Exception {
        Document document = inlined("p { color: red; } } b[ {", "<p>x</p>");
        assertThat(document.select("style").get(0).data()).isEqualTo("p { color: red; } } b[ {");
    }

    @Test
    void rulesStayAvailableWhenClassesAreVariable() throws Exception {
        assertThat(inlined(".v{color:red}", "<p class='{{c}}'>x</p>")
                        .select("style")
                        .get(0)
                        .data())
                .contains(".v", "red");
    }

    @Test
    void styleForOtherMediaIsLeftAlone() throws Exception {
        var source = new TemplateContent("s", "", "<style media=print>p{color:red}</style><p>x</p>");
        assertThat(CompiledTemplate.compile(source).render(key -> "").html())
                .contains("<style media=\"print\">p{color:red}</style>")
                .contains("<p>x</p>");
    }
}
