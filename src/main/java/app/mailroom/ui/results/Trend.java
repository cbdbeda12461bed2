package app.mailroom.ui.results;

import app.mailroom.model.PlanResults;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mailings in the order in which they began: each for itself while they are few, otherwise those of a day, a week or a month
 * together, with the days on which none began between them.
 */
record Trend(Unit unit, List<Column> columns) {
    /** What stands in a column. */
    enum Unit {
        MAILING,
        DAY,
        WEEK,
        MONTH
    }

    /** Mailings that began on that day or in the time that begins with it; there may be none. */
    record Column(LocalDate from, List<PlanResults> mailings) {}

    Trend {
        columns = List.copyOf(columns);
    }

    /**
     * Of these mailings, those that have not begun left out.
     *
     * @param zone in which days begin
     * @param most how many columns can be told apart; months may be more
     */
    static Trend of(List<PlanResults> mailings, ZoneId zone, int most) {
        List<PlanResults> begun = mailings.stream()
                .filter(results -> results.plan().startedAt() != null)
                .sorted(Comparator.<PlanResults, Instant>comparing(Trend::begun)
                        .thenComparingLong(results -> results.plan().id()))
                .toList();
        if (begun.size() <= most) {
            return new Trend(
                    Unit.MAILING,
                    begun.stream()
                            .map(results -> new Column(day(results, zone), List.of(results)))
                            .toList());
        }
        LocalDate first = day(begun.get(0), zone);
        LocalDate last = day(begun.get(begun.size() - 1), zone);
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        Unit unit = days <= most ? Unit.DAY : days / 7 < most ? Unit.WEEK : Unit.MONTH;
        Map<LocalDate, List<PlanResults>> found =
                begun.stream().collect(Collectors.groupingBy(results -> start(day(results, zone), unit)));
        List<Column> columns = new ArrayList<>();
        for (LocalDate at = start(first, unit); !at.isAfter(last); at = next(at, unit)) {
            columns.add(new Column(at, found.getOrDefault(at, List.of())));
        }
        return new Trend(unit, columns);
    }

    private static Instant begun(PlanResults results) {
        Instant begun = results.plan().startedAt();
        return begun == null ? results.plan().notBefore() : begun;
    }

    private static LocalDate day(PlanResults results, ZoneId zone) {
        return LocalDate.ofInstant(begun(results), zone);
    }

    private static LocalDate start(LocalDate day, Unit unit) {
        return switch (unit) {
            case MAILING, DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    private static LocalDate next(LocalDate at, Unit unit) {
        return switch (unit) {
            case MAILING, DAY -> at.plusDays(1);
            case WEEK -> at.plusWeeks(1);
            case MONTH -> at.plusMonths(1);
        };
    }

    /** The only mailing of a column, if it has only one. */
    static @Nullable PlanResults only(Column column) {
        return column.mailings().size() == 1 ? column.mailings().get(0) : null;
    }
}
