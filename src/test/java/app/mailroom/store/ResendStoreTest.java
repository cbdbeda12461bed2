package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.Message;
import app.mailroom.model.MessageFilter;
import app.mailroom.model.MessageOrder;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.Resend;
import app.mailroom.model.Resend.Whom;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ResendStoreTest {
    private static final int STEP = 3;

    /** One address for each fate; what is set in the row of its message. */
    private static final Map<String, String> FATES = Map.ofEntries(
            Map.entry("planned", "state = 'PLANNED'"),
            Map.entry("claimed", "state = 'CLAIMED'"),
            Map.entry("accepted", "state = 'ACCEPTED'"),
            Map.entry("uncertain", "state = 'UNCERTAIN'"),
            Map.entry("rejected", "state = 'REJECTED', reason = 'RENDERING'"),
            Map.entry("delayed", "state = 'DELAYED'"),
            Map.entry("unread", "state = 'DELIVERED', delivered_at = 5"),
            Map.entry("machine", "state = 'DELIVERED', delivered_at = 5, machine_opened_at = 6"),
            Map.entry("opened", "state = 'DELIVERED', delivered_at = 5, opened_at = 6"),
            Map.entry("clicked", "state = 'DELIVERED', delivered_at = 5, clicked_at = 6"),
            Map.entry("left", "state = 'DELIVERED', delivered_at = 5, unsubscribed_at = 6"),
            Map.entry("hard", "state = 'BOUNCED', reason = 'Permanent.General'"),
            Map.entry("soft", "state = 'BOUNCED', reason = 'Transient.MailboxFull'"),
            Map.entry("softread", "state = 'BOUNCED', reason = 'Transient.General', opened_at = 6"),
            Map.entry("complained", "state = 'COMPLAINED', delivered_at = 5"),
            Map.entry("suppressed", "state = 'SUPPRESSED', reason = 'MANUAL'"),
            Map.entry("cancelled", "state = 'CANCELLED', reason = 'PLAN_CANCELLED'"));

    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private ResendStore resends;
    private PlanStore plans;
    private long first;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        resends = new ResendStore(workspace.database, workspace.clock, () -> false);
        plans = new PlanStore(workspace.database, workspace.clock, () -> false, STEP);
        List<String> names = FATES.keySet().stream().sorted().toList();
        first = workspace.running(
                names.stream().map(name -> name + "@example.com").toList());
        FATES.forEach((name, fate) -> workspace.execute("UPDATE messages SET " + fate + " WHERE plan_id = " + first
                + " AND address = '" + name + "@example.com'"));
        workspace.results.recount(first);
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    static Stream<Arguments> groups() {
        return Stream.of(
                Arguments.of(Whom.FAILED, List.of("rejected", "soft")),
                Arguments.of(Whom.NOT_REACHED, List.of("cancelled", "rejected", "soft", "suppressed")),
                Arguments.of(Whom.NOT_OPENED, List.of("machine", "unread")),
                Arguments.of(Whom.NOT_CLICKED, List.of("machine", "opened", "unread")));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void aGroupIsReachedAndNobodyElse(Whom whom, List<String> expected) {
        Resend resend = new Resend(first, whom);

        assertThat(resends.count(resend)).isEqualTo(expected.size());
        assertThat(names(made(resend))).isEqualTo(expected);
    }

    @Test
    void mailingsKnowWhatTheyWereSentAgainFromAndAs() {
        long one = made(new Resend(first, Whom.FAILED));
        long other = made(new Resend(first, Whom.NOT_OPENED));

        assertThat(workspace.results.family(first).first()).isEmpty();
        assertThat(workspace.results.family(first).later())
                .extracting(ResultsStore.Named::planId)
                .containsExactly(one, other);
        assertThat(workspace.results.family(one).later()).isEmpty();
        assertThat(workspace.results.family(one).first())
                .contains(new ResultsStore.Named(first, workspace.plan(first).title()));
    }

    @Test
    void whoDidNotOpenOrClickIsNobodyWhereThatWasNotCounted() {
        workspace.execute("UPDATE plans SET tracked = 0 WHERE id = " + first);

        for (Whom whom : List.of(Whom.NOT_OPENED, Whom.NOT_CLICKED)) {
            Resend resend = new Resend(first, whom);
            assertThat(resends.count(resend)).isZero();
            assertThat(resends.messages(resend, 0, 100)).isEmpty();
        }
        assertThat(resends.count(new Resend(first, Whom.FAILED))).isEqualTo(2);
        long again = made(new Resend(first, Whom.FAILED));
        assertThat(workspace.plan(again).tracked()).isFalse();
    }

    @Test
    void aSelectionLeavesOutWhoMustNotBeMailedAndWhoIsUndecided() {
        List<Long> everybody =
                workspace.results.messages(MessageFilter.all(first), MessageOrder.LIST, null, 100).stream()
                        .map(Message::id)
                        .toList();

        long again = made(new Resend(first, Whom.SELECTION, everybody));

        assertThat(names(again))
                .containsExactly(
                        "accepted",
                        "cancelled",
                        "clicked",
                        "delayed",
                        "machine",
                        "opened",
                        "rejected",
                        "soft",
                        "softread",
                        "suppressed",
                        "unread");
    }

    @Test
    void whoeverIsSuppressedNowIsLeftOut() {
        workspace.suppressions.add(World.LIVE, "Soft@Example.com", "MANUAL", "");

        assertThat(names(made(new Resend(first, Whom.FAILED)))).containsExactly("rejected");
    }

    @Test
    void whomAnEarlierOneReachedIsNotReachedTwice() {
        long second = made(new Resend(first, Whom.FAILED));
        assertThat(resends.count(new Resend(first, Whom.FAILED))).isZero();

        workspace.execute(
                "UPDATE messages SET state = 'REJECTED' WHERE plan_id = " + second + " AND address LIKE 'soft@%'");
        workspace.execute(
                "UPDATE messages SET state = 'DELIVERED' WHERE plan_id = " + second + " AND address LIKE 'rejected@%'");
        workspace.results.recount(second);

        assertThat(names(made(new Resend(first, Whom.NOT_REACHED)))).containsExactly("cancelled", "soft", "suppressed");
    }

    @Test
    void whomOneMadeOfALaterOneReachedIsNotReachedTwice() {
        long second = made(new Resend(first, Whom.FAILED));
        becomes(second, "soft", MessageState.REJECTED);
        becomes(second, "rejected", MessageState.REJECTED);
        long third = made(new Resend(second, Whom.FAILED));
        becomes(third, "soft", MessageState.DELIVERED);
        becomes(third, "rejected", MessageState.REJECTED);

        assertThat(names(made(new Resend(first, Whom.FAILED)))).containsExactly("rejected");
    }

    @Test
    void whomAnotherOneOfTheSameFirstReachedSinceIsNotReachedTwice() {
        long second = made(new Resend(first, Whom.FAILED));
        becomes(second, "soft", MessageState.REJECTED);
        becomes(second, "rejected", MessageState.REJECTED);
        long third = made(new Resend(first, Whom.FAILED));
        becomes(third, "soft", MessageState.DELIVERED);
        becomes(third, "rejected", MessageState.REJECTED);

        assertThat(resends.count(new Resend(second, Whom.FAILED))).isEqualTo(1);
        assertThat(names(made(new Resend(second, Whom.FAILED)))).containsExactly("rejected");
    }

    @Test
    void whoDidNotOpenALaterOneEitherMayBeReachedAgain() {
        long second = made(new Resend(first, Whom.NOT_OPENED));
        becomes(second, "unread", MessageState.DELIVERED);
        becomes(second, "machine", MessageState.DELIVERED);

        assertThat(names(made(new Resend(second, Whom.NOT_OPENED)))).containsExactly("machine", "unread");
    }

    private void becomes(long plan, String name, MessageState state) {
        workspace.execute("UPDATE messages SET state = '" + state + "' WHERE plan_id = " + plan + " AND address = '"
                + name + "@example.com'");
        workspace.results.recount(plan);
    }

    @Test
    void theNewMailingIsLinkedAndWaitsForItsTimeWithTheFrozenValues() {
        long again = made(new Resend(first, Whom.FAILED));

        assertThat(workspace.planState(again)).isEqualTo(PlanState.SCHEDULED);
        assertThat(workspace.number("SELECT resends_plan_id FROM plans WHERE id = " + again))
                .isEqualTo(first);
        assertThat(workspace.plans.due(World.PRACTICE)).contains(again);
        assertThat(workspace.plans.slotsByVariable(again)).isEqualTo(workspace.plans.slotsByVariable(first));
        assertThat(workspace.plans.begin(again)).isTrue();
        long sender = workspace.delivery.register("this one");
        List<ClaimedMessage> claimed = workspace.delivery.claim(sender, again, 10);
        assertThat(claimed)
                .extracting(ClaimedMessage::address)
                .containsExactlyInAnyOrder("rejected@example.com", "soft@example.com");
        assertThat(claimed.get(0).values()).containsExactly(claimed.get(0).address());
        assertThat(workspace.state(claimed.get(0).id())).isEqualTo(MessageState.CLAIMED);
    }

    @Test
    void aHalfMadeOneIsNotSentAndThePlannerGoesOnWhereItStood() {
        long again = begun(new Resend(first, Whom.NOT_REACHED), 2);

        assertThat(workspace.plans.due(World.PRACTICE)).isEmpty();
        assertThat(workspace.plans.begin(again)).isFalse();
        assertThat(workspace.plans.unfrozen(World.PRACTICE)).containsExactly(again);

        workspace.plans.freeze(again);

        assertThat(names(again)).containsExactly("cancelled", "rejected", "soft", "suppressed");
        assertThat(workspace.plan(again).frozenAt()).isNotNull();
        assertThat(workspace.plans.begin(again)).isTrue();
    }

    @Test
    void whatBecomesOfAMessageUntilItsTurnCounts() {
        long again = begun(new Resend(first, Whom.NOT_OPENED), 1);
        workspace.execute("UPDATE messages SET opened_at = 6 WHERE address = 'unread@example.com'");
        workspace.results.recount(first);

        plans.freeze(again);

        assertThat(names(again)).containsExactly("machine");
    }

    @Test
    void ofTwoThatAreMadeAtTheSameTimeEachPersonIsReachedByOne() {
        Resend resend = new Resend(first, Whom.NOT_REACHED);
        long one = resends.begin(resend, again());
        long other = resends.begin(resend, again());
        List<Long> unfinished = new ArrayList<>(List.of(one, other));
        while (!unfinished.isEmpty()) {
            unfinished.removeIf(plan -> !plans.freezeSome(plan));
        }

        assertThat(Stream.concat(names(one).stream(), names(other).stream()))
                .containsExactlyInAnyOrder("cancelled", "rejected", "soft", "suppressed");
    }

    @Test
    void messagesOfOtherMailingsBetweenThoseOfTheFirstAreNotTaken() {
        workspace.execute("UPDATE messages SET id = id + 1000 WHERE address = 'unread@example.com'");
        long other = workspace.running(20);
        workspace.execute("UPDATE messages SET state = 'DELIVERED', delivered_at = 5 WHERE plan_id = " + other);
        workspace.results.recount(other);

        Resend resend = new Resend(first, Whom.NOT_OPENED);

        assertThat(resends.messages(resend, 0, 1)).extracting(Message::address).containsExactly("machine@example.com");
        assertThat(resends.messages(resend, 0, 100)).hasSize(2);
        assertThat(names(made(resend))).containsExactly("machine", "unread");
    }

    @Test
    void aSelectionIsForgottenOnceItIsMade() {
        List<Long> chosen = List.of(
                workspace.number("SELECT id FROM messages WHERE address = 'unread@example.com'"),
                workspace.number("SELECT id FROM messages WHERE address = 'clicked@example.com'"));
        Resend resend = new Resend(first, Whom.SELECTION, chosen);
        assertThat(resends.messages(resend, 0, 1)).extracting(Message::address).containsExactly("clicked@example.com");

        long again = begun(resend, 1);
        assertThat(workspace.number("SELECT count(*) FROM plan_picks")).isEqualTo(2);
        plans.freeze(again);

        assertThat(names(again)).containsExactly("clicked", "unread");
        assertThat(workspace.number("SELECT count(*) FROM plan_picks")).isZero();
    }

    @Test
    void aSelectionMayBeLargerThanAStatement() {
        List<Long> chosen = LongStream.rangeClosed(1, 60_000).boxed().toList();

        assertThat(resends.count(new Resend(first, Whom.SELECTION, chosen))).isEqualTo(11);
        assertThat(names(made(new Resend(first, Whom.SELECTION, chosen)))).hasSize(11);
    }

    @Test
    void allThatMeetAFilterAreReachedAsFarAsTheyMayBe() {
        Resend delivered = Resend.toAllMeeting(MessageFilter.all(first).in(MessageState.DELIVERED));
        assertThat(resends.count(delivered)).isEqualTo(4);
        assertThat(resends.messages(delivered, 0, 100)).hasSize(4);
        assertThat(names(made(delivered))).containsExactly("clicked", "machine", "opened", "unread");

        Resend soft = Resend.toAllMeeting(MessageFilter.all(first).because("Transient.MailboxFull"));
        assertThat(names(made(soft))).containsExactly("soft");
        Resend found = Resend.toAllMeeting(MessageFilter.all(first).containing("ft"));
        assertThat(names(made(found))).containsExactly("soft", "softread");
        assertThat(resends.count(Resend.toAllMeeting(MessageFilter.all(first).in(MessageState.UNCERTAIN))))
                .isZero();
    }

    @Test
    void whatMeetsAFilterOnlyLaterIsNotReached() {
        long again = resends.begin(Resend.toAllMeeting(MessageFilter.all(first).in(MessageState.REJECTED)), again());
        workspace.execute("UPDATE messages SET state = 'REJECTED' WHERE plan_id = " + first
                + " AND address IN ('cancelled@example.com', 'hard@example.com')");
        workspace.results.recount(first);

        plans.freeze(again);

        assertThat(names(again)).containsExactly("rejected");
        assertThat(workspace.number("SELECT count(*) FROM plan_picks")).isZero();
    }

    @Test
    void ofOneThatIsTakenBackWhileItIsMadeNothingRemains() {
        long again = begun(new Resend(first, Whom.NOT_REACHED), 3);
        assertThat(workspace.plans.totals(again).all()).isPositive();

        assertThat(workspace.plans.takeBack(again)).isTrue();

        assertThat(workspace.plans.find(again)).isEmpty();
        assertThat(workspace.number("SELECT count(*) FROM messages WHERE plan_id = " + again))
                .isZero();
        assertThat(workspace.number("SELECT count(*) FROM plan_freezes")).isZero();
        assertThat(resends.count(new Resend(first, Whom.NOT_REACHED))).isEqualTo(4);
    }

    @Test
    void whoDiesWhileTakingOneBackLeavesACancelledMailing() {
        long again = begun(new Resend(first, Whom.NOT_REACHED), 3);
        workspace.plans.cancel(again);

        assertThat(workspace.plans.takeBack(again)).isFalse();
        plans.freeze(again);

        assertThat(workspace.planState(again)).isEqualTo(PlanState.CANCELLED);
        assertThat(workspace.plans.totals(again).in(MessageState.PLANNED)).isZero();
        assertThat(workspace.number("SELECT count(*) FROM plan_freezes")).isZero();
    }

    @Test
    void oneThatIsMadeIsNotTakenBack() {
        long again = made(new Resend(first, Whom.NOT_REACHED));

        assertThat(workspace.plans.takeBack(again)).isFalse();
        assertThat(workspace.plans.takeBack(first)).isFalse();

        assertThat(workspace.planState(again)).isEqualTo(PlanState.SCHEDULED);
        assertThat(workspace.plans.totals(again).in(MessageState.PLANNED)).isEqualTo(4);
    }

    /** One as a process leaves it that is killed after so many steps. */
    private long begun(Resend resend, int steps) {
        long plan = resends.begin(resend, again());
        for (int i = 0; i < steps; i++) {
            assertThat(plans.freezeSome(plan)).isTrue();
        }
        return plan;
    }

    private long made(Resend resend) {
        long plan = resends.begin(resend, again());
        plans.freeze(plan);
        return plan;
    }

    private ResendStore.NewMailing again() {
        return new ResendStore.NewMailing(
                "again",
                workspace.number("SELECT template_version_id FROM plans WHERE id = " + first),
                List.of("https://shop.example"),
                workspace.clock.instant(),
                "Asia/Seoul");
    }

    private List<String> names(long plan) {
        List<String> names = new ArrayList<>();
        workspace
                .results
                .messages(MessageFilter.all(plan), new MessageOrder(MessageOrder.By.ADDRESS, false), null, 100)
                .forEach(message -> names.add(message.address().replaceFirst("@.*", "")));
        return names;
    }
}
