/** Signing in with Google, and the only users of Google's libraries. */
@NullMarked
package app.mailroom.account;

import org.jspecify.annotations.NullMarked;
