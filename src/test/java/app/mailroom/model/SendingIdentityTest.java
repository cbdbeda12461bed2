package app.mailroom.model;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.SendingIdentity.Standing;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingIdentityTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, true, news@example.com, true",
        "Example.com, true, News@EXAMPLE.com, true",
        "example.com, true, news@mail.shop.example.com, true",
        "example.com, true, news@notexample.com, false",
        "example.com, true, example.com, false",
        "example.com, true, news@example.com.evil.org, false",
        "shop.example.com, true, news@example.com, false",
        "news@example.com, false, NEWS@example.com, true",
        "news@example.com, false, news+spring@example.com, true",
        "news+spring@example.com, false, news+spring@example.com, true",
        "news+spring@example.com, false, news@example.com, false",
        "news@example.com, false, other@example.com, false",
        "news@example.com, false, news@mail.example.com, false",
        "news@example.com, false, +spring@example.com, false"
    })
    void coversWhatSesLetsItSendFor(String name, boolean domain, String address, boolean covered) {
        SendingIdentity identity =
                new SendingIdentity(name, domain, true, Standing.DONE, Standing.NONE, Standing.NONE, "", List.of());

        assertThat(identity.covers(address)).isEqualTo(covered);
    }
}
