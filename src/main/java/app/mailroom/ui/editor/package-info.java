/** The two editors of a template: as its reader will see it, and its HTML. */
@NullMarked
package app.mailroom.ui.editor;

import org.jspecify.annotations.NullMarked;
