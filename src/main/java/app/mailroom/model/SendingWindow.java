package app.mailroom.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hours of the week in which a mailing may send: open whenever the clock on the wall shows a time within them,
 * whatever summer time does to the clock.
 *
 * @param days on which it opens; at least one
 * @param from when it opens, inclusive, to the minute
 * @param until when it closes, exclusive; no later than {@code from} means on the next day
 */
public record SendingWindow(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
    private static final Pattern FORM = Pattern.compile(
            "(?<days>[a-z]{3}(?:[,-][a-z]{3})*)(?:\\s+(?<from>[0-9]{1,2}:[0-9]{2})-(?<until>[0-9]{1,2}:[0-9]{2}))?");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    /** A week, and one more for a weekday that a zone left out of its calendar. */
    private static final int DAYS_AHEAD = 16;

    /** Keeps a copy of the days. */
    public SendingWindow {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("a window has at least one day");
        }
        days = Set.copyOf(days);
    }

    /**
     * Reads {@code mon-fri 09:00-17:30}: days in English, one by one or from-to, joined by commas, then the hours; without
     * hours the whole day. 24:00 is midnight at the end.
     *
     * @throws IllegalArgumentException when it is written otherwise
     */
    public static SendingWindow parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a sending window: " + text);
        }
        String from = matcher.group("from");
        return new SendingWindow(
                days(matcher.group("days")),
                from == null ? LocalTime.MIDNIGHT : clock(from),
                from == null ? LocalTime.MIDNIGHT : clock(matcher.group("until")));
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            if (ends.length > 2) {
                throw new IllegalArgumentException("not days of a week: " + part);
            }
            DayOfWeek last = day(ends[ends.length - 1]);
            DayOfWeek day = day(ends[0]);
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (shortName(day).equals(text)) {
                return day;
            }
        }
        throw new IllegalArgumentException("not a day of the week: " + text);
    }

    private static LocalTime clock(String text) {
        String[] parts = text.split(":", -1);
        int hour = Integer.parseInt(parts[0]);
        int minute = Integer.parseInt(parts[1]);
        if (hour > 24 || minute > 59 || (hour == 24 && minute > 0)) {
            throw new IllegalArgumentException("not a time of day: " + text);
        }
        return LocalTime.of(hour % 24, minute);
    }

    private static String shortName(DayOfWeek day) {
        return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
    }

    /** In the form that {@link #parse} reads. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (DayOfWeek day : new TreeSet<>(days)) {
            text.append(text.length() == 0 ? "" : ",").append(shortName(day));
        }
        return text + " " + CLOCK.format(from) + "-" + CLOCK.format(until);
    }

    /** Whether the clock of a zone shows a time within the window at this moment. */
    public boolean isOpen(Instant at, ZoneId zone) {
        ZonedDateTime local = at.atZone(zone);
        LocalTime time = local.toLocalTime();
        DayOfWeek day = local.getDayOfWeek();
        if (from.isBefore(until)) {
            return days.contains(day) && !time.isBefore(from) && time.isBefore(until);
        }
        return (days.contains(day) && !time.isBefore(from)) || (days.contains(day.minus(1)) && time.isBefore(until));
    }

    /** From when on it is open: now, if it is open now. */
    public Instant nextOpening(Instant now, ZoneId zone) {
        return next(now, zone, at -> isOpen(at, zone))
                .orElseThrow(() -> new IllegalStateException("never opens in " + zone + " after " + now + ": " + this));
    }

    /** When it will next be closed: now, if it is closed now; empty where it is open day and night. */
    public Optional<Instant> nextClosing(Instant now, ZoneId zone) {
        return next(now, zone, at -> !isOpen(at, zone));
    }

    /** The first moment from now on at which this holds: where a clock shows a bound, or is put on or back. */
    private Optional<Instant> next(Instant now, ZoneId zone, Predicate<Instant> holds) {
        if (holds.test(now)) {
            return Optional.of(now);
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        TreeSet<Instant> moments = new TreeSet<>();
        for (int day = -1; day <= DAYS_AHEAD; day++) {
            for (LocalTime bound : List.of(from, until)) {
                LocalDateTime local = today.plusDays(day).atTime(bound);
                zone.getRules().getValidOffsets(local).forEach(offset -> moments.add(local.toInstant(offset)));
            }
        }
        Instant end = now.plus(Duration.ofDays(DAYS_AHEAD));
        ZoneOffsetTransition change = zone.getRules().nextTransition(now);
        while (change != null && change.getInstant().isBefore(end)) {
            moments.add(change.getInstant());
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return moments.tailSet(now).stream().filter(holds).findFirst();
    }
}
