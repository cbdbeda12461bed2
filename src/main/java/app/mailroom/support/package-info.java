/** What helps whoever uses the program with the program itself: calls of other starts, crash reports, updates, the manual. */
@NullMarked
package app.mailroom.support;

import org.jspecify.annotations.NullMarked;
