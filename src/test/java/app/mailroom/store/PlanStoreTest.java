package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.Message;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.SendResult;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanStoreTest {
    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private PlanStore plans;
    private long sender;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        plans = workspace.plans;
        sender = workspace.delivery.register("this one");
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void messagesAreMadeOnceHoweverOftenAskedFor() {
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(3));
        plans.start(plan);
        plans.freeze(plan);

        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(3);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SCHEDULED);
        assertThat(plans.begin(plan)).isTrue();
        assertThat(plans.begin(plan)).isFalse();
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        assertThat(workspace.plan(plan).startedAt()).isEqualTo(workspace.clock.instant());
    }

    @Test
    void aDraftMakesNoMessages() {
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(3));

        plans.freeze(plan);
        assertThat(plans.begin(plan)).isFalse();
        assertThat(plans.totals(plan).all()).isZero();
        assertThat(plans.due(World.PRACTICE)).isEmpty();
        assertThat(plans.unfrozen(World.PRACTICE)).isEmpty();
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.DRAFT);
    }

    @Test
    void suppressedAddressesGetAMessageThatSaysWhyItIsNeverSent() {
        workspace.suppressions.add("READER1@example.com", "COMPLAINT", "");

        long plan = workspace.running(3);

        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(2);
        assertThat(plans.totals(plan).in(MessageState.SUPPRESSED)).isEqualTo(1);
        assertThat(workspace.text("SELECT reason FROM messages WHERE address = 'reader1@example.com'"))
                .isEqualTo("COMPLAINT");
        assertThat(workspace.delivery.claim(sender, plan, 10)).hasSize(2);
    }

    @Test
    void aPlanIsDueWhenItsTimeHasCome() {
        long plan = workspace.draft(workspace.clock.instant().plusSeconds(60), TestWorkspace.addresses(1));
        plans.start(plan);

        workspace.clock.advance(Duration.ofMillis(59_999));
        assertThat(plans.due(World.PRACTICE)).isEmpty();
        workspace.clock.advance(Duration.ofMillis(1));
        assertThat(plans.due(World.PRACTICE)).containsExactly(plan);
    }

    @Test
    void aPlanPausedBeforeItsTimeIsScheduledAgainWhenItIsResumed() {
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(1));
        plans.start(plan);
        plans.pause(plan);
        assertThat(plans.due(World.PRACTICE)).isEmpty();
        assertThat(plans.begin(plan)).isFalse();

        plans.resume(plan);

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SCHEDULED);
        assertThat(plans.begin(plan)).isTrue();
    }

    @Test
    void aRunningPlanGoesOnWhereItStoodAfterAPause() {
        long plan = workspace.running(2);
        ClaimedMessage first = workspace.claimOne(sender, plan);

        plans.pause(plan);
        assertThat(workspace.delivery.claim(sender, plan, 10)).isEmpty();
        workspace.record(first, sender, new SendResult.Accepted("ses-1"));
        assertThat(workspace.state(first.id())).isEqualTo(MessageState.ACCEPTED);
        plans.resume(plan);

        assertThat(workspace.delivery.claim(sender, plan, 10)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PAUSED", "PARKED"})
    void onlyPausedAndParkedPlansCanBeResumed(PlanState state) {
        long plan = inState(state);

        assertThatThrownBy(() -> plans.resume(plan)).isInstanceOf(IllegalPlanChangeException.class);
        assertThat(workspace.planState(plan)).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanState.class,
            names = {"DRAFT", "PAUSED", "SENT", "CANCELLED"})
    void whatDoesNotRunCannotBePaused(PlanState state) {
        long plan = inState(state);

        assertThatThrownBy(() -> plans.pause(plan)).isInstanceOf(IllegalPlanChangeException.class);
        assertThat(workspace.planState(plan)).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanState.class,
            names = {"SENT", "CANCELLED"})
    void whatHasEndedCannotBeCancelledAndKeepsItsMessages(PlanState state) {
        long plan = inState(state);

        assertThatThrownBy(() -> plans.cancel(plan)).isInstanceOf(IllegalPlanChangeException.class);
        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = PlanState.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SENT", "CANCELLED"})
    void cancellingEndsAPlanThatHasNotEnded(PlanState state) {
        long plan = inState(state);

        plans.cancel(plan);

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.CANCELLED);
        assertThat(workspace.plan(plan).finishedAt()).isEqualTo(workspace.clock.instant());
        assertThat(plans.totals(plan).in(MessageState.CANCELLED)).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(value = PlanState.class, mode = EnumSource.Mode.EXCLUDE, names = "DRAFT")
    void whatHasStartedCannotBeStarted(PlanState state) {
        long plan = inState(state);

        assertThatThrownBy(() -> plans.start(plan)).isInstanceOf(IllegalPlanChangeException.class);
    }

    @Test
    void cancellingKeepsWhatWasSentAndLetsWhatIsInFlightComeToItsEnd() {
        long plan = workspace.running(3);
        ClaimedMessage sent = workspace.claimOne(sender, plan);
        workspace.record(sent, sender, new SendResult.Accepted("ses-1"));
        ClaimedMessage inFlight = workspace.claimOne(sender, plan);

        plans.cancel(plan);

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.state(sent.id())).isEqualTo(MessageState.ACCEPTED);
        assertThat(workspace.state(inFlight.id())).isEqualTo(MessageState.CLAIMED);
        assertThat(plans.totals(plan).in(MessageState.CANCELLED)).isEqualTo(1);
        workspace.record(inFlight, sender, new SendResult.Throttled("too fast"));
        assertThat(plans.cancelLeftovers()).isEqualTo(1);
        assertThat(workspace.state(inFlight.id())).isEqualTo(MessageState.CANCELLED);
    }

    @Test
    void cancellingManyMessagesTakesSeveralStepsOfWhichNoneIsForgotten() {
        PlanStore inSteps = new PlanStore(workspace.database, workspace.clock, () -> false, 3);
        long plan = workspace.running(10);
        long other = workspace.running(10);

        inSteps.cancel(plan);
        // As a process leaves it that is killed after the first.
        workspace.execute("UPDATE plans SET state = 'CANCELLED' WHERE id = " + other);

        assertThat(inSteps.cancelLeftovers()).isEqualTo(10);
        assertThat(plans.totals(plan).in(MessageState.CANCELLED)).isEqualTo(10);
        assertThat(plans.totals(other).in(MessageState.CANCELLED)).isEqualTo(10);
        workspace.assertTotalsEqualRecount();
    }

    @Test
    void aPlanIsSentOnlyWhenNothingIsPlannedOrClaimed() {
        long plan = workspace.running(2);
        assertThat(plans.finishDone()).isZero();
        workspace.record(workspace.claimOne(sender, plan), sender, new SendResult.Accepted("ses-1"));
        ClaimedMessage last = workspace.claimOne(sender, plan);
        assertThat(plans.finishDone()).isZero();
        workspace.record(last, sender, new SendResult.Throttled("too fast"));
        assertThat(plans.finishDone()).isZero();
        workspace.clock.advance(TestWorkspace.RETRY);
        workspace.record(workspace.claimOne(sender, plan), sender, new SendResult.Unknown("TIME_OUT", ""));

        assertThat(plans.finishDone()).isEqualTo(1);

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SENT);
        assertThat(workspace.plan(plan).finishedAt()).isEqualTo(workspace.clock.instant());
    }

    @Test
    void aPlanWithNobodyToMailIsSentAtOnce() {
        workspace.suppressions.add("reader0@example.com", "COMPLAINT", "");
        long plan = workspace.running(1);

        assertThat(plans.finishDone()).isEqualTo(1);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SENT);
    }

    @Test
    void aParkedPlanRunsAgainWhenItsTimeIsOver() {
        long plan = workspace.running(1);
        workspace.record(
                workspace.claimOne(sender, plan), sender, new SendResult.Stopped(AccountProblem.OFFLINE, "no route"));
        workspace.clock.advance(Duration.ofMillis(4_999));
        assertThat(plans.unparkDue(World.PRACTICE)).isZero();
        workspace.clock.advance(Duration.ofMillis(1));

        assertThat(plans.unparkDue(World.PRACTICE)).isEqualTo(1);

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        assertThat(workspace.plan(plan).parkedUntil()).isNull();
    }

    @Test
    void aPlanParkedForAPersonStaysParkedUntilAPersonResumesIt() {
        long plan = workspace.running(1);
        workspace.record(
                workspace.claimOne(sender, plan), sender, new SendResult.Stopped(AccountProblem.CREDENTIALS, "wrong"));
        workspace.clock.advance(Duration.ofDays(30));
        assertThat(plans.unparkDue(World.PRACTICE)).isZero();

        plans.resume(plan);

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        assertThat(workspace.plan(plan).problem()).isNull();
    }

    @Test
    void anUncertainMessageCanBeSentAgainAndSetsItsSentPlanRunning() {
        long plan = workspace.running(1);
        ClaimedMessage message = workspace.claimOne(sender, plan);
        workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));
        plans.finishDone();

        assertThat(workspace.messages.sendAgain(message.id())).isTrue();

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        assertThat(workspace.plan(plan).finishedAt()).isNull();
        assertThat(workspace.column(message.id(), "reason")).isNull();
        assertThat(workspace.claimOne(sender, plan).attempts()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = MessageState.class, mode = EnumSource.Mode.EXCLUDE, names = "UNCERTAIN")
    void noOtherMessageCanBeSentAgain(MessageState state) {
        long plan = workspace.running(1);
        workspace.execute("UPDATE messages SET state = '" + state + "'");
        workspace.execute("UPDATE plan_totals SET measure = '" + state + "'");

        assertThat(workspace.messages.sendAgain(1)).isFalse();
        assertThat(workspace.state(1)).isEqualTo(state);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
    }

    @Test
    void nothingOfACancelledPlanIsSentAgain() {
        long plan = workspace.running(1);
        ClaimedMessage message = workspace.claimOne(sender, plan);
        workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));
        plans.cancel(plan);

        assertThat(workspace.messages.sendAgain(message.id())).isFalse();
    }

    @Test
    void anUncertainMessageMarkedAsSentCountsForTheTimeAtWhichTheServiceWasAsked() {
        long plan = workspace.running(1);
        Instant asked = workspace.clock.instant();
        ClaimedMessage message = workspace.claimOne(sender, plan);
        workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", "no answer"));
        workspace.clock.advance(Duration.ofHours(5));

        assertThat(workspace.messages.markSent(message.id())).isTrue();

        workspace.assertTotalsEqualRecount();
        Message marked = workspace.messages.find(message.id()).orElseThrow();
        assertThat(marked.state()).isEqualTo(MessageState.ACCEPTED);
        assertThat(marked.reason()).isEqualTo(MessageStore.MARKED_SENT);
        assertThat(marked.acceptedAt()).isEqualTo(asked);
        assertThat(workspace.results.hours(plan))
                .hasSize(1)
                .allSatisfy(hour ->
                        assertThat(hour.from().plus(Duration.ofHours(1))).isAfter(asked));
        assertThat(workspace.messages.markSent(message.id())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = MessageState.class, mode = EnumSource.Mode.EXCLUDE, names = "UNCERTAIN")
    void noOtherMessageCanBeMarkedAsSent(MessageState state) {
        workspace.running(1);
        workspace.execute("UPDATE messages SET state = '" + state + "'");
        workspace.execute("UPDATE plan_totals SET measure = '" + state + "'");

        assertThat(workspace.messages.markSent(1)).isFalse();
        assertThat(workspace.state(1)).isEqualTo(state);
        assertThat(workspace.column(1, "reason")).isNull();
    }

    @Test
    void aMessageOfACancelledPlanCanBeMarkedAsSentAndStaysWithItsPlan() {
        long plan = workspace.running(1);
        ClaimedMessage message = workspace.claimOne(sender, plan);
        workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));
        plans.cancel(plan);

        assertThat(workspace.messages.markSent(message.id())).isTrue();

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void anAnswerThatComesAfterAMessageWasMarkedAsSentAddsItsId() {
        long plan = workspace.running(1);
        ClaimedMessage message = workspace.claimOne(sender, plan);
        workspace.record(message, sender, new SendResult.Unknown("TIME_OUT", ""));
        workspace.messages.markSent(message.id());

        workspace.record(message, sender, new SendResult.Accepted("ses-7"));

        assertThat(workspace.state(message.id())).isEqualTo(MessageState.ACCEPTED);
        assertThat(workspace.column(message.id(), "provider_id")).isEqualTo("ses-7");
    }

    @Test
    void allUncertainMessagesAreDecidedAtOnceAndOthersLeftAlone() {
        long plan = workspace.running(3);
        ClaimedMessage first = workspace.claimOne(sender, plan);
        ClaimedMessage second = workspace.claimOne(sender, plan);
        ClaimedMessage third = workspace.claimOne(sender, plan);
        workspace.record(first, sender, new SendResult.Unknown("TIME_OUT", ""));
        workspace.record(second, sender, new SendResult.Unknown("CONNECTION_LOST", ""));
        workspace.record(third, sender, new SendResult.Accepted("ses-3"));

        List<Long> uncertain = workspace.messages.uncertain(plan, 0, 10);
        assertThat(uncertain).containsExactly(first.id(), second.id());
        assertThat(workspace.messages.uncertain(plan, first.id(), 10)).containsExactly(second.id());
        assertThat(workspace.messages.markSent(List.of(first.id(), second.id(), third.id())))
                .isEqualTo(2);

        workspace.assertTotalsEqualRecount();
        assertThat(workspace.column(third.id(), "reason")).isNull();
        assertThat(workspace.messages.claimedBy(first.id())).isPresent();
    }

    @Test
    void thereIsNothingToDoWithAPlanThatDoesNotExist() {
        assertThatThrownBy(() -> plans.pause(99)).isInstanceOf(IllegalArgumentException.class);
        assertThat(plans.find(99)).isEmpty();
        assertThat(plans.totals(99).all()).isZero();
        plans.freeze(99);
        assertThat(plans.begin(99)).isFalse();
    }

    /** A plan with one planned message, put into a state from outside. */
    private long inState(PlanState state) {
        long plan = workspace.running(1);
        workspace.execute("UPDATE plans SET state = '" + state + "' WHERE id = " + plan);
        return plan;
    }
}
