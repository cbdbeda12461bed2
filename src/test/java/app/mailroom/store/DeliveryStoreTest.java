package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendResult.Accepted;
import app.mailroom.model.SendResult.NotStarted;
import app.mailroom.model.SendResult.Refused;
import app.mailroom.model.SendResult.Stopped;
import app.mailroom.model.SendResult.Throttled;
import app.mailroom.model.SendResult.Unknown;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DeliveryStoreTest {
    private static final Duration STALE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private DeliveryStore delivery;
    private long sender;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        delivery = workspace.delivery;
        sender = delivery.register("this one");
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void aClaimTakesAtMostWhatWasAskedForAndCountsTheAttempt() {
        long plan = workspace.running(5);

        List<ClaimedMessage> claimed = delivery.claim(sender, plan, 2);

        assertThat(claimed)
                .extracting(ClaimedMessage::address)
                .containsExactly("reader0@example.com", "reader1@example.com");
        assertThat(claimed).extracting(ClaimedMessage::attempts).containsOnly(1);
        assertThat(claimed.get(0).values()).containsExactly("reader0@example.com");
        workspace.assertTotalsEqualRecount();
        assertThat(delivery.claim(sender, plan, 10)).hasSize(3);
        workspace.assertTotalsEqualRecount();
        assertThat(delivery.claim(sender, plan, 10)).isEmpty();
    }

    @Test
    void messagesAreClaimedInTheOrderInWhichTheyAreDue() {
        long plan = workspace.running(4);
        workspace.execute("UPDATE messages SET not_before = not_before - id WHERE plan_id = " + plan);

        assertThat(delivery.claim(sender, plan, 4))
                .extracting(ClaimedMessage::address)
                .containsExactly(
                        "reader3@example.com", "reader2@example.com", "reader1@example.com", "reader0@example.com");
    }

    @Test
    void whatIsNotDueYetIsNotClaimed() {
        long plan = workspace.running(2);
        workspace.execute("UPDATE messages SET not_before = not_before + 1 WHERE address = 'reader1@example.com'");

        assertThat(delivery.claim(sender, plan, 10)).hasSize(1);
        assertThat(delivery.nextDue()).contains(workspace.clock.instant().plusMillis(1));
        workspace.clock.advance(Duration.ofMillis(1));
        assertThat(delivery.claim(sender, plan, 10)).hasSize(1);
        assertThat(delivery.nextDue()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDoesNotHoldUpWhatHasBegun() {
        long plan = workspace.running(3);
        workspace.execute(
                "UPDATE messages SET not_before = not_before - 3600000 WHERE address = 'reader1@example.com'");
        workspace.clock.advance(Duration.ofHours(-1));
        delivery.heartbeat(sender);

        assertThat(delivery.nextDue()).contains(workspace.clock.instant());
        assertThat(delivery.claim(sender, plan, 10))
                .as("first what is due by the new clock")
                .extracting(ClaimedMessage::address)
                .containsExactly("reader1@example.com");
        assertThat(delivery.nextDue()).contains(workspace.clock.instant());
        assertThat(delivery.claim(sender, plan, 1)).hasSize(1);
        workspace.execute("UPDATE messages SET not_before = "
                + workspace.clock.instant().plusSeconds(60).toEpochMilli());
        assertThat(delivery.claim(sender, plan, 10))
                .as("a wait before a retry is kept")
                .isEmpty();
    }

    @Test
    void twoProcessesNeverClaimTheSameMessage() throws Exception {
        int count = 600;
        long plan = workspace.running(count);
        try (Database second = Database.open(workspace.file, Database.Schema.WORKSPACE, workspace.clock)) {
            List<DeliveryStore> stores = List.of(
                    delivery,
                    new DeliveryStore(second, workspace.clock, World.PRACTICE),
                    delivery,
                    new DeliveryStore(second, workspace.clock, World.PRACTICE));
            CyclicBarrier start = new CyclicBarrier(stores.size());
            ExecutorService threads = Executors.newFixedThreadPool(stores.size());
            List<Long> claimed = new ArrayList<>();
            try {
                List<Future<List<Long>>> running = new ArrayList<>();
                for (DeliveryStore store : stores) {
                    running.add(threads.submit(() -> {
                        long self = store.register("one of several");
                        List<Long> own = new ArrayList<>();
                        start.await();
                        List<ClaimedMessage> batch;
                        do {
                            batch = store.claim(self, plan, 7);
                            batch.forEach(message -> own.add(message.id()));
                        } while (!batch.isEmpty());
                        return own;
                    }));
                }
                for (Future<List<Long>> one : running) {
                    claimed.addAll(one.get());
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(claimed).hasSize(count).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(value = PlanState.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
    void onlyRunningPlansAreClaimedFrom(PlanState state) {
        long plan = workspace.running(1);
        workspace.execute("UPDATE plans SET state = '" + state + "' WHERE id = " + plan);

        assertThat(delivery.claim(sender, plan, 1)).isEmpty();
        assertThat(delivery.runningPlans()).isEmpty();
        assertThat(delivery.nextDue()).isEmpty();
    }

    @Test
    void aStoppedOrUnknownSenderClaimsNothing() {
        long plan = workspace.running(1);
        delivery.stop(sender);

        assertThat(delivery.claim(sender, plan, 1)).isEmpty();
        assertThat(delivery.claim(999, plan, 1)).isEmpty();
        assertThat(delivery.heartbeat(sender)).isFalse();
    }

    @Test
    void anAddressSuppressedAfterPlanningIsMarkedInsteadOfClaimed() {
        long plan = workspace.running(List.of("a@example.com", "Leaver@Example.com", "b@example.com"));
        workspace.suppressions.add("leaver@example.COM", "UNSUBSCRIBED", "by hand");

        assertThat(delivery.claim(sender, plan, 3))
                .extracting(ClaimedMessage::address)
                .containsExactly("a@example.com", "b@example.com");
        assertThat(workspace.plans.totals(plan).in(MessageState.SUPPRESSED)).isEqualTo(1);
        assertThat(workspace.text("SELECT reason FROM messages WHERE state = 'SUPPRESSED'"))
                .isEqualTo("UNSUBSCRIBED");
    }

    @Test
    void anAcceptedMessageKeepsTheProvidersId() {
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new Accepted("ses-1"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.ACCEPTED);
        assertThat(workspace.column(message.id(), "provider_id")).isEqualTo("ses-1");
    }

    @Test
    void aThrottledMessageIsPlannedAgainAndNotClaimedBeforeItsRetryTime() {
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new Throttled("too fast"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.PLANNED);
        workspace.clock.advance(TestWorkspace.RETRY.minusMillis(1));
        assertThat(delivery.claim(sender, message.planId(), 1)).isEmpty();
        workspace.clock.advance(Duration.ofMillis(1));
        ClaimedMessage again = workspace.claimOne(sender, message.planId());
        assertThat(again.id()).isEqualTo(message.id());
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void aMessageThatWasNeverStartedIsPlannedAgain() {
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new NotStarted());

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.PLANNED);
        assertThat(workspace.planState(message.planId())).isEqualTo(PlanState.RUNNING);
    }

    @Test
    void aRefusedMessageIsRejectedWithTheReason() {
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new Refused("BadContent", "the subject is too long"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.REJECTED);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("BadContent");
        assertThat(workspace.column(message.id(), "detail")).isEqualTo("the subject is too long");
    }

    @Test
    void aMessageWithoutAnAnswerIsUncertainAndNeverClaimedAgain() {
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new Unknown("TIME_OUT", "after 10 s"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("TIME_OUT");
        workspace.clock.advance(Duration.ofDays(1));
        assertThat(delivery.claim(sender, message.planId(), 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = AccountProblem.class,
            names = {"OFFLINE", "QUOTA_USED", "ACCOUNT_PAUSED", "CREDENTIALS"})
    void aProblemOfTheAccountParksEveryRunningPlanAndBurnsNoMessage(AccountProblem problem) {
        long other = workspace.running(1);
        long paused = workspace.running(1);
        workspace.plans.pause(paused);
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new Stopped(problem, "no"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.PLANNED);
        for (long plan : List.of(other, message.planId())) {
            assertThat(workspace.planState(plan)).isEqualTo(PlanState.PARKED);
            assertThat(workspace.plan(plan).problem()).isEqualTo(problem.name());
            assertThat(workspace.plan(plan).problemDetail()).isEqualTo("no");
            assertThat(workspace.plan(plan).parkedUntil())
                    .isEqualTo(problem.retryAfter(0)
                            .map(workspace.clock.instant()::plus)
                            .orElse(null));
        }
        assertThat(workspace.planState(paused)).isEqualTo(PlanState.PAUSED);
    }

    @ParameterizedTest
    @EnumSource(
            value = AccountProblem.class,
            names = {"SENDER_NOT_VERIFIED", "CONFIGURATION"})
    void aProblemOfOnePlanParksThatPlanOnly(AccountProblem problem) {
        long other = workspace.running(1);
        ClaimedMessage message = claimed();

        workspace.record(message, sender, new Stopped(problem, "no"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.PLANNED);
        assertThat(workspace.planState(message.planId())).isEqualTo(PlanState.PARKED);
        assertThat(workspace.plan(message.planId()).parkedUntil()).isNull();
        assertThat(workspace.planState(other)).isEqualTo(PlanState.RUNNING);
    }

    @Test
    void parkingAgainAndAgainWaitsLongerUntilSomethingIsAccepted() {
        long plan = workspace.running(4);

        assertThat(parkedFor(plan)).isEqualTo(Duration.ofSeconds(5));
        assertThat(parkedFor(plan)).isEqualTo(Duration.ofSeconds(10));
        assertThat(parkedFor(plan)).isEqualTo(Duration.ofSeconds(20));
        workspace.record(workspace.claimOne(sender, plan), sender, new Accepted("ses-1"));
        assertThat(parkedFor(plan)).isEqualTo(Duration.ofSeconds(5));
    }

    private Duration parkedFor(long plan) {
        ClaimedMessage message = workspace.claimOne(sender, plan);
        workspace.record(message, sender, new Stopped(AccountProblem.OFFLINE, "no route"));
        var until = workspace.plan(plan).parkedUntil();
        assertThat(until).isNotNull();
        Duration wait = Duration.between(workspace.clock.instant(), until);
        workspace.clock.advance(wait.plus(TestWorkspace.RETRY));
        assertThat(workspace.plans.unparkDue(World.PRACTICE)).isEqualTo(1);
        return wait;
    }

    @Test
    void resultsOfAnotherSenderChangeNothing() {
        long other = delivery.register("another");
        ClaimedMessage message = claimed();

        for (SendResult result : List.of(
                new Accepted("forged"),
                new Throttled("x"),
                new NotStarted(),
                new Refused("x", "x"),
                new Unknown("x", "x"))) {
            workspace.record(message, other, result);
            assertThat(workspace.state(message.id())).isEqualTo(MessageState.CLAIMED);
            assertThat(workspace.column(message.id(), "reason")).isNull();
            assertThat(workspace.column(message.id(), "provider_id")).isNull();
        }
    }

    @Test
    void theSameResultTwiceCountsOnce() {
        ClaimedMessage message = claimed();
        var accepted = workspace.result(message, sender, new Accepted("ses-1"));

        delivery.record(List.of(accepted, accepted));
        delivery.record(List.of(accepted));

        assertThat(workspace.plans.totals(message.planId()).in(MessageState.ACCEPTED))
                .isEqualTo(1);
    }

    @Test
    void aLargeBatchOfAllKindsOfResultsIsStoredOneByOne() {
        long plan = workspace.running(600);
        List<ClaimedMessage> all = delivery.claim(sender, plan, 600);
        workspace.clock.advance(STALE);
        long other = delivery.register("survivor");
        assertThat(delivery.buryDeadSenders(STALE, other)).isEqualTo(600);
        // As a person decides it: what the dead sender had is uncertain, and of the rest most is claimed anew.
        workspace.execute("UPDATE messages SET state = 'CLAIMED', reason = NULL WHERE id > 100");
        workspace.execute("UPDATE messages SET state = 'DELIVERED' WHERE id = 300");
        workspace.execute("UPDATE messages SET sender_id = " + other + " WHERE id = 400");
        workspace.results.recount(plan);

        delivery.record(all.stream()
                .map(message -> workspace.result(
                        message,
                        sender,
                        message.id() % 10 == 0 && message.id() != 300 && message.id() != 400
                                ? new Refused("RENDERING", "no name")
                                : new Accepted("ses-" + message.id())))
                .toList());

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.state(1)).as("taken for dead").isEqualTo(MessageState.ACCEPTED);
        assertThat(workspace.state(300)).as("known to an event").isEqualTo(MessageState.DELIVERED);
        assertThat(workspace.column(300, "provider_id")).isEqualTo("ses-300");
        assertThat(workspace.state(400)).as("another sender's").isEqualTo(MessageState.CLAIMED);
        assertThat(workspace.column(400, "provider_id")).isNull();
        assertThat(workspace.state(599)).isEqualTo(MessageState.ACCEPTED);
        assertThat(workspace.column(599, "provider_id")).isEqualTo("ses-599");
        assertThat(workspace.number("SELECT count(*) FROM messages WHERE state = 'ACCEPTED'"))
                .isEqualTo(540);
        assertThat(workspace.number("SELECT count(*) FROM messages WHERE state = 'REJECTED'"))
                .isEqualTo(58);
    }

    @Test
    void whatADeadSenderHadClaimedBecomesUncertain() {
        ClaimedMessage message = claimed();
        workspace.clock.advance(STALE);
        long self = delivery.register("survivor");

        assertThat(delivery.buryDeadSenders(STALE, self)).isEqualTo(1);

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("SENDER_DIED");
        assertThat(delivery.heartbeat(sender)).isFalse();
        assertThat(delivery.claim(sender, message.planId(), 1)).isEmpty();
        assertThat(delivery.buryDeadSenders(STALE, self)).isZero();
    }

    @Test
    void aSenderWithAFreshHeartbeatIsLeftAlone() {
        ClaimedMessage message = claimed();
        long self = delivery.register("survivor");
        workspace.clock.advance(STALE.minusMillis(1));
        assertThat(delivery.buryDeadSenders(STALE, self)).isZero();
        assertThat(delivery.heartbeat(sender)).isTrue();
        workspace.clock.advance(STALE.minusMillis(1));

        assertThat(delivery.buryDeadSenders(STALE, self)).isZero();

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.CLAIMED);
        assertThat(delivery.liveSenders(STALE)).isEqualTo(1);
    }

    @Test
    void whatASenderStillHasWhenItStopsBecomesUncertain() {
        ClaimedMessage message = claimed();

        delivery.stop(sender);

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("SENDER_DIED");
        assertThat(delivery.claim(sender, message.planId(), 1)).isEmpty();
    }

    @Test
    void theCallerIsLeftAloneHoweverOldItsHeartbeat() {
        ClaimedMessage own = claimed();
        workspace.clock.advance(STALE.multipliedBy(2));

        assertThat(delivery.buryDeadSenders(STALE, sender)).isZero();

        assertThat(workspace.state(own.id())).isEqualTo(MessageState.CLAIMED);
    }

    @Test
    void aLateAcceptanceOfASenderTakenForDeadRaisesTheMessage() {
        ClaimedMessage message = takenForDead();

        workspace.record(message, sender, new Accepted("ses-late"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.ACCEPTED);
        assertThat(workspace.column(message.id(), "provider_id")).isEqualTo("ses-late");
        assertThat(workspace.column(message.id(), "reason")).isNull();
    }

    static Stream<SendResult> surelyNotAccepted() {
        return Stream.of(
                new NotStarted(), new Throttled("too fast"), new Stopped(AccountProblem.OFFLINE, "no route to host"));
    }

    @ParameterizedTest
    @MethodSource("surelyNotAccepted")
    void whatASenderTakenForDeadSurelyDidNotSendIsPlannedAgain(SendResult result) {
        ClaimedMessage message = takenForDead();

        workspace.record(message, sender, result);

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.PLANNED);
        assertThat(workspace.column(message.id(), "reason")).isNull();
        assertThat(workspace.column(message.id(), "sender_id")).isNull();
        assertThat(workspace.number("SELECT not_before FROM messages WHERE id = " + message.id()))
                .isEqualTo(workspace.clock.instant().plus(TestWorkspace.RETRY).toEpochMilli());
    }

    @Test
    void aPlanThatWasSentRunsAgainForWhatASenderTakenForDeadDidNotSend() {
        ClaimedMessage message = takenForDead();
        workspace.plans.finishDone();
        assertThat(workspace.planState(message.planId())).isEqualTo(PlanState.SENT);

        workspace.record(message, sender, new NotStarted());

        assertThat(workspace.planState(message.planId())).isEqualTo(PlanState.RUNNING);
        assertThat(workspace.plan(message.planId()).finishedAt()).isNull();
        workspace.clock.advance(TestWorkspace.RETRY);
        assertThat(workspace
                        .claimOne(delivery.register("another"), message.planId())
                        .id())
                .isEqualTo(message.id());
    }

    @Test
    void aPlanThatWasSentIsParkedIfThatIsWhyASenderTakenForDeadDidNotSend() {
        ClaimedMessage message = takenForDead();
        workspace.plans.finishDone();

        workspace.record(message, sender, new Stopped(AccountProblem.CONFIGURATION, "no such set"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.PLANNED);
        assertThat(workspace.planState(message.planId())).isEqualTo(PlanState.PARKED);
    }

    @Test
    void whatASenderTakenForDeadDidNotSendOfACancelledPlanIsCancelledWithIt() {
        ClaimedMessage message = takenForDead();
        workspace.plans.cancel(message.planId());

        workspace.record(message, sender, new NotStarted());

        assertThat(workspace.planState(message.planId())).isEqualTo(PlanState.CANCELLED);
        assertThat(workspace.plans.cancelLeftovers()).isEqualTo(1);
        assertThat(workspace.state(message.id())).isEqualTo(MessageState.CANCELLED);
    }

    @Test
    void aLateRefusalOfASenderTakenForDeadIsKeptWithItsReason() {
        ClaimedMessage message = takenForDead();

        workspace.record(message, sender, new Refused("BadContent", "the subject is too long"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.REJECTED);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("BadContent");
    }

    @Test
    void aSenderTakenForDeadThatDoesNotKnowEitherChangesNothing() {
        ClaimedMessage message = takenForDead();

        workspace.record(message, sender, new Unknown("TIME_OUT", "after 10 s"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("SENDER_DIED");
        assertThat(workspace.column(message.id(), "detail")).isNull();
    }

    @Test
    void whatASenderItselfDoesNotKnowIsNotPlannedByALaterAnswer() {
        ClaimedMessage message = claimed();
        workspace.record(message, sender, new Unknown("TIME_OUT", "after 10 s"));

        workspace.record(message, sender, new NotStarted());
        workspace.record(message, sender, new Refused("late", "late"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("TIME_OUT");
    }

    @Test
    void onceAPersonHasDecidedASenderTakenForDeadChangesNothing() {
        ClaimedMessage message = takenForDead();
        assertThat(workspace.messages.sendAgain(message.id())).isTrue();
        long other = delivery.register("another");
        workspace.claimOne(other, message.planId());
        workspace.record(message, other, new Unknown("TIME_OUT", "after 10 s"));

        workspace.record(message, sender, new NotStarted());
        workspace.record(message, sender, new Refused("late", "late"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "reason")).isEqualTo("TIME_OUT");
    }

    @Test
    void aPersonWhoWasErasedMeanwhileIsNotMailedAgain() {
        ClaimedMessage message = takenForDead();
        workspace.execute("UPDATE messages SET address = 'erased-1', address_key = 'erased-1'");

        workspace.record(message, sender, new NotStarted());
        workspace.record(message, sender, new Refused("late", "reader0@example.com is unknown"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.UNCERTAIN);
        assertThat(workspace.column(message.id(), "detail")).isNull();
    }

    /** A message that a living sender had claimed when another declared it dead. */
    private ClaimedMessage takenForDead() {
        ClaimedMessage message = claimed();
        workspace.clock.advance(STALE);
        delivery.buryDeadSenders(STALE, delivery.register("survivor"));
        return message;
    }

    private ClaimedMessage claimed() {
        return workspace.claimOne(sender, workspace.running(1));
    }
}
