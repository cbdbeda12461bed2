/** The window around the screens: sidebar, status bar, notices, keys. */
@NullMarked
package app.mailroom.ui.shell;

import org.jspecify.annotations.NullMarked;
