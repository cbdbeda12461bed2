/** The windows. Nothing outside this package touches JavaFX. */
@NullMarked
package app.mailroom.ui;

import org.jspecify.annotations.NullMarked;
