/** Mailings: the list, the form for a new one, and the page of one. */
@NullMarked
package app.mailroom.ui.mailings;

import org.jspecify.annotations.NullMarked;
