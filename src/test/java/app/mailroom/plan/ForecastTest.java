package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastTest {
    /** A Wednesday. */
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @Test
    void thePaceAloneTellsWhereNoRuleHolds() {
        assertThat(end(1_000, 10, "", 0, 0)).contains(Instant.parse("2026-11-25T12:01:40Z"));
        assertThat(end(0, 10, "", 0, 0)).contains(NOON);
    }

    @Test
    void aTimeThatIsToComeIsWaitedFor() {
        Instant later = NOON.plusSeconds(600);

        assertThat(Forecast.end(10, 1, new PlanTiming(later, "UTC", SendingRules.NONE), NOON))
                .contains(later.plusSeconds(10));
    }

    @Test
    void whatDoesNotFitIntoTheHoursOfADayGoesOnTheNext() {
        // 3,600 before it closes at one, the rest on Thursday.
        assertThat(end(3_700, 1, "mon-fri 09:00-13:00", 0, 0)).contains(Instant.parse("2026-11-26T09:01:40Z"));
        assertThat(end(10, 1, "mon 09:00-13:00", 0, 0)).contains(Instant.parse("2026-11-30T09:00:10Z"));
    }

    @Test
    void aCapOfTheHourSpreadsOverHours() {
        assertThat(end(250, 100, "", 100, 0)).contains(Instant.parse("2026-11-25T14:00:00.500Z"));
    }

    @Test
    void aCapOfTheDaySpreadsOverDays() {
        assertThat(end(250, 100, "", 100, 200)).contains(Instant.parse("2026-11-26T12:00:00.500Z"));
    }

    @Test
    void whatWouldTakeYearsIsNotForetold() {
        assertThat(end(1_000_000, 100, "", 0, 10)).isEmpty();
    }

    private static Optional<Instant> end(long messages, double rate, String window, long perHour, long perDay) {
        SendingRules rules = new SendingRules(
                window.isEmpty() ? Optional.empty() : Optional.of(SendingWindow.parse(window)),
                perHour == 0 ? OptionalLong.empty() : OptionalLong.of(perHour),
                perDay == 0 ? OptionalLong.empty() : OptionalLong.of(perDay));
        return Forecast.end(messages, rate, new PlanTiming(NOON, "UTC", rules), NOON);
    }
}
