package app.mailroom.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.World;
import app.mailroom.tracking.HitLink.Kind;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageAddressesTest {
    private static final String TAG = "workspace1-42";

    private final RelayAddress address = RelayAddress.parse("hits.shop.example");
    private final RelayLinks links = links(address);
    private final MessageAddresses message = links.of(TAG);

    private static RelayLinks links(RelayAddress address) {
        return new RelayLinks(address, new HitTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom())))));
    }

    @Test
    void eachAddressIsReadAsWhatItStandsFor() {
        assertThat(message.open()).startsWith("https://hits.shop.example/o/");
        assertThat(links.read(message.open())).contains(HitLink.open(TAG));
        assertThat(message.unsubscribe()).startsWith("https://hits.shop.example/u/");
        assertThat(links.read(message.unsubscribe())).contains(HitLink.unsubscribe(TAG));
        String click = message.click(3, "https://shop.example/?a=1&b=2");
        assertThat(click).startsWith("https://hits.shop.example/c/");
        assertThat(links.read(click)).contains(HitLink.click(TAG, 3, "https://shop.example/?a=1&b=2"));
    }

    @Test
    void anotherRelaysAddressesAreNotRead() {
        assertThat(links(address).read(message.open())).isEmpty();
        assertThat(links.read("https://hits.shop.example/c/"
                        + message.open().substring("https://hits.shop.example/o/".length())))
                .isEmpty();
        assertThat(links.read("https://elsewhere.example" + message.open().substring(25)))
                .isEmpty();
        assertThat(links.read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailto:a@shop.example", "tel:+82", "#top", "https://", "https://me@shop.example/", ""})
    void whatIsNoWebAddressIsLeftAlone(String link) {
        assertThat(message.click(1, link)).isEqualTo(link);
    }

    @Test
    void whoeverLeavesIsNotCountedAsInterested() {
        String other = links.of("workspace1-43").unsubscribe();

        assertThat(message.click(1, message.unsubscribe())).isEqualTo(message.unsubscribe());
        assertThat(message.click(1, other)).isEqualTo(other);
    }

    @Test
    void addressesOfARelayAreKnownByTheirForm() {
        assertThat(List.of(
                        message.open(),
                        message.unsubscribe(),
                        message.click(1, "https://shop.example/"),
                        message.unsubscribe() + "?a=b",
                        links(RelayAddress.parse("hits.shop.example/deep"))
                                .of(TAG)
                                .open()))
                .allMatch(RelayAddress::looksSigned);
        assertThat(List.of(
                        "https://shop.example/u/1",
                        "https://shop.example/c/a.b.c",
                        "https://shop.example/?to=" + message.open(),
                        message.unsubscribe() + "x"))
                .noneMatch(RelayAddress::looksSigned);
    }

    @ParameterizedTest
    @EnumSource(World.class)
    void thePreviewsPageToLeaveIsNobodys(World world) {
        String page = new LeavingExamples(asked -> Optional.of(address).filter(relay -> asked == world))
                .of(world, "news@shop.example", "");

        assertThat(page).startsWith("https://hits.shop.example/u/");
        assertThat(new HitTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom()))))
                        .read(Kind.UNSUBSCRIBE, page.substring("https://hits.shop.example/u/".length())))
                .isEmpty();
        assertThat(links.read(page)).isEmpty();
    }

    @Test
    void withoutARelayThePreviewHasTheMail() {
        assertThat(new LeavingExamples(world -> Optional.empty())
                        .of(World.LIVE, "news@shop.example", "Help <h@shop.example>"))
                .isEqualTo("mailto:h@shop.example?subject=Unsubscribe");
    }
}
