package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.HitVerdict;
import app.mailroom.model.HitVerdict.By;
import app.mailroom.model.Measure;
import app.mailroom.model.MessageEvent;
import app.mailroom.model.MessageState;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.PlanResults.ReasonCount;
import app.mailroom.model.ResultCounts.OfLink;
import app.mailroom.model.RuleCount;
import app.mailroom.model.SendResult;
import app.mailroom.outcome.HitJudge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsStoreTest {
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String APPLE = "Mozilla/5.0";
    private static final List<String> LINKS = List.of(
            "https://shop.example/a",
            "https://shop.example/b",
            "https://shop.example/a",
            "https://shop.example/c?code={{code}}&from=mail");

    @Nested
    class OfOneMailing {
        @TempDir
        Path directory;

        private TestWorkspace workspace;
        private long plan;
        private long sender;
        private List<ClaimedMessage> messages;
        private int fingerprint;

        @BeforeEach
        void open() {
            workspace = new TestWorkspace(directory);
            sender = workspace.delivery.register("this one");
            plan = workspace.running(List.of("a@gmail.com", "b@gmail.com", "c@naver.com", "d@nate.com"));
            links(workspace, plan);
            messages = workspace.delivery.claim(sender, plan, 10);
            messages.forEach(
                    message -> workspace.record(message, sender, new SendResult.Accepted("ses-" + message.id())));
        }

        @AfterEach
        void recountAndClose() {
            workspace.assertTotalsEqualRecount();
            workspace.close();
        }

        @Test
        void whatOnlyMachinesOpenedIsNoPersons() {
            happens(0, OutcomeKind.DELIVERY, 0, null, null);
            happens(0, OutcomeKind.OPEN, 600, APPLE, null);
            assertThat(count(Measure.OPENED)).isZero();
            assertThat(count(Measure.OPENED_BY_MACHINES)).isEqualTo(1);
            assertThat(count(Measure.UNOPENED)).isEqualTo(1);

            happens(0, OutcomeKind.OPEN, 900, BROWSER, null);

            assertThat(count(Measure.OPENED)).isEqualTo(1);
            assertThat(count(Measure.OPENED_BY_MACHINES)).isZero();
            assertThat(count(Measure.UNOPENED)).isZero();
            assertThat(workspace.column(messages.get(0).id(), "opened_at"))
                    .isEqualTo(Long.toString(after(900).toEpochMilli()));
        }

        @Test
        void aLaterReportOfDeliveryShowsThatAMachineHadOpened() {
            happens(0, OutcomeKind.OPEN, 1, BROWSER, null);
            assertThat(count(Measure.OPENED)).isEqualTo(1);

            happens(0, OutcomeKind.DELIVERY, 0, null, null);

            assertThat(count(Measure.OPENED)).isZero();
            assertThat(count(Measure.OPENED_BY_MACHINES)).isEqualTo(1);
            assertThat(verdicts(0)).containsExactly(HitJudge.Rule.AT_DELIVERY.verdict());
        }

        @Test
        void theThirdLinkOfAScannerTakesTheFirstTwoWithIt() {
            happens(0, OutcomeKind.DELIVERY, 0, null, null);
            happens(0, OutcomeKind.CLICK, 100, BROWSER, LINKS.get(0));
            happens(0, OutcomeKind.CLICK, 101, BROWSER, LINKS.get(1));
            assertThat(count(Measure.CLICKED)).isEqualTo(1);

            happens(0, OutcomeKind.CLICK, 102, BROWSER, "https://shop.example/c?code=77&from=mail");

            assertThat(count(Measure.CLICKED)).isZero();
            assertThat(count(Measure.CLICKED_BY_MACHINES)).isEqualTo(1);
            assertThat(workspace.results.links(plan))
                    .containsExactly(
                            new OfLink(1, LINKS.get(0), 0, 1, 0, 1),
                            new OfLink(2, LINKS.get(1), 0, 1, 0, 1),
                            new OfLink(4, LINKS.get(3), 0, 1, 0, 1));
        }

        @Test
        void linksAreRankedByThePeopleWhoFollowedThem() {
            happens(0, OutcomeKind.CLICK, 100, BROWSER, LINKS.get(1));
            happens(1, OutcomeKind.CLICK, 100, BROWSER, LINKS.get(1));
            happens(1, OutcomeKind.CLICK, 200, BROWSER, LINKS.get(1));
            happens(2, OutcomeKind.CLICK, 100, BROWSER, "https://shop.example/c?code=A&from=mail");
            happens(3, OutcomeKind.CLICK, 100, BROWSER, "https://elsewhere.example");

            assertThat(workspace.results.links(plan))
                    .containsExactly(
                            new OfLink(2, LINKS.get(1), 3, 0, 2, 0),
                            new OfLink(0, "", 1, 0, 1, 0),
                            new OfLink(4, LINKS.get(3), 1, 0, 1, 0),
                            new OfLink(1, LINKS.get(0), 0, 0, 0, 0));
        }

        @Test
        void domainsReasonsAndHoursAreKept() {
            happens(0, OutcomeKind.DELIVERY, 0, null, null);
            happens(1, OutcomeKind.BOUNCE, 4_000, null, null);
            happens(2, OutcomeKind.DELIVERY, 4_000, null, null);

            ResultsStore.Domains domains = workspace.results.domains(plan, 1);
            assertThat(domains.largest()).singleElement().satisfies(largest -> {
                assertThat(largest.domain()).isEqualTo("gmail.com");
                assertThat(largest.counts().of(Measure.TAKEN)).isEqualTo(2);
                assertThat(largest.counts().of(Measure.ARRIVED)).isEqualTo(1);
                assertThat(largest.counts().of(Measure.BOUNCED)).isEqualTo(1);
            });
            assertThat(domains.others()).isEqualTo(2);
            assertThat(domains.ofOthers().of(Measure.TAKEN)).isEqualTo(2);
            assertThat(workspace.results.of(plan).orElseThrow().reasons())
                    .containsExactly(new ReasonCount(MessageState.BOUNCED, "Permanent.General", 1));
            assertThat(workspace.results.of(plan).orElseThrow().hardBounces()).isEqualTo(1);
            assertThat(workspace.results.hours(plan))
                    .extracting(hour -> hour.counts().of(Measure.ARRIVED))
                    .containsExactly(1L, 1L);
        }

        @Test
        void whatBouncesLaterHasNotArrived() {
            happens(0, OutcomeKind.DELIVERY, 0, null, null);
            happens(0, OutcomeKind.BOUNCE, 10, null, null);

            assertThat(count(Measure.ARRIVED)).isZero();
            assertThat(count(Measure.BOUNCED)).isEqualTo(1);
        }

        @Test
        void newRulesJudgeAnewWhatOlderOnesJudged() {
            happens(0, OutcomeKind.DELIVERY, 0, null, null);
            happens(0, OutcomeKind.OPEN, 600, BROWSER, null);
            happens(1, OutcomeKind.CLICK, 600, BROWSER, LINKS.get(0));
            HitVerdict machine = new HitVerdict(By.MACHINE, "STRICT");
            OutcomeStore strict = new OutcomeStore(
                    workspace.database,
                    workspace.clock,
                    new HitRules(
                            HitJudge.RULES.version() + 1,
                            all -> all.hits().stream().map(hit -> machine).toList()));

            assertThat(strict.judgeAnew(1)).isEqualTo(1);
            assertThat(strict.judgeAnew(10)).isEqualTo(1);
            assertThat(strict.judgeAnew(10)).isZero();

            assertThat(verdicts(0)).containsExactly(machine);
            assertThat(count(Measure.OPENED)).isZero();
            assertThat(count(Measure.OPENED_BY_MACHINES)).isEqualTo(1);
            assertThat(count(Measure.CLICKED_BY_MACHINES)).isEqualTo(1);
            assertThat(workspace.outcomes.judgeAnew(10)).isZero();
        }

        @Test
        void hitsAreCountedByRuleInPieces() {
            happens(0, OutcomeKind.DELIVERY, 0, null, null);
            happens(0, OutcomeKind.OPEN, 600, APPLE, null);
            happens(0, OutcomeKind.OPEN, 900, BROWSER, null);
            happens(1, OutcomeKind.OPEN, 900, BROWSER, null);
            happens(3, OutcomeKind.CLICK, 950, BROWSER, LINKS.get(1));
            long another = workspace.running(2);

            Map<HitVerdict, RuleCount> counted = new HashMap<>();
            ResultsStore.HitsByRule piece = workspace.results.hits(plan, 0, 3);
            assertThat(piece.share()).isEqualTo(0.75);
            piece.counts().forEach(count -> counted.merge(count.verdict(), count, RuleCount::plus));
            piece = workspace.results.hits(plan, piece.upTo(), 3);
            piece.counts().forEach(count -> counted.merge(count.verdict(), count, RuleCount::plus));

            assertThat(piece.share()).isEqualTo(1);
            HitVerdict apple = HitJudge.Rule.APPLE_MAIL_PRIVACY.verdict();
            HitVerdict person = HitJudge.Rule.NO_SIGN_OF_A_MACHINE.verdict();
            assertThat(counted.values())
                    .containsExactlyInAnyOrder(new RuleCount(apple, 1, 0), new RuleCount(person, 2, 1));
            assertThat(workspace.results.hits(plan, piece.upTo(), 3).counts()).isEmpty();
            assertThat(workspace.results.hits(another, 0, 100)).satisfies(none -> {
                assertThat(none.counts()).isEmpty();
                assertThat(none.share()).isEqualTo(1);
            });
        }

        @Test
        void aMailingWithoutMessagesHasNoHits() {
            assertThat(workspace.results.hits(99, 0, 10)).satisfies(none -> {
                assertThat(none.counts()).isEmpty();
                assertThat(none.share()).isEqualTo(1);
            });
        }

        @Test
        void mailingsAreComparedInTheOrderAsked() {
            long other = workspace.running(List.of("x@example.com"));

            assertThat(workspace.results.compare(List.of(plan, 4_711L, other)))
                    .extracting(results -> results.plan().id())
                    .containsExactly(plan, other);
            assertThat(workspace.results.all())
                    .extracting(results -> results.plan().id())
                    .containsExactly(other, plan);
        }

        private void happens(
                int message, OutcomeKind kind, long second, @Nullable String agent, @Nullable String link) {
            fingerprint++;
            workspace.outcomes.settle(
                    List.of(event(messages.get(message).id(), kind, second, agent, link, fingerprint)), List.of());
            workspace.assertTotalsEqualRecount();
        }

        private long count(Measure measure) {
            return workspace.plans.totals(plan).of(measure);
        }

        private List<@Nullable HitVerdict> verdicts(int message) {
            return workspace.messages.events(messages.get(message).id()).stream()
                    .filter(event -> event.verdict() != null)
                    .map(MessageEvent::verdict)
                    .toList();
        }
    }

    /** One thing that happens to one of three messages. */
    record Happening(int message, OutcomeKind kind, long second, String agent, String link) {}

    @Property(tries = 60)
    void whatIsKeptIsWhatIsThereAndDoesNotDependOnTheOrder(
            @ForAll("happenings") List<Happening> happenings, @ForAll Random random) throws IOException {
        List<Happening> shuffled = new ArrayList<>(happenings);
        Collections.shuffle(shuffled, random);
        Path directory = Files.createTempDirectory("mailroom");
        try (TestWorkspace workspace = new TestWorkspace(directory)) {
            long sender = workspace.delivery.register("this one");
            List<TestWorkspace.Kept> kept = new ArrayList<>();
            for (List<Happening> order : List.of(happenings, shuffled)) {
                long plan = workspace.running(List.of("a@gmail.com", "b@gmail.com", "c@naver.com"));
                links(workspace, plan);
                List<ClaimedMessage> messages = workspace.delivery.claim(sender, plan, 3);
                messages.forEach(
                        message -> workspace.record(message, sender, new SendResult.Accepted("ses-" + message.id())));
                List<Outcome> outcomes = order.stream()
                        .map(happening -> event(
                                messages.get(happening.message()).id(),
                                happening.kind(),
                                happening.second(),
                                happening.agent(),
                                happening.link(),
                                happenings.indexOf(happening)))
                        .toList();
                int half = outcomes.size() / 2;
                workspace.outcomes.settle(outcomes.subList(0, half), List.of());
                workspace.assertTotalsEqualRecount();
                workspace.outcomes.settle(outcomes.subList(half, outcomes.size()), List.of());
                workspace.assertTotalsEqualRecount();
                kept.add(workspace.kept(plan));
            }
            assertThat(kept.get(0).domains()).isEqualTo(kept.get(1).domains());
            assertThat(kept.get(0).hours()).isEqualTo(kept.get(1).hours());
            assertThat(kept.get(0).links()).isEqualTo(kept.get(1).links());
            assertThat(kept.get(0).whole().totals())
                    .isEqualTo(kept.get(1).whole().totals());
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Provide
    Arbitrary<List<Happening>> happenings() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(
                                OutcomeKind.DELIVERY,
                                OutcomeKind.BOUNCE,
                                OutcomeKind.COMPLAINT,
                                OutcomeKind.OPEN,
                                OutcomeKind.OPEN,
                                OutcomeKind.CLICK,
                                OutcomeKind.CLICK,
                                OutcomeKind.UNSUBSCRIBE),
                        Arbitraries.longs().between(0, 8),
                        Arbitraries.of(APPLE, BROWSER, "curl/8.0"),
                        Arbitraries.of(
                                LINKS.get(0),
                                LINKS.get(1),
                                "https://shop.example/c?code=1&from=mail",
                                "https://x.example"))
                .as(Happening::new)
                .list()
                .ofMaxSize(14)
                .uniqueElements();
    }

    private static void links(TestWorkspace workspace, long plan) {
        for (int i = 0; i < LINKS.size(); i++) {
            workspace.execute("INSERT INTO links (plan_id, number, url) VALUES (" + plan + ", " + (i + 1) + ", '"
                    + LINKS.get(i) + "')");
        }
    }

    private static Instant after(long second) {
        return SettableClock.START.plusSeconds(second);
    }

    private static Outcome event(
            long message, OutcomeKind kind, long second, @Nullable String agent, @Nullable String link, int number) {
        return new Outcome(
                kind,
                OptionalLong.of(message),
                "ses-" + message,
                "event " + number,
                after(second),
                false,
                kind == OutcomeKind.BOUNCE ? "Permanent.General" : null,
                agent,
                kind == OutcomeKind.CLICK ? link : null,
                "{}");
    }
}
