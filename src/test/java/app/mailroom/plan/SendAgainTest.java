package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.mailroom.model.MailAccount;
import app.mailroom.model.Resend;
import app.mailroom.model.Resend.Whom;
import app.mailroom.model.World;
import app.mailroom.plan.PlanFinding.Code;
import app.mailroom.store.ResendStore;
import app.mailroom.store.TemplateStore;
import app.mailroom.store.TestWorkspace;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SendAgainTest {
    /** A mail service that sends whatever it is given. */
    private static final class Service implements SendingConditions {
        World world = World.PRACTICE;
        boolean countsHits;

        @Override
        public World world() {
            return world;
        }

        @Override
        public MailAccount account() {
            return new MailAccount(14, -1, 0, false, true);
        }

        @Override
        public boolean maySend(String address) {
            return true;
        }

        @Override
        public boolean signs(String address) {
            return true;
        }

        @Override
        public boolean countsHits() {
            return countsHits;
        }
    }

    @TempDir
    Path folder;

    private final Service service = new Service();
    private TestWorkspace workspace;
    private SendAgain sendAgain;
    private long first;

    @BeforeEach
    void open() {
        workspace = new TestWorkspace(folder);
        sendAgain = new SendAgain(
                new TemplateStore(workspace.database, workspace.clock),
                workspace.plans,
                new ResendStore(workspace.database, workspace.clock),
                service);
        first = workspace.running(3);
        workspace.execute("UPDATE messages SET state = 'DELIVERED', delivered_at = 5 WHERE id > 1");
        workspace.execute("UPDATE messages SET state = 'REJECTED', reason = 'RENDERING' WHERE id = 1");
        workspace.results.recount(first);
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Whom.class,
            names = {"NOT_OPENED", "NOT_CLICKED"})
    void whereNothingWasCountedNobodyGetsItOnceMoreForNotOpeningIt(Whom whom) throws Exception {
        uncounted();

        assertThat(sendAgain.count(new Resend(first, whom))).isZero();
        assertThat(codes(whom)).containsExactly(Code.NOT_TRACKED);
        assertThat(workspace.plans.overviews()).hasSize(1);
    }

    @Test
    void otherGroupsGetItAndAreNotCountedEither() throws Exception {
        uncounted();

        ResendStore.Made made = sendAgain.plan(request(Whom.FAILED));

        assertThat(made.messages()).isEqualTo(1);
        assertThat(workspace.plans.find(made.planId()).orElseThrow().tracked()).isFalse();
    }

    @Test
    void whereItWasCountedThoseWhoDidNotOpenItGetIt() throws Exception {
        ResendStore.Made made = sendAgain.plan(request(Whom.NOT_OPENED));

        assertThat(made.messages()).isEqualTo(2);
        assertThat(workspace.plans.find(made.planId()).orElseThrow().tracked()).isTrue();
    }

    @Test
    void whatMayNotBeCountedIsBlockedWhereEverythingIsCounted() {
        uncounted();
        workspace.execute("UPDATE plans SET world = 'LIVE'");
        service.world = World.LIVE;
        service.countsHits = true;

        assertThat(codes(Whom.FAILED)).containsExactly(Code.TRACKING_BY_AMAZON);
    }

    private void uncounted() {
        workspace.execute("UPDATE plans SET tracked = 0 WHERE id = " + first);
    }

    private List<Code> codes(Whom whom) {
        PlanningException refused = assertThatExceptionOfType(PlanningException.class)
                .isThrownBy(() -> sendAgain.plan(request(whom)))
                .actual();
        return refused.findings().stream().map(PlanFinding::code).toList();
    }

    private SendAgain.Request request(Whom whom) {
        return new SendAgain.Request(
                new Resend(first, whom), "Again", OptionalLong.empty(), workspace.clock.instant(), "UTC", "test");
    }
}
