package app.mailroom.model;

import static app.mailroom.model.MessageState.ACCEPTED;
import static app.mailroom.model.MessageState.BOUNCED;
import static app.mailroom.model.MessageState.CANCELLED;
import static app.mailroom.model.MessageState.CLAIMED;
import static app.mailroom.model.MessageState.COMPLAINED;
import static app.mailroom.model.MessageState.DELAYED;
import static app.mailroom.model.MessageState.DELIVERED;
import static app.mailroom.model.MessageState.PLANNED;
import static app.mailroom.model.MessageState.REJECTED;
import static app.mailroom.model.MessageState.SUPPRESSED;
import static app.mailroom.model.MessageState.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageStateTest {
    private static final Map<MessageState, Set<MessageState>> TABLE = Map.ofEntries(
            Map.entry(PLANNED, Set.of(CLAIMED, SUPPRESSED, CANCELLED)),
            Map.entry(CLAIMED, Set.of(ACCEPTED, PLANNED, REJECTED, UNCERTAIN)),
            Map.entry(ACCEPTED, Set.of(DELAYED, DELIVERED, BOUNCED, COMPLAINED, REJECTED)),
            Map.entry(UNCERTAIN, Set.of(ACCEPTED, DELAYED, DELIVERED, BOUNCED, COMPLAINED, REJECTED, PLANNED)),
            Map.entry(REJECTED, Set.of()),
            Map.entry(DELAYED, Set.of(DELIVERED, BOUNCED, COMPLAINED, REJECTED)),
            Map.entry(DELIVERED, Set.of(BOUNCED, COMPLAINED)),
            Map.entry(BOUNCED, Set.of(COMPLAINED)),
            Map.entry(COMPLAINED, Set.of()),
            Map.entry(SUPPRESSED, Set.of()),
            Map.entry(CANCELLED, Set.of()));

    private static final List<MessageState> RANKS = List.of(ACCEPTED, DELAYED, DELIVERED, BOUNCED, COMPLAINED);

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void aStateBecomesWhatTheTableOfTheDesignAllowsAndNothingElse(MessageState from) {
        Set<MessageState> allowed = TABLE.getOrDefault(from, Set.of());
        for (MessageState to : MessageState.values()) {
            assertThat(from.canBecome(to)).as("%s to %s", from, to).isEqualTo(allowed.contains(to));
        }
        assertThat(TABLE).containsKey(from);
    }

    @ParameterizedTest
    @EnumSource(MessageState.class)
    void noStateBecomesItself(MessageState state) {
        assertThat(state.canBecome(state)).isFalse();
    }

    @Test
    void amongTheRankedStatesEveryRiseIsAllowedAndNoFall() {
        for (int from = 0; from < RANKS.size(); from++) {
            for (int to = 0; to < RANKS.size(); to++) {
                assertThat(RANKS.get(from).canBecome(RANKS.get(to)))
                        .as("%s to %s", RANKS.get(from), RANKS.get(to))
                        .isEqualTo(to > from);
            }
        }
    }

    @Test
    void onlyPlannedAndClaimedMessagesAreUnsent() {
        for (MessageState state : MessageState.values()) {
            assertThat(state.isUnsent()).isEqualTo(state == PLANNED || state == CLAIMED);
            assertThat(state.awaitsOutcome()).isEqualTo(state == ACCEPTED || state == UNCERTAIN || state == DELAYED);
        }
    }
}
