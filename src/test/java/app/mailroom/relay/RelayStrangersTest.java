package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.tracking.HitLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** What may be asked of a relay by whoever has no address of it. One relay answers all tries of a property. */
class RelayStrangersTest {
    private static final String OF_TOKENS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RelayUnderTest relay;

    @BeforeProperty
    void start() throws IOException {
        folder = Files.createTempDirectory("relay");
        relay = RelayUnderTest.start(folder.resolve("spool"));
    }

    @AfterProperty
    void stop() throws IOException {
        assertThat(relay.events()).as("hits of strangers").isEmpty();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 300)
    void aTokenIsOursToTheLastCharacter(
            @ForAll HitLink.Kind kind, @ForAll @IntRange(max = 10_000) int place, @ForAll("ofTokens") char other)
            throws Exception {
        HitLink link = switch (kind) {
            case OPEN -> HitLink.open("w1abcdefgh-42");
            case CLICK -> HitLink.click("w1abcdefgh-42", 3, "https://shop.example/spring");
            case UNSUBSCRIBE -> HitLink.unsubscribe("w1abcdefgh-42");
        };
        String token = relay.tokens().token(link);
        int at = place % token.length();
        // A full stop behind a token is that of a sentence.
        char changed = at == token.length() - 1 && other == '.' ? '-' : other;
        String forged = token.substring(0, at) + changed + token.substring(at + 1);
        String method = kind == HitLink.Kind.UNSUBSCRIBE ? "POST" : "GET";

        if (!forged.equals(token)) {
            assertThat(relay.ask(method, kind.path() + forged).statusCode()).isEqualTo(404);
        }
    }

    @Property(tries = 300)
    void whateverStrangersAskIsRefusedWithoutAnEcho(@ForAll("words") String word) throws Exception {
        String path = "/" + word.replace("%", "%4").replace("#", "");

        String answer =
                relay.raw("GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\nX-Odd: " + word + "\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1\\.1 4(04|00) .*").doesNotContain(word);
    }

    @Provide
    Arbitrary<Character> ofTokens() {
        return Arbitraries.chars().with(OF_TOKENS);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars("abzAZ09-_.~!$&'()*+,;=:@%/?#")
                .ofMinLength(8)
                .ofMaxLength(60);
    }
}
