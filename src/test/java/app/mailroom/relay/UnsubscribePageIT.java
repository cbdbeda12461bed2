package app.mailroom.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.mailroom.tracking.HitLink;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a browser shows it. Where there is none, {@code .ci/run} installs one. */
class UnsubscribePageIT {
    /** Contrast as WCAG 2.2 counts it, for the text of everything on the page against what is painted behind it. */
    private static final String CONTRASTS = """
            (() => {
              const light = ([r, g, b]) => [r, g, b]
                .map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))
                .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
              const numbers = colour => colour.match(/[0-9.]+/g).map(Number);
              const behind = element => {
                for (let e = element; e; e = e.parentElement) {
                  const painted = numbers(getComputedStyle(e).backgroundColor);
                  if (painted.length === 3 || painted[3] === 1) return painted;
                }
                return [255, 255, 255];
              };
              return [...document.querySelectorAll('h1, p, button')].map(e => {
                const both = [light(numbers(getComputedStyle(e).color)), light(behind(e))].sort((a, b) => b - a);
                return (both[0] + 0.05) / (both[1] + 0.05);
              });
            })()
            """;

    @TempDir
    private Path folder;

    private RelayUnderTest relay;
    private Chromium browser;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        Optional<Path> program = Chromium.program();
        assumeTrue(program.isPresent(), "there is no Chromium on this machine");
        relay = RelayUnderTest.start(folder.resolve("spool"));
        address = relay.address(relay.path(HitLink.unsubscribe("w1abcdefgh-42")));
        browser = Chromium.start(program.get(), Files.createDirectory(folder.resolve("profile")));
    }

    @AfterEach
    void stop() {
        if (browser != null) {
            browser.close();
        }
        if (relay != null) {
            relay.close();
        }
    }

    @Test
    void whoeverSeesNothingAndHasNoMouseCanLeave() {
        browser.open(address);

        assertThat(names("heading")).containsExactly("Unsubscribe?");
        assertThat(names("button")).containsExactly("Unsubscribe");
        assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("en");

        browser.press("Tab", 9, "");
        assertThat(browser.evaluate("document.activeElement.tagName").asText()).isEqualTo("BUTTON");
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                        .asText())
                .isEqualTo("solid");
        browser.press("Enter", 13, "\r");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> browser.evaluate("document.readyState + document.title")
                        .asText()
                        .equals("completeYou are unsubscribed"));

        assertThat(names("heading")).containsExactly("You are unsubscribed");
        assertThat(names("button")).isEmpty();
        assertThat(browser.evaluate("document.activeElement.tagName").asText()).isEqualTo("H1");
        assertThat(browser.evaluate("location.href").asText()).isEqualTo(address.toString());
        assertThat(contrasts()).hasSize(3).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(4.5));
        assertThat(browser.requests()).containsExactly("GET " + address, "POST " + address);
        assertThat(browser.complaints()).isEmpty();
        assertThat(relay.events())
                .singleElement()
                .satisfies(event ->
                        assertThat(event.path("mailroomEvent").asText()).isEqualTo("Unsubscribe"));
    }

    @Test
    void whoeverReadsKoreanIsSpokenToInKorean() {
        browser.ask("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", "ko-KR,ko;q=0.9")));
        browser.open(address);

        assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("ko");
        assertThat(names("heading")).containsExactly("수신을 거부하시겠어요?");
        assertThat(names("button")).containsExactly("수신 거부");
        assertThat(browser.complaints()).isEmpty();
        assertThat(relay.events()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light,en", "dark,en", "light,ko", "dark,ko"})
    void thePageCanBeReadOnTheSmallestScreenInTwiceTheSize(String colours, String language) {
        browser.ask("Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", language)));
        browser.ask(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
        browser.ask(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 320, "height", 568, "deviceScaleFactor", 1, "mobile", false));
        browser.open(address);
        browser.evaluate("document.documentElement.style.fontSize = '200%'");

        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(320);
        assertThat(browser.evaluate("document.querySelector('button').getBoundingClientRect().height")
                        .asDouble())
                .isGreaterThanOrEqualTo(44);
        assertThat(browser.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
                        .asBoolean())
                .isEqualTo(colours.equals("dark"));
        assertThat(contrasts()).hasSize(4).allSatisfy(ratio -> assertThat(ratio).isGreaterThan(4.5));
    }

    private List<String> names(String role) {
        return browser.accessible().stream()
                .filter(node -> node.path("role").path("value").asText().equals(role))
                .map(node -> node.path("name").path("value").asText())
                .toList();
    }

    private List<Double> contrasts() {
        JsonNode ratios = browser.evaluate(CONTRASTS);
        return StreamSupport.stream(ratios.spliterator(), false)
                .map(JsonNode::asDouble)
                .toList();
    }
}
