package app.mailroom.store;

import static app.mailroom.store.jooq.Tables.MESSAGES;

import app.mailroom.model.MessageState;
import app.mailroom.model.PlanWait;
import app.mailroom.model.SendingRules;
import app.mailroom.model.SendingWindow;
import app.mailroom.store.jooq.tables.records.PlansRecord;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * What its rules let a plan claim at one moment. Counted anew from the messages each time, so that nothing drifts, and
 * every process that shares the file counts the same.
 *
 * @param room how many messages may be claimed; {@link Long#MAX_VALUE} where nothing limits it
 * @param waiting why there is no room
 */
record Allowance(long room, Optional<PlanWait> waiting) {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private static final Allowance FREE = new Allowance(Long.MAX_VALUE, Optional.empty());

    static Allowance of(DSLContext sql, PlansRecord plan, Instant now) {
        SendingRules rules = rules(plan);
        if (rules.window().isPresent()) {
            Instant opens = rules.window().get().nextOpening(now, ZoneId.of(plan.getZone()));
            if (opens.isAfter(now)) {
                return waiting(PlanWait.Reason.WINDOW, opens);
            }
        }
        Allowance day = capped(sql, plan, PlanWait.Reason.DAY_CAP, rules.perDay(), DAY, now);
        if (day.waiting().isPresent()) {
            return day;
        }
        Allowance hour = capped(sql, plan, PlanWait.Reason.HOUR_CAP, rules.perHour(), HOUR, now);
        return hour.room() < day.room() ? hour : day;
    }

    private static Allowance waiting(PlanWait.Reason reason, Instant until) {
        return new Allowance(0, Optional.of(new PlanWait(reason, until)));
    }

    private static Allowance capped(
            DSLContext sql, PlansRecord plan, PlanWait.Reason reason, OptionalLong cap, Duration span, Instant now) {
        if (cap.isEmpty()) {
            return FREE;
        }
        Condition gone = gone(plan.getId(), now.minus(span));
        long room = cap.getAsLong() - sql.fetchCount(MESSAGES, gone);
        if (room > 0) {
            return new Allowance(room, Optional.empty());
        }
        // There is room again when the one leaves the span with which only so many as the cap allows, less one, remain.
        Instant oldest = sql.select(MESSAGES.CLAIMED_AT)
                .from(MESSAGES)
                .where(gone)
                .orderBy(MESSAGES.CLAIMED_AT)
                .offset(-room)
                .limit(1)
                .fetchSingle(MESSAGES.CLAIMED_AT);
        return waiting(reason, oldest.plus(span));
    }

    /** Worded as the partial index is, which SQLite does not use otherwise. */
    private static Condition gone(long planId, Instant since) {
        return MESSAGES.PLAN_ID
                .eq(planId)
                .and(MESSAGES.CLAIMED_AT.isNotNull())
                .and(MESSAGES.STATE.ne(DSL.inline(MessageState.PLANNED, MESSAGES.STATE)))
                .and(MESSAGES.CLAIMED_AT.gt(since));
    }

    static SendingRules rules(PlansRecord plan) {
        return new SendingRules(window(plan), cap(plan.getHourCap()), cap(plan.getDayCap()));
    }

    private static Optional<SendingWindow> window(PlansRecord plan) {
        Integer bits = plan.getWindowDays();
        Integer from = plan.getWindowFrom();
        Integer until = plan.getWindowUntil();
        if (bits == null || from == null || until == null) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if ((bits & bit(day)) != 0) {
                days.add(day);
            }
        }
        return Optional.of(new SendingWindow(days, time(from), time(until)));
    }

    private static OptionalLong cap(Long cap) {
        return cap == null ? OptionalLong.empty() : OptionalLong.of(cap);
    }

    /** Writes rules into a plan's row. */
    static void put(PlansRecord plan, SendingRules rules) {
        SendingWindow window = rules.window().orElse(null);
        plan.setWindowDays(window == null ? null : bits(window.days()));
        plan.setWindowFrom(window == null ? null : minutes(window.from()));
        plan.setWindowUntil(window == null ? null : minutes(window.until()));
        plan.setHourCap(rules.perHour().isPresent() ? rules.perHour().getAsLong() : null);
        plan.setDayCap(rules.perDay().isPresent() ? rules.perDay().getAsLong() : null);
    }

    private static int bits(Set<DayOfWeek> days) {
        return days.stream().mapToInt(Allowance::bit).sum();
    }

    private static int bit(DayOfWeek day) {
        return 1 << (day.getValue() - 1);
    }

    private static int minutes(LocalTime time) {
        return time.toSecondOfDay() / 60;
    }

    private static LocalTime time(int minutes) {
        return LocalTime.ofSecondOfDay(minutes * 60L);
    }
}
