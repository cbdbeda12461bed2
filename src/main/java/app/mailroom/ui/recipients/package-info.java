/** Recipient lists: import, rows and what an import left out. */
@NullMarked
package app.mailroom.ui.recipients;

import org.jspecify.annotations.NullMarked;
