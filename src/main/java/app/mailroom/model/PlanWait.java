package app.mailroom.model;

import java.time.Instant;

/** Why a mailing that has begun sends nothing at the moment, by its own rules, and when it goes on by itself. */
public record PlanWait(Reason reason, Instant until) {
    /** Which rule holds it. */
    public enum Reason {
        /** It is outside its sending hours. */
        WINDOW,
        /** What may go out within an hour has gone out. */
        HOUR_CAP,
        /** What may go out within a day has gone out. */
        DAY_CAP
    }
}
