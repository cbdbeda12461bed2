/** Appearance, language, pace and the practice world. */
@NullMarked
package app.mailroom.ui.settings;

import org.jspecify.annotations.NullMarked;
