/** The boot sequence and the object graph. Imports everything, imported by nothing. */
@NullMarked
package app.mailroom.app;

import org.jspecify.annotations.NullMarked;
