/** Copies of the database: making them, knowing what is in them, and going on with one when the file is damaged. */
@NullMarked
package app.mailroom.backup;

import org.jspecify.annotations.NullMarked;
