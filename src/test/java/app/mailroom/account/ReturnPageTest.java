package app.mailroom.account;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.account.ReturnPage.State;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReturnPageTest {
    static Stream<Arguments> languages() {
        return Stream.of(
                Arguments.of(Locale.KOREA, "ko"),
                Arguments.of(Locale.KOREAN, "ko"),
                Arguments.of(Locale.UK, "en"),
                Arguments.of(Locale.GERMANY, "en"));
    }

    @ParameterizedTest
    @MethodSource("languages")
    void itIsInKoreanOrInEnglish(Locale language, String shown) {
        assertThat(new ReturnPage(language).html(State.ARRIVED)).contains("<html lang=\"" + shown + "\">");
    }

    @ParameterizedTest
    @EnumSource(State.class)
    void eachStateHasWordsOfItsOwnThatLeadBack(State state) {
        String english = new ReturnPage(Locale.ENGLISH).html(state);
        String korean = new ReturnPage(Locale.KOREAN).html(state);

        assertThat(english).contains("o back to Mailroom");
        assertThat(korean).contains("Mailroom으로 돌아가").matches("(?s).*[가-힣].*");
        assertThat(Stream.of(State.values()).map(other -> new ReturnPage(Locale.KOREAN).html(other)))
                .doesNotHaveDuplicates();
    }
}
