/** Signing in, one's own page, the people of a workspace, and the record of what everybody did. */
@NullMarked
package app.mailroom.ui.account;

import org.jspecify.annotations.NullMarked;
