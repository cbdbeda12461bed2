package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.AccountProblem;
import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.SendResult;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Practice and live mailings in one workspace never get into each other's hands. */
class WorldsTest {
    @TempDir
    Path folder;

    private TestWorkspace workspace;
    private DeliveryStore practice;
    private DeliveryStore live;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        practice = workspace.delivery;
        live = new DeliveryStore(workspace.database, workspace.clock, World.LIVE);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void aLiveSenderNeverClaimsAPracticeMailing() {
        long plan = workspace.running(3);
        long sender = live.register("live");

        assertThat(live.runningPlans()).isEmpty();
        assertThat(live.nextDue()).isEmpty();
        assertThat(live.claim(sender, plan, 10)).isEmpty();
        assertThat(practice.runningPlans()).containsExactly(plan);
    }

    @Test
    void aPracticeSenderNeverClaimsALiveMailing() {
        long plan = liveAndRunning(3);
        long sender = practice.register("practice");

        assertThat(practice.runningPlans()).isEmpty();
        assertThat(practice.claim(sender, plan, 10)).isEmpty();
        assertThat(live.claim(live.register("live"), plan, 10)).hasSize(3);
    }

    @Test
    void sendersShareTheRateWithTheirOwnWorldOnly() {
        practice.register("practice");
        live.register("live");
        live.register("another");

        assertThat(practice.liveSenders(Duration.ofSeconds(20))).isEqualTo(1);
        assertThat(live.liveSenders(Duration.ofSeconds(20))).isEqualTo(2);
    }

    @Test
    void aProblemOfTheLiveAccountLeavesPracticeRunning() {
        long practicing = workspace.running(2);
        long earnest = liveAndRunning(2);

        assertThat(live.parkAll(AccountProblem.QUOTA_USED, "200 of 200")).isEqualTo(1);

        assertThat(state(practicing)).isEqualTo(PlanState.RUNNING);
        assertThat(state(earnest)).isEqualTo(PlanState.PARKED);
        assertThat(workspace.plans.find(earnest).orElseThrow().problem()).isEqualTo("QUOTA_USED");
        workspace.clock.advance(Duration.ofHours(2));
        assertThat(workspace.plans.unparkDue(World.PRACTICE)).isZero();
        assertThat(workspace.plans.unparkDue(World.LIVE)).isEqualTo(1);
    }

    @Test
    void aMailingWithNothingLeftToSendIsNotParkedButEnds() {
        long earnest = liveAndRunning(1);
        long sender = live.register("live");
        ClaimedMessage message = live.claim(sender, earnest, 1).get(0);
        live.record(List.of(workspace.result(message, sender, new SendResult.Accepted("ses-1"))));

        assertThat(live.parkAll(AccountProblem.QUOTA_USED, "")).isZero();
        assertThat(workspace.plans.finishDone()).isEqualTo(1);
        assertThat(state(earnest)).isEqualTo(PlanState.SENT);
    }

    @Test
    void aBounceInPracticeKeepsNoRealMailFromItsReader() {
        suppress("reader0@example.com", World.PRACTICE);

        long earnest = liveAndRunning(2);
        long practicing = workspace.running(2);

        assertThat(workspace.plans.totals(earnest).in(MessageState.PLANNED)).isEqualTo(2);
        assertThat(workspace.plans.totals(practicing).in(MessageState.SUPPRESSED))
                .isEqualTo(1);
        suppress("reader1@example.com", World.PRACTICE);
        assertThat(live.claim(live.register("live"), earnest, 10)).hasSize(2);
        assertThat(practice.claim(practice.register("practice"), practicing, 10))
                .isEmpty();
    }

    @Test
    void anAddressThatIsSuppressedInBothWorldsGetsOneMessageThatSaysSo() {
        suppress("reader0@example.com", World.PRACTICE);
        suppress("reader0@example.com", World.LIVE);

        long earnest = liveAndRunning(2);
        long practicing = workspace.running(2);

        for (long plan : new long[] {earnest, practicing}) {
            assertThat(workspace.plans.totals(plan).in(MessageState.SUPPRESSED)).isEqualTo(1);
            assertThat(workspace.plans.totals(plan).all()).isEqualTo(2);
        }
        assertThat(live.claim(live.register("live"), earnest, 10))
                .extracting(ClaimedMessage::address)
                .containsExactly("reader1@example.com");
    }

    private long liveAndRunning(int messages) {
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(messages));
        workspace.execute("UPDATE plans SET world = 'LIVE' WHERE id = " + plan);
        workspace.plans.start(plan);
        workspace.plans.begin(plan);
        return plan;
    }

    private void suppress(String address, World world) {
        workspace.execute("INSERT INTO suppressions (address_key, world, address, reason, detail, created_at) VALUES ('"
                + address + "', '" + world + "', '" + address + "', 'BOUNCE', '', 0)");
    }

    private PlanState state(long plan) {
        return workspace.plans.find(plan).orElseThrow().state();
    }
}
