/** Who works with a workspace: signing in with Google, sessions, and who may come in. The only users of Google's libraries. */
@NullMarked
package app.mailroom.account;

import org.jspecify.annotations.NullMarked;
