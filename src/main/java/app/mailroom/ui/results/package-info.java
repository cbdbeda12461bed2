/** What became of the mailings, in numbers. */
@NullMarked
package app.mailroom.ui.results;

import org.jspecify.annotations.NullMarked;
