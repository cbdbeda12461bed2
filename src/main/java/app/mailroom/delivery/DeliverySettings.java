package app.mailroom.delivery;

import app.mailroom.store.SettingsStore;
import java.time.Duration;

/**
 * How the pipeline runs. Every process on a workspace reads the same settings, so that they agree on who is dead.
 *
 * @param heartbeat how often a sender says that it is alive
 * @param staleAfter how old a heartbeat may be before its sender is taken for dead
 * @param plannerEvery how often the planner looks
 * @param rateCap the person's own limit in messages a second; infinite for none
 */
public record DeliverySettings(Duration heartbeat, Duration staleAfter, Duration plannerEvery, double rateCap) {
    /** Reads the settings of a workspace. What is missing or not a number takes its default. */
    public static DeliverySettings from(SettingsStore settings) {
        return from(settings, Double.POSITIVE_INFINITY);
    }

    /** The same; usualRateCap holds while the workspace has none of its own. */
    public static DeliverySettings from(SettingsStore settings, double usualRateCap) {
        return new DeliverySettings(
                millis(settings, "delivery.heartbeat_ms", 2_000),
                millis(settings, "delivery.stale_after_ms", 20_000),
                millis(settings, "delivery.planner_ms", 5_000),
                settings.get("delivery.rate_cap")
                        .filter(text -> text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?"))
                        .map(Double::parseDouble)
                        .filter(cap -> cap > 0)
                        .orElse(usualRateCap));
    }

    private static Duration millis(SettingsStore settings, String name, long otherwise) {
        return Duration.ofMillis(settings.get(name)
                .filter(text -> text.matches("[0-9]{2,8}"))
                .map(Long::parseLong)
                .orElse(otherwise));
    }
}
