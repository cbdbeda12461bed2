package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mailroom.model.MessageState;
import app.mailroom.store.AuditStore;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanControlTest {
    /** More than two steps. */
    private static final int MESSAGES = 1_100;

    @TempDir
    Path directory;

    private final AtomicInteger woken = new AtomicInteger();
    private TestWorkspace workspace;
    private PlanControl control;
    private long plan;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(directory);
        control = new PlanControl(
                workspace.plans,
                workspace.messages,
                new AuditStore(workspace.database, workspace.clock),
                woken::incrementAndGet);
        plan = workspace.running(MESSAGES);
        workspace.execute("UPDATE messages SET state = 'UNCERTAIN', reason = 'TIME_OUT', claimed_at = updated_at");
        workspace.results.recount(plan);
    }

    @AfterEach
    void recountAndClose() {
        workspace.assertTotalsEqualRecount();
        workspace.close();
    }

    @Test
    void everyUncertainMessageOfAMailingIsDecidedAndThatIsOneEntryOfTheRecord() {
        assertThat(control.markAllSent(plan, "kim")).isEqualTo(MESSAGES);

        assertThat(workspace.plans.totals(plan).in(MessageState.ACCEPTED)).isEqualTo(MESSAGES);
        assertThat(workspace.text("SELECT actor || ' ' || action || ' ' || detail FROM audit WHERE action LIKE 'UNC%'"))
                .isEqualTo("kim UNCERTAIN_MARKED_SENT 1100 messages");
        assertThat(control.markAllSent(plan, "kim")).isZero();
        assertThat(workspace.number("SELECT count(*) FROM audit WHERE action LIKE 'UNC%'"))
                .isEqualTo(1);
    }

    @Test
    void whatWasDecidedBeforeAFailureIsOnRecordAndSent() {
        workspace.execute("CREATE TRIGGER full BEFORE UPDATE ON messages WHEN OLD.address = 'reader700@example.com'"
                + " BEGIN SELECT RAISE(ABORT, 'disk full'); END");

        assertThatThrownBy(() -> control.sendAllAgain(plan, "kim")).hasMessageContaining("disk full");

        assertThat(workspace.plans.totals(plan).in(MessageState.PLANNED)).isEqualTo(500);
        assertThat(workspace.text("SELECT actor || ' ' || action || ' ' || detail FROM audit WHERE action LIKE 'UNC%'"))
                .isEqualTo("kim UNCERTAIN_SENT_AGAIN 500 messages");
        assertThat(woken).hasValue(1);
    }
}
