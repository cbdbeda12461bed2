/**
 * Addresses that a reader's mail program or browser asks the relay for: signed, so that nobody can make one up, and holding all
 * that the relay has to know, so that it needs no database.
 */
@NullMarked
package app.mailroom.tracking;

import org.jspecify.annotations.NullMarked;
