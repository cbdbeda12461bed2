/** What every screen shares: texts, background work, the one thread hop, small controls. */
@NullMarked
package app.mailroom.ui.common;

import org.jspecify.annotations.NullMarked;
