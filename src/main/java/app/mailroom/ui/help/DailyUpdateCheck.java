package app.mailroom.ui.help;

import app.mailroom.store.SettingsStore;
import app.mailroom.support.UpdateAnswer;
import app.mailroom.support.UpdateCheck;
import app.mailroom.ui.common.ScreenContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for a newer version once a day where that is switched on, and tells only if there is one: nobody wants to hear each
 * morning that a server is away. JavaFX thread only.
 */
public final class DailyUpdateCheck implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DailyUpdateCheck.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final ScreenContext context;
    private final Consumer<UpdateAnswer.Newer> found;
    private final Timeline hours = new Timeline(new KeyFrame(javafx.util.Duration.hours(1), event -> askIfDue()));

    /** Tells the given place of a newer version. Does nothing before it is started. */
    public DailyUpdateCheck(ScreenContext context, Consumer<UpdateAnswer.Newer> found) {
        this.context = context;
        this.found = found;
        hours.setCycleCount(Animation.INDEFINITE);
    }

    /** Looks now, if it is due, and every hour whether it is. */
    public void start() {
        hours.play();
        askIfDue();
    }

    private void askIfDue() {
        context.remote()
                .get(
                        () -> isDue() ? ask(context) : new UpdateAnswer.NoAddress(),
                        answer -> {
                            if (answer instanceof UpdateAnswer.Newer newer) {
                                found.accept(newer);
                            }
                        },
                        failure -> log.warn("Looking for a newer version failed", failure));
    }

    private boolean isDue() {
        SettingsStore settings = context.features().stores().settings();
        return isDue(
                settings.get(UpdateCheck.DAILY),
                settings.get(UpdateCheck.ASKED),
                context.features().clock().instant());
    }

    /** Whether it is to be asked now, by what the settings say of being asked daily and of when that last was. */
    static boolean isDue(Optional<String> daily, Optional<String> lastAsked, Instant now) {
        if (!Boolean.parseBoolean(daily.orElse("false"))) {
            return false;
        }
        long asked = lastAsked
                .filter(kept -> kept.matches("[0-9]{1,15}"))
                .map(Long::parseLong)
                .orElse(0L);
        // A clock that was ahead once must not keep it from ever being due.
        return asked > now.toEpochMilli()
                || Instant.ofEpochMilli(asked).plus(DAY).isBefore(now);
    }

    /** Asks, and notes when. Not for the JavaFX thread. */
    static UpdateAnswer ask(ScreenContext context) throws InterruptedException {
        SettingsStore settings = context.features().stores().settings();
        String address = settings.get(UpdateCheck.ADDRESS).orElse("");
        if (!address.isBlank()) {
            settings.put(
                    UpdateCheck.ASKED,
                    Long.toString(context.features().clock().instant().toEpochMilli()));
        }
        return context.features().support().updates().ask(address);
    }

    @Override
    public void close() {
        hours.stop();
    }
}
