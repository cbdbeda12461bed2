package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.SettableClock;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageQuery;
import app.mailroom.model.MessageState;
import app.mailroom.model.Outcome;
import app.mailroom.model.OutcomeKind;
import app.mailroom.model.QuarantinedEvent;
import app.mailroom.model.SendResult;
import app.mailroom.store.OutcomeStore.Reread;
import app.mailroom.store.OutcomeStore.Unsettled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutcomeStoreTest {
    private static final List<MessageState> RISING = List.of(
            MessageState.ACCEPTED,
            MessageState.DELAYED,
            MessageState.DELIVERED,
            MessageState.BOUNCED,
            MessageState.COMPLAINED);

    @Nested
    class OneByOne {
        @TempDir
        Path directory;

        private TestWorkspace workspace;
        private long sender;
        private long plan;
        private ClaimedMessage message;

        @BeforeEach
        void open() {
            workspace = new TestWorkspace(directory);
            sender = workspace.delivery.register("this one");
            plan = workspace.running(1);
            message = workspace.claimOne(sender, plan);
        }

        @AfterEach
        void recountAndClose() {
            workspace.assertTotalsEqualRecount();
            workspace.close();
        }

        @Test
        void anEventIsStoredOnceHoweverOftenItComes() {
            accept();
            Outcome delivery = event(OutcomeKind.DELIVERY);

            assertThat(workspace.outcomes.settle(List.of(delivery, delivery), List.of()))
                    .isEqualTo(1);
            assertThat(settle(delivery)).isZero();

            assertThat(workspace.messages.events(message.id())).hasSize(1);
        }

        @Test
        void anEventOfAMessageThatWasNeverClaimedIsAboutAnotherOne() {
            long fresh = workspace.running(List.of("new@example.com"));
            long id = workspace.messages.page(MessageQuery.all(fresh, 1)).get(0).id();

            settle(outcome(OptionalLong.of(id), "ses-old", OutcomeKind.BOUNCE, true));

            assertThat(workspace.state(id)).isEqualTo(MessageState.PLANNED);
            assertThat(workspace.suppressions.list("", 10)).isEmpty();
            assertThat(workspace.outcomes.quarantined(10)).hasSize(1);
            assertThat(workspace.claimOne(sender, fresh).id()).isEqualTo(id);
        }

        @Test
        void eventsOutOfOrderOnlyRaiseTheState() {
            accept();

            settle(event(OutcomeKind.DELIVERY));
            settle(event(OutcomeKind.SEND));
            settle(event(OutcomeKind.DELIVERY_DELAY));
            assertThat(state()).isEqualTo(MessageState.DELIVERED);
            settle(event(OutcomeKind.COMPLAINT));
            settle(event(OutcomeKind.BOUNCE));
            settle(event(OutcomeKind.OPEN));

            assertThat(state()).isEqualTo(MessageState.COMPLAINED);
            assertThat(workspace.messages.events(message.id())).hasSize(6);
        }

        @ParameterizedTest
        @EnumSource(
                value = OutcomeKind.class,
                names = {"DELIVERY_DELAY", "DELIVERY", "BOUNCE", "COMPLAINT", "OPEN", "REJECT"})
        void anEventRaisesWhatAPersonMarkedAsSent(OutcomeKind kind) {
            workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));
            workspace.messages.markSent(message.id());

            settle(event(kind));

            assertThat(state()).isEqualTo(kind.proves());
            assertThat(workspace.column(message.id(), "reason")).isNotEqualTo(MessageStore.MARKED_SENT);
        }

        @Test
        void theServicesOwnWordTakesThePlaceOfThatOfAPerson() {
            workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));
            workspace.messages.markSent(message.id());

            settle(event(OutcomeKind.SEND));

            assertThat(state()).isEqualTo(MessageState.ACCEPTED);
            assertThat(workspace.column(message.id(), "reason")).isNull();
        }

        @Test
        void anEventThatOvertakesTheAnswerProvesAcceptance() {
            settle(event(OutcomeKind.DELIVERY));
            assertThat(state()).isEqualTo(MessageState.DELIVERED);
            assertThat(workspace.column(message.id(), "accepted_at")).isNotNull();

            accept();

            assertThat(state()).isEqualTo(MessageState.DELIVERED);
            assertThat(workspace.column(message.id(), "provider_id")).isEqualTo("ses-1");
        }

        @Test
        void anAnswerThatSaysOtherwiseDoesNotUndoWhatAnEventProved() {
            settle(event(OutcomeKind.SEND));

            workspace.record(message, sender, new SendResult.Throttled("late"));
            workspace.record(message, sender, new SendResult.Unknown("late", "late"));

            assertThat(state()).isEqualTo(MessageState.ACCEPTED);
            workspace.clock.advance(TestWorkspace.RETRY);
            assertThat(workspace.delivery.claim(sender, plan, 1)).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(
                value = OutcomeKind.class,
                names = {"SEND", "DELIVERY", "DELIVERY_DELAY", "BOUNCE", "COMPLAINT", "OPEN", "CLICK"})
        void aPlannedMessageThatHasAnEventCannotBeClaimedAnyMore(OutcomeKind kind) {
            workspace.record(message, sender, new SendResult.Throttled("too fast"));
            workspace.clock.advance(TestWorkspace.RETRY);
            assertThat(state()).isEqualTo(MessageState.PLANNED);

            settle(event(kind));

            assertThat(state()).isEqualTo(kind.proves());
            assertThat(workspace.delivery.claim(sender, plan, 1)).isEmpty();
        }

        @Test
        void anEventSettlesAnUncertainMessageAndClearsTheReason() {
            workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", "10 s"));

            settle(event(OutcomeKind.SEND));

            assertThat(state()).isEqualTo(MessageState.ACCEPTED);
            assertThat(workspace.column(message.id(), "reason")).isNull();
        }

        @Test
        void permanentBouncesAndComplaintsSuppressTheAddress() {
            accept();

            settle(event(OutcomeKind.BOUNCE, true));

            assertThat(workspace.suppressions.list("", 10)).singleElement().satisfies(suppression -> {
                assertThat(suppression.address()).isEqualTo(message.address());
                assertThat(suppression.reason()).isEqualTo("BOUNCE");
            });
            settle(event(OutcomeKind.COMPLAINT, true));
            assertThat(workspace.suppressions.list("", 10)).hasSize(1);
            long next = workspace.running(1);
            assertThat(workspace.plans.totals(next).in(MessageState.SUPPRESSED)).isEqualTo(1);
            assertThat(workspace.delivery.claim(sender, next, 1)).isEmpty();
        }

        @Test
        void transientBouncesDoNot() {
            accept();

            settle(event(OutcomeKind.BOUNCE, false));

            assertThat(state()).isEqualTo(MessageState.BOUNCED);
            assertThat(workspace.suppressions.list("", 10)).isEmpty();
        }

        @Test
        void anEventAboutNoMessageGoesIntoQuarantineOnceWithItsBody() {
            Outcome stray = outcome(OptionalLong.of(4711), "ses-stray", OutcomeKind.BOUNCE, true);

            assertThat(settle(stray)).isZero();
            settle(stray);

            assertThat(workspace.outcomes.quarantined(10))
                    .singleElement()
                    .extracting(QuarantinedEvent::body)
                    .isEqualTo(stray.body());
            assertThat(workspace.suppressions.list("", 10)).isEmpty();
        }

        @Test
        void whatWasNotUnderstoodGoesIntoQuarantineOnceAndHoldsNothingUp() {
            Unsettled garbage = new Unsettled("NOT_JSON", "f1", "<garbage>");

            int fresh = workspace.outcomes.settle(List.of(event(OutcomeKind.DELIVERY)), List.of(garbage, garbage));

            assertThat(fresh).isEqualTo(1);
            assertThat(workspace.outcomes.quarantined(10)).hasSize(1);
            assertThat(workspace.outcomes.quarantined(10).get(0).reason()).isEqualTo("NOT_JSON");
        }

        @Test
        void whatAnEventSuppressesHoldsInItsPlansWorldOnly() {
            accept();

            settle(event(OutcomeKind.BOUNCE, true));
            assertThat(workspace.text("SELECT group_concat(world) FROM suppressions"))
                    .isEqualTo("PRACTICE");

            workspace.execute("UPDATE plans SET world = 'LIVE'");
            settle(event(OutcomeKind.COMPLAINT, true));
            assertThat(workspace.text(
                            "SELECT group_concat(world || ' ' || reason) FROM suppressions" + " WHERE world = 'LIVE'"))
                    .isEqualTo("LIVE COMPLAINT");
        }

        @Test
        void leavingAllTopicsCountsAsUnsubscribing() {
            accept();

            settle(event(OutcomeKind.SUBSCRIPTION, false));
            assertThat(workspace.plans.totals(plan).unsubscribed()).isZero();
            settle(outcome(OptionalLong.of(message.id()), "ses-all", OutcomeKind.SUBSCRIPTION, true));

            assertThat(workspace.plans.totals(plan).unsubscribed()).isEqualTo(1);
            assertThat(workspace.suppressions.list("", 10))
                    .singleElement()
                    .satisfies(suppression -> assertThat(suppression.reason()).isEqualTo("UNSUBSCRIBE"));
        }

        @Test
        void whatAPersonDismissedStaysOutOfSightEvenWhenItComesAgain() {
            Unsettled garbage = new Unsettled("NOT_JSON", "f1", "<garbage>");
            Unsettled other = new Unsettled("NOT_JSON", "f2", "<other>");
            workspace.outcomes.settle(List.of(), List.of(garbage, other));
            long id = workspace.outcomes.quarantinedAfter(0, 1).get(0).id();

            workspace.outcomes.dismiss(id);
            workspace.outcomes.settle(List.of(), List.of(garbage));

            assertThat(workspace.outcomes.quarantinedCount()).isEqualTo(1);
            assertThat(workspace.outcomes.quarantined(10))
                    .extracting(QuarantinedEvent::body)
                    .containsExactly("<other>");
            assertThat(workspace.outcomes.quarantinedAfter(0, 10)).hasSize(1);
            assertThat(workspace.number("SELECT count(*) FROM quarantined_events"))
                    .isEqualTo(2);
        }

        @Test
        void anEventLeavesQuarantineOnlyTogetherWithWhatItDoes() {
            Outcome delivery = event(OutcomeKind.DELIVERY);
            Outcome stray = outcome(OptionalLong.of(4711), "ses-stray", OutcomeKind.DELIVERY, false);
            workspace.outcomes.settle(
                    List.of(),
                    List.of(
                            new Unsettled("UNKNOWN_EVENT", "f1", delivery.body()),
                            new Unsettled("UNKNOWN_EVENT", "f2", stray.body()),
                            new Unsettled("NOT_JSON", "f3", "hello")));
            List<Long> ids = workspace.outcomes.quarantinedAfter(0, 10).stream()
                    .map(QuarantinedEvent::id)
                    .toList();

            int left = workspace.outcomes.settleQuarantined(
                    List.of(new Reread(ids.get(0), delivery), new Reread(ids.get(1), stray)), List.of(ids.get(2)));

            assertThat(left).isEqualTo(2);
            assertThat(state()).isEqualTo(MessageState.DELIVERED);
            assertThat(workspace.outcomes.quarantined(10))
                    .singleElement()
                    .extracting(QuarantinedEvent::reason)
                    .isEqualTo("NO_SUCH_MESSAGE");
        }

        @Test
        void opensAndClicksAreCountedOncePerMessage() {
            accept();
            for (int i = 0; i < 3; i++) {
                settle(repeated(OutcomeKind.OPEN, i));
                settle(repeated(OutcomeKind.CLICK, i));
                settle(repeated(OutcomeKind.UNSUBSCRIBE, i));
            }

            var totals = workspace.plans.totals(plan);
            assertThat(totals.opened()).isEqualTo(1);
            assertThat(totals.clicked()).isEqualTo(1);
            assertThat(totals.unsubscribed()).isEqualTo(1);
            assertThat(workspace.messages.events(message.id())).hasSize(9);
            assertThat(state()).isEqualTo(MessageState.DELIVERED);
        }

        @Test
        void anEventWithoutATagIsMatchedByTheProvidersId() {
            accept();

            settle(outcome(OptionalLong.empty(), "ses-1", OutcomeKind.BOUNCE, true));
            settle(outcome(OptionalLong.empty(), "ses-2", OutcomeKind.COMPLAINT, true));

            assertThat(state()).isEqualTo(MessageState.BOUNCED);
            assertThat(workspace.outcomes.quarantined(10)).hasSize(1);
        }

        @Test
        void anEventBringsTheProvidersIdThatTheAnswerNeverBrought() {
            workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));

            settle(event(OutcomeKind.SEND));
            settle(outcome(OptionalLong.empty(), "ses-1", OutcomeKind.BOUNCE, true));

            assertThat(state()).isEqualTo(MessageState.BOUNCED);
        }

        @ParameterizedTest
        @EnumSource(
                value = OutcomeKind.class,
                names = {"REJECT", "RENDERING_FAILURE"})
        void aRejectionAfterAcceptanceIsKeptWithItsReason(OutcomeKind kind) {
            accept();

            settle(event(kind));

            assertThat(state()).isEqualTo(MessageState.REJECTED);
            assertThat(workspace.column(message.id(), "reason")).isEqualTo("reason of " + kind);
        }

        private void accept() {
            workspace.record(message, sender, new SendResult.Accepted("ses-1"));
        }

        private MessageState state() {
            return workspace.state(message.id());
        }

        private int settle(Outcome outcome) {
            int fresh = workspace.outcomes.settle(List.of(outcome), List.of());
            workspace.assertTotalsEqualRecount();
            return fresh;
        }

        private Outcome event(OutcomeKind kind) {
            return event(kind, false);
        }

        private Outcome event(OutcomeKind kind, boolean suppresses) {
            return outcome(OptionalLong.of(message.id()), "ses-1", kind, suppresses);
        }

        private Outcome repeated(OutcomeKind kind, int number) {
            return fingerprinted(OptionalLong.of(message.id()), "ses-1", kind, false, kind + "-" + number);
        }
    }

    /** One thing that may come in: an event, or the only answer to the one request. */
    record Arrival(boolean event, OutcomeKind kind, int number) {}

    /** What the one request was answered by, or null for nothing yet. */
    enum Answer {
        ACCEPTED,
        UNKNOWN,
        THROTTLED
    }

    @Property(tries = 120)
    void anySequenceOfEventsAndAnswersComesToTheHighestRank(
            @ForAll("arrivals") List<Arrival> arrivals, @ForAll Answer answer) throws IOException {
        Path directory = Files.createTempDirectory("mailroom");
        try (TestWorkspace workspace = new TestWorkspace(directory)) {
            long sender = workspace.delivery.register("this one");
            ClaimedMessage message = workspace.claimOne(sender, workspace.running(2));
            for (Arrival arrival : arrivals) {
                if (arrival.event()) {
                    workspace.outcomes.settle(
                            List.of(fingerprinted(
                                    OptionalLong.of(message.id()),
                                    "ses-1",
                                    arrival.kind(),
                                    false,
                                    arrival.kind() + "-" + arrival.number())),
                            List.of());
                } else {
                    workspace.record(message, sender, sendResult(answer));
                }
                workspace.assertTotalsEqualRecount();
            }
            assertThat(workspace.state(message.id())).isEqualTo(expected(arrivals, answer));
            assertThat(workspace.messages.events(message.id())).hasSize((int)
                    arrivals.stream().filter(Arrival::event).distinct().count());
        } finally {
            delete(directory);
        }
    }

    @Property(tries = 25)
    void manyEventsAtOnceComeToTheSameAsOneByOne(
            @ForAll("arrivals") List<Arrival> ofOne, @ForAll("arrivals") List<Arrival> ofAnother) throws IOException {
        List<Outcome> all = new ArrayList<>(outcomes(1, ofOne));
        all.addAll(outcomes(2, ofAnother));

        assertThat(settled(List.of(all)))
                .isEqualTo(settled(all.stream().map(List::of).toList()));
    }

    private static List<Outcome> outcomes(long message, List<Arrival> arrivals) {
        return arrivals.stream()
                .filter(Arrival::event)
                .map(arrival -> fingerprinted(
                        OptionalLong.of(message),
                        "ses-" + message,
                        arrival.kind(),
                        arrival.kind() == OutcomeKind.BOUNCE,
                        arrival.kind() + "-" + arrival.number()))
                .toList();
    }

    /** What two claimed messages and their counts are after these batches. */
    private static String settled(List<List<Outcome>> batches) throws IOException {
        Path directory = Files.createTempDirectory("mailroom");
        try (TestWorkspace workspace = new TestWorkspace(directory)) {
            long plan = workspace.running(2);
            workspace.delivery.claim(workspace.delivery.register("this one"), plan, 2);
            batches.forEach(batch -> workspace.outcomes.settle(batch, List.of()));
            workspace.assertTotalsEqualRecount();
            return workspace.kept(plan)
                    + workspace.text("SELECT group_concat(concat_ws(',', id, state, reason, provider_id, accepted_at,"
                            + " delivered_at, opened_at, clicked_at, machine_opened_at, machine_clicked_at), ';')"
                            + " FROM (SELECT * FROM messages ORDER BY id)")
                    + workspace.text("SELECT coalesce(group_concat(concat_ws(',', message_id, fingerprint, judged_as,"
                            + " rule), ';'), '') FROM (SELECT * FROM message_events ORDER BY message_id, fingerprint)")
                    + workspace.suppressions.list("", 10);
        } finally {
            delete(directory);
        }
    }

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<OutcomeKind> kinds = Arbitraries.of(
                OutcomeKind.SEND,
                OutcomeKind.DELIVERY,
                OutcomeKind.DELIVERY_DELAY,
                OutcomeKind.BOUNCE,
                OutcomeKind.COMPLAINT,
                OutcomeKind.OPEN,
                OutcomeKind.CLICK,
                OutcomeKind.SUBSCRIPTION);
        Arbitrary<Arrival> events = Combinators.combine(
                        kinds, Arbitraries.integers().between(0, 1))
                .as((kind, number) -> new Arrival(true, kind, number));
        Arbitrary<Arrival> answers = Arbitraries.just(new Arrival(false, OutcomeKind.SEND, 0));
        return Arbitraries.oneOf(events, events, answers).list().ofMaxSize(10);
    }

    private static MessageState expected(List<Arrival> arrivals, Answer answer) {
        List<MessageState> proven = new ArrayList<>();
        boolean answered = false;
        for (Arrival arrival : arrivals) {
            if (arrival.event()) {
                proven.add(arrival.kind().proves());
            } else {
                answered = true;
            }
        }
        if (answered && answer == Answer.ACCEPTED) {
            proven.add(MessageState.ACCEPTED);
        }
        MessageState unproven = switch (answer) {
            case UNKNOWN -> MessageState.UNCERTAIN;
            case THROTTLED -> MessageState.PLANNED;
            case ACCEPTED -> MessageState.CLAIMED;
        };
        return proven.stream()
                .max(Comparator.comparing(RISING::indexOf))
                .orElse(answered ? unproven : MessageState.CLAIMED);
    }

    private static SendResult sendResult(Answer answer) {
        return switch (answer) {
            case ACCEPTED -> new SendResult.Accepted("ses-1");
            case UNKNOWN -> new SendResult.Unknown("TIME_OUT", "");
            case THROTTLED -> new SendResult.Throttled("");
        };
    }

    private static Outcome outcome(OptionalLong messageId, String providerId, OutcomeKind kind, boolean suppresses) {
        return fingerprinted(messageId, providerId, kind, suppresses, kind + " of " + providerId);
    }

    private static Outcome fingerprinted(
            OptionalLong messageId, String providerId, OutcomeKind kind, boolean suppresses, String fingerprint) {
        return new Outcome(
                kind,
                messageId,
                providerId,
                fingerprint,
                SettableClock.START,
                suppresses,
                kind == OutcomeKind.SEND ? null : "reason of " + kind,
                null,
                null,
                "{\"body\":\"" + kind + "\"}");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
