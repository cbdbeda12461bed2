/** What helps a person write a template: its starting points, its files and images, its way through the visual editor. */
@NullMarked
package app.mailroom.authoring;

import org.jspecify.annotations.NullMarked;
