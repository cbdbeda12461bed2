/** The only users of jOOQ, Flyway and JDBC: one class per aggregate. */
@NullMarked
package app.mailroom.store;

import org.jspecify.annotations.NullMarked;
