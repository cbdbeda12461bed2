/** Help with the program itself: the manual, keys, crash reports, updates, and what it is made of. */
@NullMarked
package app.mailroom.ui.help;

import org.jspecify.annotations.NullMarked;
