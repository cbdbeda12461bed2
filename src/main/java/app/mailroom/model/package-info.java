/** Records, enums and state tables of the domain. Depends on the JDK alone (and on the null annotations). */
@NullMarked
package app.mailroom.model;

import org.jspecify.annotations.NullMarked;
