package app.mailroom.ui.mailings;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** When a mailing begins, in which hours it may send, and how much: as a person types it. */
final class TimingModel {
    private static final String LATER = "later";
    private static final String DATE = "date";
    private static final String TIME = "time";
    private static final String ZONE = "zone";
    private static final String HOURS = "hours";
    private static final String DAYS = "days";
    private static final String FROM = "from";
    private static final String UNTIL = "until";
    private static final String PER_HOUR = "per_hour";
    private static final String PER_DAY = "per_day";
    private static final Set<DayOfWeek> USUAL_DAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    final BooleanProperty later = new SimpleBooleanProperty(false);
    /** Null while there is no date in the field. */
    final ObjectProperty<@Nullable LocalDate> date;

    /** What was typed for a date and is none; empty otherwise. */
    final StringProperty unreadDate = new SimpleStringProperty("");

    final StringProperty time;
    final StringProperty zone;
    final BooleanProperty hours = new SimpleBooleanProperty(false);
    final Map<DayOfWeek, BooleanProperty> days = new EnumMap<>(DayOfWeek.class);
    final StringProperty from = new SimpleStringProperty("09:00");
    final StringProperty until = new SimpleStringProperty("18:00");
    final StringProperty perHour = new SimpleStringProperty("");
    final StringProperty perDay = new SimpleStringProperty("");

    private final LocalDateTime proposed;

    /** The next full hour of this computer, and the usual working hours, switched off. */
    TimingModel(Instant now) {
        proposed = now.atZone(ZoneId.systemDefault())
                .plusHours(1)
                .truncatedTo(ChronoUnit.HOURS)
                .toLocalDateTime();
        date = new SimpleObjectProperty<>(proposed.toLocalDate());
        time = new SimpleStringProperty(proposed.toLocalTime().toString());
        zone = new SimpleStringProperty(ZoneId.systemDefault().getId());
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, new SimpleBooleanProperty(USUAL_DAYS.contains(day)));
        }
    }

    /** Takes over what a mailing has; a time that is past stays the proposal of the next full hour. */
    void fill(PlanTiming timing, Instant now) {
        zone.set(timing.zone());
        if (timing.notBefore().isAfter(now)) {
            ZonedDateTime local = timing.notBefore().atZone(ZoneId.of(timing.zone()));
            date.set(local.toLocalDate());
            time.set(local.toLocalTime().truncatedTo(ChronoUnit.MINUTES).toString());
        }
        timing.rules().window().ifPresent(window -> {
            hours.set(true);
            days.forEach((day, on) -> on.set(window.days().contains(day)));
            from.set(window.from().toString());
            until.set(window.until().toString());
        });
        timing.rules().perHour().ifPresent(cap -> perHour.set(Long.toString(cap)));
        timing.rules().perDay().ifPresent(cap -> perDay.set(Long.toString(cap)));
    }

    /** Everything as texts. A time that nobody touched is left out, since it is another one by the time they are read. */
    Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        LocalDate chosen = date.get();
        String shown = chosen == null ? unreadDate.get() : chosen.toString();
        if (later.get()
                || !time.get().equals(proposed.toLocalTime().toString())
                || !shown.equals(proposed.toLocalDate().toString())) {
            texts.put(DATE, shown);
            texts.put(TIME, time.get());
        }
        texts.put(LATER, Boolean.toString(later.get()));
        texts.put(ZONE, zone.get());
        texts.put(HOURS, Boolean.toString(hours.get()));
        texts.put(
                DAYS,
                days.entrySet().stream()
                        .filter(day -> day.getValue().get())
                        .map(day -> day.getKey().name())
                        .collect(Collectors.joining(",")));
        texts.put(FROM, from.get());
        texts.put(UNTIL, until.get());
        texts.put(PER_HOUR, perHour.get());
        texts.put(PER_DAY, perDay.get());
        return texts;
    }

    /** Takes what {@link #texts} gave; what is missing stays as it is. */
    void fill(Map<String, String> texts) {
        if (texts.containsKey(DATE)) {
            String kept = texts.getOrDefault(DATE, "");
            LocalDate day = day(kept);
            date.set(day);
            unreadDate.set(day == null ? kept : "");
        }
        take(texts, TIME, time);
        take(texts, ZONE, zone);
        take(texts, FROM, from);
        take(texts, UNTIL, until);
        take(texts, PER_HOUR, perHour);
        take(texts, PER_DAY, perDay);
        later.set(Boolean.parseBoolean(texts.getOrDefault(LATER, "false")));
        hours.set(Boolean.parseBoolean(texts.getOrDefault(HOURS, "false")));
        if (texts.containsKey(DAYS)) {
            List<String> names = List.of(texts.getOrDefault(DAYS, "").split(","));
            days.forEach((one, on) -> on.set(names.contains(one.name())));
        }
    }

    private static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static void take(Map<String, String> texts, String name, StringProperty into) {
        into.set(texts.getOrDefault(name, into.get()));
    }

    /** Everything on which {@link #timing} rests. */
    Observable[] inputs() {
        return Stream.concat(
                        days.values().stream(),
                        Stream.of(later, date, unreadDate, time, zone, hours, from, until, perHour, perDay))
                .toArray(Observable[]::new);
    }

    /** What was typed; what is wrong with it is added to the objections, and then this means nothing. */
    PlanTiming timing(Instant now, List<Objection> objections) {
        return new PlanTiming(when(now, objections), zone.get(), rules(objections));
    }

    /** Hours and caps alone. */
    SendingRules rules(List<Objection> objections) {
        return new SendingRules(window(objections), cap(perHour, objections), cap(perDay, objections));
    }

    private Optional<SendingWindow> window(List<Objection> objections) {
        if (!hours.get()) {
            return Optional.empty();
        }
        Set<DayOfWeek> chosen = EnumSet.noneOf(DayOfWeek.class);
        days.forEach((day, on) -> {
            if (on.get()) {
                chosen.add(day);
            }
        });
        if (chosen.isEmpty()) {
            objections.add(new Objection(true, "FORM_DAYS", ""));
            return Optional.empty();
        }
        try {
            return Optional.of(new SendingWindow(chosen, clock(from.get()), clock(until.get())));
        } catch (DateTimeParseException e) {
            objections.add(new Objection(true, "FORM_HOURS", from.get() + "–" + until.get()));
            return Optional.empty();
        }
    }

    private static OptionalLong cap(StringProperty text, List<Objection> objections) {
        String typed = text.get().strip();
        if (typed.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!typed.matches("[1-9][0-9]{0,8}")) {
            objections.add(new Objection(true, "FORM_CAP", typed));
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(typed));
    }

    private static LocalTime clock(String text) {
        String typed = text.strip();
        if (typed.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        return LocalTime.parse(typed.length() == 4 ? "0" + typed : typed).truncatedTo(ChronoUnit.MINUTES);
    }

    private Instant when(Instant now, List<Objection> objections) {
        if (!later.get()) {
            return now;
        }
        LocalDate day = date.get();
        if (day == null) {
            String typed = unreadDate.get();
            objections.add(new Objection(true, typed.isEmpty() ? "FORM_DATE" : "FORM_DATE_UNREAD", typed));
            return now;
        }
        try {
            LocalTime at = clock(time.get());
            ZonedDateTime wanted = LocalDateTime.of(day, at).atZone(ZoneId.of(zone.get()));
            // In the hour that summer time skips, the clock on the wall never shows this time.
            if (!wanted.toLocalTime().equals(at)) {
                objections.add(new Objection(
                        true, "FORM_TIME_SKIPPED", wanted.toLocalTime().toString()));
            }
            if (wanted.toInstant().isBefore(now)) {
                objections.add(new Objection(true, "FORM_TIME_PAST", ""));
            }
            return wanted.toInstant();
        } catch (DateTimeParseException e) {
            objections.add(new Objection(true, "FORM_TIME", time.get()));
        } catch (DateTimeException e) {
            objections.add(new Objection(true, "FORM_ZONE", zone.get()));
        }
        return now;
    }
}
