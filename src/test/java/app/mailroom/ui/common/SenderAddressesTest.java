package app.mailroom.ui.common;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.SendingIdentity;
import app.mailroom.model.SendingIdentity.Standing;
import java.util.List;
import org.junit.jupiter.api.Test;

class SenderAddressesTest {
    private final SenderAddresses senders = new SenderAddresses(
            List.of(
                    identity("shop.example", true, true),
                    identity("news@other.example", false, true),
                    identity("late.example", true, false),
                    identity("late@other.example", false, false)),
            List.of("hello@shop.example", "news@other.example", "me@late.example", "me@elsewhere.example"));

    @Test
    void onlyWhatMaySendIsOfferedAndEachOnce() {
        assertThat(senders.choices()).containsExactly("hello@shop.example", "news@other.example", "@shop.example");
    }

    @Test
    void aVerifiedDomainCoversEveryAddressOfIt() {
        assertThat(senders.covers("anybody@shop.example")).isTrue();
        assertThat(senders.covers("Anybody@SHOP.example")).isTrue();
        assertThat(senders.covers("anybody@myshop.example")).isFalse();
    }

    @Test
    void whatWaitsForItsVerificationCoversNothing() {
        assertThat(senders.covers("me@late.example")).isFalse();
        assertThat(senders.covers("late@other.example")).isFalse();
    }

    @Test
    void aDomainAloneIsNoSender() {
        assertThat(senders.covers("@shop.example")).isFalse();
        assertThat(senders.covers("shop.example")).isFalse();
        assertThat(senders.covers("")).isFalse();
    }

    private static SendingIdentity identity(String name, boolean domain, boolean maySend) {
        return new SendingIdentity(
                name,
                domain,
                maySend,
                maySend ? Standing.DONE : Standing.PENDING,
                Standing.NONE,
                Standing.NONE,
                "",
                List.of());
    }
}
