package app.mailroom.ui.mailings;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.World;
import app.mailroom.plan.FindingValue;
import app.mailroom.plan.FindingValue.Coded;
import app.mailroom.plan.FindingValue.Count;
import app.mailroom.plan.FindingValue.Megabytes;
import app.mailroom.plan.FindingValue.Places;
import app.mailroom.plan.FindingValue.Said;
import app.mailroom.plan.PlanFinding;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.recipients.AddressFault;
import app.mailroom.template.RenderException;
import app.mailroom.template.Spot;
import app.mailroom.template.TemplateFinding;
import app.mailroom.template.TemplateProblem.Part;
import app.mailroom.ui.common.Texts;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FindingWordsTest {
    private final FindingWords english = new FindingWords(Texts.in(Locale.ENGLISH));
    private final FindingWords korean = new FindingWords(Texts.in(Locale.KOREAN));

    @Test
    void numbersAndNamesStandInTheirPlaces() {
        PlanFinding finding = finding(
                Code.VALUE_MISSING, new Count(12_345), new Count(7), new Said("a@example.com"), new Said("{{name}}"));

        assertThat(english.title(finding)).isEqualTo("Some recipients lack a value that the template needs");
        assertThat(english.detail(finding))
                .isEqualTo("Rows: 12,345. The first is row 7, a@example.com: the variable {{name}} has no value there"
                        + " and no fallback.");
        assertThat(korean.detail(finding)).contains("12,345행", "7행", "a@example.com", "{{name}}");
    }

    @Test
    void whatIsAnEnglishSentenceForTheCommandLineHasWordsOfTheWindow() {
        PlanFinding sender = finding(Code.FROM_INVALID, new Coded(AddressFault.NO_AT, "The address has no @."));
        PlanFinding mode =
                finding(Code.MODE_CHANGED, new Coded(World.PRACTICE, "practice"), new Coded(World.LIVE, "live mode"));
        PlanFinding value = finding(
                Code.VALUE_UNFIT,
                new Count(1),
                new Count(1),
                new Said("a@example.com"),
                new Said("{{link}}"),
                new Coded(RenderException.Code.NOT_A_LINK, "The value … is no link."));

        assertThat(sender.detail()).isEqualTo("The sender's address: The address has no @.");
        assertThat(korean.detail(sender)).isEqualTo("@ 없음.");
        assertThat(korean.detail(mode)).contains("연습", "실제 발송").doesNotContain("practice");
        assertThat(korean.detail(value)).contains("값이 링크가 아님");
    }

    @Test
    void sizesAreWrittenAsTheLanguageWritesNumbers() {
        PlanFinding finding = finding(Code.ATTACHMENT_LARGE, new Megabytes(7.54));

        assertThat(english.detail(finding)).startsWith("7.5 MB");
        assertThat(new FindingWords(Texts.in(Locale.GERMANY)).detail(finding)).startsWith("7,5 MB");
    }

    @Test
    void placesInATemplateHaveALineEach() {
        Spot spot = new Spot(Part.BODY, 1_200, 0, 0, Spot.Target.NONE, 0);
        PlanFinding finding = finding(
                Code.TEMPLATE_CHECKS,
                new Count(5),
                new Places(List.of(
                        new TemplateFinding(TemplateFinding.Code.LINK_EMPTY, spot, "Shop"),
                        new TemplateFinding(TemplateFinding.Code.IMAGE_WITHOUT_ALT, spot, ""))));

        assertThat(english.detail(finding))
                .isEqualTo("Places: 5\nHTML, line 1,200: A link leads nowhere (Shop)\n"
                        + "HTML, line 1,200: An image has no alternative text");
        assertThat(finding.detail())
                .isEqualTo("Worth a look in the template: 5. BODY, line 1200: LINK_EMPTY (Shop); BODY, line 1200:"
                        + " IMAGE_WITHOUT_ALT");
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyFindingHasATitleAndWordsInBothLanguages(Code code) {
        PlanFinding finding = new PlanFinding(true, code, Collections.nCopies(5, new Said("value")));

        for (FindingWords words : List.of(english, korean)) {
            assertThat(words.title(finding)).isNotBlank().isNotEqualTo(code.name());
            assertThat(words.detail(finding))
                    .isNotBlank()
                    .doesNotContain("finding.detail")
                    .doesNotContainPattern("\\{\\d");
        }
        assertThat(finding.detail()).isNotBlank().doesNotContainPattern("\\{\\d");
    }

    private static PlanFinding finding(Code code, FindingValue... values) {
        return new PlanFinding(true, code, List.of(values));
    }
}
