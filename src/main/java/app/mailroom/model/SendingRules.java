package app.mailroom.model;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a person lets a mailing send, and when, beside the pace of the mail service.
 *
 * @param window the hours in which it may send, on the clocks of the mailing's zone; at any time if there is none
 * @param perHour how many messages may go out within any 60 minutes
 * @param perDay how many messages may go out within any 24 hours
 */
public record SendingRules(Optional<SendingWindow> window, OptionalLong perHour, OptionalLong perDay) {
    /** At any time, as fast as the mail service allows. */
    public static final SendingRules NONE =
            new SendingRules(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    /** Caps are positive. */
    public SendingRules {
        if (perHour.orElse(1) < 1 || perDay.orElse(1) < 1) {
            throw new IllegalArgumentException("a cap is positive");
        }
    }
}
