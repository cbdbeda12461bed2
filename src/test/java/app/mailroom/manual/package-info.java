/** The manual: its pictures, drawn by the program itself, and the test that keeps its words true. */
@NullMarked
package app.mailroom.manual;

import org.jspecify.annotations.NullMarked;
