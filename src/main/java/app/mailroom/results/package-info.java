/** What became of mailings as tables, files and a page on paper. */
@NullMarked
package app.mailroom.results;

import org.jspecify.annotations.NullMarked;
