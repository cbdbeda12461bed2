package app.mailroom.ui.results;

import app.mailroom.model.Measure;
import app.mailroom.model.ResultCounts.OfHour;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to a mailing over time, cut into equal steps without gaps.
 *
 * @param steps in their order, each with when it begins on the clocks of the mailing's zone
 */
record TimeLine(List<Step> steps) {
    /** So many hours are shown one by one. */
    static final int HOURS = 48;

    /** How fine it is cut. */
    enum Grain {
        /** By hour, the first {@link #HOURS}. */
        HOURS,
        /** By day of the zone, all of them. */
        DAYS
    }

    /** What happened from there on until the next step. */
    record Step(ZonedDateTime from, Map<Measure, Long> counts) {
        Step {
            counts = Map.copyOf(counts);
        }

        long of(Measure measure) {
            return counts.getOrDefault(measure, 0L);
        }
    }

    TimeLine {
        steps = List.copyOf(steps);
    }

    /** Whether anything lies behind the hours that are shown one by one. */
    static boolean isLong(List<OfHour> hours) {
        return !hours.isEmpty()
                && Duration.between(
                                        hours.get(0).from(),
                                        hours.get(hours.size() - 1).from())
                                .toHours()
                        >= HOURS;
    }

    /** Cut as asked. Counts are by whole hours of UTC, so that in zones off by half an hour a day begins up to that late. */
    static TimeLine of(List<OfHour> hours, Grain grain, ZoneId zone) {
        if (hours.isEmpty()) {
            return new TimeLine(List.of());
        }
        Instant first = hours.get(0).from();
        Instant last = hours.get(hours.size() - 1).from();
        List<Map<Measure, Long>> counts = new ArrayList<>();
        List<ZonedDateTime> begins = new ArrayList<>();
        LocalDate firstDay = first.atZone(zone).toLocalDate();
        long length = grain == Grain.HOURS
                ? Math.min(HOURS, ChronoUnit.HOURS.between(first, last) + 1)
                : ChronoUnit.DAYS.between(firstDay, last.atZone(zone).toLocalDate()) + 1;
        for (int i = 0; i < length; i++) {
            counts.add(new EnumMap<>(Measure.class));
            begins.add(
                    grain == Grain.HOURS
                            ? first.plus(i, ChronoUnit.HOURS).atZone(zone)
                            : firstDay.plusDays(i).atStartOfDay(zone));
        }
        for (OfHour hour : hours) {
            long step = grain == Grain.HOURS
                    ? ChronoUnit.HOURS.between(first, hour.from())
                    : ChronoUnit.DAYS.between(firstDay, hour.from().atZone(zone).toLocalDate());
            if (step < length) {
                hour.counts()
                        .byMeasure()
                        .forEach((measure, count) -> counts.get((int) step).merge(measure, count, Long::sum));
            }
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(new Step(begins.get(i), counts.get(i)));
        }
        return new TimeLine(steps);
    }

    /** The same with each step holding what happened up to its end. */
    TimeLine addedUp() {
        List<Step> sums = new ArrayList<>();
        Map<Measure, Long> soFar = new EnumMap<>(Measure.class);
        for (Step step : steps) {
            step.counts().forEach((measure, count) -> soFar.merge(measure, count, Long::sum));
            sums.add(new Step(step.from(), soFar));
        }
        return new TimeLine(sums);
    }

    /** The most that one step has of any of these. */
    long most(Iterable<Measure> measures) {
        long most = 0;
        for (Measure measure : measures) {
            for (Step step : steps) {
                most = Math.max(most, step.of(measure));
            }
        }
        return most;
    }
}
