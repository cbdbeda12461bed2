package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EmailAddressTest {
    private static final String LABEL_63 = "d".repeat(63);

    @ParameterizedTest
    @CsvSource({
        "kim@example.com, kim@example.com",
        "Kim.Min+news@Example.COM, Kim.Min+news@example.com",
        "o'brien@example.co.uk, o'brien@example.co.uk",
        "!#$%&*+-/=?^_`{|}~@a-b.io, !#$%&*+-/=?^_`{|}~@a-b.io",
        "a@münchen.de, a@xn--mnchen-3ya.de",
        "a@한국.kr, a@xn--3e0b707e.kr",
        "a@東京。jp, a@xn--1lqs71d.jp",
        "a@example．com, a@example.com",
        "a@XN--MNCHEN-3YA.de, a@xn--mnchen-3ya.de",
        "a@1.2.3.com, a@1.2.3.com"
    })
    void takesWhatAmazonSesTakes(String typed, String mailbox) throws Exception {
        EmailAddress address = EmailAddress.parse(typed);

        assertThat(address.mailbox()).isEqualTo(mailbox);
        assertThat(address.key()).isEqualTo(mailbox.toLowerCase(Locale.ROOT));
    }

    @Test
    void takesAwayBlanksAndInvisibleCharactersAround() throws Exception {
        assertThat(EmailAddress.parse("\uFEFF\u00A0 \t\u200Bkim@example.com\u200B\u3000\r\n")
                        .mailbox())
                .isEqualTo("kim@example.com");
    }

    @Test
    void takesTheLongestThatIsAllowed() throws Exception {
        String local = "x".repeat(64);
        String domain = LABEL_63 + "." + LABEL_63 + "." + "d".repeat(57) + ".com";

        assertThat(EmailAddress.parse(local + "@" + domain).mailbox()).hasSize(254);
        assertThatThrownBy(() -> EmailAddress.parse(local + "@d" + domain)).isInstanceOf(AddressException.class);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(String typed, AddressFault fault) {
        assertThatThrownBy(() -> EmailAddress.parse(typed))
                .isInstanceOfSatisfying(
                        AddressException.class, e -> assertThat(e.code()).isEqualTo(fault))
                .hasMessageNotContainingAny("\n", "null");
    }

    static Arguments[] refused() {
        return new Arguments[] {
            Arguments.of("", AddressFault.EMPTY),
            Arguments.of(" \u200B\u00A0", AddressFault.EMPTY),
            Arguments.of("nobody", AddressFault.NO_AT),
            Arguments.of("a＠example.com", AddressFault.NO_AT),
            Arguments.of("a@@example.com", AddressFault.SEVERAL_ATS),
            Arguments.of("a@b@example.com", AddressFault.SEVERAL_ATS),
            Arguments.of("a@example.com,b@example.com", AddressFault.SEVERAL_ADDRESSES),
            Arguments.of("a@example.com; b@example.com", AddressFault.SEVERAL_ADDRESSES),
            Arguments.of("a@example.com\nb@example.com", AddressFault.SEVERAL_ADDRESSES),
            Arguments.of("Kim <a@example.com>", AddressFault.NAME_AND_ADDRESS),
            Arguments.of("\"a b\"@example.com", AddressFault.QUOTED),
            Arguments.of("a b@example.com", AddressFault.SPACE),
            Arguments.of("a@exam\u00A0ple.com", AddressFault.SPACE),
            Arguments.of("a\r\nBcc:x@example.com", AddressFault.INVISIBLE_CHARACTER),
            Arguments.of("a@exam\u200Bple.com", AddressFault.INVISIBLE_CHARACTER),
            Arguments.of("a@exam\u00ADple.com", AddressFault.INVISIBLE_CHARACTER),
            Arguments.of("a\u0000b@example.com", AddressFault.INVISIBLE_CHARACTER),
            Arguments.of("a\u007F@b.example.com\u2028x", AddressFault.INVISIBLE_CHARACTER),
            Arguments.of("a@b\uD83D.com", AddressFault.INVISIBLE_CHARACTER),
            Arguments.of("@example.com", AddressFault.LOCAL_EMPTY),
            Arguments.of("김@example.com", AddressFault.LOCAL_NOT_ASCII),
            Arguments.of(".a@example.com", AddressFault.LOCAL_SYNTAX),
            Arguments.of("a.@example.com", AddressFault.LOCAL_SYNTAX),
            Arguments.of("a..b@example.com", AddressFault.LOCAL_SYNTAX),
            Arguments.of("a(b)@example.com", AddressFault.LOCAL_SYNTAX),
            Arguments.of("a,b@example.com", AddressFault.LOCAL_SYNTAX),
            Arguments.of("x".repeat(65) + "@example.com", AddressFault.LOCAL_TOO_LONG),
            Arguments.of("a@", AddressFault.DOMAIN_EMPTY),
            Arguments.of("a@example", AddressFault.DOMAIN_NO_DOT),
            Arguments.of("a@[192.0.2.1]", AddressFault.DOMAIN_IS_IP),
            Arguments.of("a@192.0.2.1", AddressFault.DOMAIN_IS_IP),
            Arguments.of("a@-example.com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@example-.com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@exa_mple.com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@example..com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@example.com.", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@.example.com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@example.com>", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@exampleé＠.com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@straße.de", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@d" + LABEL_63 + ".com", AddressFault.DOMAIN_LABEL),
            Arguments.of("a@" + (LABEL_63 + ".").repeat(4) + "com", AddressFault.DOMAIN_TOO_LONG),
            Arguments.of("xxxxxxxxxx@" + (LABEL_63 + ".").repeat(3) + "d".repeat(55) + ".com", AddressFault.TOO_LONG),
        };
    }

    @Property
    void nothingButPlainAsciiGetsThrough(@ForAll("nearlyAddresses") String text) {
        try {
            EmailAddress address = EmailAddress.parse(text);
            assertThat(address.mailbox()).matches("[\\x21-\\x7E&&[^\"<>(),:;\\[\\]\\\\]]+");
            assertThat(address.mailbox().chars().filter(c -> c == '@').count()).isEqualTo(1);
        } catch (AddressException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Property
    void whatWasParsedParsesToItself(@ForAll("nearlyAddresses") String text) throws Exception {
        EmailAddress address;
        try {
            address = EmailAddress.parse(text);
        } catch (AddressException e) {
            return;
        }
        assertThat(EmailAddress.parse(address.mailbox())).isEqualTo(address);
        assertThat(EmailAddress.parse(address.key()).key()).isEqualTo(address.key());
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        Arbitrary<String> local = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('.', '+', 'A', '\n', '\r', '\u200B', ' ', 'é')
                .ofMinLength(1)
                .ofMaxLength(6);
        Arbitrary<String> label = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('-', 'ü', '한', '。', '\u2024', '\uFF1C', '\n', '\u0000', '\u00AD', '2')
                .ofMinLength(1)
                .ofMaxLength(5);
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(2);
        return Combinators.combine(any, local, label, label, any)
                .as((before, l, d, top, after) -> (before.length() > 1 ? before : "") + l + "@" + d + "." + top
                        + (after.length() > 1 ? after : ""));
    }
}
