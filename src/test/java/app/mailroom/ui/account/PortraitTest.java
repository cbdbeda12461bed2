package app.mailroom.ui.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortraitTest {
    @ParameterizedTest
    @CsvSource({
        "Mina Park, MP",
        "Maximiliana von und zu Hohenlohe-Schillingsfürst, MS",
        "mina, M",
        "김미나, 미나",
        "김 미나, 김미",
        "선우, 선우",
        "mina.park@example.com, M",
        "'  ', ''",
        "👋 Mina, M",
        "𝒜da Lovelace, 𝒜L",
        "(), ''"
    })
    void aNameIsShortenedToItsInitials(String name, String initials) {
        assertThat(Portrait.initials(name)).isEqualTo(initials);
    }
}
