package app.mailroom.recipients;

import java.util.Map;

/**
 * What became of the rows of a source.
 *
 * @param added rows that are new in the list
 * @param updated rows of the list that were matched, changed or not
 * @param leftOut how many rows were left out for each reason; the codes are those of import problems
 */
public record ImportResult(long listId, long added, long updated, Map<String, Long> leftOut) {
    /** Keeps the counts. */
    public ImportResult {
        leftOut = Map.copyOf(leftOut);
    }

    /** Rows left out because an earlier one of the source has their address. */
    public long duplicates() {
        return leftOut.getOrDefault(ListImport.DUPLICATE, 0L);
    }

    /** All rows left out. */
    public long problems() {
        return leftOut.values().stream().mapToLong(Long::longValue).sum();
    }
}
