package app.mailroom.ui.results;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.PlanResults;
import app.mailroom.results.Rate;
import app.mailroom.results.Share;
import app.mailroom.ui.results.Trend.Column;
import app.mailroom.ui.results.Trend.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final Instant THEN = Instant.parse("2026-03-01T20:00:00Z");
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void fewMailingsHaveAColumnEachInTheOrderInWhichTheyBegan() {
        Trend trend =
                Trend.of(List.of(Counted.mailing(1, THEN.plusSeconds(9), 10), Counted.mailing(2, THEN, 10)), UTC, 5);
        assertThat(trend.unit()).isEqualTo(Unit.MAILING);
        assertThat(trend.columns())
                .extracting(column -> column.mailings().get(0).plan().id())
                .containsExactly(2L, 1L);
    }

    @Test
    void whatHasNotBegunHasNoColumn() {
        assertThat(Trend.of(List.of(Counted.mailing(1, null, 10)), UTC, 5).columns())
                .isEmpty();
    }

    @Test
    void manyMailingsStandTogetherByDayWithTheEmptyDaysBetween() {
        Trend trend = Trend.of(every(Duration.ofHours(40), 4), UTC, 3);
        assertThat(trend.unit()).isEqualTo(Unit.WEEK);
        trend = Trend.of(every(Duration.ofHours(1), 4), UTC, 3);
        assertThat(trend.unit()).isEqualTo(Unit.DAY);
        trend = Trend.of(
                List.of(begun(0, 0), begun(1, 1), begun(2, 96), begun(3, 97), begun(4, 97), begun(5, 97)), UTC, 5);
        assertThat(trend.unit()).isEqualTo(Unit.DAY);
        assertThat(trend.columns())
                .extracting(column -> column.mailings().size())
                .containsExactly(2, 0, 0, 0, 4);
    }

    @Test
    void weeksBeginOnMonday() {
        Trend trend = Trend.of(every(Duration.ofDays(1), 15), UTC, 5);
        assertThat(trend.unit()).isEqualTo(Unit.WEEK);
        assertThat(trend.columns().get(0).from()).isEqualTo(LocalDate.of(2026, 2, 23));
        assertThat(trend.columns().get(1).from()).isEqualTo(LocalDate.of(2026, 3, 2));
    }

    @Test
    void yearsStandTogetherByMonth() {
        Trend trend = Trend.of(every(Duration.ofDays(10), 80), UTC, 40);
        assertThat(trend.unit()).isEqualTo(Unit.MONTH);
        assertThat(trend.columns().get(0).from()).isEqualTo(LocalDate.of(2026, 3, 1));
        assertThat(trend.columns().stream()
                        .mapToInt(column -> column.mailings().size())
                        .sum())
                .isEqualTo(80);
    }

    @Test
    void daysAreThoseOfTheZone() {
        Trend trend = Trend.of(List.of(Counted.mailing(1, THEN, 1)), ZoneId.of("Asia/Seoul"), 5);
        assertThat(trend.columns()).extracting(Column::from).containsExactly(LocalDate.of(2026, 3, 2));
    }

    @Test
    void theBestOfALineIsMarkedUnlessAllAreAlike() {
        List<Share> shares = List.of(Share.of(3, 10), Share.of(5, 10), Share.notCounted(), Share.of(5, 10));
        assertThat(Best.of(Rate.OPENED, shares)).containsExactlyInAnyOrder(1, 3);
        assertThat(Best.of(Rate.BOUNCED, shares)).containsExactly(0);
        assertThat(Best.of(Rate.OPENED_BY_MACHINES, shares)).isEmpty();
        assertThat(Best.of(Rate.OPENED, List.of(Share.of(1, 2), Share.of(2, 4))))
                .isEmpty();
        assertThat(Best.of(Rate.OPENED, List.of(Share.of(0, 0), Share.notCounted())))
                .isEmpty();
    }

    private static PlanResults begun(int id, int hours) {
        return Counted.mailing(id, THEN.plus(Duration.ofHours(hours)), 10);
    }

    private static List<PlanResults> every(Duration step, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Counted.mailing(i, THEN.plus(step.multipliedBy(i)), 10))
                .toList();
    }
}
