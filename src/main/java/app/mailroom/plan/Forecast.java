package app.mailroom.plan;

import app.mailroom.model.PlanTiming;
import app.mailroom.model.SendingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;

/** When a mailing will have been sent, if nothing gets in its way: by its size, the pace, its hours and its caps. */
public final class Forecast {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    /** What takes longer is not worth foretelling. */
    private static final Duration HORIZON = Duration.ofDays(730);

    /** A cap, with what went out since its span began. */
    private static final class Cap {
        private final long most;
        private final Duration span;
        private Instant began = Instant.MIN;
        private long gone;

        Cap(OptionalLong most, Duration span) {
            this.most = most.orElse(Long.MAX_VALUE);
            this.span = span;
        }

        long room(Instant now) {
            if (began.equals(Instant.MIN) || !now.isBefore(began.plus(span))) {
                began = now;
                gone = 0;
            }
            return most - gone;
        }

        Instant again() {
            return began.plus(span);
        }
    }

    private Forecast() {}

    /**
     * When the last of so many messages goes out, if the first may at the time of the timing and no earlier than now.
     * Empty where that is years ahead.
     *
     * @param perSecond the pace of the mail service; positive
     */
    public static Optional<Instant> end(long messages, double perSecond, PlanTiming timing, Instant now) {
        SendingRules rules = timing.rules();
        ZoneId zone = ZoneId.of(timing.zone());
        Cap hour = new Cap(rules.perHour(), HOUR);
        Cap day = new Cap(rules.perDay(), DAY);
        Instant at = timing.notBefore().isAfter(now) ? timing.notBefore() : now;
        Instant horizon = at.plus(HORIZON);
        long left = messages;
        while (at.isBefore(horizon)) {
            Instant from = at;
            at = rules.window().map(window -> window.nextOpening(from, zone)).orElse(from);
            if (left == 0) {
                return Optional.of(from);
            }
            long room = Math.min(hour.room(at), day.room(at));
            if (room == 0) {
                at = day.room(at) == 0 ? day.again() : hour.again();
                continue;
            }
            Instant open = at;
            Optional<Instant> closing = rules.window().flatMap(window -> window.nextClosing(open, zone));
            double seconds = closing.map(end -> Duration.between(open, end).toMillis() / 1e3)
                    .orElse(Double.MAX_VALUE);
            long sent = Math.min(Math.min(left, room), (long) Math.max(1, Math.min(1e15, seconds * perSecond)));
            left -= sent;
            hour.gone += sent;
            day.gone += sent;
            Instant after = open.plusMillis((long) (sent / perSecond * 1e3));
            boolean closed = left > 0
                    && closing.isPresent()
                    && !after.isBefore(closing.get().minusSeconds(1));
            at = closed ? closing.get() : after;
        }
        return Optional.empty();
    }
}
