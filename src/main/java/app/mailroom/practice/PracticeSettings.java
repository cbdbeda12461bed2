package app.mailroom.practice;

import app.mailroom.store.SettingsStore;
import org.jspecify.annotations.Nullable;

/**
 * How the simulated mail service behaves. All of it can be changed while a mailing runs, to see what then happens.
 *
 * @param rate messages a second that it allows; more are answered by throttling
 * @param quota24h messages in any 24 hours
 * @param latencyMillis how long an answer takes
 * @param throttlePercent how many of a hundred messages are throttled although the pace was kept
 * @param timeoutPercent how many of a hundred get no answer; half of those were accepted all the same
 * @param outage whether it cannot be reached at all
 * @param seed decides, with the address, what becomes of each message
 * @param outcomeSpeed 1 brings deliveries within seconds and clicks within a minute; 10 does so ten times as fast
 */
public record PracticeSettings(
        double rate,
        long quota24h,
        long latencyMillis,
        int throttlePercent,
        int timeoutPercent,
        boolean outage,
        long seed,
        double outcomeSpeed) {
    /** Names of the settings as they are stored. */
    public static final String RATE = "practice.rate";

    /** Messages in any 24 hours. */
    public static final String QUOTA = "practice.quota";

    /** Milliseconds until an answer. */
    public static final String LATENCY = "practice.latency_ms";

    /** Percent of messages throttled. */
    public static final String THROTTLE = "practice.throttle_percent";

    /** Percent of messages without an answer. */
    public static final String TIMEOUT = "practice.timeout_percent";

    /** {@code true} while the service cannot be reached. */
    public static final String OUTAGE = "practice.outage";

    /** Any whole number. */
    public static final String SEED = "practice.seed";

    /** Factor on the time that outcomes take. */
    public static final String SPEED = "practice.outcome_speed";

    /** Reads the settings of a workspace; what is missing or out of range takes its default. */
    public static PracticeSettings from(SettingsStore settings) {
        var all = settings.all();
        return new PracticeSettings(
                number(all.get(RATE), 0.1, 10_000, 100),
                (long) number(all.get(QUOTA), 1, 1e9, 2_000_000),
                (long) number(all.get(LATENCY), 0, 60_000, 60),
                (int) number(all.get(THROTTLE), 0, 100, 0),
                (int) number(all.get(TIMEOUT), 0, 100, 0),
                Boolean.parseBoolean(all.getOrDefault(OUTAGE, "false")),
                (long) number(all.get(SEED), Long.MIN_VALUE, Long.MAX_VALUE, 1),
                number(all.get(SPEED), 0.01, 1_000, 1));
    }

    private static double number(@Nullable String text, double least, double most, double otherwise) {
        if (text == null || !text.matches("-?[0-9]{1,18}(\\.[0-9]{1,6})?")) {
            return otherwise;
        }
        double value = Double.parseDouble(text);
        return value < least || value > most ? otherwise : value;
    }
}
