package app.mailroom.ui.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DailyUpdateCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Optional<String> ON = Optional.of("true");

    private static Optional<String> ago(Duration time) {
        return Optional.of(Long.toString(NOW.minus(time).toEpochMilli()));
    }

    @Test
    void nothingIsAskedUnlessSomebodyHasSwitchedItOn() {
        assertThat(DailyUpdateCheck.isDue(Optional.empty(), Optional.empty(), NOW))
                .isFalse();
        assertThat(DailyUpdateCheck.isDue(Optional.of("false"), ago(Duration.ofDays(9)), NOW))
                .isFalse();
        assertThat(DailyUpdateCheck.isDue(Optional.of("yes"), Optional.empty(), NOW))
                .isFalse();
        assertThat(DailyUpdateCheck.isDue(ON, Optional.empty(), NOW)).isTrue();
    }

    @Test
    void aDayLiesBetweenTwoLooks() {
        assertThat(DailyUpdateCheck.isDue(ON, ago(Duration.ofHours(23)), NOW)).isFalse();
        assertThat(DailyUpdateCheck.isDue(ON, ago(Duration.ofDays(1)), NOW)).isFalse();
        assertThat(DailyUpdateCheck.isDue(ON, ago(Duration.ofDays(1).plusMillis(1)), NOW))
                .isTrue();
    }

    @Test
    void aTimeThatIsNoneOrLiesAheadKeepsItFromNothing() {
        assertThat(DailyUpdateCheck.isDue(ON, Optional.of("yesterday"), NOW)).isTrue();
        assertThat(DailyUpdateCheck.isDue(ON, ago(Duration.ofDays(-400)), NOW)).isTrue();
    }
}
