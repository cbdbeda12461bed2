/** The command line, over the same features as the windows. */
@NullMarked
package app.mailroom.cli;

import org.jspecify.annotations.NullMarked;
