/** Templates: list, form and preview. */
@NullMarked
package app.mailroom.ui.templates;

import org.jspecify.annotations.NullMarked;
