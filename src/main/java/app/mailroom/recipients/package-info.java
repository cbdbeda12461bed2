/** Address rules, reading recipient files, and filling a list from one. */
@NullMarked
package app.mailroom.recipients;

import org.jspecify.annotations.NullMarked;
