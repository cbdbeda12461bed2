/** Outcomes as the mail service reports them: parsing, polling, settling. */
@NullMarked
package app.mailroom.outcome;

import org.jspecify.annotations.NullMarked;
