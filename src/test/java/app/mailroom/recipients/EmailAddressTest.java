package app.mailroom.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reader@example.com | reader@example.com",
                "Reader.Name+news@Example.COM | Reader.Name+news@example.com",
                "o'hara@example.co.uk | o'hara@example.co.uk",
                "!#$%&'*+/=?^_`{}~-@example.com | !#$%&'*+/=?^_`{}~-@example.com",
                "a@b.c | a@b.c",
                "x@bücher.example | x@xn--bcher-kva.example",
                "x@BÜCHER.example | x@xn--bcher-kva.example",
                "x@한국.kr | x@xn--3e0b707e.kr",
                "x@例え。jp | x@xn--r8jz45g.jp",
            })
    void anAddressIsWrittenAsItIsMailed(String text, String mailbox) throws AddressException {
        assertThat(EmailAddress.parse(text).mailbox()).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | EMPTY",
                "'  \t' | EMPTY",
                "reader | NO_AT",
                "reader.example.com | NO_AT",
                "a@example.com,b@example.com | SEVERAL_ADDRESSES",
                "a@example.com;b@example.com | SEVERAL_ADDRESSES",
                "a@b@example.com | SEVERAL_ATS",
                "rea der@example.com | SPACE",
                "reader@exam ple.com | SPACE",
                "@example.com | LOCAL_EMPTY",
                "독자@example.com | LOCAL_NOT_ASCII",
                "jörg@example.com | LOCAL_NOT_ASCII",
                ".a@example.com | LOCAL_SYNTAX",
                "a.@example.com | LOCAL_SYNTAX",
                "a..b@example.com | LOCAL_SYNTAX",
                "a(b)@example.com | LOCAL_SYNTAX",
                "<a@example.com | LOCAL_SYNTAX",
                "\"a\"@example.com | LOCAL_SYNTAX",
                "a@ | DOMAIN_EMPTY",
                "a@localhost | DOMAIN_NO_DOT",
                "a@example..com | DOMAIN_LABEL",
                "a@.com | DOMAIN_LABEL",
                "a@example.com. | DOMAIN_LABEL",
                "a@-example.com | DOMAIN_LABEL",
                "a@example-.com | DOMAIN_LABEL",
                "a@exa_mple.com | DOMAIN_LABEL",
                "a@192.0.2.1 | DOMAIN_LABEL",
                "a@[192.0.2.1] | DOMAIN_LABEL",
                "a@example.com> | DOMAIN_LABEL",
            })
    void whatCannotBeMailedIsRefusedWithTheFault(String text, AddressFault fault) {
        assertFault(text, fault);
    }

    @Test
    void lengthsAreLimited() throws AddressException {
        String label = "d".repeat(63);
        assertThat(EmailAddress.parse("l".repeat(64) + "@example.com").mailbox())
                .hasSize(76);
        assertFault("l".repeat(65) + "@example.com", AddressFault.LOCAL_TOO_LONG);
        assertThat(EmailAddress.parse("a@" + label + ".com").mailbox()).endsWith(".com");
        assertFault("a@" + label + "d.com", AddressFault.DOMAIN_LABEL);
        assertFault("abc@" + (label + ".").repeat(3) + "d".repeat(60), AddressFault.TOO_LONG);
        assertFault("a@" + (label + ".").repeat(4) + "com", AddressFault.DOMAIN_TOO_LONG);
    }

    @Test
    void whatIsInvisibleAroundAnAddressIsDropped() throws AddressException {
        assertThat(EmailAddress.parse("\uFEFF\u200B \u00A0\u3000reader@example.com\r\n\t\u0000")
                        .mailbox())
                .isEqualTo("reader@example.com");
    }

    @Test
    void lineBreaksAndInvisibleCharactersWithinAnAddressAreRefused() {
        for (String hostile : new String[] {
            "reader@example.com\r\nBcc:victim", "rea\u200Bder@example.com", "reader@exa\u00ADmple.com", "r\u0000@a.com"
        }) {
            assertFault(hostile, AddressFault.SPACE);
        }
    }

    @Test
    void addressesThatDifferInCaseAloneHaveTheSameKey() throws AddressException {
        assertThat(EmailAddress.parse("Reader@Example.com").key())
                .isEqualTo(EmailAddress.parse("reader@EXAMPLE.com").key());
    }

    @Property(tries = 2_000)
    void whateverIsParsedIsCleanAndStaysAsItIs(@ForAll("almostAddresses") String text) {
        Optional<EmailAddress> parsed = parsed(text);
        if (parsed.isPresent()) {
            String mailbox = parsed.get().mailbox();
            assertThat(mailbox).matches("[!-~]+@[a-z0-9.-]+").hasSizeLessThanOrEqualTo(254);
            assertThat(mailbox.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c)))
                    .isTrue();
            assertThat(parsed(mailbox)).isEqualTo(parsed);
        }
    }

    @Property(tries = 2_000)
    void arbitraryTextIsRefusedOrParsedAndNothingElse(@ForAll String text) {
        parsed(text).ifPresent(address -> assertThat(parsed(address.mailbox())).contains(address));
        parsed("a@" + text + ".com")
                .ifPresent(address -> assertThat(parsed(address.mailbox())).contains(address));
    }

    @Provide
    Arbitrary<String> almostAddresses() {
        Arbitrary<String> local = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("A1.+'\u0000\r\n é한\u200B")
                .ofMaxLength(6);
        Arbitrary<String> domain = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars("A1-.。ßİüé한\u00AD\u200D\uFF21\uFF20 ")
                .ofMaxLength(8);
        return Combinators.combine(local, domain, Arbitraries.of("com", "kr", "한국", "co.uk", ""))
                .as((before, after, top) -> before + "@" + after + "." + top);
    }

    private static Optional<EmailAddress> parsed(String text) {
        try {
            return Optional.of(EmailAddress.parse(text));
        } catch (AddressException e) {
            assertThat(e.fault()).isNotNull();
            return Optional.empty();
        }
    }

    private static void assertFault(String text, AddressFault fault) {
        assertThatExceptionOfType(AddressException.class)
                .isThrownBy(() -> EmailAddress.parse(text))
                .satisfies(e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
