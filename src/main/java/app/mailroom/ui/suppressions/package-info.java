/** Addresses that must not be mailed. */
@NullMarked
package app.mailroom.ui.suppressions;

import org.jspecify.annotations.NullMarked;
