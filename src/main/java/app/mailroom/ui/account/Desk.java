package app.mailroom.ui.account;

import app.mailroom.ui.common.Background;
import app.mailroom.ui.common.Features;
import app.mailroom.ui.common.Texts;

/**
 * What a place works with at which somebody signs in. It stands outside of the screens, which may not be there yet.
 *
 * @param background has a thread for each sign-in that waits for its person, and some for short questions
 */
public record Desk(Features features, Texts texts, Background background) {}
