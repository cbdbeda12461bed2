package app.mailroom.ui.mailings;

import app.mailroom.model.Plan;
import app.mailroom.model.PlanOverview;
import app.mailroom.model.PlanTiming;
import app.mailroom.model.PlanWait;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import app.mailroom.ui.common.Texts;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;

/** Times, hours and caps of mailings in words, with the zone whose clocks are meant. */
final class Timings {
    private static final String BETWEEN = " · ";

    private Timings() {}

    /** When a mailing begins, with the short name of its zone. */
    static String begins(Texts texts, Plan plan) {
        return moment(texts, plan.notBefore(), plan.zone());
    }

    /** A moment on the clocks of a zone, with its short name. */
    static String moment(Texts texts, Instant at, String zone) {
        var local = at.atZone(ZoneId.of(zone));
        String time = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(texts.locale())
                .format(local);
        return time + " " + DateTimeFormatter.ofPattern("z", texts.locale()).format(local);
    }

    /** A moment on the clocks of a zone so that it cannot be mistaken: with its weekday and the whole name of the zone. */
    static String exactly(Texts texts, Instant at, String zone) {
        return DateTimeFormatter.ofPattern(texts.get("planning.moment"), texts.locale())
                        .format(at.atZone(ZoneId.of(zone)))
                + " " + zone;
    }

    /** A moment on the clocks of a zone, to the second. */
    static String stamp(Texts texts, Instant at, String zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.MEDIUM)
                .withLocale(texts.locale())
                .format(at.atZone(ZoneId.of(zone)));
    }

    /** As short as it can be said: the time of day if it was on the day of now, else the date. */
    static String brief(Texts texts, Instant at, Instant now, String zone) {
        var local = at.atZone(ZoneId.of(zone));
        boolean today = local.toLocalDate().equals(now.atZone(ZoneId.of(zone)).toLocalDate());
        DateTimeFormatter format = today
                ? DateTimeFormatter.ofPattern("HH:mm:ss", texts.locale())
                : DateTimeFormatter.ofLocalizedDate(FormatStyle.SHORT).withLocale(texts.locale());
        return format.format(local);
    }

    /** Hours and caps; empty where there are none. */
    static String rules(Texts texts, PlanTiming timing) {
        SendingRules rules = timing.rules();
        List<String> parts = new ArrayList<>();
        rules.window().ifPresent(window -> parts.add(window(texts, window, timing.zone())));
        rules.perHour().ifPresent(cap -> parts.add(texts.get("timing.per_hour.words", texts.number(cap))));
        rules.perDay().ifPresent(cap -> parts.add(texts.get("timing.per_day.words", texts.number(cap))));
        return String.join(BETWEEN, parts);
    }

    private static String window(Texts texts, SendingWindow window, String zone) {
        String key = window.from().isBefore(window.until()) || window.until().equals(LocalTime.MIDNIGHT)
                ? "timing.window.words"
                : "timing.window.over_midnight";
        String until = window.until().equals(LocalTime.MIDNIGHT) ? "24:00" : clock(texts, window.until());
        return texts.get(key, days(texts, window), clock(texts, window.from()), until, zone);
    }

    /** Runs of days as from-to, such as Mon–Fri. */
    private static String days(Texts texts, SendingWindow window) {
        if (window.days().size() == DayOfWeek.values().length) {
            return texts.get("timing.every_day");
        }
        List<String> runs = new ArrayList<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            boolean begins = window.days().contains(day)
                    && (day == DayOfWeek.MONDAY || !window.days().contains(day.minus(1)));
            if (begins) {
                DayOfWeek last = day;
                while (last != DayOfWeek.SUNDAY && window.days().contains(last.plus(1))) {
                    last = last.plus(1);
                }
                runs.add(last == day ? day(texts, day) : day(texts, day) + "–" + day(texts, last));
            }
        }
        return String.join(", ", runs);
    }

    /** The short name of a weekday. */
    static String day(Texts texts, DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT_STANDALONE, texts.locale());
    }

    private static String clock(Texts texts, LocalTime time) {
        return DateTimeFormatter.ofPattern("HH:mm", texts.locale()).format(time);
    }

    /** Why a mailing does not send that otherwise would; empty if nothing of its own holds it. */
    static String waiting(Texts texts, PlanOverview overview) {
        if (overview.beingMade()) {
            return texts.get("plan.being_made", texts.number(overview.totals().all()));
        }
        return overview.waiting()
                .map(wait -> waiting(texts, wait, overview.plan().zone()))
                .orElse("");
    }

    /** Why a mailing that has begun sends nothing by its own rules, and until when. */
    private static String waiting(Texts texts, PlanWait wait, String zone) {
        String key = switch (wait.reason()) {
            case WINDOW -> "wait.window";
            case HOUR_CAP -> "wait.hour_cap";
            case DAY_CAP -> "wait.day_cap";
        };
        return texts.get(key, moment(texts, wait.until(), zone));
    }
}
