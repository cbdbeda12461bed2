package app.mailroom.ui.results;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Measure;
import app.mailroom.model.ResultCounts;
import app.mailroom.model.ResultCounts.OfHour;
import app.mailroom.ui.results.TimeLine.Grain;
import app.mailroom.ui.results.TimeLine.Step;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeLineTest {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final Instant START = Instant.parse("2026-03-02T13:00:00Z");

    private static OfHour opened(int hour, long count) {
        return new OfHour(START.plusSeconds(3_600L * hour), new ResultCounts(Map.of(Measure.OPENED, count)));
    }

    private static List<Long> opened(TimeLine line) {
        return line.steps().stream().map(step -> step.of(Measure.OPENED)).toList();
    }

    @Test
    void hoursInWhichNothingHappenedAreThere() {
        TimeLine line = TimeLine.of(List.of(opened(0, 5), opened(3, 2)), Grain.HOURS, SEOUL);

        assertThat(opened(line)).containsExactly(5L, 0L, 0L, 2L);
        assertThat(opened(line.addedUp())).containsExactly(5L, 5L, 5L, 7L);
        assertThat(line.steps().get(0).from().getHour()).isEqualTo(22);
    }

    @Test
    void daysBeginAtMidnightOfTheZone() {
        TimeLine line =
                TimeLine.of(List.of(opened(0, 5), opened(1, 1), opened(2, 3), opened(26, 9)), Grain.DAYS, SEOUL);

        assertThat(opened(line)).containsExactly(6L, 3L, 9L);
        assertThat(line.steps().stream().map(Step::from).map(at -> at.getDayOfMonth()))
                .containsExactly(2, 3, 4);
    }

    @Test
    void onlyTheFirstHoursAreShownOneByOne() {
        List<OfHour> hours = List.of(opened(0, 5), opened(47, 1), opened(48, 3), opened(2_000, 9));

        assertThat(TimeLine.isLong(hours)).isTrue();
        assertThat(TimeLine.isLong(hours.subList(0, 2))).isFalse();
        assertThat(TimeLine.of(hours, Grain.HOURS, SEOUL).steps()).hasSize(TimeLine.HOURS);
        assertThat(TimeLine.of(hours, Grain.DAYS, SEOUL).addedUp().most(List.of(Measure.OPENED)))
                .isEqualTo(18);
    }

    @Test
    void nothingHasNoSteps() {
        assertThat(TimeLine.of(List.of(), Grain.DAYS, SEOUL).steps()).isEmpty();
        assertThat(TimeLine.isLong(List.of())).isFalse();
    }

    @Test
    void theScaleEndsAtARoundNumberAboveTheMost() {
        assertThat(TimeChart.roundedUp(0)).isEqualTo(4);
        assertThat(TimeChart.roundedUp(5)).isEqualTo(8);
        assertThat(TimeChart.roundedUp(300_684)).isEqualTo(400_000);
        assertThat(TimeChart.roundedUp(900_000)).isEqualTo(1_200_000);
    }
}
