package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.AcceptedCount;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanWait;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan's own rules: its hours and caps, and what becomes of a time that nobody saw pass. */
class SendingRulesTest {
    private static final Duration GRACE = Duration.ofMinutes(15);

    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private PlanStore plans;
    private DeliveryStore delivery;
    private long sender;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        plans = workspace.plans;
        delivery = workspace.delivery;
        sender = delivery.register("this one");
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void rulesAreKeptAsTheyWereSaid() {
        SendingRules rules = new SendingRules(
                Optional.of(SendingWindow.parse("fri-sun 22:15-06:00")), OptionalLong.of(50), OptionalLong.of(200));
        long plan = workspace.running(1);

        rule(plan, rules);
        assertThat(workspace.plan(plan).rules()).isEqualTo(rules);
        rule(plan, SendingRules.NONE);
        assertThat(workspace.plan(plan).rules()).isEqualTo(SendingRules.NONE);
    }

    @Test
    void nothingIsClaimedOutsideTheHoursAndThePlanSaysUntilWhen() {
        long plan = workspace.running(3);
        Instant opens = workspace.clock.instant().plus(Duration.ofHours(2));
        rule(plan, hours(opens, Duration.ofHours(1)));

        assertThat(delivery.claim(sender, plan, 10)).isEmpty();
        assertThat(delivery.sendablePlans()).isEmpty();
        PlanWait wait = plans.overview(plan).orElseThrow().waiting().orElseThrow();
        assertThat(wait.reason()).isEqualTo(PlanWait.Reason.WINDOW);
        assertThat(delivery.nextDue()).contains(wait.until());

        workspace.clock.advance(Duration.between(workspace.clock.instant(), wait.until()));
        assertThat(plans.overview(plan).orElseThrow().waiting()).isEmpty();
        assertThat(delivery.sendablePlans()).containsExactly(plan);
        assertThat(delivery.claim(sender, plan, 10)).hasSize(3);
    }

    @Test
    void noMoreThanTheCapGoesOutInAnySlidingHour() {
        long plan = workspace.running(10);
        rule(plan, new SendingRules(Optional.empty(), OptionalLong.of(4), OptionalLong.empty()));

        accept(delivery.claim(sender, plan, 3));
        workspace.clock.advance(Duration.ofMinutes(40));
        accept(delivery.claim(sender, plan, 3));
        assertThat(delivery.claim(sender, plan, 3)).isEmpty();
        PlanWait wait = plans.overview(plan).orElseThrow().waiting().orElseThrow();
        assertThat(wait)
                .isEqualTo(new PlanWait(
                        PlanWait.Reason.HOUR_CAP, workspace.clock.instant().plus(Duration.ofMinutes(20))));

        workspace.clock.advance(Duration.ofMinutes(20).minusMillis(1));
        assertThat(delivery.claim(sender, plan, 9)).isEmpty();
        workspace.clock.advance(Duration.ofMillis(1));
        assertThat(delivery.claim(sender, plan, 9)).hasSize(3);
    }

    @Test
    void theCapOfTheDayHoldsBesideThatOfTheHourAndForEveryProcess() {
        long plan = workspace.running(10);
        rule(plan, new SendingRules(Optional.empty(), OptionalLong.of(3), OptionalLong.of(5)));
        DeliveryStore other = new DeliveryStore(workspace.database, workspace.clock, World.PRACTICE);
        long otherSender = other.register("another");

        assertThat(delivery.claim(sender, plan, 2)).hasSize(2);
        assertThat(other.claim(otherSender, plan, 9)).hasSize(1);
        workspace.clock.advance(Duration.ofHours(1));
        assertThat(other.claim(otherSender, plan, 9)).hasSize(2);
        workspace.clock.advance(Duration.ofHours(1));

        assertThat(delivery.claim(sender, plan, 9)).isEmpty();
        assertThat(plans.overview(plan).orElseThrow().waiting())
                .contains(new PlanWait(
                        PlanWait.Reason.DAY_CAP, workspace.clock.instant().plus(Duration.ofHours(22))));
    }

    @Test
    void whatCameBackUnsentLeavesItsRoom() {
        long plan = workspace.running(3);
        rule(plan, new SendingRules(Optional.empty(), OptionalLong.of(1), OptionalLong.empty()));
        workspace.record(workspace.claimOne(sender, plan), sender, new SendResult.NotStarted());
        workspace.clock.advance(TestWorkspace.RETRY);

        assertThat(delivery.claim(sender, plan, 9)).hasSize(1);
    }

    @Test
    void aCapThatIsLoweredBelowWhatWentOutHoldsUntilEnoughIsPast() {
        long plan = workspace.running(9);
        accept(delivery.claim(sender, plan, 2));
        workspace.clock.advance(Duration.ofMinutes(10));
        accept(delivery.claim(sender, plan, 2));
        rule(plan, new SendingRules(Optional.empty(), OptionalLong.of(2), OptionalLong.empty()));

        assertThat(plans.overview(plan).orElseThrow().waiting().orElseThrow().until())
                .isEqualTo(workspace.clock.instant().plus(Duration.ofHours(1)));
    }

    @Test
    void theCapIsCountedByAnIndex() throws SQLException {
        String counting =
                "EXPLAIN QUERY PLAN SELECT count(*) FROM messages WHERE plan_id = 1 AND claimed_at IS NOT NULL"
                        + " AND state <> 'PLANNED' AND claimed_at > 5";
        try (Connection file = DriverManager.getConnection("jdbc:sqlite:" + workspace.file);
                Statement statement = file.createStatement();
                ResultSet steps = statement.executeQuery(counting)) {
            assertThat(steps.getString("detail")).contains("messages_gone");
        }
    }

    @Test
    void aTimeThatPassedLongerAgoThanTheGraceWaitsForAPerson() {
        long plan = planned(Duration.ofHours(1));
        workspace.clock.advance(Duration.ofHours(1).plus(GRACE));
        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isZero();
        workspace.clock.advance(Duration.ofMillis(1));
        assertThat(plans.parkMissed(World.LIVE, GRACE)).isZero();

        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isEqualTo(1);

        assertThat(workspace.plan(plan).missed()).isTrue();
        assertThat(plans.due(World.PRACTICE)).isEmpty();
        workspace.clock.advance(Duration.ofDays(30));
        assertThat(plans.unparkDue(World.PRACTICE)).isZero();
        assertThat(plans.begin(plan)).isFalse();
    }

    @Test
    void whatWasMissedBeginsWhenAPersonGoesOnWithIt() {
        long plan = missed();

        plans.resume(plan);

        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isZero();
        assertThat(plans.due(World.PRACTICE)).containsExactly(plan);
        assertThat(workspace.plan(plan).problem()).isNull();
        assertThat(plans.begin(plan)).isTrue();
    }

    @Test
    void whatWasMissedWaitsForTheTimeThatAPersonSets() {
        long plan = missed();
        Instant later = workspace.clock.instant().plusSeconds(600);

        plans.retime(plan, new PlanTiming(later, "UTC", SendingRules.NONE));

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SCHEDULED);
        assertThat(plans.due(World.PRACTICE)).isEmpty();
        workspace.clock.advance(Duration.ofMinutes(10));
        assertThat(plans.due(World.PRACTICE)).containsExactly(plan);
        workspace.clock.advance(Duration.ofDays(1));
        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isEqualTo(1);
    }

    @Test
    void whatWasMissedCanBeCancelled() {
        long plan = missed();

        plans.cancel(plan);

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void whatIsToBeginAtOnceIsNeverMissed() {
        long plan = planned(Duration.ZERO);
        workspace.clock.advance(Duration.ofDays(3));

        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isZero();
        assertThat(plans.due(World.PRACTICE)).containsExactly(plan);
    }

    @Test
    void aDraftThatIsStartedAfterItsTimeIsNotMissed() {
        long plan = workspace.draft(workspace.clock.instant().plusSeconds(60), TestWorkspace.addresses(1));
        workspace.clock.advance(Duration.ofDays(3));
        plans.start(plan);

        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isZero();
    }

    @Test
    void aRunningPlanTakesOtherHoursAndCapsButNoOtherTime() {
        long plan = workspace.running(3);
        PlanTiming timing = workspace.plan(plan).timing();

        assertThatThrownBy(() -> plans.retime(
                        plan, new PlanTiming(timing.notBefore().plusSeconds(9), timing.zone(), SendingRules.NONE)))
                .isInstanceOf(IllegalPlanChangeException.class);
        rule(plan, new SendingRules(Optional.empty(), OptionalLong.of(1), OptionalLong.empty()));

        assertThat(delivery.claim(sender, plan, 3)).hasSize(1);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
    }

    @Test
    void whatIsAcceptedIsLoggedBySecondAndByMinute() {
        workspace.clock.advance(Duration.ofMillis(
                60_000 - Math.floorMod(workspace.clock.instant().toEpochMilli(), 60_000L)));
        Instant minute = workspace.clock.instant();
        long plan = workspace.running(4);
        accept(delivery.claim(sender, plan, 2));
        workspace.clock.advance(Duration.ofMillis(999));
        accept(delivery.claim(sender, plan, 1));
        workspace.clock.advance(Duration.ofMillis(1));
        accept(delivery.claim(sender, plan, 1));

        assertThat(plans.acceptedBySecond(plan, minute))
                .containsExactly(new AcceptedCount(minute, 3), new AcceptedCount(minute.plusSeconds(1), 1));
        assertThat(plans.acceptedByMinute(plan, minute)).containsExactly(new AcceptedCount(minute, 4));

        workspace.clock.advance(Duration.ofHours(1));
        delivery.pruneThroughput();
        assertThat(plans.acceptedBySecond(plan, minute)).containsExactly(new AcceptedCount(minute.plusSeconds(1), 1));
        assertThat(plans.acceptedByMinute(plan, minute)).hasSize(1);
        workspace.clock.advance(Duration.ofDays(31));
        delivery.pruneThroughput();
        assertThat(plans.acceptedByMinute(plan, minute)).isEmpty();
    }

    private void accept(List<ClaimedMessage> messages) {
        assertThat(messages).isNotEmpty();
        messages.forEach(message -> workspace.record(message, sender, new SendResult.Accepted("ses-" + message.id())));
    }

    private void rule(long plan, SendingRules rules) {
        PlanTiming before = workspace.plan(plan).timing();
        plans.retime(plan, new PlanTiming(before.notBefore(), "UTC", rules));
    }

    /** Open on every day, from that time of day on. */
    private static SendingRules hours(Instant opens, Duration length) {
        String from = opens.toString().substring(11, 16);
        String until = opens.plus(length).toString().substring(11, 16);
        return new SendingRules(
                Optional.of(SendingWindow.parse("mon-sun " + from + "-" + until)),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private long planned(Duration from) {
        long plan = workspace.draft(workspace.clock.instant().plus(from), TestWorkspace.addresses(2));
        plans.start(plan);
        return plan;
    }

    private long missed() {
        long plan = planned(Duration.ofHours(1));
        workspace.clock.advance(Duration.ofHours(2));
        assertThat(plans.parkMissed(World.PRACTICE, GRACE)).isEqualTo(1);
        return plan;
    }
}
