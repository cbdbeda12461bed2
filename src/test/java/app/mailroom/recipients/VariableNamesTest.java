package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.template.Variables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"First Name", " 이름 ", "नाम", "ชื่อ", "prénom", "a-b"})
    void aHeaderIsCalledAsATemplateCallsIt(String header) {
        assertThat(VariableNames.of(header)).isEqualTo(Variables.key(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"नाम", "ชื่อ"})
    void signsThatBelongToALetterStay(String header) {
        assertThat(VariableNames.of(header)).isEqualTo(header);
    }
}
