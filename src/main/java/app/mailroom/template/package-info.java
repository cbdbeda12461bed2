/** Variables, compiling a template once, and rendering a message from it. */
@NullMarked
package app.mailroom.template;

import org.jspecify.annotations.NullMarked;
