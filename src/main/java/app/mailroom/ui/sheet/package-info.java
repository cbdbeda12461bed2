/** A spreadsheet as a control: cells are asked for when they come into view, so that its size costs nothing. */
@NullMarked
package app.mailroom.ui.sheet;

import org.jspecify.annotations.NullMarked;
