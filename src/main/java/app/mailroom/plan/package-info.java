/** Planning a mailing: freezing what it needs, and turning its list into messages. */
@NullMarked
package app.mailroom.plan;

import org.jspecify.annotations.NullMarked;
