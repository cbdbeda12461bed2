/** What stands in the place of the main window while the database is damaged. */
@NullMarked
package app.mailroom.ui.rescue;

import org.jspecify.annotations.NullMarked;
