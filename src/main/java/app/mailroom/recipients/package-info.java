/** Addresses, recipient files and their import into lists. */
@NullMarked
package app.mailroom.recipients;

import org.jspecify.annotations.NullMarked;
