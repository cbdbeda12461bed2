package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.AuditEntry;
import app.mailroom.model.MessageState;
import app.mailroom.model.PlanState;
import app.mailroom.store.AuditStore;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
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
        control = new PlanControl(workspace.plans, workspace.messages, audit, woken::incrementAndGet);
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

        assertThat(control.markAllSent(plan, PERSON)).isEqualTo(UNCERTAIN);

        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(ALL);
        assertThat(workspace.plans.totals(other).in(MessageState.UNCERTAIN)).isEqualTo(1);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.SENT);
        assertThat(audit.newest(10)).singleElement().satisfies(entry -> says(entry, "UNCERTAIN_MARKED_SENT"));
        assertThat(woken).hasValue(0);
    }

    @Test
    void everyUncertainMessageOfAMailingIsSentAgainAndTheAuditSaysWhoDidIt() {
        assertThat(control.sendAllAgain(plan, PERSON)).isEqualTo(UNCERTAIN);

        assertThat(workspace.plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(UNCERTAIN);
        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(ALL - UNCERTAIN);
        assertThat(workspace.planState(plan)).isEqualTo(PlanState.RUNNING);
        assertThat(audit.newest(10)).singleElement().satisfies(entry -> says(entry, "UNCERTAIN_SENT_AGAIN"));
        assertThat(woken).hasValue(1);
    }

    @Test
    void whereNothingIsUncertainNothingIsChangedAndNothingIsAudited() {
        control.markAllSent(plan, PERSON);

        assertThat(control.markAllSent(plan, PERSON)).isZero();
        assertThat(control.sendAllAgain(plan, PERSON)).isZero();

        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(ALL);
        assertThat(audit.newest(10)).hasSize(1);
    }

    @Test
    void whatWasDecidedBeforeAFailureIsOnRecordAndSent() {
        workspace.execute(
                "CREATE TRIGGER full BEFORE UPDATE ON messages WHEN OLD.id = (SELECT MAX(id) FROM messages WHERE"
                        + " state = 'UNCERTAIN') BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        assertThatThrownBy(() -> control.sendAllAgain(plan, PERSON)).hasMessageContaining("disk full");

        assertThat(workspace.plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(500);
        assertThat(audit.newest(10)).singleElement().satisfies(entry -> says(entry, "UNCERTAIN_SENT_AGAIN", 500));
        assertThat(woken).hasValue(1);
    }

    private void says(AuditEntry entry, String action) {
        says(entry, action, UNCERTAIN);
    }

    private void says(AuditEntry entry, String action, int messages) {
        assertThat(entry.actor()).isEqualTo(PERSON);
        assertThat(entry.action()).isEqualTo(action);
        assertThat(entry.subject()).isEqualTo("plan " + plan);
        assertThat(entry.detail()).isEqualTo(messages + " messages");
    }
}
