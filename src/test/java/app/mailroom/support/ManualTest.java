package app.mailroom.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManualTest {
    @Test
    void headingsAreFoundByTheAnchorsThatGitHubGivesThem() {
        Manual manual = Manual.of("# One two\n\n## 수신자 `CSV`\n\n#### deep\n\n## One two\n");
        assertThat(manual.contents())
                .containsExactly(
                        new Manual.Chapter(1, "One two", "one-two"),
                        new Manual.Chapter(2, "수신자 CSV", "수신자-csv"),
                        new Manual.Chapter(2, "One two", "one-two-1"));
        assertThat(manual.body()).contains("id=\"deep\"", "id=\"수신자-csv\"");
    }

    @Test
    void whatIsWrittenAsHtmlIsShownAndNotDone() {
        assertThat(Manual.of("<script>alert(1)</script>\n").body()).doesNotContain("<script");
    }

    @Test
    void noPictureComesFromElsewhere() {
        assertThat(Manual.of("![a](https://example.org/a.png) ![b](../../secret.png) ![c](images/none.png)\n")
                        .body())
                .doesNotContain("example.org", "secret", "none.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "ko"})
    void everyLinkWithinTheManualLeadsSomewhereAndEveryPictureIsThere(String language) throws IOException {
        Manual manual = Manual.in(Locale.forLanguageTag(language));
        Document page = Jsoup.parse(manual.body());
        assertThat(manual.contents()).isNotEmpty();
        for (Element link : page.select("a[href^=#]")) {
            assertThat(page.getElementById(link.attr("href").substring(1)))
                    .as(link.outerHtml())
                    .isNotNull();
        }
        assertThat(page.select("img[src=]").eachAttr("alt"))
                .as("pictures that are missing")
                .isEmpty();
    }

    @Test
    void aLanguageWithoutAManualGetsTheEnglishOne() throws IOException {
        assertThat(Manual.in(Locale.FRENCH)).isEqualTo(Manual.in(Locale.ENGLISH));
    }

    @Test
    void everythingThatIsShippedIsListedWithALicence() {
        List<ThirdParty> parts = ThirdParty.all();
        assertThat(parts)
                .extracting(ThirdParty::artifact)
                .contains(
                        "org.xerial:sqlite-jdbc", "org.openjfx:javafx-web", "org.webjars.npm:tinymce", "org.jooq:jooq")
                .doesNotContain("org.junit.jupiter:junit-jupiter", "jakarta.xml.bind:jakarta.xml.bind-api");
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.licences()).as(part.name()).isNotBlank().doesNotContainIgnoringCase("unknown");
            assertThat(part.version()).isNotBlank();
        });
        assertThat(parts).extracting(ThirdParty::artifact).doesNotHaveDuplicates();
    }

    @Test
    void partsBringTheirLicencesAlong() throws IOException {
        ThirdParty part = ThirdParty.all().stream()
                .filter(one -> one.artifact().equals("commons-io:commons-io"))
                .findFirst()
                .orElseThrow();
        assertThat(part.texts()).contains("Apache License");
    }
}
