package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.Somebody;
import app.mailroom.model.AuditEntry;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.model.Role;
import app.mailroom.store.ApprovalStore;
import app.mailroom.store.AuditStore;
import app.mailroom.store.Database;
import app.mailroom.store.MessageStore;
import app.mailroom.store.PlanStore;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanControlTest {
    /** More than are decided in one step. */
    private static final int UNCERTAIN = 620;

    private static final int ALL = UNCERTAIN + 5;
    private static final String PERSON = "mina";

    @TempDir
    Path directory;

    private final AtomicInteger woken = new AtomicInteger();
    private TestWorkspace workspace;
    private AuditStore audit;
    private PlanControl control;
    private long plan;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        audit = new AuditStore(workspace.database, workspace.clock);
        Database hers = workspace.database.usedBy(Somebody.called(PERSON, Role.SENDER));
        control = new PlanControl(
                new PlanStore(hers, workspace.clock),
                new MessageStore(hers, workspace.clock),
                new ApprovalStore(hers, workspace.clock, () -> false),
                woken::incrementAndGet);
        plan = workspace.running(ALL);
        workspace.execute("UPDATE messages SET state = 'ACCEPTED', accepted_at = 5 WHERE plan_id = " + plan);
        workspace.execute("UPDATE messages SET state = 'UNCERTAIN', reason = 'TIMEOUT', accepted_at = NULL"
                + " WHERE id IN (SELECT id FROM messages WHERE plan_id = " + plan + " ORDER BY id LIMIT " + UNCERTAIN
                + ")");
        workspace.execute("UPDATE plans SET state = 'SENT', finished_at = 9 WHERE id = " + plan);
        workspace.results.recount(plan);
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void everyUncertainMessageOfAMailingIsTakenForSentAndTheAuditSaysWhoDidIt() {
        long other = workspace.running(1);
        workspace.execute("UPDATE messages SET state = 'UNCERTAIN' WHERE plan_id = " + other);
        workspace.results.recount(other);

        assertThat(control.markAllSent(plan)).isEqualTo(UNCERTAIN);

        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(ALL);
        assertThat(workspace.plans.totals(other).in(MessageState.UNCERTAIN)).isEqualTo(1);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SENT);
        says("UNCERTAIN_MARKED_SENT", 120, 500);
        assertThat(woken).hasValue(0);
    }

    @Test
    void everyUncertainMessageOfAMailingIsSentAgainAndTheAuditSaysWhoDidIt() {
        assertThat(control.sendAllAgain(plan)).isEqualTo(UNCERTAIN);

        assertThat(workspace.plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(UNCERTAIN);
        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(ALL - UNCERTAIN);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        says("UNCERTAIN_SENT_AGAIN", 120, 500);
        assertThat(woken).hasValue(1);
    }

    @Test
    void whereNothingIsUncertainNothingIsChangedAndNothingIsAudited() {
        control.markAllSent(plan);

        assertThat(control.markAllSent(plan)).isZero();
        assertThat(control.sendAllAgain(plan)).isZero();

        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(ALL);
        says("UNCERTAIN_MARKED_SENT", 120, 500);
    }

    @Test
    void whatWasDecidedBeforeAFailureIsOnRecordAndSent() {
        workspace.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON messages WHEN OLD.id = (SELECT MAX(id) FROM messages WHERE"
                        + " state = 'UNCERTAIN') BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        assertThatThrownBy(() -> control.sendAllAgain(plan)).hasMessageContaining("disk full");

        assertThat(workspace.plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(500);
        says("UNCERTAIN_SENT_AGAIN", 500);
        assertThat(woken).hasValue(1);
    }

    /** The entries of what she did, the newest first, one for each step. */
    private void says(String action, int... messages) {
        List<AuditEntry> hers = audit.newest(10).stream()
                .filter(entry -> entry.actor().equals(PERSON))
                .toList();
        assertThat(hers).allSatisfy(entry -> {
            assertThat(entry.action()).isEqualTo(action);
            assertThat(entry.subject()).isEqualTo("mailing " + plan + " “plan 1”");
        });
        assertThat(hers)
                .extracting(AuditEntry::detail)
                .containsExactly(IntStream.of(messages)
                        .mapToObj(count -> count + " messages")
                        .toArray(String[]::new));
    }
}
