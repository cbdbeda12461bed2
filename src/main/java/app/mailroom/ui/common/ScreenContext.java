package app.mailroom.ui.common;

import java.util.function.Consumer;

/**
 * What every screen is given.
 *
 * @param go brings the person to another place
 */
public record ScreenContext(
        Features features, Texts texts, Background background, Notices notices, Consumer<Place> go) {}
