package app.mailroom.recipients;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Copies of the database that were made before now, and that nothing is erased from.
 *
 * @param goneOn the day (UTC) on which the last of the daily copies goes, if the program runs every day until then; later
 *     otherwise. Empty where there is none
 * @param untilDeleted names of files that stay until a person deletes them
 */
public record KeptCopies(Optional<LocalDate> goneOn, List<String> untilDeleted) {
    /** Copies. */
    public KeptCopies {
        untilDeleted = List.copyOf(untilDeleted);
    }
}
