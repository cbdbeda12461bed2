package app.mailroom.practice;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.delivery.OutgoingMail;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.TemplateContent;
import app.mailroom.model.WorkspaceId;
import app.mailroom.outcome.SesEventParser;
import app.mailroom.store.PracticeStore.QueuedEvent;
import app.mailroom.template.CompiledTemplate;
import app.mailroom.template.TemplateException;
import app.mailroom.tracking.HitTokens;
import app.mailroom.tracking.MessageAddresses;
import app.mailroom.tracking.RelayAddress;
import app.mailroom.tracking.RelayLinks;
import app.mailroom.tracking.SigningKey;
import app.mailroom.tracking.SigningKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PracticeOutcomesTest {
    private static final RelayLinks LINKS = new RelayLinks(
            RelayAddress.onLoopback(20_001),
            new HitTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom())))));
    private static final CompiledTemplate TEMPLATE = template();
    private static final Set<OutcomeKind> BY_THE_RELAY =
            EnumSet.of(OutcomeKind.OPEN, OutcomeKind.CLICK, OutcomeKind.UNSUBSCRIBE);
    private static final PracticeSettings SETTINGS = new PracticeSettings(100, 1_000_000, 0, 0, 0, false, 1, 1);

    private final SesEventParser parser = new SesEventParser(new WorkspaceId("workspace1"));

    @ParameterizedTest
    @CsvSource({
        "success, SEND DELIVERY",
        "success+label, SEND DELIVERY",
        "Success, SEND DELIVERY",
        "ooto, SEND DELIVERY",
        "bounce, SEND BOUNCE",
        "bounce+a+b, SEND BOUNCE",
        "suppressionlist, SEND BOUNCE",
        "complaint, SEND DELIVERY COMPLAINT",
    })
    void theSimulatorsAddressesDoWhatTheyDoAtSes(String mailbox, String kinds) throws Exception {
        List<Outcome> outcomes = once(read(of(mailbox + "@simulator.amazonses.com", SETTINGS)));

        assertThat(outcomes.stream().map(outcome -> outcome.kind().name()).toList())
                .containsExactly(kinds.split(" "));
        assertThat(outcomes.get(outcomes.size() - 1).suppresses()).isEqualTo(!kinds.endsWith("DELIVERY"));
    }

    @Test
    void theSuppressionListSaysSo() throws Exception {
        assertThat(once(read(of("suppressionlist@simulator.amazonses.com", SETTINGS))))
                .extracting(Outcome::reason)
                .contains("Permanent.OnAccountSuppressionList");
    }

    @Test
    void theSameSeedAndAddressGiveTheSameOutcomes() throws Exception {
        for (int i = 0; i < 500; i++) {
            String address = "reader" + i + "@example.com";
            assertThat(of(address, SETTINGS)).isEqualTo(of(address, SETTINGS));
        }
    }

    @Test
    void anotherSeedGivesOtherOutcomes() throws Exception {
        PracticeSettings other = new PracticeSettings(100, 1_000_000, 0, 0, 0, false, 2, 1);
        int different = 0;
        for (int i = 0; i < 100; i++) {
            String address = "reader" + i + "@example.com";
            different += of(address, SETTINGS).equals(of(address, other)) ? 0 : 1;
        }
        assertThat(different).isGreaterThan(90);
    }

    @Test
    void everydayLifeIsInSaneProportions() throws Exception {
        int addresses = 20_000;
        Map<OutcomeKind, Integer> counts = new EnumMap<>(OutcomeKind.class);
        int events = 0;
        int suppressing = 0;
        int repeated = 0;
        for (int i = 0; i < addresses; i++) {
            List<QueuedEvent> queued = of("reader" + i + "@example.com", SETTINGS);
            List<Outcome> all = read(queued);
            List<Outcome> outcomes = once(all);
            events += all.size();
            repeated += all.size() - outcomes.size();
            Set<OutcomeKind> kinds = new HashSet<>();
            for (Outcome outcome : outcomes) {
                assertThat(outcome.messageId()).hasValue(42);
                assertThat(outcome.providerId()).isEqualTo(BY_THE_RELAY.contains(outcome.kind()) ? "" : "practice-1");
                kinds.add(outcome.kind());
            }
            assertThat(kinds.contains(OutcomeKind.SEND)).isTrue();
            assertThat(kinds.contains(OutcomeKind.BOUNCE) && kinds.contains(OutcomeKind.DELIVERY))
                    .isFalse();
            assertThat(queued).allSatisfy(event -> assertThat(event.visibleAt()).isAfterOrEqualTo(SettableClock.START));
            kinds.forEach(kind -> counts.merge(kind, 1, Integer::sum));
            suppressing += outcomes.stream().anyMatch(Outcome::suppresses) ? 1 : 0;
        }
        assertThat(counts.get(OutcomeKind.SEND)).isEqualTo(addresses);
        assertShare(counts, OutcomeKind.DELIVERY, 0.96, 0.99);
        assertShare(counts, OutcomeKind.BOUNCE, 0.012, 0.030);
        assertShare(counts, OutcomeKind.DELIVERY_DELAY, 0.015, 0.035);
        assertShare(counts, OutcomeKind.COMPLAINT, 0.0001, 0.002);
        assertShare(counts, OutcomeKind.OPEN, 0.30, 0.50);
        assertShare(counts, OutcomeKind.CLICK, 0.02, 0.08);
        assertShare(counts, OutcomeKind.UNSUBSCRIBE, 0.0007, 0.0025);
        assertThat((double) suppressing / addresses).isBetween(0.006, 0.025);
        assertThat((double) repeated / events).isBetween(0.004, 0.02);
    }

    @Test
    void aClickNamesALinkOfTheMailAndNeverTheWayOut() throws Exception {
        Set<String> followed = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            for (Outcome outcome : read(of("reader" + i + "@example.com", SETTINGS))) {
                if (outcome.kind() == OutcomeKind.CLICK) {
                    assertThat(outcome.link()).isIn("https://example.com/a", "https://example.com/b?c=1&d=2");
                    followed.add(String.valueOf(outcome.link()));
                }
            }
        }
        assertThat(followed).hasSize(2);
    }

    @Test
    void ofAMailThatMayNotBeCountedAllButOpeningsAndClicksIsReported() throws Exception {
        Set<OutcomeKind> seen = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            String address = "reader" + i + "@example.com";
            List<Outcome> counted = read(of(address, SETTINGS));
            List<Outcome> uncounted = read(of(address, SETTINGS, false));
            assertThat(uncounted)
                    .isEqualTo(counted.stream()
                            .filter(outcome ->
                                    outcome.kind() != OutcomeKind.OPEN && outcome.kind() != OutcomeKind.CLICK)
                            .toList());
            uncounted.forEach(outcome -> seen.add(outcome.kind()));
        }
        assertThat(seen).contains(OutcomeKind.DELIVERY, OutcomeKind.BOUNCE, OutcomeKind.COMPLAINT);
    }

    @Test
    void someEventsOvertakeEarlierOnes() throws Exception {
        int overtaken = 0;
        for (int i = 0; i < 1_000; i++) {
            List<QueuedEvent> queued = of("reader" + i + "@example.com", SETTINGS);
            for (int j = 1; j < queued.size(); j++) {
                overtaken +=
                        queued.get(j).visibleAt().isBefore(queued.get(j - 1).visibleAt()) ? 1 : 0;
            }
        }
        assertThat(overtaken).isPositive();
    }

    private static CompiledTemplate template() {
        try {
            return CompiledTemplate.compile(new TemplateContent(
                    "Hello",
                    "",
                    "<p><a href='https://example.com/a'>a</a> <a href='https://example.com/b?c=1&amp;d=2'>b</a>"
                            + " <a href='{{unsubscribe}}'>leave</a></p>"));
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertShare(Map<OutcomeKind, Integer> counts, OutcomeKind kind, double least, double most) {
        assertThat(counts.getOrDefault(kind, 0) / 20_000.0).as(kind.name()).isBetween(least, most);
    }

    private static List<QueuedEvent> of(String address, PracticeSettings settings) throws Exception {
        return of(address, settings, true);
    }

    private static List<QueuedEvent> of(String address, PracticeSettings settings, boolean tracked) throws Exception {
        MessageAddresses hits = LINKS.of("workspace1-42");
        OutgoingMail mail = new OutgoingMail(
                "workspace1-42",
                "workspace1-7",
                "News <news@example.com>",
                address,
                "",
                "Hello “you”",
                TEMPLATE.render(key -> hits.unsubscribe(), tracked ? hits : null)
                        .html(),
                "Hello",
                List.of(new OutgoingMail.Header("List-Unsubscribe", "<" + hits.unsubscribe() + ">")),
                List.of(),
                tracked);
        return PracticeOutcomes.of(mail, "practice-1", SettableClock.START, settings, LINKS);
    }

    private List<Outcome> read(List<QueuedEvent> events) {
        List<Outcome> outcomes = new ArrayList<>();
        for (QueuedEvent event : events) {
            SesEventParser.Reading reading = parser.read(event.body());
            assertThat(reading).as(event.body()).isInstanceOf(SesEventParser.Understood.class);
            outcomes.add(((SesEventParser.Understood) reading).outcome());
        }
        return outcomes;
    }

    /** Each event once, however often it was queued. */
    private static List<Outcome> once(List<Outcome> outcomes) {
        Set<String> seen = new HashSet<>();
        return outcomes.stream()
                .filter(outcome -> seen.add(outcome.kind() + outcome.fingerprint()))
                .toList();
    }
}
