/** A simulated mail service and event queue behind the real ports. */
@NullMarked
package app.mailroom.practice;

import org.jspecify.annotations.NullMarked;
