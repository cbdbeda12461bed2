/** Where secrets are kept: the operating system's keychain, or for one run of the program in memory. */
@NullMarked
package app.mailroom.secrets;

import org.jspecify.annotations.NullMarked;
