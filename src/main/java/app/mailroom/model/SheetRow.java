package app.mailroom.model;

import java.util.List;
import java.util.Optional;

/**
 * A row of a sheet, whether it can be mailed or not.
 *
 * @param values by slot; shorter than the slots where the last ones were never filled
 * @param fault a stable code of why the address cannot be mailed, if it cannot
 * @param meant the address that was probably meant, if this one is likely mistyped
 * @param suppressed the reason for which the address is suppressed, if it is
 */
public record SheetRow(
        long id,
        long rank,
        List<String> values,
        RowStanding standing,
        Optional<String> fault,
        Optional<String> meant,
        Optional<String> suppressed) {
    /** What stands in a slot; nothing where it was never filled. */
    public String value(int slot) {
        return slot < values.size() ? values.get(slot) : "";
    }
}
