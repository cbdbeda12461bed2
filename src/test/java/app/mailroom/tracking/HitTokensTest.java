package app.mailroom.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.tracking.HitLink.Kind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HitTokensTest {
    private static final SigningKey KEY = SigningKey.random(new SecureRandom());
    private static final SigningKey OTHER = SigningKey.random(new SecureRandom());
    private final HitTokens tokens = new HitTokens(new SigningKeys(List.of(KEY)));

    @Property
    void whatWasSignedIsRead(@ForAll("links") HitLink link) {
        String token = tokens.token(link);

        assertThat(tokens.read(link.kind(), token)).contains(link);
        assertThat(token).matches("[A-Za-z0-9._-]+");
    }

    @Property
    void whatWasChangedAnywhereIsNoLongerOurs(@ForAll("links") HitLink link, @ForAll @IntRange(min = 0) int place) {
        String token = tokens.token(link);
        int at = place % token.length();
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        String changed = token.substring(0, at) + other + token.substring(at + 1);

        assertThat(tokens.read(link.kind(), changed)).isEmpty();
        assertThat(tokens.read(link.kind(), token + "A")).isEmpty();
    }

    @Property
    void noKindPassesForAnother(@ForAll("links") HitLink link, @ForAll Kind kind) {
        assertThat(tokens.read(kind, tokens.token(link)).isPresent()).isEqualTo(kind == link.kind());
    }

    @Property
    void whatStrangersSendIsNotOurs(@ForAll String token, @ForAll Kind kind) {
        assertThat(tokens.read(kind, token)).isEmpty();
        assertThat(tokens.read(kind, KEY.id() + "." + token)).isEmpty();
        assertThat(tokens.read(kind, KEY.id() + "." + token + "." + token)).isEmpty();
    }

    @Provide
    Arbitrary<HitLink> links() {
        Arbitrary<String> tags = Arbitraries.longs().greaterOrEqual(1).map(id -> "workspace01-" + id);
        Arbitrary<String> targets = Arbitraries.strings()
                .withChars("abcXYZ019-._~%/?&=+한글\"'<>{}")
                .ofMaxLength(300)
                .map(rest -> "https://example.com/" + rest);
        return Arbitraries.oneOf(
                tags.map(HitLink::open),
                tags.map(HitLink::unsubscribe),
                Combinators.combine(tags, Arbitraries.integers().between(1, 99_999), targets)
                        .as(HitLink::click));
    }

    @Test
    void anotherKeyOfTheSameIdDoesNotSign() {
        SigningKey impostor = SigningKey.parse(
                KEY.id() + OTHER.secretText().substring(OTHER.secretText().indexOf(':')));
        String token = new HitTokens(new SigningKeys(List.of(impostor))).token(HitLink.open("workspace01-1"));

        assertThat(tokens.read(Kind.OPEN, token)).isEmpty();
    }

    @Test
    void afterARotationOldAddressesAreStillRead() {
        String before = tokens.token(HitLink.open("workspace01-1"));
        SigningKeys rotated = new SigningKeys(List.of(KEY)).rotated(OTHER);

        assertThat(new HitTokens(rotated).read(Kind.OPEN, before)).contains(HitLink.open("workspace01-1"));
        assertThat(new HitTokens(rotated).token(HitLink.open("workspace01-1"))).startsWith(OTHER.id() + ".");
        assertThat(tokens.read(Kind.OPEN, new HitTokens(rotated).token(HitLink.open("workspace01-1"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "ftp://example.com/",
                "https://",
                "https:///path",
                "https://\\example.com",
                "https://@example.com",
                "https://example.com/a b",
                "https://example.com/\r\nSet-Cookie: a=b",
                "//example.com/",
                "data:text/html,x",
                ""
            })
    void onlyWebAddressesLeadThroughTheRelay(String target) {
        assertThat(HitTokens.canLeadTo(target)).isFalse();
        assertThatThrownBy(() -> tokens.token(HitLink.click("workspace01-1", 1, target)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTargetThatIsTooLongIsRefusedBeforeItIsSent() {
        assertThat(HitTokens.canLeadTo("https://example.com/" + "한".repeat(676)))
                .isTrue();
        assertThat(HitTokens.canLeadTo("https://example.com/" + "한".repeat(677)))
                .isFalse();
        assertThat(tokens.token(HitLink.click("workspace01-1", 1, "https://example.com/" + "한".repeat(676))))
                .hasSizeLessThan(HitTokens.LONGEST);
    }

    @Test
    void aSignedTargetThatIsNoWebAddressIsNotFollowed() {
        byte[] about = "workspace01-1\n1\njavascript:alert(1)".getBytes(StandardCharsets.UTF_8);
        byte[] head = (KEY.id() + "\nc\n").getBytes(StandardCharsets.UTF_8);
        byte[] signed = new byte[head.length + about.length];
        System.arraycopy(head, 0, signed, 0, head.length);
        System.arraycopy(about, 0, signed, head.length, about.length);
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();

        String token = KEY.id() + "." + encoder.encodeToString(about) + "." + encoder.encodeToString(KEY.sign(signed));

        assertThat(tokens.read(Kind.CLICK, token)).isEmpty();
    }

    @Test
    void keysAreKeptAsTextAndNeverShown() {
        SigningKeys keys = new SigningKeys(List.of(KEY, OTHER));

        assertThat(SigningKeys.parse(keys.secretText()).ids()).containsExactly(KEY.id(), OTHER.id());
        assertThat(SigningKeys.parse(keys.secretText()).current()).isEqualTo(KEY);
        assertThat(keys + " " + KEY)
                .doesNotContain(KEY.secretText().substring(KEY.id().length() + 1));
        assertThatThrownBy(() -> SigningKey.parse("abc:!secret!"))
                .hasMessageNotContaining("!secret!")
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SigningKeys(List.of(KEY, KEY))).isInstanceOf(IllegalArgumentException.class);
    }
}
