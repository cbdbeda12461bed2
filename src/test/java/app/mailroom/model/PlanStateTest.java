package app.mailroom.model;

import static app.mailroom.model.PlanState.CANCELLED;
import static app.mailroom.model.PlanState.DRAFT;
import static app.mailroom.model.PlanState.PARKED;
import static app.mailroom.model.PlanState.PAUSED;
import static app.mailroom.model.PlanState.RUNNING;
import static app.mailroom.model.PlanState.SCHEDULED;
import static app.mailroom.model.PlanState.SENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanStateTest {
    private static final Map<PlanState, Set<PlanState>> TABLE = Map.of(
            DRAFT, Set.of(SCHEDULED, CANCELLED),
            SCHEDULED, Set.of(RUNNING, PAUSED, PARKED, CANCELLED),
            RUNNING, Set.of(PAUSED, PARKED, SENT, CANCELLED),
            PAUSED, Set.of(SCHEDULED, RUNNING, CANCELLED),
            PARKED, Set.of(SCHEDULED, RUNNING, PAUSED, CANCELLED),
            SENT, Set.of(RUNNING),
            CANCELLED, Set.of());

    @ParameterizedTest
    @EnumSource(PlanState.class)
    void aStateBecomesWhatTheTableAllowsAndNothingElse(PlanState from) {
        for (PlanState to : PlanState.values()) {
            assertThat(from.canBecome(to))
                    .as("%s to %s", from, to)
                    .isEqualTo(TABLE.getOrDefault(from, Set.of()).contains(to));
        }
    }

    @Test
    void onlyAMessageThatAPersonSendsAgainLeadsOutOfAnEnd() {
        for (PlanState state : PlanState.values()) {
            assertThat(state.isEnded()).isEqualTo(state == SENT || state == CANCELLED);
        }
        assertThat(SENT.canBecome(RUNNING)).isTrue();
    }
}
