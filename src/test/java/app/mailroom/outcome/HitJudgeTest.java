package app.mailroom.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.HitVerdict;
import app.mailroom.model.MessageHits;
import app.mailroom.model.MessageHits.Hit;
import app.mailroom.model.OutcomeKind;
import app.mailroom.outcome.HitJudge.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitJudgeTest {
    private static final Instant DELIVERED = Instant.parse("2026-03-02T09:00:00Z");
    private static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/133.0 Safari/537.36";

    /** A minute after delivery, so that the agent alone decides. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            OPEN  | Mozilla/5.0                                                                                        | APPLE_MAIL_PRIVACY
            CLICK | Mozilla/5.0                                                                                        | NO_SIGN_OF_A_MACHINE
            OPEN  | Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)           | NO_SIGN_OF_A_MACHINE
            OPEN  | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0 | GMAIL_PREFETCH
            OPEN  | Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)          | GMAIL_PROXY
            OPEN  | YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html                           | YAHOO_PROXY
            CLICK | Barracuda Sentinel (EE)                                                                            | SECURITY_SCANNER
            CLICK | Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Microsoft Office Existence Discovery  | SECURITY_SCANNER
            CLICK | python-requests/2.26.0                                                                             | PROGRAM
            CLICK | Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0 Safari/537.36              | PROGRAM
            CLICK | facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/                         | PROGRAM
            CLICK | Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)                           | PROGRAM
            OPEN  | Mozilla/5.0 (Windows NT 10.0) Chrome/133.0 Safari/537.36                                           | NO_SIGN_OF_A_MACHINE
            OPEN  |                                                                                                    | NO_SIGN_OF_A_MACHINE
            """)
    void theAgentDecides(OutcomeKind kind, @Nullable String agent, Rule rule) {
        Hit hit = new Hit(
                kind,
                DELIVERED.plusSeconds(60),
                agent,
                kind == OutcomeKind.CLICK ? "https://a.example" : null,
                Set.of());

        assertThat(judged(hit)).containsExactly(rule.verdict());
    }

    @Test
    void nobodyReadsWithinSecondsOfDelivery() {
        assertThat(judged(
                        open(DELIVERED.minusSeconds(5)),
                        open(DELIVERED.plusMillis(2_999)),
                        open(DELIVERED.plusSeconds(3))))
                .containsExactly(
                        Rule.AT_DELIVERY.verdict(), Rule.AT_DELIVERY.verdict(), Rule.NO_SIGN_OF_A_MACHINE.verdict());
    }

    @Test
    void withoutAReportOfDeliveryTheTimeSaysNothing() {
        MessageHits hits = new MessageHits(Optional.empty(), List.of(open(DELIVERED)));

        assertThat(HitJudge.RULES.judging().apply(hits)).containsExactly(Rule.NO_SIGN_OF_A_MACHINE.verdict());
    }

    @Test
    void threeLinksWithinTwoSecondsAreAScanners() {
        Instant at = DELIVERED.plusSeconds(500);

        assertThat(judged(
                        click("https://a.example", at),
                        click("https://b.example", at.plusMillis(700)),
                        click("https://c.example", at.plusMillis(2_000)),
                        click("https://a.example", at.plusSeconds(40))))
                .containsExactly(
                        Rule.MANY_LINKS_AT_ONCE.verdict(),
                        Rule.MANY_LINKS_AT_ONCE.verdict(),
                        Rule.MANY_LINKS_AT_ONCE.verdict(),
                        Rule.NO_SIGN_OF_A_MACHINE.verdict());
    }

    @Test
    void onePersonMayClickTwiceOrOpenTwoLinks() {
        Instant at = DELIVERED.plusSeconds(500);

        assertThat(judged(
                        click("https://a.example", at),
                        click("https://a.example", at.plusMillis(300)),
                        click("https://b.example", at.plusMillis(900))))
                .containsOnly(Rule.NO_SIGN_OF_A_MACHINE.verdict());
    }

    @Property
    void theOrderInWhichHitsAreKnownChangesNothing(@ForAll("hits") List<Hit> hits, @ForAll Random random) {
        Map<Hit, HitVerdict> before = byHit(hits);
        List<Hit> shuffled = new ArrayList<>(hits);
        Collections.shuffle(shuffled, random);

        assertThat(byHit(shuffled)).isEqualTo(before);
    }

    private static Map<Hit, HitVerdict> byHit(List<Hit> hits) {
        List<HitVerdict> verdicts = judged(hits.toArray(Hit[]::new));
        assertThat(verdicts).hasSameSizeAs(hits);
        Map<Hit, HitVerdict> byHit = new HashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            byHit.put(hits.get(i), verdicts.get(i));
        }
        return byHit;
    }

    @Provide
    Arbitrary<List<Hit>> hits() {
        return Combinators.combine(
                        Arbitraries.of(OutcomeKind.OPEN, OutcomeKind.CLICK),
                        Arbitraries.integers().between(-2_000, 9_000),
                        Arbitraries.of("Mozilla/5.0", BROWSER, "curl/8", "").injectNull(0.1),
                        Arbitraries.of("https://a.example", "https://b.example", "https://c.example"))
                .as((kind, millis, agent, link) -> new Hit(
                        kind, DELIVERED.plusMillis(millis), agent, kind == OutcomeKind.CLICK ? link : null, Set.of()))
                .list()
                .ofMaxSize(8);
    }

    private static List<HitVerdict> judged(Hit... hits) {
        return HitJudge.RULES.judging().apply(new MessageHits(Optional.of(DELIVERED), List.of(hits)));
    }

    private static Hit open(Instant at) {
        return new Hit(OutcomeKind.OPEN, at, BROWSER, null, Set.of());
    }

    private static Hit click(String link, Instant at) {
        return new Hit(OutcomeKind.CLICK, at, BROWSER, link, Set.of());
    }
}
