/** The guide that sets up Amazon SES, which is also where everything about Amazon is changed later. */
@NullMarked
package app.mailroom.ui.amazon;

import org.jspecify.annotations.NullMarked;
