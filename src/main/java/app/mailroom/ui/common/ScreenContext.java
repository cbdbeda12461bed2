package app.mailroom.ui.common;

import java.util.function.Consumer;

/**
 * What every screen is given.
 *
 * @param background reads and changes the workspace
 * @param remote asks Amazon, which may take a minute, so that lists go on being read meanwhile
 * @param go brings the person to another place
 */
public record ScreenContext(
        Features features,
        Texts texts,
        Background background,
        Background remote,
        Notices notices,
        Consumer<Place> go) {}
