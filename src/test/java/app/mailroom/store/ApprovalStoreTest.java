package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.Somebody;
import app.mailroom.model.Access;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.MessageState;
import app.mailroom.model.NotAllowedException;
import app.mailroom.model.Plan;
import app.mailroom.model.PlanApproval;
import app.mailroom.model.PlanPart;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.Refusal;
import app.mailroom.model.Resend;
import app.mailroom.model.Role;
import app.mailroom.model.SendResult;
import app.mailroom.model.SendingRules;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalStoreTest {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final Somebody MINA = Somebody.member(1, "mina@example.com", Role.SENDER);
    private static final Somebody JUN = Somebody.member(2, "jun@example.com", Role.SENDER);
    private static final Somebody BORA = Somebody.member(3, "bora@example.com", Role.OWNER);

    @TempDir
    Path directory;

    private final AtomicBoolean asked = new AtomicBoolean(true);
    private TestWorkspace workspace;
    private long sender;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        for (Somebody member : List.of(MINA, JUN, BORA)) {
            workspace.execute("INSERT INTO members (id, subject, email, name, role, joined_at, last_seen_at) VALUES ("
                    + member.actor().memberId().getAsLong() + ", '"
                    + member.actor().name() + "', '"
                    + member.actor().name() + "', '', '" + member.role() + "', 0, 0)");
        }
        sender = workspace.delivery.register("test");
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    private PlanStore plans(Access somebody) {
        return new PlanStore(workspace.database.usedBy(somebody), workspace.clock, asked::get);
    }

    private ApprovalStore approvals(Access somebody) {
        return new ApprovalStore(workspace.database.usedBy(somebody), workspace.clock, asked::get);
    }

    /** Planned by Mina, to begin at that time. */
    private long planned(Instant notBefore) {
        long plan = workspace.draft(notBefore, TestWorkspace.addresses(3));
        plans(MINA).start(plan);
        return plan;
    }

    private long planned() {
        return planned(workspace.clock.instant());
    }

    private void approve(Access somebody, long plan) {
        ApprovalStore store = approvals(somebody);
        store.approve(plan, store.fingerprint(plan));
    }

    private boolean approved(long plan) {
        return workspace.plan(plan).approval().at().isPresent();
    }

    private void refused(Refusal.Code why, Runnable deed) {
        assertThatThrownBy(deed::run)
                .isInstanceOfSatisfying(
                        NotAllowedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(why));
    }

    private List<AuditEntry> told(String action) {
        return new AuditStore(workspace.database, workspace.clock)
                .newest(100).stream()
                        .filter(entry -> entry.action().equals(action))
                        .toList();
    }

    @Test
    void nothingOfAMailingBeginsOrIsClaimedBeforeSomebodyElseApprovesIt() {
        long plan = planned();

        assertThat(workspace.plans.due(World.PRACTICE)).isEmpty();
        assertThat(workspace.plans.begin(plan)).isFalse();
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SCHEDULED);

        approve(JUN, plan);

        assertThat(workspace.plans.due(World.PRACTICE)).containsExactly(plan);
        assertThat(workspace.plans.begin(plan)).isTrue();
        assertThat(workspace.delivery.claim(sender, plan, 10)).hasSize(3);
        PlanApproval approval = workspace.plan(plan).approval();
        assertThat(approval.by()).contains(JUN.actor());
        assertThat(approval.at()).contains(workspace.clock.instant());
        assertThat(told("MAILING_APPROVED")).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("jun@example.com");
            assertThat(entry.subject()).isEqualTo("mailing " + plan + " “plan 1”");
            assertThat(entry.detail()).isEqualTo("3 messages");
        });
    }

    @Test
    void whoPlannedAMailingOrChangedItLastDoesNotApproveIt() {
        long plan = planned(workspace.clock.instant().plus(Duration.ofDays(1)));

        refused(Refusal.Code.OWN_MAILING, () -> approve(MINA, plan));
        assertThat(approvals(MINA).refusal(workspace.plan(plan)))
                .map(Refusal::code)
                .contains(Refusal.Code.OWN_MAILING);

        plans(JUN).retime(plan, new PlanTiming(workspace.clock.instant(), "Asia/Seoul", SendingRules.NONE));
        refused(Refusal.Code.OWN_MAILING, () -> approve(JUN, plan));
        refused(Refusal.Code.OWN_MAILING, () -> approve(MINA, plan));
        assertThat(approved(plan)).isFalse();

        approve(BORA, plan);
        assertThat(approved(plan)).isTrue();
    }

    @Test
    void aMemberIsKnownByTheirNumberWhateverTheirAddressIsNow() {
        long plan = planned();

        refused(Refusal.Code.OWN_MAILING, () -> approve(Somebody.member(1, "mina.kim@example.com", Role.SENDER), plan));
        approve(Somebody.member(2, "mina@example.com", Role.SENDER), plan);
        assertThat(approved(plan)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void approvingTakesTheRight(Role role) {
        long plan = planned();
        Somebody other = Somebody.called("other", role);

        if (role == Role.OWNER || role == Role.SENDER) {
            approve(other, plan);
            approvals(other).withdraw(plan);
            approvals(other).decline(plan, "no");
        } else {
            refused(Refusal.Code.ROLE, () -> approve(other, plan));
            refused(Refusal.Code.ROLE, () -> approvals(other).decline(plan, "no"));
            refused(Refusal.Code.ROLE, () -> approvals(other).withdraw(plan));
        }
        assertThat(approved(plan)).isFalse();
    }

    @Test
    void whereNobodyAsksForApprovalAnyMoreWaitingMailingsMayBeApprovedByWhoPlannedThem() {
        long plan = planned();
        asked.set(false);

        assertThat(workspace.plans.begin(plan)).isFalse();
        approve(MINA, plan);

        assertThat(workspace.plans.begin(plan)).isTrue();
    }

    @Test
    void whetherItIsNeededIsDecidedWhenItIsPlanned() {
        asked.set(false);
        long draft = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(1));
        long free = planned();
        asked.set(true);

        assertThat(workspace.plan(free).approval().needed()).isFalse();
        assertThat(workspace.plans.begin(free)).isTrue();
        plans(MINA).start(draft);
        assertThat(workspace.plan(draft).awaitsApproval()).isTrue();
        assertThatThrownBy(() -> approve(JUN, free))
                .isInstanceOfSatisfying(
                        ApprovalException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ApprovalException.Code.NOT_WAITING));
    }

    @Test
    void aMailingThatSendsAnotherAgainIsApprovedAnew() {
        long plan = planned();
        approve(JUN, plan);
        workspace.plans.begin(plan);
        for (var message : workspace.delivery.claim(sender, plan, 10)) {
            workspace.record(message, sender, new SendResult.Refused("BAD", "no"));
        }
        workspace.plans.finishDone();

        long again = new ResendStore(workspace.database.usedBy(JUN), workspace.clock, asked::get)
                .begin(
                        new Resend(plan, Resend.Whom.NOT_REACHED),
                        new ResendStore.NewMailing(
                                "again",
                                workspace.plan(plan).templateVersionId(),
                                List.of(),
                                workspace.clock.instant(),
                                "UTC"));
        workspace.plans.freeze(again);

        Plan made = workspace.plan(again);
        assertThat(made.awaitsApproval()).isTrue();
        assertThat(made.approval().by()).isEmpty();
        assertThat(workspace.plans.begin(again)).isFalse();
        refused(Refusal.Code.OWN_MAILING, () -> approve(JUN, again));
        approve(MINA, again);
        assertThat(workspace.plans.begin(again)).isTrue();
    }

    @Test
    void nobodyApprovesWhatIsStillBeingMade() {
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(3));
        PlanStore slow = new PlanStore(workspace.database.usedBy(MINA), workspace.clock, asked::get, 1);
        slow.schedule(plan);

        assertThatThrownBy(() -> approve(JUN, plan))
                .isInstanceOfSatisfying(
                        ApprovalException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ApprovalException.Code.BEING_MADE));
        slow.freeze(plan);
        approve(JUN, plan);
        assertThat(approved(plan)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE plans SET title = 'other'                                            | TITLE
            UPDATE plans SET template_version_id = (SELECT max(id) FROM template_versions) | TEMPLATE
            UPDATE plans SET from_address = 'x@example.com'                             | SENDER
            UPDATE plans SET from_name = 'X'                                            | SENDER
            UPDATE plans SET reply_to = 'x@example.com'                                 | SENDER
            UPDATE plans SET not_before = not_before + 1                                | TIME
            UPDATE plans SET zone = 'UTC'                                               | TIME
            UPDATE plans SET window_days = 1                                            | RULES
            UPDATE plans SET window_from = 1                                            | RULES
            UPDATE plans SET window_until = 1                                           | RULES
            UPDATE plans SET hour_cap = 1                                               | RULES
            UPDATE plans SET day_cap = 1                                                | RULES
            UPDATE plans SET tracked = 0                                                | COUNTING
            UPDATE plans SET world = 'LIVE'                                             | COUNTING
            INSERT INTO plan_attachments VALUES (1, 1, 'a.txt', 'text/plain', x'00')    | FILES
            UPDATE plan_attachments SET content = x'01'                                 | FILES
            DELETE FROM plan_attachments                                                | FILES
            INSERT INTO links (plan_id, number, url) VALUES (1, 2, 'https://b.example') | LINKS
            UPDATE links SET url = 'https://c.example'                                  | LINKS
            DELETE FROM links                                                           | LINKS
            INSERT INTO plan_columns VALUES (1, 7, 'name')                              | COLUMNS
            UPDATE plan_columns SET variable = 'mail'                                   | COLUMNS
            DELETE FROM plan_columns                                                    | COLUMNS
            UPDATE messages SET address = 'x@example.com' WHERE id = 1                  | MESSAGES
            UPDATE messages SET address_key = 'x@example.com' WHERE id = 1              | MESSAGES
            UPDATE messages SET field_values = '[]' WHERE id = 1                        | MESSAGES
            INSERT INTO messages (plan_id, address, address_key, field_values, state, not_before, attempts, updated_at) VALUES (1, 'x', 'x', '[]', 'PLANNED', 0, 0, 0) | MESSAGES
            """)
    void everyChangeOfWhatGoesOutTakesTheApprovalAway(String change, PlanPart part) {
        long plan = planned();
        workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(1));
        workspace.execute("INSERT INTO plan_attachments VALUES (1, 0, 'a.txt', 'text/plain', x'00')");
        workspace.execute("INSERT INTO links (plan_id, number, url) VALUES (1, 1, 'https://a.example')");
        approve(JUN, plan);
        assertThat(workspace.plan(plan).approval().changed()).isEmpty();
        String before = approvals(JUN).fingerprint(plan);

        workspace.execute(change);

        PlanApproval after = workspace.plan(plan).approval();
        assertThat(after.at()).isEmpty();
        assertThat(after.lapsed()).isTrue();
        assertThat(after.by()).contains(JUN.actor());
        assertThat(after.changed()).containsExactly(part);
        assertThat(approvals(JUN).fingerprint(plan)).isNotEqualTo(before);
        assertThat(workspace.plans.begin(plan)).isFalse();

        workspace.plans.tellLapsedApprovals();
        workspace.plans.tellLapsedApprovals();
        assertThat(told("APPROVAL_LAPSED")).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("mailroom");
            assertThat(entry.detail()).isEqualToIgnoringCase("changed: " + part);
        });
        workspace.execute("DELETE FROM messages WHERE address = 'x' AND plan_id = 1");
        workspace.results.recount(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE plans SET title = title, zone = zone, hour_cap = hour_cap",
                "UPDATE plans SET time_set_at = 5, problem_detail = 'x', park_count = 3",
                "UPDATE messages SET not_before = 7",
                "UPDATE messages SET state = 'CANCELLED', reason = 'ERASED', address = 'erased-1' WHERE id = 1",
                "UPDATE messages SET state = 'SUPPRESSED' WHERE id = 1",
            })
    void whatTheProgramItselfNotesAndWhatJustDoesNotGoOutLeavesIt(String change) {
        long plan = planned();
        approve(JUN, plan);

        workspace.execute(change);

        assertThat(approved(plan)).isTrue();
        workspace.results.recount(plan);
    }

    @Test
    void whatIsChangedAndChangedBackWasChanged() {
        long plan = planned();
        String seen = approvals(JUN).fingerprint(plan);
        workspace.execute("UPDATE plans SET title = 'other'");
        workspace.execute("UPDATE plans SET title = 'plan 1'");

        assertThatThrownBy(() -> approvals(JUN).approve(plan, seen))
                .isInstanceOfSatisfying(
                        ApprovalException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ApprovalException.Code.CHANGED_MEANWHILE));
        assertThat(approved(plan)).isFalse();
    }

    @Test
    void aRunningMailingStopsWhenItsCapsAreChangedUntilItIsApprovedAgain() {
        long plan = planned();
        approve(JUN, plan);
        workspace.plans.begin(plan);
        assertThat(workspace.delivery.claim(sender, plan, 1)).hasSize(1);
        Plan running = workspace.plan(plan);

        plans(MINA)
                .retime(
                        plan,
                        new PlanTiming(
                                running.notBefore(),
                                running.zone(),
                                new SendingRules(Optional.empty(), OptionalLong.of(100), OptionalLong.empty())));

        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        assertThat(workspace.delivery.claim(sender, plan, 10)).isEmpty();
        assertThat(workspace.delivery.sendablePlans()).isEmpty();
        assertThat(workspace.delivery.nextDue()).isEmpty();
        assertThat(told("APPROVAL_LAPSED")).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("mina@example.com");
            assertThat(entry.detail()).isEqualTo("changed: rules");
        });

        approve(JUN, plan);
        assertThat(workspace.delivery.sendablePlans()).containsExactly(plan);
        assertThat(workspace.delivery.claim(sender, plan, 10)).hasSize(2);
    }

    @Test
    void theSameTimingOnceMoreChangesNothing() {
        long plan = planned();
        approve(JUN, plan);

        plans(MINA).retime(plan, workspace.plan(plan).timing());

        assertThat(approved(plan)).isTrue();
        assertThat(told("MAILING_TIME_CHANGED")).isEmpty();
    }

    @Test
    void oneThatNobodyApprovedInTimeMissesItsTimeAndIsApprovedBeforeItGoesOn() {
        long plan = planned(workspace.clock.instant().plus(Duration.ofHours(1)));
        workspace.clock.advance(Duration.ofHours(2));

        assertThat(workspace.plans.parkMissed(World.PRACTICE, GRACE)).isEqualTo(1);
        plans(MINA).resume(plan);

        assertThat(workspace.plans.parkMissed(World.PRACTICE, GRACE)).isZero();
        assertThat(workspace.plans.due(World.PRACTICE)).isEmpty();
        approve(JUN, plan);
        assertThat(workspace.plans.due(World.PRACTICE)).containsExactly(plan);
    }

    @Test
    void oneThatWasApprovedForATimeWhichItMissedIsApprovedAnewForAnother() {
        long plan = planned(workspace.clock.instant().plus(Duration.ofHours(1)));
        approve(JUN, plan);
        workspace.clock.advance(Duration.ofHours(2));
        workspace.plans.parkMissed(World.PRACTICE, GRACE);

        plans(MINA).resume(plan);

        assertThat(workspace.plan(plan).approval().changed()).containsExactly(PlanPart.TIME);
        assertThat(workspace.plans.due(World.PRACTICE)).isEmpty();
    }

    @Test
    void oneThatIsApprovedAfterItsTimeGoesOnWhenSomebodyResumesIt() {
        long plan = planned(workspace.clock.instant().plus(Duration.ofHours(1)));
        workspace.clock.advance(Duration.ofHours(2));
        workspace.plans.parkMissed(World.PRACTICE, GRACE);
        approve(JUN, plan);

        plans(MINA).resume(plan);

        assertThat(workspace.plans.due(World.PRACTICE)).containsExactly(plan);
    }

    @Test
    void whyItIsNotApprovedStandsWithItUntilSomebodyApprovesIt() {
        long plan = planned();

        approvals(JUN).decline(plan, " Wrong price on page 2 ");

        PlanApproval declined = workspace.plan(plan).approval();
        assertThat(declined.note())
                .contains(new PlanApproval.Note("Wrong price on page 2", "jun@example.com", workspace.clock.instant()));
        assertThat(workspace.plan(plan).awaitsApproval()).isTrue();
        assertThat(told("APPROVAL_DECLINED"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).isEmpty());

        approve(BORA, plan);
        assertThat(workspace.plan(plan).approval().note()).isEmpty();
    }

    @Test
    void anApprovalThatIsTakenBackStopsTheMailing() {
        long plan = planned();
        approve(JUN, plan);
        workspace.plans.begin(plan);

        approvals(JUN).withdraw(plan);
        approvals(JUN).withdraw(plan);

        assertThat(workspace.delivery.claim(sender, plan, 10)).isEmpty();
        assertThat(workspace.plan(plan).approval().lapsed()).isFalse();
        assertThat(told("APPROVAL_LAPSED")).hasSize(1);
    }

    @Test
    void whatIsSentToNobodyAnyMoreEndsAndNeedsNoApproval() {
        long plan = planned();
        approve(JUN, plan);
        workspace.plans.begin(plan);
        for (var message : workspace.delivery.claim(sender, plan, 10)) {
            workspace.record(message, sender, new SendResult.Accepted("id" + message.id()));
        }
        approvals(JUN).withdraw(plan);

        assertThat(workspace.plans.finishDone()).isEqualTo(1);
        assertThat(workspace.plan(plan).awaitsApproval()).isFalse();
        assertThat(told("MAILING_SENT")).singleElement().satisfies(entry -> {
            assertThat(entry.actor()).isEqualTo("mailroom");
            assertThat(entry.detail()).isEqualTo("3 accepted");
        });
    }

    /** Whoever comes first, a mailing that goes out is one that was approved as it is. */
    @Test
    void whatIsChangedAtTheMomentOfApprovingIsNotApproved() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 40; round++) {
                long plan = planned();
                String seen = approvals(JUN).fingerprint(plan);
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Boolean> approving = two.submit(() -> {
                    together.await();
                    try {
                        approvals(JUN).approve(plan, seen);
                        return true;
                    } catch (ApprovalException e) {
                        return false;
                    }
                });
                Future<?> changing = two.submit(() -> {
                    together.await();
                    plans(MINA).retime(plan, new PlanTiming(workspace.clock.instant(), "UTC", SendingRules.NONE));
                    return null;
                });
                boolean wasApproved = approving.get();
                changing.get();

                assertThat(approved(plan)).as("round %d", round).isFalse();
                assertThat(workspace.plan(plan).approval().lapsed()).isEqualTo(wasApproved);
                workspace.plans.cancel(plan);
            }
        } finally {
            two.shutdownNow();
        }
    }

    private enum Deed {
        APPROVE,
        CHANGE,
        WITHDRAW,
        PAUSE,
        RESUME,
        BEGIN
    }

    /** What is known of a mailing without looking at it, after whatever was done. */
    private static final class Model {
        private PlanState state = PlanState.SCHEDULED;
        private boolean begun;
        private boolean approved;
        private Somebody changer = MINA;
        private long cap = 50;

        boolean does(Deed deed, Somebody who) {
            return switch (deed) {
                case APPROVE -> !approved && !who.equals(MINA) && !who.equals(changer);
                case CHANGE -> true;
                case WITHDRAW -> approved;
                case PAUSE -> state != PlanState.PAUSED;
                case RESUME -> state == PlanState.PAUSED;
                case BEGIN -> state == PlanState.SCHEDULED && approved;
            };
        }

        void did(Deed deed, Somebody who) {
            switch (deed) {
                case APPROVE -> approved = true;
                case CHANGE -> {
                    approved = false;
                    changer = who;
                    cap++;
                }
                case WITHDRAW -> approved = false;
                case PAUSE -> state = PlanState.PAUSED;
                case RESUME -> state = begun ? PlanState.RUNNING : PlanState.SCHEDULED;
                case BEGIN -> {
                    state = PlanState.RUNNING;
                    begun = true;
                }
            }
        }
    }

    /** Whatever is done in whatever order by whomever: it stands where it should, and only what is approved is claimed. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void onlyWhatIsApprovedGoesOutInWhateverOrderThingsAreDone(long seed) {
        Random random = new Random(seed);
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(120));
        plans(MINA).start(plan);
        Model model = new Model();
        for (int step = 0; step < 80; step++) {
            Deed deed = Deed.values()[random.nextInt(Deed.values().length)];
            Somebody who = List.of(MINA, JUN, BORA).get(random.nextInt(3));
            boolean expected = model.does(deed, who);
            assertThat(done(deed, who, plan, model.cap + 1))
                    .as("%s by %s at step %d", deed, who, step)
                    .isEqualTo(expected);
            if (expected) {
                model.did(deed, who);
            }
            assertThat(workspace.planState(plan)).isEqualTo(model.state);
            assertThat(approved(plan)).isEqualTo(model.approved);
            assertThat(workspace.delivery.claim(sender, plan, 1))
                    .hasSize(model.state == PlanState.RUNNING && model.approved ? 1 : 0);
        }
    }

    private boolean done(Deed deed, Somebody who, long plan, long cap) {
        try {
            switch (deed) {
                case APPROVE -> approve(who, plan);
                case CHANGE ->
                    plans(who)
                            .retime(
                                    plan,
                                    new PlanTiming(
                                            workspace.plan(plan).notBefore(),
                                            "Asia/Seoul",
                                            new SendingRules(
                                                    Optional.empty(),
                                                    OptionalLong.of(cap * 1_000),
                                                    OptionalLong.empty())));
                case WITHDRAW -> {
                    boolean before = approved(plan);
                    approvals(who).withdraw(plan);
                    return before;
                }
                case PAUSE -> plans(who).pause(plan);
                case RESUME -> plans(who).resume(plan);
                case BEGIN -> {
                    return workspace.plans.begin(plan);
                }
            }
            return true;
        } catch (ApprovalException | NotAllowedException | IllegalPlanChangeException e) {
            return false;
        }
    }

    @Test
    void whoMayNotSendChangesNothing() {
        long draft = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(1));
        long plan = planned();
        PlanStore editors = plans(Somebody.called("editor", Role.EDITOR));
        List<Runnable> deeds = List.of(
                () -> editors.start(draft),
                () -> editors.retime(plan, workspace.plan(plan).timing()),
                () -> editors.pause(plan),
                () -> editors.resume(plan),
                () -> editors.cancel(plan),
                () -> editors.takeBack(plan));

        deeds.forEach(deed -> refused(Refusal.Code.ROLE, deed));

        assertThat(workspace.planState(draft)).isEqualTo(PlanState.DRAFT);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SCHEDULED);
    }

    @Test
    void whoHasNotSignedInHaltsLiveMailingsAndSendsNone() {
        long draft = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(1));
        long plan = workspace.draft(workspace.clock.instant(), TestWorkspace.addresses(1));
        asked.set(false);
        workspace.plans.start(plan);
        workspace.execute("UPDATE plans SET world = 'LIVE'");
        PlanStore locals = plans(Somebody.called("kim", Role.OWNER).withoutLive());

        refused(Refusal.Code.LIVE_NEEDS_SIGN_IN, () -> locals.start(draft));
        Plan before = workspace.plan(plan);
        PlanTiming sooner = new PlanTiming(before.notBefore().minusSeconds(60), before.zone(), before.rules());
        refused(Refusal.Code.LIVE_NEEDS_SIGN_IN, () -> locals.retime(plan, sooner));
        locals.pause(plan);
        refused(Refusal.Code.LIVE_NEEDS_SIGN_IN, () -> locals.resume(plan));
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.PAUSED);
        locals.cancel(plan);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.CANCELLED);
    }

    @Test
    void aboutUncertainLiveMessagesOnlySomebodyWithANameDecides() {
        asked.set(false);
        long plan = workspace.running(1);
        workspace.execute("UPDATE plans SET world = 'LIVE'");
        workspace.execute("UPDATE messages SET state = 'UNCERTAIN'");
        workspace.results.recount(plan);
        MessageStore locals = new MessageStore(
                workspace.database.usedBy(Somebody.called("kim", Role.OWNER).withoutLive()), workspace.clock);

        refused(Refusal.Code.LIVE_NEEDS_SIGN_IN, () -> locals.sendAgain(1));
        refused(Refusal.Code.LIVE_NEEDS_SIGN_IN, () -> locals.markSent(1));
        assertThat(workspace.state(1)).isEqualTo(MessageState.UNCERTAIN);
    }

    @Test
    void claimingFindsItsPlanByNumber() {
        long plan = planned();
        approve(JUN, plan);
        workspace.plans.begin(plan);
        List<String> steps = new ArrayList<>();
        workspace.database.<Boolean>read(sql -> {
            String query = sql.renderInlined(sql.selectFrom(app.mailroom.store.jooq.Tables.PLANS)
                    .where(app.mailroom.store.jooq.Tables.PLANS.ID.eq(plan))
                    .and(ApprovalStore.given()));
            sql.fetch("EXPLAIN QUERY PLAN " + query).forEach(step -> steps.add(step.get("detail", String.class)));
            return true;
        });
        assertThat(steps).singleElement().asString().contains("INTEGER PRIMARY KEY");
    }
}
