package app.mailroom.ui.common;

import app.mailroom.model.Access;
import app.mailroom.model.Right;
import java.util.function.Consumer;

/**
 * What every screen is given.
 *
 * @param background reads and changes the workspace
 * @param remote asks Amazon, which may take a minute, so that lists go on being read meanwhile
 * @param keep runs what has to be kept, in order and off the JavaFX thread, even if the window closes right after
 * @param go brings the person to another place
 */
public record ScreenContext(
        Features features,
        Texts texts,
        Background background,
        Background remote,
        Notices notices,
        Consumer<Runnable> keep,
        Consumer<Place> go) {
    /** What the controls of this window are greyed out by. */
    public Permits permits() {
        return Permits.of(features.account().session(), texts);
    }

    /**
     * The deed, or where the role of whoever sits in front of the window does not allow it, a word that says why. For keys, drops
     * and double clicks, which cannot be greyed out.
     */
    public Runnable ifAllowed(Right right, Runnable deed) {
        return permits().may(right) ? deed : () -> notices.warn(permits().reason(right));
    }

    /** Who uses the window, and what they may do. */
    public Access access() {
        return features.account().session();
    }
}
