package app.mailroom.ui.results;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.results.Rate;
import app.mailroom.results.Share;
import app.mailroom.ui.common.Texts;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RateWordsTest {
    private final RateWords english = new RateWords(Texts.in(Locale.ENGLISH));
    private final RateWords korean = new RateWords(Texts.in(Locale.KOREAN));

    @Test
    void aRateNamesWhatItIsAShareOf() {
        assertThat(english.share(Rate.DELIVERED, Share.of(982, 1000))).isEqualTo("98.2% of accepted");
        assertThat(english.share(Rate.OPENED, Share.of(41, 100))).isEqualTo("41.0% of delivered");
        assertThat(korean.share(Rate.ACCEPTED, Share.of(1, 2))).isEqualTo("계획의 50.0%");
    }

    @Test
    void whatIsNotCountedIsSaidInWords() {
        assertThat(english.share(Rate.OPENED, Share.notCounted())).isEqualTo("not counted");
        assertThat(english.count(Share.notCounted())).isEqualTo("not counted");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 100, 0%",
        "100, 100, 100%",
        "9999, 10000, 99.9%",
        "1, 1000, 0.10%",
        "16, 10000, 0.16%",
        "1, 1000000, <0.01%",
        "0, 0, –"
    })
    void smallRatesHaveMoreDigitsAndAlmostAllIsNotAll(long count, long among, String words) {
        assertThat(english.percent(Share.of(count, among))).isEqualTo(words);
    }

    @Test
    void differencesAreInPointsAndLeftOutWhereTheyCannotBeSeen() {
        assertThat(english.points(0.42, 0.40)).contains("+2 pts");
        assertThat(english.points(0.0010, 0.0016)).contains("−0.06 pts");
        assertThat(english.points(0.40001, 0.40)).isEmpty();
    }

    @Test
    void theReasonOfAWarningIsSaid() {
        assertThat(english.warning(Rate.COMPLAINED, Share.of(2, 1000)).orElseThrow())
                .startsWith("Complaints are 0.20% of delivered.");
        assertThat(english.warning(Rate.BOUNCED_HARD, Share.of(4, 100))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Rate.class)
    void everyRateHasANameAndADefinitionInBothLanguages(Rate rate) {
        for (RateWords words : new RateWords[] {english, korean}) {
            assertThat(words.name(rate)).isNotEqualTo(rate.name());
            assertThat(words.definition(rate)).isNotEqualTo(rate.name());
        }
    }
}
