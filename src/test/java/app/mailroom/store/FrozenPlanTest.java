package app.mailroom.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import app.mailroom.model.ClaimedMessage;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SheetEdit;
import app.mailroom.model.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planned goes to the people, and with the values, that were in the list when it was planned. */
class FrozenPlanTest {
    private static final int STEP = 10;

    @TempDir
    Path directory;

    private TestWorkspace workspace;
    private PlanStore plans;
    private Instant tomorrow;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        plans = new PlanStore(workspace.database, workspace.clock, () -> false, STEP);
        tomorrow = workspace.clock.instant().plus(Duration.ofDays(1));
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void rowsThatAreEditedAddedOrDeletedAfterPlanningDoNotReachIt() {
        long plan = planned(25);

        workspace.execute("UPDATE recipient_rows SET address = 'other@example.com', address_key = 'other@example.com',"
                + " field_values = '[\"other\"]' WHERE address_key = 'reader0@example.com'");
        workspace.execute("DELETE FROM recipient_rows WHERE address_key = 'reader1@example.com'");
        workspace.execute("INSERT INTO recipient_rows (list_id, address, address_key, field_values, rank)"
                + " VALUES (1, 'new@example.com', 'new@example.com', '[\"new\"]', 99999999)");
        workspace.execute("UPDATE recipient_lists SET revision = revision + 3");
        plans.freeze(plan);
        workspace.clock.advance(Duration.ofDays(1));
        plans.begin(plan);

        assertThat(workspace.delivery.claim(workspace.delivery.register("this one"), plan, 100))
                .extracting(ClaimedMessage::address, message -> message.values().get(0))
                .hasSize(25)
                .contains(tuple("reader0@example.com", "reader0@example.com"))
                .contains(tuple("reader1@example.com", "reader1@example.com"));
    }

    @Test
    void whatADraftIsStartedWithIsTheListOfThatMoment() {
        long plan = workspace.draft(tomorrow, TestWorkspace.addresses(3));
        workspace.execute("DELETE FROM recipient_rows WHERE address_key = 'reader1@example.com'");
        workspace.execute("UPDATE recipient_columns SET variable = 'mail'");

        plans.start(plan);

        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(2);
        assertThat(plans.slotsByVariable(plan)).containsOnlyKeys("mail");
    }

    @Test
    void aDraftWhoseListWasDeletedStaysADraft() {
        long plan = workspace.draft(tomorrow, TestWorkspace.addresses(3));
        workspace.recipients.delete(1);

        assertThatThrownBy(() -> plans.start(plan)).isInstanceOf(NoSuchListException.class);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.DRAFT);
    }

    @Test
    void aListCanBeDeletedOnceTheMessagesAreMade() {
        long plan = planned(25);

        workspace.recipients.delete(1);

        workspace.clock.advance(Duration.ofDays(1));
        assertThat(plans.begin(plan)).isTrue();
        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(25);
    }

    @Test
    void aHalfMadePlanIsNotSentAndGoesOnWhereItStood() {
        long plan = halfMade(25);
        workspace.clock.advance(Duration.ofDays(1));

        assertThat(plans.due(World.PRACTICE)).isEmpty();
        assertThat(plans.begin(plan)).isFalse();
        assertThat(plans.unfrozen(World.PRACTICE)).containsExactly(plan);
        assertThatThrownBy(() -> workspace.recipients.delete(1)).isInstanceOf(ListInUseException.class);

        assertThat(plans.overview(plan)).hasValueSatisfying(overview -> {
            assertThat(overview.beingMade()).isTrue();
            assertThat(overview.totals().all()).isEqualTo(STEP);
        });

        plans.freeze(plan);

        assertThat(plans.overview(plan).orElseThrow().beingMade()).isFalse();
        assertThat(workspace.number("SELECT min(id) FROM messages")).isEqualTo(1);
        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(25);
        assertThat(plans.begin(plan)).isTrue();
    }

    @Test
    void aHalfMadePlanWhoseListWasChangedIsMadeAnew() {
        long plan = halfMade(35);
        workspace.execute("UPDATE recipient_rows SET field_values = '[\"changed\"]'");
        workspace.execute("DELETE FROM recipient_rows WHERE address_key = 'reader3@example.com'");
        workspace.execute("UPDATE recipient_lists SET revision = revision + 1");

        plans.freeze(plan);

        assertThat(workspace.number("SELECT count(*) FROM messages WHERE field_values = '[\"changed\"]'"))
                .isEqualTo(34);
        assertThat(plans.totals(plan).all()).isEqualTo(34);
    }

    @Test
    void aRowThatIsDeletedFromTheSheetWhileItIsBeingMadeIsNotMailed() {
        long plan = halfMade(35);
        SheetStore sheets = new SheetStore(workspace.database, workspace.clock, SheetStoreTest.RULES);
        long third = workspace.number("SELECT id FROM recipient_rows WHERE address_key = 'reader3@example.com'");
        try (SheetChange change = sheets.change(1, SheetEdit.Kind.ROWS_DELETED, "")) {
            change.delete(List.of(third));
        }

        plans.freeze(plan);
        try (SheetChange change = sheets.change(1, SheetEdit.Kind.ROWS_DELETED, "")) {
            change.delete(List.of(third + 1));
        }

        assertThat(workspace.number("SELECT count(*) FROM messages WHERE address_key = 'reader3@example.com'"))
                .isZero();
        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(34);
    }

    @Test
    void aListThatIsBeingChangedIsWaitedForAndItsPersonIsNotHeldUp() {
        long plan = workspace.draft(tomorrow, TestWorkspace.addresses(25));
        SheetStore sheets = new SheetStore(workspace.database, workspace.clock, SheetStoreTest.RULES);
        long first = workspace.number("SELECT min(id) FROM recipient_rows");
        try (SheetChange change = sheets.change(1, SheetEdit.Kind.IMPORTED, "")) {
            change.delete(List.of(first));

            plans.start(plan);

            assertThat(workspace.recipients.isBeingChanged(1)).isTrue();
            assertThat(plans.unfrozen(World.PRACTICE)).containsExactly(plan);
            assertThat(plans.totals(plan).all()).isZero();
            change.delete(List.of(first + 1));
        }
        assertThat(workspace.recipients.isBeingChanged(1)).isFalse();
        plans.freeze(plan);
        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(23);
    }

    @Test
    void aPlanWhoseListWasChangedLetsOthersHaveTheirTurnBeforeItIsMadeAnew() {
        long plan = halfMade(35);
        workspace.execute("UPDATE recipient_lists SET revision = revision + 1");

        assertThat(plans.freezeSome(plan)).isTrue();
        assertThat(plans.freezeSome(plan)).isFalse();
        assertThat(plans.unfrozen(World.PRACTICE)).containsExactly(plan);
        assertThat(plans.totals(plan).all()).isZero();
    }

    @Test
    void ofAHalfMadePlanThatIsCancelledNothingRemainsToBeSent() {
        long plan = halfMade(25);

        plans.cancel(plan);
        plans.freeze(plan);

        assertThat(plans.totals(plan).in(MessageState.CANCELLED)).isEqualTo(STEP);
        assertThat(plans.totals(plan).all()).isEqualTo(STEP);
    }

    @Test
    void aListOfExactlyOneStepIsMadeToItsEnd() {
        long plan = planned(STEP);

        assertThat(plans.unfrozen(World.PRACTICE)).isEmpty();
        assertThat(plans.totals(plan).all()).isEqualTo(STEP);
    }

    @Test
    void whoWasSuppressedSincePlanningIsNotMailedAndWhoWasLiftedSinceIsNotEither() {
        workspace.suppressions.add("reader0@example.com", "UNSUBSCRIBE", "");
        long plan = planned(25);
        assertThat(plans.totals(plan).in(MessageState.SUPPRESSED)).isEqualTo(1);
        workspace.suppressions.lift(World.LIVE, "reader0@example.com");
        workspace.suppressions.add("Reader7@example.com", "COMPLAINT", "");
        workspace.clock.advance(Duration.ofDays(1));

        plans.begin(plan);

        assertThat(plans.totals(plan).in(MessageState.SUPPRESSED)).isEqualTo(2);
        assertThat(workspace.text("SELECT reason FROM messages WHERE address = 'reader7@example.com'"))
                .isEqualTo("COMPLAINT");
    }

    @Test
    void movingTheTimeMovesTheMessages() {
        long plan = planned(25);
        Instant earlier = workspace.clock.instant().plusSeconds(60);

        plans.retime(plan, new PlanTiming(earlier, "Europe/Paris", SendingRules.NONE));

        assertThat(workspace.number("SELECT count(*) FROM messages WHERE not_before = " + earlier.toEpochMilli()))
                .isEqualTo(25);
        assertThat(workspace.plan(plan).notBefore()).isEqualTo(earlier);
        assertThat(workspace.plan(plan).zone()).isEqualTo("Europe/Paris");
        workspace.clock.advance(Duration.ofSeconds(60));
        assertThat(plans.due(World.PRACTICE)).containsExactly(plan);
    }

    @Test
    void whoDiesWhileMovingTheTimeLeavesNoMessageBehind() {
        long plan = planned(25);
        workspace.clock.advance(Duration.ofHours(1));
        workspace.execute(
                "UPDATE plans SET not_before = " + workspace.clock.instant().toEpochMilli());

        plans.begin(plan);

        assertThat(workspace.delivery.claim(workspace.delivery.register("this one"), plan, 100))
                .hasSize(25);
    }

    @Test
    void whatRunsOrHasEndedHasNoTimeToMove() {
        long plan = workspace.running(1);
        PlanTiming later = new PlanTiming(tomorrow, "UTC", SendingRules.NONE);

        assertThatThrownBy(() -> plans.retime(plan, later)).isInstanceOf(IllegalPlanChangeException.class);
        plans.cancel(plan);
        assertThatThrownBy(() -> plans.retime(plan, later)).isInstanceOf(IllegalPlanChangeException.class);
    }

    @Test
    void plansThatAnOlderProgramHadScheduledGetTheirMessages() {
        long plan = workspace.draft(tomorrow, TestWorkspace.addresses(25));
        workspace.execute("UPDATE plans SET state = 'SCHEDULED'");
        assertThat(plans.unfrozen(World.PRACTICE)).isEqualTo(List.of(plan));

        plans.freeze(plan);

        assertThat(plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(25);
    }

    private long planned(int people) {
        long plan = workspace.draft(tomorrow, TestWorkspace.addresses(people));
        plans.start(plan);
        return plan;
    }

    /** A plan as a process leaves it that is killed after the first step in which messages were made. */
    private long halfMade(int people) {
        long plan = workspace.draft(tomorrow, TestWorkspace.addresses(people));
        MessageMaking making = new MessageMaking(workspace.clock, STEP);
        workspace.execute("UPDATE plans SET state = 'SCHEDULED' WHERE id = " + plan);
        assertThat(workspace.database.<Boolean>write(sql -> making.step(sql, plan)))
                .isTrue();
        assertThat(workspace.database.<Boolean>write(sql -> making.step(sql, plan)))
                .isTrue();
        assertThat(plans.totals(plan).all()).isEqualTo(STEP);
        return plan;
    }
}
