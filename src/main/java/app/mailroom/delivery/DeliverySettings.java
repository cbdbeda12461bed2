package app.mailroom.delivery;

import app.mailroom.store.SettingsStore;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the pipeline runs. Every process on a workspace reads the same settings, so that they agree on who is dead.
 *
 * @param heartbeat how often a sender says that it is alive
 * @param staleAfter how old a heartbeat may be before its sender is taken for dead
 * @param plannerEvery how often the planner looks
 * @param grace how late a mailing may begin by itself; later, a person is asked
 * @param rateCap the person's own limit in messages a second; infinite for none
 */
public record DeliverySettings(
        Duration heartbeat, Duration staleAfter, Duration plannerEvery, Duration grace, double rateCap) {
    /** How often the planner looks, in seconds. */
    public static final String PLANNER_EVERY = "plan.every";
    /** How many minutes late a mailing may begin by itself. */
    public static final String GRACE = "plan.grace";

    private static final Duration USUAL_EVERY = Duration.ofSeconds(5);
    private static final Duration USUAL_GRACE = Duration.ofMinutes(15);

    /**
     * Reads the settings of a workspace. What is missing or not a number takes its default.
     *
     * @param usualRateCap holds while the workspace has no cap of its own
     */
    public static DeliverySettings from(SettingsStore settings, double usualRateCap) {
        Map<String, String> all = settings.all();
        return new DeliverySettings(
                millis(all, "delivery.heartbeat_ms", 2_000),
                millis(all, "delivery.stale_after_ms", 20_000),
                number(all, PLANNER_EVERY, "[1-9][0-9]{0,3}")
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                        .orElse(USUAL_EVERY),
                number(all, GRACE, "[0-9]{1,5}")
                        .map(minutes -> Duration.ofMinutes(Long.parseLong(minutes)))
                        .orElse(USUAL_GRACE),
                number(all, "delivery.rate_cap", "[0-9]{1,6}(\\.[0-9]{1,3})?")
                        .map(Double::parseDouble)
                        .filter(cap -> cap > 0)
                        .orElse(usualRateCap));
    }

    private static Duration millis(Map<String, String> all, String name, long otherwise) {
        return Duration.ofMillis(
                number(all, name, "[0-9]{2,8}").map(Long::parseLong).orElse(otherwise));
    }

    private static Optional<String> number(Map<String, String> all, String name, String form) {
        return Optional.ofNullable(all.get(name)).filter(text -> text.matches(form));
    }
}
